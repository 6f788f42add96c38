import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { accountIn } from '../../dev/aws/estate.ts';
import { DIRECT } from '../../dev/network/direct.ts';
import { HubAccessError, type HubOptions } from '../../src/aws/access.ts';
import { openHub, sessionNameOf } from '../../src/aws/open-hub.ts';
import { untilOver } from '../../src/aws/reading-ended.ts';
import { systemClock } from '../../src/time/clock.ts';
import { deadlineIn, noDeadline } from '../deadlines.ts';
import { IMPATIENT, type Live, startLive } from '../live/hub.ts';
import { TestClock } from '../test-clock.ts';

const FIRST = '200000000001';
const REPOSITORY = 'acme/access';

/** An unsigned token with GitHub's claims. */
function idToken(audience: string, changes: Record<string, unknown> = {}): string {
  const claims = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: audience,
    sub: `repo:${REPOSITORY}:ref:refs/heads/main`,
    exp: Date.now() / 1000 + 300,
    ...changes,
  };
  return ['{}', JSON.stringify(claims), 'signature'].map((part) => Buffer.from(part).toString('base64url')).join('.');
}

const oidc = (changes?: Record<string, unknown>) => ({
  audience: 'sts.amazonaws.com',
  fetchIdToken: async (audience: string) => idToken(audience, changes),
});

async function refusal(live: Live, changes: Partial<HubOptions>): Promise<HubAccessError> {
  const outcome = await live.open(changes).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof HubAccessError)) throw new Error(`expected a HubAccessError, got ${String(outcome)}`);
  const told = JSON.stringify({ ...outcome, message: outcome.message });
  expect(told).not.toContain(live.options.environment.AWS_SECRET_ACCESS_KEY);
  return outcome;
}

describe('the way to the credentials', () => {
  test('no role: the credentials of the environment, as they are', async () => {
    await using live = await startLive();
    const access = await live.open({ role: '' });
    expect(live.asked()).toEqual(['GetCallerIdentity']);
    expect(access.hub.principal).toBe('arn:aws:iam::111111111111:user/drift-workflow');
    access.close();
  });

  test('a role, and credentials in the environment: assumed with them, even if there is a token', async () => {
    await using live = await startLive({ guide: { repository: REPOSITORY } });
    const access = await live.open({ oidc: oidc() });
    expect(live.asked()).toEqual(['AssumeRole']);
    expect(access.hub.principal).toBe(live.guide.auditorRole);
    access.close();
  });

  test('a role, a token and no credentials in the environment: assumed with the token', async () => {
    await using live = await startLive({ guide: { repository: REPOSITORY } });
    const audiences: string[] = [];
    const fetchIdToken = async (audience: string) => {
      audiences.push(audience);
      return idToken(audience);
    };
    const { errors } = await live.read({ environment: {}, oidc: { audience: 'sts.amazonaws.com', fetchIdToken } });
    expect(errors).toEqual([]);
    expect(audiences).toEqual(['sts.amazonaws.com']);
    const [first] = live.aws.calls;
    expect(first).toMatchObject({
      action: 'AssumeRoleWithWebIdentity',
      params: { RoleSessionName: 'drift-77-1', DurationSeconds: '3600' },
    });
    expect(live.aws.calls.filter(({ account, service }) => account === live.guide.hub && service === 'sts')).toHaveLength(1);
  });

  test.each<[string, Partial<HubOptions>, readonly string[], string | undefined]>([
    ['a user, by its keys', {}, ['AssumeRole', 'GetCallerIdentity'], 'arn:aws:iam::111111111111:user/drift-workflow'],
    ['nobody, where there is no role', { role: '' }, ['GetCallerIdentity'], undefined],
    ['nobody in AWS, with a token', { environment: {}, oidc: oidc() }, ['AssumeRoleWithWebIdentity'], undefined],
  ])('who assumes the role, where that is asked: %s', async (_, changes, asked, assumedBy) => {
    await using live = await startLive({ guide: { repository: REPOSITORY } });
    const access = await live.open({ asksCaller: true, ...changes });
    access.close();
    expect([live.asked(), access.assumedBy]).toEqual([asked, assumedBy]);
  });

  test('who assumes the role is in the reading', async () => {
    await using live = await startLive();
    expect((await live.read({ asksCaller: true })).assumedBy).toBe('arn:aws:iam::111111111111:user/drift-workflow');
    expect((await live.read()).assumedBy).toBeUndefined();
  });

  test('a token is fetched anew when the credentials are', async () => {
    let ahead = 0;
    const now = () => Date.now() + ahead;
    await using live = await startLive({ guide: { repository: REPOSITORY }, clock: now });
    let fetched = 0;
    const fetchIdToken = async (audience: string) => {
      fetched += 1;
      return idToken(audience, { exp: now() / 1000 + 300 });
    };
    const clock = { now, sleep: async () => undefined, random: Math.random };
    const access = await live.open({ environment: {}, clock, oidc: { audience: 'sts.amazonaws.com', fetchIdToken } });
    ahead = 59 * 60_000;
    await Promise.all(
      live.guide.targets.map((account) => access.assume(`arn:aws:iam::${account}:role/AssumeRoleAuditor`, undefined).open()),
    );
    expect(fetched).toBe(2);
    access.close();
  });
});

