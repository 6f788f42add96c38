import { type CaseTable, changed, invalid, narrowed, same, widened } from '../case.ts';
import { distrust, not, trust } from '../statements.ts';

export const PRINCIPALS: CaseTable = {
  trust: [
    widened('{"AWS":"222222222222"} → {"AWS":["222222222222","333333333333"]}', 'another account', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: ['222222222222', '333333333333'] })],
    ]),
    widened('{"AWS":"222222222222"} → {"AWS":"*"}', 'everybody', [[trust({ AWS: '222222222222' })], [trust({ AWS: '*' })]]),
    widened('{"AWS":"222222222222"} → "*"', 'everybody', [[trust({ AWS: '222222222222' })], [trust('*')]]),
    widened('{"AWS":"arn:aws:iam::222222222222:user/ann"} → {"AWS":"222222222222"}', 'the account covers the user', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: '222222222222' })],
    ]),
    widened('{"AWS":"arn:aws:iam::222222222222:role/App"} → {"AWS":"222222222222"}', 'the account covers the role', [
      [trust({ AWS: 'arn:aws:iam::222222222222:role/App' })],
      [trust({ AWS: '222222222222' })],
    ]),
    widened('{"AWS":"arn:aws:sts::222222222222:assumed-role/App/x"} → {"AWS":"222222222222"}', 'the account covers the session', [
      [trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/x' })],
      [trust({ AWS: '222222222222' })],
    ]),
    widened('{"AWS":"arn:aws:sts::222222222222:federated-user/ann"} → {"AWS":"222222222222"}', 'the account covers its federated users', [
      [trust({ AWS: 'arn:aws:sts::222222222222:federated-user/ann' })],
      [trust({ AWS: '222222222222' })],
    ]),
    widened(
      '{"AWS":"arn:aws:sts::222222222222:assumed-role/App/x"} → {"AWS":"arn:aws:iam::222222222222:role/App"}',
      'the role covers its sessions',
      [[trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/x' })], [trust({ AWS: 'arn:aws:iam::222222222222:role/App' })]],
    ),
    widened(
      '{"AWS":"arn:aws:sts::222222222222:assumed-role/App/x"} → {"AWS":"arn:aws:iam::222222222222:role/team/App"}',
      "a session's ARN has no path",
      [[trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/x' })], [trust({ AWS: 'arn:aws:iam::222222222222:role/team/App' })]],
    ),
    changed(
      '{"AWS":"arn:aws:sts::222222222222:assumed-role/App/x"} → {"AWS":"arn:aws:iam::222222222222:role/Other"}',
      'a session of another role',
      [[trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/x' })], [trust({ AWS: 'arn:aws:iam::222222222222:role/Other' })]],
    ),
    changed(
      '{"AWS":"arn:aws:sts::222222222222:assumed-role/App/x"} → {"AWS":"arn:aws:sts::222222222222:assumed-role/App/y"}',
      'another session',
      [[trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/x' })], [trust({ AWS: 'arn:aws:sts::222222222222:assumed-role/App/y' })]],
    ),
    changed('{"AWS":"arn:aws:iam::222222222222:user/ann"} → {"AWS":"arn:aws:iam::222222222222:user/bob"}', 'another user', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:user/bob' })],
    ]),
    changed('{"AWS":"arn:aws:iam::222222222222:user/ann"} → {"AWS":"arn:aws:iam::222222222222:user/team/ann"}', 'another path', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:user/team/ann' })],
    ]),
    changed('{"AWS":"arn:aws:iam::222222222222:user/ann"} → {"AWS":"arn:aws:iam::222222222222:user/Ann"}', 'ARNs keep case', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:user/Ann' })],
    ]),
    changed('{"AWS":"222222222222"} → {"AWS":"333333333333"}', 'another account', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '333333333333' })],
    ]),
    changed('{"AWS":"arn:aws:iam::222222222222:user/ann"} → {"AWS":"333333333333"}', 'a user of another account', [
      [trust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
      [trust({ AWS: '333333333333' })],
    ]),
    changed('{"AWS":"arn:aws:iam::222222222222:root"} → {"AWS":"arn:aws-cn:iam::222222222222:root"}', 'another partition', [
      [trust({ AWS: 'arn:aws:iam::222222222222:root' })],
      [trust({ AWS: 'arn:aws-cn:iam::222222222222:root' })],
    ]),
    narrowed(
      '{"AWS":["arn:aws:iam::222222222222:root","arn:aws-us-gov:iam::222222222222:root"]} → {"AWS":"arn:aws:iam::222222222222:root"}',
      'one partition less',
      [
        [trust({ AWS: ['arn:aws:iam::222222222222:root', 'arn:aws-us-gov:iam::222222222222:root'] })],
        [trust({ AWS: 'arn:aws:iam::222222222222:root' })],
      ],
    ),
    widened('{"Service":"ec2.amazonaws.com"} → {"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]}', 'another service', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })],
    ]),
    changed('{"Service":"ec2.amazonaws.com"} → {"Service":"lambda.amazonaws.com"}', 'another service', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ Service: 'lambda.amazonaws.com' })],
    ]),
    widened('{"Service":"ec2.amazonaws.com"} → {"AWS":"*"}', 'everybody covers services', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ AWS: '*' })],
    ]),
    widened('{"Service":"ec2.amazonaws.com"} → {"AWS":"222222222222","Service":"ec2.amazonaws.com"}', 'an account beside the service', [
      [trust({ Service: 'ec2.amazonaws.com' })],
      [trust({ AWS: '222222222222', Service: 'ec2.amazonaws.com' })],
    ]),
    widened('{"AWS":"222222222222"} → {"AWS":"222222222222","Service":"ec2.amazonaws.com"}', 'a service is in no account', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222', Service: 'ec2.amazonaws.com' })],
    ]),
    widened('{"Federated":"accounts.google.com"} → {"Federated":["accounts.google.com","www.amazon.com"]}', 'another provider', [
      [trust({ Federated: 'accounts.google.com' })],
      [trust({ Federated: ['accounts.google.com', 'www.amazon.com'] })],
    ]),
    changed(
      '{"Federated":"arn:aws:iam::222222222222:saml-provider/Corp"} → {"AWS":"222222222222"}',
      'a provider is no principal of the account',
      [[trust({ Federated: 'arn:aws:iam::222222222222:saml-provider/Corp' })], [trust({ AWS: '222222222222' })]],
    ),
    changed('{"Federated":"accounts.google.com"} → {"Service":"accounts.google.com"}', 'a service is no identity provider', [
      [trust({ Federated: 'accounts.google.com' })],
      [trust({ Service: 'accounts.google.com' })],
    ]),
    widened(
      '{"CanonicalUser":"0000000000000000000000000000000000000000000000000000000000000000"} → {"CanonicalUser":["0000000000000000000000000000000000000000000000000000000000000000","1111111111111111111111111111111111111111111111111111111111111111"]}',
      'another canonical user',
      [
        [trust({ CanonicalUser: '0000000000000000000000000000000000000000000000000000000000000000' })],
        [
          trust({
            CanonicalUser: [
              '0000000000000000000000000000000000000000000000000000000000000000',
              '1111111111111111111111111111111111111111111111111111111111111111',
            ],
          }),
        ],
      ],
    ),
    narrowed(
      '{"AWS":["arn:aws:iam::222222222222:user/ann","arn:aws:iam::222222222222:user/bob"]} → {"AWS":"arn:aws:iam::222222222222:user/bob"}',
      'one user less',
      [
        [trust({ AWS: ['arn:aws:iam::222222222222:user/ann', 'arn:aws:iam::222222222222:user/bob'] })],
        [trust({ AWS: 'arn:aws:iam::222222222222:user/bob' })],
      ],
    ),
    widened(
      '{"AWS":["222222222222","arn:aws:iam::333333333333:user/bob"]} → {"AWS":["222222222222","333333333333"]}',
      'all of the account instead of a user',
      [[trust({ AWS: ['222222222222', 'arn:aws:iam::333333333333:user/bob'] })], [trust({ AWS: ['222222222222', '333333333333'] })]],
    ),
    narrowed(
      '{"AWS":["arn:aws:iam::222222222222:role/a/App","arn:aws:iam::222222222222:role/b/App"]} → {"AWS":"arn:aws:iam::222222222222:role/a/App"}',
      'one role less',
      [
        [trust({ AWS: ['arn:aws:iam::222222222222:role/a/App', 'arn:aws:iam::222222222222:role/b/App'] })],
        [trust({ AWS: 'arn:aws:iam::222222222222:role/a/App' })],
      ],
    ),
    narrowed('deny of a user of the trusted account', 'the user is denied', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }), distrust({ AWS: 'arn:aws:iam::222222222222:user/ann' })],
    ]),
    narrowed('deny of a stranger', 'from no opinion to deny is less', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }), distrust({ AWS: '333333333333' })],
    ]),
    narrowed('deny of everybody', 'nobody may', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }), distrust({ AWS: '*' })],
    ]),
    same('deny of the account of an allowed role', "the account's Deny covers the role", [
      [trust({ AWS: 'arn:aws:iam::222222222222:role/App' }), distrust({ AWS: '222222222222' })],
      [distrust({ AWS: '222222222222' })],
    ]),
    same('per principal actions', 'the same pairs of caller and action', [
      [trust({ AWS: '222222222222' }, ['sts:AssumeRole', 'sts:TagSession']), trust({ AWS: '333333333333' })],
      [trust({ AWS: ['222222222222', '333333333333'] }), trust({ AWS: '222222222222' }, 'sts:TagSession')],
    ]),
    changed('per principal actions exchanged', 'each may what the other did', [
      [trust({ AWS: '222222222222' }, 'sts:TagSession'), trust({ AWS: '333333333333' })],
      [trust({ AWS: '333333333333' }, 'sts:TagSession'), trust({ AWS: '222222222222' })],
    ]),
    widened('NotAction', 'all of sts: but one', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, not('sts:TagSession'))],
    ]),
    changed('an id beside an ARN of China is of China', 'no trust across partitions: the id is the account in China', [
      [trust({ AWS: ['111111111111', 'arn:aws-cn:iam::222222222222:root'] })],
      [trust({ AWS: ['arn:aws:iam::111111111111:root', 'arn:aws-cn:iam::222222222222:root'] })],
    ]),
    same('an id beside an ARN of China, spelled out', 'the id is the account in China', [
      [trust({ AWS: ['111111111111', 'arn:aws-cn:iam::222222222222:root'] })],
      [trust({ AWS: ['arn:aws-cn:iam::111111111111:root', 'arn:aws-cn:iam::222222222222:root'] })],
    ]),
    changed('two documents of two partitions, by id and by ARN', "each id is of its own document's partition", [
      [trust({ AWS: ['111111111111', 'arn:aws:iam::222222222222:root'] })],
      [trust({ AWS: ['arn:aws-cn:iam::111111111111:root', 'arn:aws-cn:iam::222222222222:root'] })],
    ]),
    invalid('an access key id for a principal', 'keys are no principals', [
      [trust({ AWS: 'arn:aws:iam::111111111111:root' })],
      [trust({ AWS: 'AKIAIOSFODNN7EXAMPLE' })],
    ]),
    invalid('the unique id of a group', 'groups are no principals', [
      [trust({ AWS: 'arn:aws:iam::111111111111:root' })],
      [trust({ AWS: 'AGPAIOSFODNN7EXAMPLE' })],
    ]),
    changed('one role whose path reads like two', 'a path may hold commas: it is another role', [
      [trust({ AWS: 'arn:aws:iam::111111111111:role/x,AWS:arn:aws:iam::222222222222:role/y' })],
      [trust({ AWS: ['arn:aws:iam::111111111111:role/x', 'arn:aws:iam::222222222222:role/y'] })],
    ]),
    changed('a Deny of one role whose path reads like two', 'a path may hold commas: it is another role', [
      [trust('*'), distrust({ AWS: 'arn:aws:iam::111111111111:role/x,AWS:arn:aws:iam::222222222222:role/y' })],
      [trust('*'), distrust({ AWS: ['arn:aws:iam::111111111111:role/x', 'arn:aws:iam::222222222222:role/y'] })],
    ]),
    same('a user beside the account that it belongs to', 'the account stands for its users', [
      [trust({ AWS: '111111111111' })],
      [trust({ AWS: ['111111111111', 'arn:aws:iam::111111111111:user/bob'] })],
    ]),
    widened('all services, and an account', 'an account is no service', [
      [trust({ Service: '*' })],
      [trust({ Service: '*', AWS: 'arn:aws:iam::222222222222:root' })],
    ]),
    widened('all identity providers, and an account', 'an account is no identity provider', [
      [trust({ Federated: '*' })],
      [trust({ Federated: '*', AWS: 'arn:aws:iam::222222222222:root' })],
    ]),
    changed('a service and an identity provider of one name', 'they are different callers', [
      [trust({ Service: 'cognito-identity.amazonaws.com' })],
      [trust({ Federated: 'cognito-identity.amazonaws.com' })],
    ]),
  ],
};
