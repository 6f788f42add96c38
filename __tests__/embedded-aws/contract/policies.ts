import { allow, type Case, EC2_FULL, outcome, type Place, ROUTE53_FULL, trust } from './case.ts';

const RoleName = 'Micetro';
const GroupName = 'micetro-targets';
const UserName = 'micetro';
const PolicyName = 'assume';
const GRAMMAR = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html';
const QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const MALFORMED = 'MalformedPolicyDocument 400';

async function withRole({ iam, account }: Place): Promise<Place['iam']> {
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${account}:root` }) });
  return iam;
}

const put = (iam: Place['iam'], document: unknown) =>
  outcome(iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument: typeof document === 'string' ? document : JSON.stringify(document) }));
const one = (statement: object) => ({ Version: '2012-10-17', Statement: [statement] });

const encoded = (slash: string) =>
  '%7B%22Version%22%3A%222012-10-17%22%2C%20%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22sts%3AAssumeRole%22%2C' +
  `%22Resource%22%3A%22arn%3Aaws%3Aiam%3A%3A1%3Arole${slash}a%20b%2Bc%21%27%28%29%2A~%22%7D%5D%7D`;

/** A document of exactly that many characters. */
function sized(length: number): string {
  const resource = (filler: number) => allow('sts:AssumeRole', `arn:aws:iam::1:role/${'x'.repeat(filler)}`);
  return resource(length - resource(0).length);
}

export const policyCases: readonly Case[] = [
  {
    name: "a user's, a group's and a role's inline policy come encoded by RFC 3986, as they were written",
    run: async (at) => {
      const iam = await withRole(at);
      const PolicyDocument = allow('sts:AssumeRole', "arn:aws:iam::1:role/a b+c!'()*~").replace(',', ', ');
      await iam.createUser({ UserName });
      await iam.createGroup({ GroupName });
      await iam.putUserPolicy({ UserName, PolicyName, PolicyDocument });
      await iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument });
      await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
      return [
        (await iam.getUserPolicy({ UserName, PolicyName })).PolicyDocument,
        (await iam.getGroupPolicy({ GroupName, PolicyName })).PolicyDocument,
        (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument,
      ];
    },
    is: Array(3).fill(encoded('%2F')),
    differs: {
      moto: Array(3).fill(encoded('/')),
      why: 'moto leaves the slash as it is',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html',
    },
  },
  {
    name: 'inline policies are listed by name, replaced and deleted',
    run: async (at) => {
      const iam = await withRole(at);
      await put(iam, allow('ec2:DescribeVpcs'));
      await put(iam, allow('ec2:DescribeSubnets'));
      const names = (await iam.listRolePolicies({ RoleName })).PolicyNames;
      const document = (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument;
      await iam.deleteRolePolicy({ RoleName, PolicyName });
      return [names, decodeURIComponent(document ?? ''), (await iam.listRolePolicies({ RoleName })).PolicyNames];
    },
    is: [['assume'], allow('ec2:DescribeSubnets'), []],
  },
  {
    name: '__proto__ is a name like any other',
    run: async (at) => {
      const iam = await withRole(at);
      await iam.putRolePolicy({ RoleName, PolicyName: '__proto__', PolicyDocument: allow('ec2:DescribeVpcs') });
      const { PolicyName: name } = await iam.getRolePolicy({ RoleName, PolicyName: '__proto__' });
      return [name, (await iam.listRolePolicies({ RoleName })).PolicyNames];
    },
    is: ['__proto__', ['__proto__']],
  },
  {
    name: 'an inline policy that is not there is NoSuchEntity',
    run: async (at) => {
      const iam = await withRole(at);
      await iam.createUser({ UserName });
      await iam.createGroup({ GroupName });
      return [
        await outcome(iam.getUserPolicy({ UserName, PolicyName })),
        await outcome(iam.getGroupPolicy({ GroupName, PolicyName })),
        await outcome(iam.getRolePolicy({ RoleName, PolicyName })),
        await outcome(iam.deleteUserPolicy({ UserName, PolicyName })),
        await outcome(iam.deleteGroupPolicy({ GroupName, PolicyName })),
        await outcome(iam.deleteRolePolicy({ RoleName, PolicyName })),
      ];
    },
    is: Array(6).fill('NoSuchEntity 404'),
  },
  {
    name: 'names of actions, condition keys and quantifiers that the documentation does not allow are kept',
    run: async (at) => {
      const iam = await withRole(at);
      const kept = [
        { Action: 'sts:GetCallerIdentity ' },
        { Action: 'sts:*', Condition: { StringEqualsIfExists: { ExternalId: 'x1' } } },
        { Action: 'sts:*', Condition: { 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } } },
      ].map((part) => JSON.stringify(one({ Effect: 'Allow', Resource: '*', ...part })));
      const read = [];
      for (const PolicyDocument of kept) {
        await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
        const document = (await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument;
        read.push(decodeURIComponent(document ?? '') === PolicyDocument);
      }
      return read;
    },
    is: [true, true, true],
  },
  {
    name: 'a document that breaks the grammar is refused',
    run: async (at) => {
      const iam = await withRole(at);
      return [
        await put(iam, 'not JSON'),
        await put(iam, one({ Effect: 'Allow', Action: 'ec2:DescribeVpcs' })),
        await put(iam, one({ Effect: 'Allow', Resource: '*' })),
        await put(iam, one({ Effect: 'Allow', Action: 'DescribeVpcs', Resource: '*' })),
        await put(iam, one({ Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: 'vpc' })),
        await put(iam, one({ Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*', Principal: { AWS: '*' } })),
        await put(iam, one({ Effect: 'allow', Action: 'ec2:DescribeVpcs', Resource: '*' })),
        await put(iam, one({ Sid: 'not one', Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*' })),
        await put(iam, { Version: '2013-01-01', Statement: [{ Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*' }] }),
      ];
    },
    is: Array(9).fill(MALFORMED),
    differs: {
      moto: [...Array(5).fill(MALFORMED), 'ok', MALFORMED, 'ok', MALFORMED],
      why: 'moto takes a principal, and any Sid',
      doc: GRAMMAR,
    },
  },
  {
    name: 'a key that is there twice is refused',
    run: async (at) =>
      put(await withRole(at), '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Effect":"Deny","Action":"ec2:*","Resource":"*"}]}'),
    is: MALFORMED,
    differs: { moto: 'ok', why: 'moto takes the last of the two', doc: GRAMMAR },
  },
  {
    name: 'one statement or a list of one, an empty Sid and no Version are good',
    run: async (at) => {
      const iam = await withRole(at);
      return [
        await put(iam, { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'ec2:DescribeVpcs', Resource: '*' } }),
        await put(iam, one({ Sid: '', Effect: 'Allow', Action: ['ec2:DescribeVpcs'], Resource: ['*'] })),
        await put(iam, { Statement: [{ Effect: 'Deny', NotAction: 'ec2:*', NotResource: 'arn:aws:ec2:*:*:vpc/*' }] }),
      ];
    },
    is: ['ok', 'ok', 'ok'],
    differs: { moto: ['ok', 'ok', MALFORMED], why: 'moto asks for a Version', doc: GRAMMAR },
  },
  {
    name: "inline policies together: a user's have 2,048, a group's 5,120, a role's 10,240 characters, white space not counted",
    run: async (at) => {
      const iam = await withRole(at);
      await iam.createUser({ UserName });
      await iam.createGroup({ GroupName });
      const spaced = (document: string) => JSON.stringify(JSON.parse(document), null, 8);
      const user = (PolicyName: string, PolicyDocument: string) => outcome(iam.putUserPolicy({ UserName, PolicyName, PolicyDocument }));
      const group = (PolicyName: string, PolicyDocument: string) => outcome(iam.putGroupPolicy({ GroupName, PolicyName, PolicyDocument }));
      const role = (PolicyName: string, PolicyDocument: string) => outcome(iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument }));
      return [
        [await user('a', spaced(sized(1_024))), await user('b', sized(1_024)), await user('b', sized(1_025))],
        [await group('a', spaced(sized(4_879))), await group('b', sized(241)), await group('b', sized(242))],
        [await role('a', spaced(sized(9_999))), await role('b', sized(241)), await role('b', sized(242))],
      ];
    },
    is: [
      ['ok', 'ok', 'LimitExceeded 409'],
      ['ok', 'ok', 'LimitExceeded 409'],
      ['ok', 'ok', 'LimitExceeded 409'],
    ],
    differs: { moto: Array(3).fill(['ok', 'ok', 'ok']), why: 'moto has no such quotas', doc: QUOTAS },
  },
  {
    name: 'managed policies are attached, listed by name and ARN, and detached',
    run: async (at) => {
      const iam = await withRole(at);
      await iam.attachRolePolicy({ RoleName, PolicyArn: ROUTE53_FULL });
      await iam.attachRolePolicy({ RoleName, PolicyArn: EC2_FULL });
      await iam.attachRolePolicy({ RoleName, PolicyArn: EC2_FULL });
      const attached = (await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies?.toSorted((a, b) =>
        (a.PolicyName ?? '').localeCompare(b.PolicyName ?? ''),
      );
      await iam.detachRolePolicy({ RoleName, PolicyArn: EC2_FULL });
      await iam.detachRolePolicy({ RoleName, PolicyArn: ROUTE53_FULL });
      return [attached, (await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies];
    },
    is: [
      [
        { PolicyName: 'AmazonEC2FullAccess', PolicyArn: EC2_FULL },
        { PolicyName: 'AmazonRoute53FullAccess', PolicyArn: ROUTE53_FULL },
      ],
      [],
    ],
  },
  {
    name: 'what does not exist is not attached, and what is not attached is not detached',
    run: async (at) => {
      const iam = await withRole(at);
      return [
        await outcome(iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/NoSuchPolicy' })),
        await outcome(iam.detachRolePolicy({ RoleName, PolicyArn: EC2_FULL })),
      ];
    },
    is: ['NoSuchEntity 404', 'NoSuchEntity 404'],
  },
  {
    name: "another account's policy is not attached",
    run: async (at) => {
      const iam = await withRole(at);
      const { Policy } = await at.other.iam.createPolicy({ PolicyName: 'theirs', PolicyDocument: allow('ec2:DescribeVpcs') });
      return outcome(iam.attachRolePolicy({ RoleName, PolicyArn: Policy?.Arn }));
    },
    is: 'NoSuchEntity 404',
  },
  {
    name: 'ten managed policies are attached to a role at most',
    run: async (at) => {
      const iam = await withRole(at);
      const attach = async (name: string) => {
        const { Policy } = await iam.createPolicy({ PolicyName: name, PolicyDocument: allow('ec2:DescribeVpcs') });
        return outcome(iam.attachRolePolicy({ RoleName, PolicyArn: Policy?.Arn }));
      };
      const outcomes: string[] = [];
      for (let index = 0; index < 11; index += 1) outcomes.push(await attach(`p${index}`));
      return [new Set(outcomes.slice(0, 10)).size, outcomes.at(9), outcomes.at(10)];
    },
    is: [1, 'ok', 'LimitExceeded 409'],
    differs: { moto: [1, 'ok', 'ok'], why: 'moto has no such quota', doc: QUOTAS },
  },
  {
    name: 'a customer policy has a path, versions and a default one',
    run: async ({ iam }) => {
      const { Policy } = await iam.createPolicy({ PolicyName: 'dns', Path: '/ddi/', PolicyDocument: allow('route53:ListHostedZones') });
      const PolicyArn = Policy?.Arn;
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('route53:*'), SetAsDefault: true });
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('ec2:*') });
      const now = (await iam.getPolicy({ PolicyArn })).Policy;
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: now?.DefaultVersionId });
      await iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v1' });
      const then = (await iam.getPolicy({ PolicyArn })).Policy;
      return [
        now?.Arn,
        now?.PolicyName,
        now?.Path,
        now?.DefaultVersionId,
        decodeURIComponent(PolicyVersion?.Document ?? ''),
        then?.DefaultVersionId,
      ];
    },
    is: ['arn:aws:iam::ACCOUNT:policy/ddi/dns', 'dns', '/ddi/', 'v2', allow('route53:*'), 'v1'],
  },
  {
    name: "the document of a managed policy's version comes encoded",
    run: async ({ iam }) => {
      const { Policy } = await iam.createPolicy({ PolicyName: 'dns', PolicyDocument: allow('route53:*') });
      return (await iam.getPolicyVersion({ PolicyArn: Policy?.Arn, VersionId: 'v1' })).PolicyVersion?.Document?.slice(0, 20);
    },
    is: '%7B%22Version%22%3A%',
    differs: {
      moto: '{"Version":"2012-10-',
      why: 'moto does not encode it',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html',
    },
  },
  {
    name: "AWS's own policies are there",
    run: async ({ iam }) => {
      const names = [
        'AdministratorAccess',
        'AmazonEC2FullAccess',
        'AmazonRoute53FullAccess',
        'IAMReadOnlyAccess',
        'PowerUserAccess',
        'ReadOnlyAccess',
        'SecurityAudit',
        'job-function/ViewOnlyAccess',
      ];
      return Promise.all(
        names.map(async (name) => (await iam.getPolicy({ PolicyArn: `arn:aws:iam::aws:policy/${name}` })).Policy?.PolicyName),
      );
    },
    is: [
      'AdministratorAccess',
      'AmazonEC2FullAccess',
      'AmazonRoute53FullAccess',
      'IAMReadOnlyAccess',
      'PowerUserAccess',
      'ReadOnlyAccess',
      'SecurityAudit',
      'ViewOnlyAccess',
    ],
  },
  {
    name: 'a managed policy that is not there, or has no such version, is NoSuchEntity',
    run: async ({ iam }) => {
      const PolicyArn = 'arn:aws:iam::aws:policy/NoSuchPolicy';
      return [
        await outcome(iam.getPolicy({ PolicyArn })),
        await outcome(iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })),
        await outcome(iam.getPolicyVersion({ PolicyArn: EC2_FULL, VersionId: 'v999' })),
      ];
    },
    is: ['NoSuchEntity 404', 'NoSuchEntity 404', 'NoSuchEntity 404'],
  },
  {
    name: 'a policy that is attached or a boundary is not deleted',
    run: async (at) => {
      const iam = await withRole(at);
      const deleteWhen = async (PolicyName: string, use: (PolicyArn: string | undefined) => Promise<unknown>) => {
        const PolicyArn = (await iam.createPolicy({ PolicyName, PolicyDocument: allow('route53:*') })).Policy?.Arn;
        await use(PolicyArn);
        return outcome(iam.deletePolicy({ PolicyArn }));
      };
      return [
        await deleteWhen('attached', (PolicyArn) => iam.attachRolePolicy({ RoleName, PolicyArn })),
        await deleteWhen('bounding', (PermissionsBoundary) => iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary })),
        await deleteWhen('unused', () => Promise.resolve()),
        await outcome(iam.getPolicy({ PolicyArn: `arn:aws:iam::${at.account}:policy/unused` })),
      ];
    },
    is: ['DeleteConflict 409', 'DeleteConflict 409', 'ok', 'NoSuchEntity 404'],
    differs: {
      moto: ['ok', 'ok', 'ok', 'NoSuchEntity 404'],
      why: 'moto deletes what is in use',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html',
    },
  },
  {
    name: 'versions are listed newest first, and each keeps its document; the default one is not deleted, and no number is used again',
    run: async ({ iam }) => {
      const PolicyArn = (await iam.createPolicy({ PolicyName: 'dns', PolicyDocument: allow('route53:List*') })).Policy?.Arn;
      const made = await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('route53:*'), SetAsDefault: true });
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('ec2:*') });
      const listed = async () =>
        (await iam.listPolicyVersions({ PolicyArn })).Versions?.map(
          ({ VersionId, IsDefaultVersion }) => `${VersionId} ${IsDefaultVersion}`,
        ).toSorted();
      const before = await listed();
      const refused = await outcome(iam.deletePolicyVersion({ PolicyArn, VersionId: 'v2' }));
      await iam.deletePolicyVersion({ PolicyArn, VersionId: 'v3' });
      await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('s3:*') });
      const first = (await iam.getPolicyVersion({ PolicyArn, VersionId: 'v1' })).PolicyVersion;
      return [
        [made.PolicyVersion?.VersionId, made.PolicyVersion?.IsDefaultVersion],
        before,
        refused,
        await listed(),
        [first?.IsDefaultVersion, decodeURIComponent(first?.Document ?? '')],
        await outcome(iam.setDefaultPolicyVersion({ PolicyArn, VersionId: 'v3' })),
      ];
    },
    is: [
      ['v2', true],
      ['v1 false', 'v2 true', 'v3 false'],
      'DeleteConflict 409',
      ['v1 false', 'v2 true', 'v4 false'],
      [false, allow('route53:List*')],
      'NoSuchEntity 404',
    ],
  },
  {
    name: 'who has a policy attached is listed apart from whose boundary it is',
    run: async (at) => {
      const iam = await withRole(at);
      const PolicyArn = (await iam.createPolicy({ PolicyName: 'dns', PolicyDocument: allow('route53:*') })).Policy?.Arn;
      await iam.createUser({ UserName: 'ada' });
      await iam.createGroup({ GroupName: 'readers' });
      await iam.attachUserPolicy({ UserName: 'ada', PolicyArn });
      await iam.attachGroupPolicy({ GroupName: 'readers', PolicyArn });
      await iam.attachRolePolicy({ RoleName, PolicyArn });
      await iam.createRole({ RoleName: 'bounded', AssumeRolePolicyDocument: trust({ AWS: at.account }), PermissionsBoundary: PolicyArn });
      const entities = async (filter: { PolicyUsageFilter?: 'PermissionsPolicy' | 'PermissionsBoundary'; EntityFilter?: 'Role' }) => {
        const { PolicyUsers = [], PolicyGroups = [], PolicyRoles = [] } = await iam.listEntitiesForPolicy({ PolicyArn, ...filter });
        return [
          ...PolicyUsers.map((one) => one.UserName),
          ...PolicyGroups.map((one) => one.GroupName),
          ...PolicyRoles.map((one) => one.RoleName),
        ];
      };
      return [
        (await entities({})).toSorted(),
        await entities({ PolicyUsageFilter: 'PermissionsPolicy' }),
        await entities({ EntityFilter: 'Role', PolicyUsageFilter: 'PermissionsPolicy' }),
        await entities({ PolicyUsageFilter: 'PermissionsBoundary' }),
      ];
    },
    is: [[RoleName, 'ada', 'bounded', 'readers'], ['ada', 'readers', RoleName], [RoleName], ['bounded']],
    differs: {
      moto: [[RoleName, 'ada', 'readers'], ['ada', 'readers', RoleName], [RoleName], ['ada', 'readers', RoleName]],
      why: 'moto leaves boundaries out',
      doc: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html',
    },
  },
  {
    name: 'a managed policy has five versions and 6,144 characters at most',
    run: async ({ iam }) => {
      const PolicyArn = (await iam.createPolicy({ PolicyName: 'dns', PolicyDocument: allow('route53:*') })).Policy?.Arn;
      for (let index = 0; index < 4; index += 1) await iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('route53:*') });
      return [
        await outcome(iam.createPolicyVersion({ PolicyArn, PolicyDocument: allow('route53:*') })),
        await outcome(iam.createPolicy({ PolicyName: 'full', PolicyDocument: sized(6_144) })),
        await outcome(iam.createPolicy({ PolicyName: 'over', PolicyDocument: sized(6_145) })),
      ];
    },
    is: ['LimitExceeded 409', 'ok', 'LimitExceeded 409'],
    differs: { moto: ['LimitExceeded 409', 'ok', 'ok'], why: 'moto does not count characters', doc: QUOTAS },
  },
];
