import { type CaseTable, same } from '../case.ts';
import { allow, allowWhen, deny, trust } from '../statements.ts';

const CONDITION = { StringEquals: { 'aws:PrincipalOrgID': 'o-1' }, Bool: { 'aws:SecureTransport': 'true' } };
const RESOURCES = ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'];
const ACTIONS = ['s3:GetObject', 's3:PutObject'];
const SECOND = { Sid: 'Two', ...deny('s3:DeleteBucket') };
const ORIGINAL = [{ Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) }, SECOND];

export const COSMETIC: CaseTable = {
  identity: [
    same('identical', 'nothing differs', [ORIGINAL, ORIGINAL]),
    same('as JSON text', 'text and object are the same document', [
      ORIGINAL,
      '{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"],"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1"},"Bool":{"aws:SecureTransport":"true"}}},{"Sid":"Two","Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}',
    ]),
    same('as indented JSON text', 'white space says nothing', [
      ORIGINAL,
      '{\n    "Version": "2012-10-17",\n    "Statement": [\n        {\n            "Sid": "One",\n            "Effect": "Allow",\n            "Action": [\n                "s3:GetObject",\n                "s3:PutObject"\n            ],\n            "Resource": [\n                "arn:aws:s3:::a/*",\n                "arn:aws:s3:::b/*"\n            ],\n            "Condition": {\n                "StringEquals": {\n                    "aws:PrincipalOrgID": "o-1"\n                },\n                "Bool": {\n                    "aws:SecureTransport": "true"\n                }\n            }\n        },\n        {\n            "Sid": "Two",\n            "Effect": "Deny",\n            "Action": "s3:DeleteBucket",\n            "Resource": "*"\n        }\n    ]\n}',
    ]),
    same('statements in another order', 'statements are a set', [
      ORIGINAL,
      [SECOND, { Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) }],
    ]),
    same('other Sids', 'Sids are labels', [
      ORIGINAL,
      [
        { Sid: 'Uno', ...allow(ACTIONS, RESOURCES, CONDITION) },
        { Sid: 'Dos', ...deny('s3:DeleteBucket') },
      ],
    ]),
    same('no Sids', 'Sids are labels', [ORIGINAL, [allow(ACTIONS, RESOURCES, CONDITION), deny('s3:DeleteBucket')]]),
    same('with an Id', 'Id is a label', [ORIGINAL, { Id: 'policy-1', Version: '2012-10-17', Statement: ORIGINAL }]),
    same('elements in another order', 'JSON objects have no order', [
      ORIGINAL,
      [
        { Condition: CONDITION, Resource: RESOURCES, Action: ACTIONS, Effect: 'Allow', Sid: 'One' },
        { Resource: '*', Action: 's3:DeleteBucket', Effect: 'Deny', Sid: 'Two' },
      ],
    ]),
    same('lists in another order', 'lists are sets', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(['s3:PutObject', 's3:GetObject'], ['arn:aws:s3:::b/*', 'arn:aws:s3:::a/*'], CONDITION) }, SECOND],
    ]),
    same('repeated values', 'lists are sets', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(['s3:PutObject', 's3:GetObject', 's3:GetObject'], RESOURCES, CONDITION) }, SECOND],
    ]),
    same('repeated statement', 'statements are a set', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) }, SECOND, { Sid: 'Three', ...deny('s3:DeleteBucket') }],
    ]),
    same('scalar as a list of one', 'a value and a list of it are the same', [
      ORIGINAL,
      [
        { Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) },
        { Sid: 'Two', ...deny(['s3:DeleteBucket'], ['*']) },
      ],
    ]),
    same('actions in another case', 'actions ignore case, prefix included', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(['S3:getobject', 's3:PUTOBJECT'], RESOURCES, CONDITION) }, SECOND],
    ]),
    same('condition keys in another case', 'names of condition keys ignore case', [
      ORIGINAL,
      [
        {
          Sid: 'One',
          ...allow(ACTIONS, RESOURCES, { StringEquals: { 'AWS:principalorgid': 'o-1' }, Bool: { 'aws:securetransport': 'true' } }),
        },
        SECOND,
      ],
    ]),
    same('condition operators in another order', 'operators are all ANDed', [
      ORIGINAL,
      [
        {
          Sid: 'One',
          ...allow(ACTIONS, RESOURCES, { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }),
        },
        SECOND,
      ],
    ]),
    same('condition value as list', 'a value and a list of it are the same', [
      ORIGINAL,
      [
        {
          Sid: 'One',
          ...allow(ACTIONS, RESOURCES, { StringEquals: { 'aws:PrincipalOrgID': ['o-1'] }, Bool: { 'aws:SecureTransport': ['true'] } }),
        },
        SECOND,
      ],
    ]),
    same('boolean for its text', 'true is "true"', [
      ORIGINAL,
      [
        {
          Sid: 'One',
          ...allow(ACTIONS, RESOURCES, { StringEquals: { 'aws:PrincipalOrgID': 'o-1' }, Bool: { 'aws:SecureTransport': true } }),
        },
        SECOND,
      ],
    ]),
    same('split by action', 'two statements allow what one did', [
      ORIGINAL,
      [{ Sid: 'A', ...allow('s3:GetObject', RESOURCES, CONDITION) }, { Sid: 'B', ...allow('s3:PutObject', RESOURCES, CONDITION) }, SECOND],
    ]),
    same('split by resource', 'two statements allow what one did', [
      ORIGINAL,
      [
        { Sid: 'A', ...allow(ACTIONS, 'arn:aws:s3:::a/*', CONDITION) },
        { Sid: 'B', ...allow(ACTIONS, 'arn:aws:s3:::b/*', CONDITION) },
        SECOND,
      ],
    ]),
    same('split by action and resource', 'four statements allow what one did', [
      ORIGINAL,
      [
        { Sid: 'S00', ...allow('s3:GetObject', 'arn:aws:s3:::a/*', CONDITION) },
        { Sid: 'S01', ...allow('s3:GetObject', 'arn:aws:s3:::b/*', CONDITION) },
        { Sid: 'S10', ...allow('s3:PutObject', 'arn:aws:s3:::a/*', CONDITION) },
        { Sid: 'S11', ...allow('s3:PutObject', 'arn:aws:s3:::b/*', CONDITION) },
        SECOND,
      ],
    ]),
    same('a statement that another covers', 'covered: it adds nothing', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) }, SECOND, { Sid: 'Three', ...allow('s3:GetObject', RESOURCES, CONDITION) }],
    ]),
    same('a resource that another covers', 'a/x is in a/*', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(ACTIONS, ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*', 'arn:aws:s3:::a/x'], CONDITION) }, SECOND],
    ]),
    same('an allow of what is denied', 'the Deny wins', [
      ORIGINAL,
      [{ Sid: 'One', ...allow(ACTIONS, RESOURCES, CONDITION) }, SECOND, allow('s3:DeleteBucket')],
    ]),
    same('statement as object', 'a statement and a list of it are the same', [
      [allow('s3:GetObject')],
      { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } },
    ]),
    same('no Version, no variables', 'Version matters to policy variables alone', [
      [allow('s3:GetObject')],
      { Statement: [allow('s3:GetObject')] },
    ]),
    same('older Version, no variables', 'Version matters to policy variables alone', [
      [allow('s3:GetObject')],
      { Version: '2008-10-17', Statement: [allow('s3:GetObject')] },
    ]),
    same('empty condition', 'nothing is asked', [[allow('s3:GetObject')], [allowWhen({})]]),
    same('empty operator', 'nothing is asked', [[allow('s3:GetObject')], [allowWhen({ StringEquals: {} })]]),
    same('empty Sids everywhere', 'empty Sids may repeat', [
      [
        { Sid: '', ...allow('s3:Get*') },
        { Sid: '', ...allow('s3:List*') },
      ],
      [allow(['s3:Get*', 's3:List*'])],
    ]),
    same('*:* for *', 'both are every action', [[allow('*')], [allow('*:*')]]),
    same('* and another action', '* covers all', [[allow('*')], [allow(['*', 's3:GetObject'])]]),
    same('double star', '** is *', [[allow('s3:**', 'arn:aws:s3:::a**')], [allow('s3:*', 'arn:aws:s3:::a*')]]),
    same('star and question mark exchanged', 'both are one character and more', [
      [allow('s3:*', 'arn:aws:s3:::a*?')],
      [allow('s3:*', 'arn:aws:s3:::a?*')],
    ]),
    same('number for its text', '3600 is "3600"', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 3600 } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': '3600' } })],
    ]),
    same('number with a fraction of zero', 'compared as numbers', [
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': 10 } })],
      [allow('s3:*', '*', { NumericLessThan: { 's3:max-keys': '10.0' } })],
    ]),
  ],
  trust: [
    same('account id and root ARN', 'an account id stands for the root ARN', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws:iam::222222222222:root' })],
    ]),
    same('both in one list', 'twice the same principal', [
      [trust({ AWS: ['222222222222', 'arn:aws:iam::222222222222:root'] })],
      [trust({ AWS: 'arn:aws:iam::222222222222:root' })],
    ]),
    same('principals in another order', 'lists are sets', [
      [trust({ AWS: ['222222222222', '333333333333'] })],
      [trust({ AWS: ['333333333333', '222222222222'] })],
    ]),
    same('kinds of principal in another order', 'JSON objects have no order', [
      [trust({ AWS: '222222222222', Service: 'ec2.amazonaws.com' })],
      [trust({ Service: ['ec2.amazonaws.com'], AWS: ['222222222222'] })],
    ]),
    same('split by principal', 'three statements trust whom one did', [
      [trust({ AWS: ['222222222222', '333333333333'], Service: 'ec2.amazonaws.com' })],
      [trust({ AWS: '333333333333' }), trust({ Service: 'ec2.amazonaws.com' }), trust({ AWS: '222222222222' })],
    ]),
    same('user beside its account', 'the account covers its users', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: ['222222222222', 'arn:aws:iam::222222222222:user/ann'] })],
    ]),
    same('session beside its role', 'the role covers its sessions', [
      [trust({ AWS: 'arn:aws:iam::222222222222:role/App' })],
      [trust({ AWS: ['arn:aws:iam::222222222222:role/App', 'arn:aws:sts::222222222222:assumed-role/App/x'] })],
    ]),
    same('everybody covers all', 'everybody covers all', [
      [trust({ AWS: '*' })],
      [trust({ AWS: ['*', '222222222222'], Service: 'ec2.amazonaws.com' })],
    ]),
    same(
      'account id beside an ARN of another partition',
      'there is no trust across partitions: the id is of the partition of its neighbour',
      [
        [trust({ AWS: ['222222222222', 'arn:aws-cn:iam::333333333333:user/x'] })],
        [trust({ AWS: ['arn:aws-cn:iam::222222222222:root', 'arn:aws-cn:iam::333333333333:user/x'] })],
      ],
    ),
    same('account id here, ARN of China there', 'the only partition that the pair names is the one of the id', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: 'arn:aws-cn:iam::222222222222:root' })],
    ]),
    same('action in another case', 'actions ignore case', [
      [trust({ AWS: '222222222222' })],
      [trust({ AWS: '222222222222' }, 'STS:assumerole')],
    ]),
    same('text with Sid as IAM writes it', 'as IAM gives it back', [
      [trust({ AWS: '222222222222' })],
      '{"Version":"2012-10-17","Statement":[{"Sid":"","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:root"},"Action":"sts:AssumeRole"}]}',
    ]),
  ],
};
