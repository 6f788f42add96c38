import { setTimeout as sleep } from 'node:timers/promises';
import { GetRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import { readLive } from '../../src/live/read-live.ts';
import { startProxy } from '../aws/proxy.ts';
import { deadlineIn } from '../deadlines.ts';
import { TestClock } from '../test-clock.ts';
import { type Live, sorted, startLive } from './hub.ts';

const FIRST = '200000000001';
const SECOND = '200000000002';
const AUDITOR = { roleName: 'AssumeRoleAuditor', externalId: undefined };
const GET_ROLE = () => new GetRoleCommand({ RoleName: 'Micetro' });

const arnOf = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const actionsOn = (live: Live, account: string) => live.aws.calls.filter((call) => call.account === account).map(({ action }) => action);

describe('many accounts side by side', () => {
  const COUNT = 40;
  /** Each role says which account it is in. */
  const labelled = (draft: Estate) => {
    for (const { id } of draft.accounts.slice(1)) roleIn(draft, id, 'Micetro').description = `role of ${id}`;
  };

  test('never share an identity: every call is made with the credentials of the account that it is about', async () => {
    await using live = await startLive({ guide: { targets: COUNT }, edit: labelled });
    const access = await live.open({ concurrency: 64 });
    const { state, errors } = await readLive({ desired: live.desired, auditor: AUDITOR, access, concurrency: 64 });
    access.close();
    expect(errors).toEqual([]);
    for (const { account, role } of state.targets) {
      expect(role.value).toMatchObject({ arn: arnOf(account, 'Micetro'), description: `role of ${account}` });
      expect(sorted(actionsOn(live, account))).toEqual(['AssumeRole', 'GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies']);
    }
    const byAuditors = live.aws.calls.filter(({ service, account }) => service === 'iam' && account !== live.guide.hub);
    expect(
      byAuditors.every(({ account, principal }) => principal === `arn:aws:sts::${account}:assumed-role/AssumeRoleAuditor/drift-77-1`),
    ).toBe(true);
  }, 60_000);

  test('come in the order of the desired state', async () => {
    await using live = await startLive({ guide: { targets: 20 } });
    live.aws.faults.add({ action: 'GetRole', account: FIRST, delayMs: 100 });
    const { state } = await live.read();
    expect(state.targets.map(({ account }) => account)).toEqual(live.guide.targets);
  });

  test('as many as allowed, and no more', async () => {
    await using live = await startLive({ guide: { targets: 12 } });
    let inFlight = 0;
    let most = 0;
    let release = (): void => undefined;
    const full = new Promise<void>((resolve) => (release = resolve));
    live.aws.faults.add({
      action: 'AssumeRole',
      // The hub's own role comes first.
      after: 1,
      async before() {
        inFlight += 1;
        most = Math.max(most, inFlight);
        if (inFlight === 5) release();
        await full;
        await sleep(20);
        inFlight -= 1;
      },
    });
    const access = await live.open();
    await readLive({ desired: live.desired, auditor: AUDITOR, access, concurrency: 5 });
    access.close();
    expect(most).toBe(5);
  });

  test('share connections', async () => {
    await using live = await startLive({ guide: { targets: 40 } });
    const before = live.aws.load.connections;
    await live.read({ concurrency: 4 });
    // IAM and STS are at one address here, and the pool is bounded for each address.
    expect(live.aws.load.connections - before).toBeLessThanOrEqual(12);
  });
});

describe('an answer about another account is not believed', () => {
  /** Reads through a proxy that tells of the second target wherever the action's answer tells of `account`. */
  async function misled(action: string, account: string) {
    await using live = await startLive();
    const rewrite = (asked: string, xml: string) => (asked === action ? xml.replaceAll(`::${account}:`, `::${SECOND}:`) : xml);
    await using proxy = await startProxy(live.aws.url, rewrite);
    return await live.read({ endpoints: { iam: proxy.url, sts: proxy.url } });
  }

  test.each([
    ['GetRole', 'iam:GetRole'],
    ['AssumeRole', 'sts:AssumeRole'],
  ])('%s of a target', async (action, call) => {
    const { state, errors } = await misled(action, FIRST);
    expect(state.targets.map(({ role }) => role.value === undefined)).toEqual([true, false]);
    expect(errors).toEqual([
      expect.objectContaining({
        account: FIRST,
        code: 'WrongAccount',
        call,
        message: expect.stringContaining(`Requested account: ${FIRST}`),
        advice: expect.stringContaining('proxy'),
      }),
    ]);
  });

  test.each([['GetUser'], ['GetGroup']])('%s of the hub', async (action) => {
    const { state, errors } = await misled(action, '111111111111');
    const { user, groups } = state.hub;
    expect((action === 'GetUser' ? user.value : groups[0]?.value)?.path).toBeUndefined();
    expect(errors).toEqual([expect.objectContaining({ scope: 'hub', code: 'WrongAccount', call: `iam:${action}` })]);
  });

  test("AssumeRole of the hub's own role: nothing is read", async () => {
    await expect(misled('AssumeRole', '111111111111')).rejects.toMatchObject({ code: 'WrongAccount' });
  });
});

describe('throttling', () => {
  test('on all sides never fails an audit', async () => {
    const rate = { perSecond: 40, burst: 4 };
    await using live = await startLive({ guide: { targets: 16 } });
    live.aws.settings.throttle = { iam: rate, sts: rate };
    const { state, errors } = await live.read();
    expect(errors).toEqual([]);
    expect(state.targets.every(({ role }) => role.value)).toBe(true);
    expect(live.aws.calls.some(({ code }) => code === 'Throttling')).toBe(true);
  });

  test('for many minutes is waited out by the clock of the run, for which a test waits no time', async () => {
    const clock = new TestClock();
    await using live = await startLive({ clock: clock.now, guide: { targets: [FIRST] } });
    const rate = { perSecond: 1 / 60, burst: 1 };
    live.aws.settings.throttle = { iam: rate, sts: rate };
    const from = clock.now();
    const { state, errors } = await live.read({ clock, deadline: deadlineIn(60, clock) });
    expect(errors).toEqual([]);
    expect(state.targets.every(({ role }) => role.value)).toBe(true);
    expect((clock.now() - from) / 60_000).toBeGreaterThan(10);
  });

  test('of one account does not hold up another', async () => {
    await using live = await startLive();
    const access = await live.open();
    live.aws.faults.add({ action: 'GetRole', account: FIRST, times: 4, effect: 'throttling' });
    const throttled = access.assume(arnOf(FIRST, 'AssumeRoleAuditor'), undefined).iam(GET_ROLE());
    const free = access.assume(arnOf(SECOND, 'AssumeRoleAuditor'), undefined).iam(GET_ROLE());
    const first = await Promise.race([throttled.then(() => FIRST), free.then(() => SECOND)]);
    expect(first).toBe(SECOND);
    expect(actionsOn(live, FIRST).filter((action) => action === 'GetRole').length).toBeLessThan(5);
    expect((await throttled).Role?.Arn).toBe(arnOf(FIRST, 'Micetro'));
    access.close();
  });
});

describe('credentials', () => {
  /** A clock that the server and the action share, and that a test can put forward. */
  function sharedClock() {
    let ahead = 0;
    const now = () => Date.now() + ahead;
    return {
      forward(minutes: number) {
        ahead += minutes * 60_000;
      },
      now,
      clock: { now, sleep: (ms: number) => sleep(ms), random: Math.random },
    };
  }

  test('are taken once for each role, for as long as needed, in the name of the run', async () => {
    await using live = await startLive();
    await live.read();
    const assumed = live.aws.calls.filter(({ action }) => action === 'AssumeRole');
    expect(assumed.map(({ params }) => [params.RoleArn, params.RoleSessionName, params.DurationSeconds])).toEqual([
      [live.guide.auditorRole, 'drift-77-1', '3600'],
      [arnOf(FIRST, 'AssumeRoleAuditor'), 'drift-77-1', '900'],
      [arnOf(SECOND, 'AssumeRoleAuditor'), 'drift-77-1', '900'],
    ]);
    expect(new Set(live.aws.calls.map(({ userAgent }) => userAgent))).toEqual(new Set(['assume-role-drift (drift-77-1)']));
  });

  test('are renewed before they expire, once however many calls wait for them', async () => {
    const { clock, forward, now } = sharedClock();
    await using live = await startLive({ clock: now });
    const access = await live.open({ clock });
    const session = access.assume(arnOf(FIRST, 'AssumeRoleAuditor'), undefined);
    const readFive = () => Promise.all(Array.from({ length: 5 }, () => session.iam(GET_ROLE())));
    const assumed = () => live.aws.calls.filter(({ action }) => action === 'AssumeRole').map(({ params }) => params.RoleArn?.split('/')[1]);
    await readFive();
    expect(assumed()).toEqual(['DriftAuditor', 'AssumeRoleAuditor']);
    forward(12);
    await readFive();
    expect(assumed()).toHaveLength(2);
    forward(2);
    await readFive();
    expect(assumed()).toEqual(['DriftAuditor', 'AssumeRoleAuditor', 'AssumeRoleAuditor']);
    forward(55);
    await readFive();
    expect(assumed().slice(3)).toEqual(['DriftAuditor', 'AssumeRoleAuditor']);
    expect(live.aws.calls.filter(({ code }) => code !== undefined)).toEqual([]);
    access.close();
  });

  test('that AWS calls expired before their time, by its own clock, are taken anew', async () => {
    const { forward, now } = sharedClock();
    await using live = await startLive({ clock: now });
    const access = await live.open();
    const session = access.assume(arnOf(FIRST, 'AssumeRoleAuditor'), undefined);
    await session.open();
    forward(16);
    const answers = await Promise.all([session.iam(GET_ROLE()), session.iam(GET_ROLE()), session.iam(GET_ROLE())]);
    access.close();
    expect(answers.map(({ Role }) => Role?.Arn)).toEqual(Array(3).fill(arnOf(FIRST, 'Micetro')));
    expect(actionsOn(live, FIRST).filter((action) => action === 'AssumeRole')).toHaveLength(2);
    const asked = live.asked().filter((action) => action === 'GetRole');
    expect(asked).toHaveLength(6);
  });

  test('that stay expired are an error, said once', async () => {
    await using live = await startLive({ guide: { targets: [FIRST] } });
    live.aws.faults.add({ service: 'iam', account: FIRST, effect: 'expired-token' });
    const { errors } = await live.read();
    expect(errors.map(({ code, call }) => [code, call])).toEqual([
      ['ExpiredToken', 'iam:GetRole'],
      ['ExpiredToken', 'iam:ListAttachedRolePolicies'],
      ['ExpiredToken', 'iam:ListRolePolicies'],
    ]);
    expect(errors[0]?.advice).toMatch(/role-duration-seconds.*auditor-role/);
  });

  test('for a role that is refused at renewal are an error of sts:AssumeRole', async () => {
    const { clock, forward, now } = sharedClock();
    await using live = await startLive({ clock: now, guide: { targets: [FIRST] } });
    const access = await live.open({ clock });
    const read = () => readLive({ desired: live.desired, auditor: AUDITOR, access, concurrency: 4 });
    expect((await read()).errors).toEqual([]);
    live.aws.faults.add({ action: 'AssumeRole', account: FIRST, effect: 'access-denied' });
    forward(14);
    expect((await read()).errors).toEqual([expect.objectContaining({ call: 'sts:AssumeRole', code: 'AccessDenied' })]);
    access.close();
  });

  test('of the hub that are refused at renewal are an error of the hub role, in the hub and in the targets', async () => {
    const { clock, forward, now } = sharedClock();
    await using live = await startLive({ clock: now, guide: { targets: [FIRST] } });
    const access = await live.open({ clock });
    live.aws.faults.add({ action: 'AssumeRole', account: live.guide.hub, effect: 'access-denied' });
    forward(59);
    const { errors } = await readLive({ desired: live.desired, auditor: AUDITOR, access, concurrency: 4 });
    access.close();
    const advice = expect.stringMatching(
      /^Allow the identity of the job's credentials to call sts:AssumeRole on arn:aws:iam::111111111111:role\/DriftAuditor/,
    );
    expect(errors).toEqual([
      expect.objectContaining({ scope: 'hub', call: 'sts:AssumeRole', code: 'AccessDenied', advice }),
      expect.objectContaining({ scope: 'target', account: FIRST, call: 'sts:AssumeRole', code: 'AccessDenied', advice }),
    ]);
  });
});
