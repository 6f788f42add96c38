import { type CaseTable, changed, narrowed, reported, same, widened } from '../case.ts';
import { allow, allowWhen, deny, distrust, not, trust } from '../statements.ts';

const LISTED_SAML_PROVIDER = [
  trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/MyProvider' }, 'sts:AssumeRoleWithSAML'),
  trust('*', not(['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'])),
];
const LISTED_OIDC_PROVIDER = [
  trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/MyProvider' }, 'sts:AssumeRoleWithWebIdentity'),
  trust('*', not(['sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'])),
];
const LISTED_SERVICES = [
  trust({ Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com', 'ecs-tasks.amazonaws.com'] }),
  trust('*', not('sts:AssumeRole')),
];
const LISTED_ACCOUNTS = [trust({ AWS: ['111111111111', '222222222222'] }), trust('*', not('sts:AssumeRole'))];

export const PUBLISHED: CaseTable = {
  identity: [
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/19245', [
      same('a boolean condition becomes text', 'true is "true"', [
        [allow('elasticfilesystem:*', '*', { Bool: { 'aws:SecureTransport': true } })],
        [allow('elasticfilesystem:*', '*', { Bool: { 'aws:SecureTransport': 'true' } })],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/27137', [
      same('a boolean condition on a tag', 'true is "true"', [
        [{ Sid: '', ...allow('ecs:RunTask', '*', { Bool: { 'aws:ResourceTag/LETMEIN': 'true' } }) }],
        [allow('ecs:RunTask', '*', { Bool: { 'aws:ResourceTag/LETMEIN': true } })],
      ]),
    ]),
    ...reported('https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3387', [
      same('Bool for StringEquals', 'the module exchanged the operator; nothing else changed', [
        [deny('sqs:*', '*', { StringEquals: { 'aws:SecureTransport': 'false' } })],
        [deny('sqs:*', '*', { Bool: { 'aws:SecureTransport': 'false' } })],
      ]),
    ]),
    ...reported('https://github.com/snyk/driftctl/issues/493', [
      same('a single action as a list', 'AWS gives a list of one back as text', [
        [allow(['s3:GetObject'], ['arn:aws:s3:::x/*'])],
        [allow('s3:GetObject', 'arn:aws:s3:::x/*')],
      ]),
      narrowed('a second action dropped', 'the real change in the same report', [
        [allow(['s3:GetObject', 's3:GetObjectVersion'], 'arn:aws:s3:::x/*')],
        [allow('s3:GetObject', 'arn:aws:s3:::x/*')],
      ]),
    ]),
    ...reported('https://github.com/go-to-k/cdk-real-drift/pull/113', [
      same('condition values in another order', 'values are a set', [
        [
          allow('sns:Publish', '*', {
            ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::a', 'arn:aws:s3:::b'] },
            StringEquals: { 'aws:SourceAccount': '222222222222' },
          }),
        ],
        [
          allow('sns:Publish', '*', {
            ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::b', 'arn:aws:s3:::a'] },
            StringEquals: { 'aws:SourceAccount': ['222222222222'] },
          }),
        ],
      ]),
      widened('a condition value really added', 'normalising must not hide it', [
        [allow('sns:Publish', '*', { ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::a'] } })],
        [allow('sns:Publish', '*', { ArnLike: { 'aws:SourceArn': ['arn:aws:s3:::b', 'arn:aws:s3:::a'] } })],
      ]),
    ]),
    ...reported('https://github.com/go-to-k/cdk-real-drift/pull/65', [
      widened('an action really added', 'normalising must not hide it', [
        [allow(['s3:GetObject'], 'arn:aws:s3:::x/*')],
        [allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::x/*')],
      ]),
    ]),
    ...reported('https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/1858', [
      narrowed('drift that CloudFormation reported as in sync', 'an action is gone', [
        [
          {
            Sid: 'Statement1',
            ...allow(['rds:CreateDBInstance', 'rds:CreateDBClusterParameterGroup'], 'arn:aws:rds:eu-west-1:111111111111:db:test*'),
          },
        ],
        [{ Sid: 'Statement1', ...allow(['rds:CreateDBInstance'], 'arn:aws:rds:eu-west-1:111111111111:db:test*') }],
      ]),
    ]),
    ...reported('https://github.com/thinkinglabs/aws-iam-policy/issues/7', [
      same('a scalar resource in AmazonS3FullAccess', 'a value and a list of it are the same', [
        [allow(['s3:*', 's3-object-lambda:*'])],
        [allow(['s3-object-lambda:*', 's3:*'], ['*'])],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/596', [
      same('deny of unencrypted uploads, by Null true and "true"', 'marked as modified on every run', [
        [allow('s3:*'), deny('s3:PutObject', 'arn:aws:s3:::src/*', { Null: { 's3:x-amz-server-side-encryption': true } })],
        [allow('s3:*'), deny('s3:PutObject', 'arn:aws:s3:::src/*', { Null: { 's3:x-amz-server-side-encryption': 'true' } })],
      ]),
    ]),
    ...reported('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html', [
      same('AWS on conditions: aws:SourceIP and AWS:SourceIp', 'names of keys ignore case', [
        [allowWhen({ IpAddress: { 'aws:SourceIP': '203.0.113.0/24' } })],
        [allowWhen({ IpAddress: { 'AWS:SourceIp': '203.0.113.0/24' } })],
      ]),
    ]),
    ...reported('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html', [
      same('AWS on variables: aws:CurrentTime and AWS:currenttime', 'names of keys ignore case', [
        [allowWhen({ DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } })],
        [allowWhen({ DateLessThan: { 'AWS:currenttime': '2027-01-01T00:00:00Z' } })],
      ]),
    ]),
    ...reported('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html', [
      same('AWS on actions: iam:ListAccessKeys and IAM:listaccesskeys', 'prefix and name ignore case', [
        [allow('iam:ListAccessKeys')],
        [allow('IAM:listaccesskeys')],
      ]),
    ]),
    ...reported('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html', [
      same('AWS on the grammar: brackets around one value', 'brackets are optional for one value', [
        [allow(['ec2:Describe*'], ['*'])],
        [allow('ec2:Describe*')],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform/pull/6956', [
      same('terraform 6956: AWS sorts, unwraps and labels', 'order, a list of one, an empty label', [
        [allow(['s3:PutObject', 's3:GetObject'], ['arn:aws:s3:::b/*'])],
        [{ Sid: '', ...allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*') }],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/awspolicyequivalence/blob/main/aws_policy_equivalence_test.go', [
      same('awspolicyequivalence: numbers in a list, bare and quoted', 'a number is its text', [
        [allowWhen({ NumericEquals: { 's3:max-keys': [10, 20] } })],
        [allowWhen({ NumericEquals: { 's3:max-keys': ['10', '20'] } })],
      ]),
      narrowed('awspolicyequivalence: one of two statements missing', 'one grant less', [
        [allow('s3:GetObject', 'arn:aws:s3:::a/*'), allow('s3:ListBucket', 'arn:aws:s3:::a')],
        [allow('s3:GetObject', 'arn:aws:s3:::a/*')],
      ]),
      changed('awspolicyequivalence: NotAction for Action', 'each is the complement of the other', [
        [allow('s3:GetObject')],
        [allow(not('s3:GetObject'))],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/pull/19764', [
      same('aws-cdk 19764: four statements minimised to one', 'every action with every resource', [
        [
          allow('s3:GetObject', 'arn:aws:s3:::a/*'),
          allow('s3:PutObject', 'arn:aws:s3:::a/*'),
          allow('s3:GetObject', 'arn:aws:s3:::b/*'),
          allow('s3:PutObject', 'arn:aws:s3:::b/*'),
        ],
        [allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'])],
      ]),
      widened('aws-cdk 19764: three of the four are not the product', 'PutObject on b comes with the merge', [
        [allow('s3:GetObject', 'arn:aws:s3:::a/*'), allow('s3:PutObject', 'arn:aws:s3:::a/*'), allow('s3:GetObject', 'arn:aws:s3:::b/*')],
        [allow(['s3:GetObject', 's3:PutObject'], ['arn:aws:s3:::a/*', 'arn:aws:s3:::b/*'])],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/pull/19114', [
      narrowed('aws-cdk 19114: NotAction is not to be merged', 'not A or not B is everything; not (A or B) is not', [
        [allow(not('s3:GetObject')), allow(not('s3:PutObject'))],
        [allow(not(['s3:GetObject', 's3:PutObject']))],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/issues/2168', [
      same('aws-cdk 2168: a statement twice', 'statements are a set', [
        [
          allow('states:StartExecution', 'arn:aws:states:eu-west-1:111111111111:stateMachine:x'),
          allow('states:StartExecution', 'arn:aws:states:eu-west-1:111111111111:stateMachine:x'),
        ],
        [allow('states:StartExecution', 'arn:aws:states:eu-west-1:111111111111:stateMachine:x')],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/issues/12357', [
      same('aws-cdk 12357: statements in another order', 'order says nothing', [
        [
          { Sid: 'a', ...allow('s3:GetObject') },
          { Sid: 'b', ...allow('s3:PutObject') },
          { Sid: 'c', ...deny('s3:*', 'arn:aws:s3:::x') },
        ],
        [
          { Sid: 'c', ...deny('s3:*', 'arn:aws:s3:::x') },
          { Sid: 'a', ...allow('s3:GetObject') },
          { Sid: 'b', ...allow('s3:PutObject') },
        ],
      ]),
    ]),
    ...reported('https://github.com/ansible-collections/amazon.aws/pull/98', [
      same('ansible amazon.aws 98: no Version, and one that AWS adds', 'without variables the version says nothing', [
        { Statement: [allow('s3:GetObject', 'arn:aws:s3:::b/*')] },
        [allow('s3:GetObject', 'arn:aws:s3:::b/*')],
      ]),
    ]),
    ...reported('https://github.com/cloud-custodian/cloud-custodian/issues/8442', [
      same('cloud-custodian 8442: two actions the other way round', 'order says nothing', [
        [allow(['s3:PutObject', 's3:PutObjectAcl'], 'arn:aws:s3:::mytestbucket/*')],
        [allow(['s3:PutObjectAcl', 's3:PutObject'], 'arn:aws:s3:::mytestbucket/*')],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-sdk-net/issues/2521', [
      same('aws-sdk-net 2521: s3:GetBucketACL and s3:GetBucketAcl', 'names of actions ignore case', [
        [allow('s3:GetBucketACL')],
        [allow('s3:GetBucketAcl')],
      ]),
    ]),
    ...reported('https://github.com/LeanerCloud/CUDly/issues/2035', [
      widened('CUDly 2035: ec2:* for a list of actions', 'a wildcard is no list', [
        [allow(['ec2:DescribeInstances', 'ec2:DescribeReservedInstances'])],
        [allow(['ec2:*'])],
      ]),
    ]),
  ],
  trust: [
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/30870', [
      same('principals come back in another order', 'the provider planned an update every time', [
        [
          trust({
            AWS: [
              'arn:aws:iam::222222222222:role/foo1',
              'arn:aws:iam::222222222222:role/foo2',
              'arn:aws:iam::222222222222:role/foo3',
              'arn:aws:iam::222222222222:role/foo4',
            ],
          }),
        ],
        [
          trust({
            AWS: [
              'arn:aws:iam::222222222222:role/foo4',
              'arn:aws:iam::222222222222:role/foo1',
              'arn:aws:iam::222222222222:role/foo3',
              'arn:aws:iam::222222222222:role/foo2',
            ],
          }),
        ],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/20665', [
      same('users in the order of internal ids', 'order of principals says nothing', [
        [
          trust({
            AWS: [
              'arn:aws:iam::222222222222:user/test1',
              'arn:aws:iam::222222222222:user/test2',
              'arn:aws:iam::222222222222:user/test3',
              'arn:aws:iam::222222222222:user/test4',
            ],
          }),
        ],
        [
          trust({
            AWS: [
              'arn:aws:iam::222222222222:user/test1',
              'arn:aws:iam::222222222222:user/test4',
              'arn:aws:iam::222222222222:user/test2',
              'arn:aws:iam::222222222222:user/test3',
            ],
          }),
        ],
      ]),
    ]),
    ...reported('https://github.com/aws-controllers-k8s/community/issues/2142', [
      same('conditions come back in another order', 'the controller updated the trust policy for ever', [
        [
          trust(
            { Federated: 'arn:aws:iam::222222222222:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC' },
            'sts:AssumeRoleWithWebIdentity',
            {
              StringEquals: {
                'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': 'system:serviceaccount:services:dev',
                'oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud': 'sts.amazonaws.com',
              },
            },
          ),
        ],
        [
          trust(
            { Federated: ['arn:aws:iam::222222222222:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC'] },
            ['sts:AssumeRoleWithWebIdentity'],
            {
              StringEquals: {
                'oidc.eks.eu-west-1.amazonaws.com/id/ABC:aud': ['sts.amazonaws.com'],
                'oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub': ['system:serviceaccount:services:dev'],
              },
            },
          ),
        ],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/pull/3832', [
      same('account ids become root ARNs', 'AWS rewrites account ids', [
        [trust({ AWS: ['111222333444', '555666777888'] })],
        [trust({ AWS: ['arn:aws:iam::555666777888:root', 'arn:aws:iam::111222333444:root'] })],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/issues/9334', [
      same('an account principal is the root principal', 'two spellings of one principal', [
        [trust({ AWS: '123456789123' })],
        [trust({ AWS: 'arn:aws:iam::123456789123:root' })],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/21016', [
      same('several services and an account, white space', 'replanned for white space', [
        '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Sid": "aws",\n      "Effect": "Allow",\n      "Principal": {\n        "Service": "ecs-tasks.amazonaws.com",\n        "AWS": "arn:aws:iam::222222222222:role/something"\n      },\n      "Action": "sts:AssumeRole",\n      "Condition": {\n        "StringLike": {\n          "aws:PrincipalOrgID": "o-x"\n        }\n      }\n    }\n  ]\n}',
        '{"Version":"2012-10-17","Statement":[{"Sid":"aws","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:role/something","Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:PrincipalOrgID":"o-x"}}}]}',
      ]),
    ]),
    ...reported(
      'https://github.com/aws-samples/iam-access-analyzer-custom-policy-check-samples/blob/main/resource-policies/role-trust-policies/allowlist-account-principals.md',
      [
        narrowed('Access Analyzer sample allowlist-account-principals: one of the accounts', 'the check passes: no new access', [
          LISTED_ACCOUNTS,
          [trust({ AWS: '111111111111' })],
        ]),
        narrowed('Access Analyzer sample allowlist-account-principals: a role of an account', 'the check passes: no new access', [
          LISTED_ACCOUNTS,
          [trust({ AWS: 'arn:aws:iam::222222222222:role/MyRole' })],
        ]),
        narrowed(
          'Access Analyzer sample allowlist-account-principals: an OIDC provider, by another action',
          'the check passes: no new access',
          [LISTED_ACCOUNTS, [trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/MyProvider' }, 'sts:AssumeRoleWithWebIdentity')]],
        ),
        changed(
          'Access Analyzer sample allowlist-account-principals: a service',
          'the check fails: new access; and the other actions are gone',
          [LISTED_ACCOUNTS, [trust({ Service: 'glue.amazonaws.com' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-account-principals: another account',
          'the check fails: new access; and the other actions are gone',
          [LISTED_ACCOUNTS, [trust({ AWS: '333333333333' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-account-principals: a role of another account',
          'the check fails: new access; and the other actions are gone',
          [LISTED_ACCOUNTS, [trust({ AWS: 'arn:aws:iam::333333333333:role/NotMyRole' })]],
        ),
      ],
    ),
    ...reported(
      'https://github.com/aws-samples/iam-access-analyzer-custom-policy-check-samples/blob/main/resource-policies/role-trust-policies/allowlist-aws-service-principal.md',
      [
        narrowed('Access Analyzer sample allowlist-aws-service-principal: one of the services', 'the check passes: no new access', [
          LISTED_SERVICES,
          [trust({ Service: 'ec2.amazonaws.com' })],
        ]),
        narrowed(
          'Access Analyzer sample allowlist-aws-service-principal: an OIDC provider, by another action',
          'the check passes: no new access',
          [LISTED_SERVICES, [trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/MyProvider' }, 'sts:AssumeRoleWithWebIdentity')]],
        ),
        changed(
          'Access Analyzer sample allowlist-aws-service-principal: another service',
          'the check fails: new access; and the other actions are gone',
          [LISTED_SERVICES, [trust({ Service: 'glue.amazonaws.com' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-aws-service-principal: an account',
          'the check fails: new access; and the other actions are gone',
          [LISTED_SERVICES, [trust({ AWS: '111111111111' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-aws-service-principal: a role',
          'the check fails: new access; and the other actions are gone',
          [LISTED_SERVICES, [trust({ AWS: 'arn:aws:iam::111111111111:role/MyRole' })]],
        ),
      ],
    ),
    ...reported(
      'https://github.com/aws-samples/iam-access-analyzer-custom-policy-check-samples/blob/main/resource-policies/role-trust-policies/allowlist-federated-access-oidc.md',
      [
        narrowed('Access Analyzer sample allowlist-federated-access-oidc: the provider', 'the check passes: no new access', [
          LISTED_OIDC_PROVIDER,
          [trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/MyProvider' }, 'sts:AssumeRoleWithWebIdentity')],
        ]),
        narrowed(
          'Access Analyzer sample allowlist-federated-access-oidc: a service, by another action',
          'the check passes: no new access',
          [LISTED_OIDC_PROVIDER, [trust({ Service: 'ec2.amazonaws.com' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-oidc: a SAML provider',
          'the check fails: new access; and the other actions are gone',
          [LISTED_OIDC_PROVIDER, [trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/MyProvider' }, 'sts:AssumeRoleWithSAML')]],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-oidc: another provider',
          'the check fails: new access; and the other actions are gone',
          [LISTED_OIDC_PROVIDER, [trust({ Federated: 'graph.facebook.com' }, 'sts:AssumeRoleWithWebIdentity')]],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-oidc: every provider but one',
          'the check fails: new access; and the other actions are gone',
          [
            LISTED_OIDC_PROVIDER,
            [
              trust({ Federated: '*' }, 'sts:AssumeRoleWithWebIdentity'),
              distrust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/NotMyProvider' }, 'sts:AssumeRoleWithWebIdentity'),
            ],
          ],
        ),
      ],
    ),
    ...reported(
      'https://github.com/aws-samples/iam-access-analyzer-custom-policy-check-samples/blob/main/resource-policies/role-trust-policies/allowlist-federated-access-saml.md',
      [
        narrowed('Access Analyzer sample allowlist-federated-access-saml: the provider', 'the check passes: no new access', [
          LISTED_SAML_PROVIDER,
          [trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/MyProvider' }, 'sts:AssumeRoleWithSAML')],
        ]),
        narrowed(
          'Access Analyzer sample allowlist-federated-access-saml: a service, by another action',
          'the check passes: no new access',
          [LISTED_SAML_PROVIDER, [trust({ Service: 'ec2.amazonaws.com' })]],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-saml: an OIDC provider',
          'the check fails: new access; and the other actions are gone',
          [
            LISTED_SAML_PROVIDER,
            [trust({ Federated: 'arn:aws:iam::111111111111:oidc-provider/MyProvider' }, 'sts:AssumeRoleWithWebIdentity')],
          ],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-saml: another provider',
          'the check fails: new access; and the other actions are gone',
          [LISTED_SAML_PROVIDER, [trust({ Federated: 'arn:aws:iam::111111111111:saml-provider/NotMyProvider' }, 'sts:AssumeRoleWithSAML')]],
        ),
        changed(
          'Access Analyzer sample allowlist-federated-access-saml: every provider but one',
          'the check fails: new access; and the other actions are gone',
          [
            LISTED_SAML_PROVIDER,
            [
              trust({ Federated: '*' }, 'sts:AssumeRoleWithSAML'),
              distrust({ Federated: 'arn:aws:iam::111111111111:saml-provider/NotMyProvider' }, 'sts:AssumeRoleWithSAML'),
            ],
          ],
        ),
      ],
    ),
    ...reported('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html', [
      same('AWS on principals: an account by ARN and by id', 'two notations of one account', [
        [trust({ AWS: 'arn:aws:iam::123456789012:root' })],
        [trust({ AWS: '123456789012' })],
      ]),
      same('AWS on principals: everybody, bare and as AWS', 'called equivalent there', [[trust('*')], [trust({ AWS: '*' })]]),
    ]),
    ...reported('https://github.com/hashicorp/terraform/issues/10784', [
      same('terraform 10784: a statement without a list comes back as a list', 'one statement, with an empty label', [
        { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } },
        [{ Sid: '', ...trust({ Service: 'ec2.amazonaws.com' }) }],
      ]),
    ]),
    ...reported('https://github.com/hashicorp/terraform-provider-aws/issues/9266', [
      widened(
        'terraform-provider-aws 9266: the root principal added beside users',
        'not redundant: the root stands for the whole account, and the plan showed nothing',
        [
          [trust({ AWS: ['arn:aws:iam::111111111111:user/ann', 'arn:aws:iam::111111111111:user/bob'] })],
          [trust({ AWS: ['arn:aws:iam::111111111111:user/ann', 'arn:aws:iam::111111111111:user/bob', 'arn:aws:iam::111111111111:root'] })],
        ],
      ),
    ]),
    ...reported('https://github.com/hashicorp/awspolicyequivalence/blob/main/aws_policy_equivalence_test.go', [
      widened('awspolicyequivalence: Allow for Deny', 'what was denied is allowed', [
        [distrust({ Service: 'spotfleet.amazonaws.com' })],
        [trust({ Service: 'spotfleet.amazonaws.com' })],
      ]),
    ]),
    ...reported('https://github.com/aws/aws-cdk/pull/19114', [
      same('aws-cdk 19114: statements merged by principal', 'alike but for whom they name', [
        [trust({ Service: 'ec2.amazonaws.com' }), trust({ Service: 'lambda.amazonaws.com' }), trust({ AWS: '111111111111' })],
        [trust({ AWS: '111111111111', Service: ['ec2.amazonaws.com', 'lambda.amazonaws.com'] })],
      ]),
    ]),
    ...reported('https://github.com/ansible-collections/amazon.aws/pull/153', [
      same('ansible amazon.aws 153: "*" and {"AWS":"*"}', 'MinIO and AWS rewrite one as the other', [
        [trust('*')],
        [trust({ AWS: ['*'] })],
      ]),
    ]),
  ],
};