describe('credentials of another account: nothing is read', () => {
  test("by the role's ARN, before any call", async () => {
    await using live = await startLive();
    const error = await refusal(live, { role: `arn:aws:iam::${FIRST}:role/DriftAuditor` });
    expect(error).toMatchObject({
      code: 'WrongAccount',
      message: expect.stringMatching(`account ${FIRST} .*hub account .* is 111111111111 `),
    });
    expect(live.asked()).toEqual([]);
  });

  test('by who they say they are', async () => {
    await using live = await startLive({
      edit: (draft) =>
        void accountIn(draft, FIRST).users.push({ name: 'ci', managedPolicies: [], inlinePolicies: [], accessKeys: ['Active'] }),
    });
    const answer = live.aws.account(FIRST).call('CreateAccessKey', { UserName: 'ci' });
    const environment = { AWS_ACCESS_KEY_ID: /<AccessKeyId>(.*?)</.exec(answer)?.[1], AWS_SECRET_ACCESS_KEY: 'any' };
    const error = await refusal(live, { role: '', environment });
    expect(error).toMatchObject({
      code: 'WrongAccount',
      message: expect.stringContaining(FIRST),
      advice: expect.stringContaining('hub.account'),
    });
    expect(live.asked()).toEqual(['GetCallerIdentity']);
  });

  test.each<[string, Partial<HubOptions>]>([
    ['of a role', {}],
    ['as they are', { role: '' }],
  ])('by their partition, %s', async (_, changes) => {
    await using live = await startLive();
    expect(await refusal(live, { ...changes, partition: 'aws-cn', region: undefined })).toMatchObject({
      code: 'WrongAccount',
      message: expect.stringContaining('aws-cn'),
    });
  });

  test('what is no role ARN is refused before any call', async () => {
    await using live = await startLive();
    expect(await refusal(live, { role: 'DriftAuditor' })).toMatchObject({
      code: 'InvalidRole',
      advice: expect.stringContaining('arn:aws:iam::111111111111:role/NAME'),
    });
    expect(live.asked()).toEqual([]);
  });
});

describe('the keys of the identity provider', () => {
  const NO_KEYS = {
    code: 'InvalidIdentityToken',
    status: 400,
    message: "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation",
  };
  const NO_PROVIDER = { code: 'IDPCommunicationError', status: 400, message: 'Error communicating with the identity provider' };

  /** With a clock that jumps, which the server shares. */
  async function signIn(effect: typeof NO_KEYS, times: number) {
    const clock = new TestClock();
    await using live = await startLive({ guide: { repository: REPOSITORY }, clock: clock.now });
    live.aws.faults.add({ action: 'AssumeRoleWithWebIdentity', effect, times });
    let fetched = 0;
    const fetchIdToken = async (audience: string) => {
      fetched += 1;
      return idToken(audience, { exp: clock.now() / 1000 + 300 });
    };
    const options = { environment: {}, clock, oidc: { audience: 'sts.amazonaws.com', fetchIdToken } };
    const outcome = times < 5 ? (await live.open(options)).close() : await refusal(live, options);
    return { outcome, asked: live.asked().length, slept: clock.slept, fetched };
  }

  test.each([
    ['a verification key', NO_KEYS],
    ['the provider', NO_PROVIDER],
  ])('%s could not be fetched: it is asked again', async (_, effect) => {
    expect(await signIn(effect, 2)).toEqual({ outcome: undefined, asked: 3, slept: [1_000, 2_000], fetched: 1 });
  });

  test('nor later: that is the end, within 15 seconds', async () => {
    const { outcome, ...rest } = await signIn(NO_KEYS, 9);
    expect(rest).toEqual({ asked: 5, slept: [1_000, 2_000, 4_000, 8_000], fetched: 1 });
    expect(outcome).toMatchObject({
      code: 'InvalidIdentityToken',
      advice: expect.stringMatching(/^AWS could not fetch the keys of token\.actions/),
    });
  });

  test('after a long wait the token is fetched anew', async () => {
    const clock = new TestClock();
    await using live = await startLive({ guide: { repository: REPOSITORY }, clock: clock.now });
    live.aws.faults.add({ action: 'AssumeRoleWithWebIdentity', effect: NO_KEYS, times: 1, before: () => clock.forward(60_000) });
    let fetched = 0;
    const fetchIdToken = async (audience: string) => {
      fetched += 1;
      return idToken(audience, { exp: clock.now() / 1000 + 30 });
    };
    (await live.open({ environment: {}, clock, oidc: { audience: 'sts.amazonaws.com', fetchIdToken } })).close();
    expect(fetched).toBe(2);
  });
});

