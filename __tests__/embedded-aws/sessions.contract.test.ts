import { expect, test } from '@jest/globals';
import { textOf } from '../../dev/aws/protocol/read-xml.ts';
import { type EmbeddedAws, startAws } from '../../dev/aws/server.ts';
import { allow, ask, assume, type Keys, policy, trust, userWithKey } from './ask.ts';

const ACCOUNT = '111111111111';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Auditor`;

function withRole(aws: EmbeddedAws): Keys {
  aws.account(ACCOUNT).call('CreateRole', { RoleName: 'Auditor', AssumeRolePolicyDocument: trust(`arn:aws:iam::${ACCOUNT}:root`) });
  return userWithKey(aws, ACCOUNT, policy(allow('sts:AssumeRole')));
}

test('a session that is over is ExpiredToken', async () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  await using aws = await startAws({ clock: () => now });
  const session = await assume(aws, ROLE, withRole(aws), { DurationSeconds: 900 });
  now += 899_000;
  const before = await ask(aws, 'sts', 'GetCallerIdentity', {}, session);
  now += 1_000;
  const after = await ask(aws, 'sts', 'GetCallerIdentity', {}, session);
  expect([before.status, after.status, after.code]).toEqual([200, 403, 'ExpiredToken']);
});

test('sessions may be made shorter than clients ask for', async () => {
  await using aws = await startAws({ clock: () => 0, sessionSeconds: 2 });
  const answer = await ask(aws, 'sts', 'AssumeRole', { RoleArn: ROLE, RoleSessionName: 'audit', DurationSeconds: 3_600 }, withRole(aws));
  expect(textOf(answer.xml, 'Expiration')).toBe('1970-01-01T00:00:02Z');
});

test('a session needs its own token, and a key has none', async () => {
  await using aws = await startAws();
  const keys = withRole(aws);
  const session = await assume(aws, ROLE, keys);
  const identity = (used: Keys) => ask(aws, 'sts', 'GetCallerIdentity', {}, used);
  const answers = [
    await identity(session),
    await identity({ accessKeyId: session.accessKeyId }),
    await identity({ ...session, token: 'another' }),
    await identity({ ...keys, token: 'any' }),
  ];
  expect(answers.map(({ status, code }) => `${status} ${code}`)).toEqual(['200 ', ...Array(3).fill('403 InvalidClientTokenId')]);
});

test('what is not signed is refused', async () => {
  await using aws = await startAws();
  const { status, code } = await ask(aws, 'iam', 'GetUser', { UserName: 'caller' });
  expect([status, code]).toEqual([403, 'MissingAuthenticationToken']);
});

const HOST = 'token.actions.githubusercontent.com';
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${HOST}`;

function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ iss: `https://${HOST}`, aud: 'sts.amazonaws.com', sub: 'repo:acme/ddi:ref:refs/heads/main', exp: 4_000_000_000, ...claims })}.x`;
}

const WEB_IDENTITY_CASES: readonly (readonly [string, string, string])[] = [
  ['a token as the trust asks for', jwt({}), '200 '],
  ['another branch of the repository', jwt({ sub: 'repo:acme/ddi:ref:refs/heads/x' }), '200 '],
  ['another repository', jwt({ sub: 'repo:acme/other:ref:refs/heads/main' }), '403 AccessDenied'],
  ['an audience that the provider has and the trust has not', jwt({ aud: 'other' }), '403 AccessDenied'],
  ['an audience that the provider has not', jwt({ aud: 'sts.example.com' }), '400 InvalidIdentityToken'],
  ['an issuer without a provider', jwt({ iss: 'https://example.com' }), '400 InvalidIdentityToken'],
  ['a token that is over', jwt({ exp: 1_000 }), '400 ExpiredTokenException'],
  ['no token', 'abc', '400 InvalidIdentityToken'],
];

test.each(WEB_IDENTITY_CASES)('a web identity with %s', async (_name, token, expected) => {
  await using aws = await startAws();
  const admin = aws.account(ACCOUNT);
  admin.call('CreateOpenIDConnectProvider', { Url: `https://${HOST}`, ClientIDList: ['sts.amazonaws.com', 'other'] });
  const Condition = { StringEquals: { [`${HOST}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${HOST}:sub`]: 'repo:acme/ddi:*' } };
  const document = policy({ Effect: 'Allow', Principal: { Federated: PROVIDER }, Action: 'sts:AssumeRoleWithWebIdentity', Condition });
  admin.call('CreateRole', { RoleName: 'Auditor', AssumeRolePolicyDocument: JSON.stringify(document) });
  const input = { RoleArn: ROLE, RoleSessionName: 'audit', WebIdentityToken: token };
  const { status, code } = await ask(aws, 'sts', 'AssumeRoleWithWebIdentity', input);
  expect(`${status} ${code}`).toBe(expected);
});
