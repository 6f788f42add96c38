import { type Case, outcome, type Place, trust } from './case.ts';

const RoleName = 'Micetro';

/** Creates the role with a trust and reads it back, decoded. */
async function roundTrip({ iam }: Place, document: string): Promise<unknown> {
  await iam.createRole({ RoleName, AssumeRolePolicyDocument: document });
  return read(iam);
}

async function read(iam: Place['iam']): Promise<unknown> {
  const { Role } = await iam.getRole({ RoleName });
  return JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? 'null'));
}

const statement = (Principal: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
});

/** Whether a document is taken as a trust; no role is left behind. */
async function create({ iam }: Place, document: string): Promise<string> {
  const taken = await outcome(iam.createRole({ RoleName, AssumeRolePolicyDocument: document }));
  if (taken === 'ok') await iam.deleteRole({ RoleName });
  return taken;
}

const PRINCIPALS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const GRAMMAR = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html';
const QUOTAS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const MALFORMED = 'MalformedPolicyDocument 400';

export const trustCases: readonly Case[] = [
  {
    name: 'a trust policy comes encoded by RFC 3986',
    run: async ({ iam }) => {
      const document = trust({ Service: 'ec2.amazonaws.com' }, { StringLike: { 'sts:ExternalId': "a b+c!'()*" } });
      await iam.createRole({ RoleName, AssumeRolePolicyDocument: document });
      return (await iam.getRole({ RoleName })).Role?.AssumeRolePolicyDocument?.split('ExternalId').at(-1);
    },
    is: '%22%3A%22a%20b%2Bc%21%27%28%29%2A%22%7D%7D%7D%5D%7D',
  },
  {
    name: 'an account id becomes the root ARN of the account',
    run: (at) => roundTrip(at, trust({ AWS: at.other.account })),
    is: statement({ AWS: 'arn:aws:iam::OTHER:root' }),
    differs: { moto: statement({ AWS: 'OTHER' }), why: 'moto keeps what was written', doc: PRINCIPALS },
  },
  {
    name: 'account ids in a list become root ARNs',
    run: (at) => roundTrip(at, trust({ AWS: [at.account, at.other.account] })),
    is: statement({ AWS: ['arn:aws:iam::ACCOUNT:root', 'arn:aws:iam::OTHER:root'] }),
    differs: { moto: statement({ AWS: ['ACCOUNT', 'OTHER'] }), why: 'moto keeps what was written', doc: PRINCIPALS },
  },
  {
    name: 'everybody stays everybody',
    run: (at) => roundTrip(at, trust({ AWS: '*' })),
    is: statement({ AWS: '*' }),
  },
  {
    name: 'a user that exists is shown by its ARN',
    run: async (at) => {
      await at.other.iam.createUser({ UserName: 'micetro' });
      return roundTrip(at, trust({ AWS: `arn:aws:iam::${at.other.account}:user/micetro` }));
    },
    is: statement({ AWS: 'arn:aws:iam::OTHER:user/micetro' }),
  },
  {
    name: 'a user or role that does not exist is refused',
    run: async (at) => [
      await create(at, trust({ AWS: `arn:aws:iam::${at.other.account}:user/ghost` })),
      await create(at, trust({ AWS: `arn:aws:iam::${at.other.account}:role/ghost` })),
    ],
    is: [MALFORMED, MALFORMED],
    differs: { moto: ['ok', 'ok'], why: 'moto does not look for principals', doc: PRINCIPALS },
  },
  {
    name: 'a user that was deleted is shown by its unique id',
    run: async (at) => {
      await at.other.iam.createUser({ UserName: 'micetro' });
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.other.account}:user/micetro` }) });
      await at.other.iam.deleteUser({ UserName: 'micetro' });
      return read(at.iam);
    },
    is: statement({ AWS: 'AIDA*' }),
    differs: { moto: statement({ AWS: 'arn:aws:iam::OTHER:user/micetro' }), why: 'moto keeps what was written', doc: PRINCIPALS },
  },
  {
    name: 'making a deleted role again does not heal the trust',
    run: async (at) => {
      const hubRole = { RoleName: 'Auditor', AssumeRolePolicyDocument: trust({ Service: 'ec2.amazonaws.com' }) };
      await at.other.iam.createRole(hubRole);
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: `arn:aws:iam::${at.other.account}:role/Auditor` }) });
      await at.other.iam.deleteRole({ RoleName: 'Auditor' });
      await at.other.iam.createRole(hubRole);
      return read(at.iam);
    },
    is: statement({ AWS: 'AROA*' }),
    differs: { moto: statement({ AWS: 'arn:aws:iam::OTHER:role/Auditor' }), why: 'moto keeps what was written', doc: PRINCIPALS },
  },
  {
    name: 'the unique id of a deleted principal is not taken back',
    run: async (at) => {
      const { User } = await at.other.iam.createUser({ UserName: 'micetro' });
      await at.other.iam.deleteUser({ UserName: 'micetro' });
      return create(at, trust({ AWS: User?.UserId }));
    },
    is: MALFORMED,
    differs: { moto: 'ok', why: 'moto does not look for principals', doc: PRINCIPALS },
  },
  {
    name: 'principals have no wildcards in part, name no groups and no other partition',
    run: async (at) => [
      await create(at, trust({ AWS: `arn:aws:iam::${at.other.account}:role/*` })),
      await create(at, trust({ AWS: `arn:aws:iam::${at.other.account}:group/admins` })),
      await create(at, trust({ AWS: `arn:aws-cn:iam::${at.other.account}:root` })),
      await create(at, trust({ AWS: 'nonsense' })),
    ],
    is: [MALFORMED, MALFORMED, MALFORMED, MALFORMED],
    differs: { moto: Array(4).fill('ok'), why: 'moto does not look for principals', doc: PRINCIPALS },
  },
  {
    name: 'a bare star, NotPrincipal, Resource and actions outside sts are refused',
    run: async (at) => {
      const withParts = (parts: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...parts }] });
      return [
        await create(at, trust('*')),
        await create(at, withParts({ NotPrincipal: { AWS: at.account }, Action: 'sts:AssumeRole' })),
        await create(at, withParts({ Principal: { AWS: at.account }, Action: 'sts:AssumeRole', Resource: '*' })),
        await create(at, withParts({ Principal: { AWS: at.account }, Action: 'iam:GetRole' })),
      ];
    },
    is: [MALFORMED, MALFORMED, MALFORMED, MALFORMED],
    differs: { moto: ['ok', 'ok', 'ok', 'ok'], why: 'moto takes any trust policy', doc: GRAMMAR },
  },
  {
    name: 'what is no policy is refused',
    run: async (at) => [
      await create(at, 'not JSON'),
      await create(at, '[]'),
      await create(at, '{"Version":"2012-10-17"}'),
      await create(
        at,
        JSON.stringify({ Version: '2011-01-01', Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] }),
      ),
      await create(
        at,
        JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }] }),
      ),
    ],
    is: [MALFORMED, MALFORMED, MALFORMED, MALFORMED, MALFORMED],
    differs: { moto: Array(5).fill('ok'), why: 'moto takes any text', doc: GRAMMAR },
  },
  {
    name: 'a trust policy has 2,048 characters at most, white space not counted',
    run: async (at) => {
      const sized = (length: number) => trust({ AWS: at.account }, { StringEquals: { 'sts:ExternalId': 'x'.repeat(length) } });
      const room = 2_048 - sized(0).length;
      const spaced = JSON.stringify(JSON.parse(sized(room)), null, 8);
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: at.account }) });
      return [
        await outcome(at.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: spaced })),
        await outcome(at.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: sized(room + 1) })),
      ];
    },
    is: ['ok', 'LimitExceeded 409'],
    differs: { moto: ['ok', 'ok'], why: 'moto has no such quota', doc: QUOTAS },
  },
  {
    name: 'UpdateAssumeRolePolicy replaces the whole document',
    run: async (at) => {
      await at.iam.createRole({ RoleName, AssumeRolePolicyDocument: trust({ AWS: at.account }) });
      await at.iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: trust({ AWS: `arn:aws:iam::${at.other.account}:root` }) });
      return read(at.iam);
    },
    is: statement({ AWS: 'arn:aws:iam::OTHER:root' }),
  },
];