describe('the region', () => {
  test('of another partition than the file’s is refused before any call', async () => {
    await using live = await startLive();
    const error = await refusal(live, { region: 'us-gov-west-1' });
    expect(error).toMatchObject({ code: 'WrongRegion', message: expect.stringMatching(/us-gov-west-1.*aws-us-gov.*partition aws\./) });
    expect(live.asked()).toEqual([]);
  });

  test.each([
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
  ])('is %s in the partition %s, if none is asked for', async (region, partition) => {
    const scopes: string[] = [];
    const aws = createServer((request, response) => {
      scopes.push(/Credential=\w+\/\d+\/([\w-]+)\/sts/.exec(request.headers.authorization ?? '')?.[1] ?? '');
      response.writeHead(403).end('<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>');
    });
    await once(aws.listen(0, '127.0.0.1'), 'listening');
    const address = aws.address();
    const sts = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const role = `arn:${partition}:iam::111111111111:role/DriftAuditor`;
    const environment = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
    const options = {
      account: '111111111111',
      partition,
      role,
      region: undefined,
      sessionName: 'drift-77-1',
      environment,
      concurrency: 1,
      network: DIRECT,
      clock: systemClock,
      deadline: noDeadline(),
    };
    await expect(openHub({ ...options, endpoints: { sts } })).rejects.toThrow(HubAccessError);
    aws.close();
    expect(scopes).toEqual([region]);
  });
});

describe('an error that says what to do', () => {
  test.each<[string, Partial<HubOptions>, Parameters<typeof oidc>[0], string, RegExp]>([
    [
      'another repository',
      {},
      { sub: 'repo:evil/fork:ref:refs/heads/main' },
      'AccessDenied',
      /trust policy.*:aud and .*:sub that match the token\. The token of this job contains sub "repo:evil\/fork:ref:refs\/heads\/main", aud "sts\.amazonaws\.com"/,
    ],
    [
      'another audience',
      {},
      { aud: 'elsewhere' },
      'InvalidIdentityToken',
      /identity provider .* does not accept the audience.*contains .* aud "elsewhere"/,
    ],
    ['a token that ran out', {}, { exp: 1 }, 'ExpiredTokenException', /clock of the runner/],
    ['a role that is not there', { role: 'arn:aws:iam::111111111111:role/Nothing' }, {}, 'AccessDenied', /role\/Nothing exists/],
  ])('AssumeRoleWithWebIdentity: %s', async (_, changes, claims, code, advice) => {
    await using live = await startLive({ guide: { repository: REPOSITORY } });
    const error = await refusal(live, { environment: {}, oidc: oidc(claims), ...changes });
    expect(error).toMatchObject({ code, call: 'sts:AssumeRoleWithWebIdentity', advice: expect.stringMatching(advice) });
    expect(live.asked()).toHaveLength(1);
  });

  test('no identity provider in the account', async () => {
    await using live = await startLive();
    const error = await refusal(live, { environment: {}, oidc: oidc() });
    expect(error).toMatchObject({
      code: 'InvalidIdentityToken',
      advice: expect.stringContaining('Add the identity provider token.actions.githubusercontent.com'),
    });
  });

  test('GitHub gives no token', async () => {
    await using live = await startLive();
    const fetchIdToken = async () => Promise.reject(new Error('responded with HTTP status 500'));
    const error = await refusal(live, { environment: {}, oidc: { audience: 'sts.amazonaws.com', fetchIdToken } });
    expect(error).toMatchObject({ call: 'oidc', advice: expect.stringContaining('https://www.githubstatus.com') });
    expect(error.advice).not.toContain('id-token: write');
    expect(live.asked()).toEqual([]);
  });

  test('GitHub gives no token until the time is over', async () => {
    await using live = await startLive();
    const fetchIdToken = () => new Promise<string>(() => undefined);
    const clock = new TestClock();
    const deadline = deadlineIn(1, clock);
    const over = refusal(live, {
      environment: {},
      clock,
      deadline,
      oidc: { audience: 'a', fetchIdToken: () => untilOver(deadline, clock, fetchIdToken) },
    });
    clock.forward(60_000);
    expect(await over).toMatchObject({
      code: 'TimeLimitReached',
      message: expect.stringMatching(/^GitHub's token service received no response for 60 s\. The time limit of 1 min/),
      advice: expect.stringContaining('https://www.githubstatus.com'),
    });
  });

  test.each<[string, Partial<HubOptions>, RegExp]>([
    ['a role', {}, /id-token: write.*configure-aws-credentials/],
    ['no role', { role: '' }, /configure-aws-credentials.*auditor-role.*id-token: write/],
  ])('no credentials at all: %s', async (_, changes, advice) => {
    await using live = await startLive();
    // The SDK's own search looks here whatever it is handed.
    const lookups = {
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
      AWS_CONFIG_FILE: '/nowhere/config',
    };
    const before = { ...process.env };
    Object.assign(process.env, lookups);
    try {
      const error = await refusal(live, { environment: {}, ...changes });
      expect(error).toMatchObject({ call: 'credentials', code: 'CredentialsProviderError', advice: expect.stringMatching(advice) });
    } finally {
      for (const name of Object.keys(lookups)) delete process.env[name];
      Object.assign(process.env, before);
    }
    expect(live.asked()).toEqual([]);
  });

  test('the role does not let the job in', async () => {
    await using live = await startLive();
    const error = await refusal(live, { role: 'arn:aws:iam::111111111111:role/Other' });
    expect(error).toMatchObject({
      code: 'AccessDenied',
      call: 'sts:AssumeRole',
      advice: expect.stringMatching(/^Allow the identity .* to call sts:AssumeRole on .*role\/Other, .*trust policy/),
    });
  });

  test('a key that AWS does not know', async () => {
    await using live = await startLive();
    const error = await refusal(live, { environment: { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN', AWS_SECRET_ACCESS_KEY: 'any' } });
    expect(error).toMatchObject({ code: 'InvalidClientTokenId', advice: expect.stringContaining('key is active') });
  });

  test('credentials that ran out', async () => {
    await using live = await startLive();
    live.aws.faults.add({ effect: 'expired-token' });
    expect(await refusal(live, { role: '' })).toMatchObject({
      code: 'ExpiredToken',
      call: 'sts:GetCallerIdentity',
      advice: expect.stringContaining('role-duration-seconds'),
    });
  });

  test('who assumes the role can not be asked', async () => {
    await using live = await startLive();
    live.aws.faults.add({ action: 'GetCallerIdentity', effect: 'internal-failure' });
    expect(await refusal(live, { asksCaller: true })).toMatchObject({
      code: 'InternalFailure',
      call: 'sts:GetCallerIdentity',
      advice: expect.stringContaining('health.aws'),
    });
  });

  test('a region that is off', async () => {
    await using live = await startLive();
    live.aws.faults.add({ effect: { code: 'RegionDisabledException', status: 403, message: 'STS is not activated in this region' } });
    expect(await refusal(live, {})).toMatchObject({ code: 'RegionDisabledException', advice: expect.stringContaining('aws-region') });
  });

  test('an address where nobody listens', async () => {
    await using live = await startLive();
    const nobody = 'http://127.0.0.1:9';
    expect(await refusal(live, { endpoints: { iam: nobody, sts: nobody } })).toMatchObject({
      code: 'ECONNREFUSED',
      advice: expect.stringContaining('AWS_ENDPOINT_URL'),
    });
  });

  test('an address that never answers', async () => {
    await using live = await startLive();
    live.aws.faults.add({ effect: 'hang' });
    expect(await refusal(live, IMPATIENT)).toMatchObject({ code: 'ETIMEDOUT', call: 'sts:AssumeRole' });
  });
});

test.each([
  ['77', '1', 'drift-77-1'],
  ['a b/c', '2', 'drift-a-b-c-2'],
  ['x'.repeat(100), '1', `drift-${'x'.repeat(58)}`],
])('the session of run %s, attempt %s, is %s', (run, attempt, name) => {
  expect(sessionNameOf(run, attempt)).toBe(name);
});

test('a role is assumed once for each external id', async () => {
  await using live = await startLive();
  const access = await live.open();
  live.aws.calls.length = 0;
  const role = `arn:aws:iam::${FIRST}:role/AssumeRoleAuditor`;
  for (const externalId of [undefined, 'secret', 'secret']) await access.assume(role, externalId).open();
  access.close();
  const assumed = live.aws.calls.filter(({ action }) => action === 'AssumeRole');
  expect(assumed.map(({ params }) => params.ExternalId)).toEqual([undefined, 'secret']);
});
