import { GetRoleCommand } from '@aws-sdk/client-iam';
import { describe, expect, test } from '@jest/globals';
import { readLive } from '../../src/live/read-live.ts';
import { deadlineIn } from '../deadlines.ts';
import { TestClock } from '../test-clock.ts';
import { startLive } from './hub.ts';

/** What is not read when the time is over, or the run is cancelled, is unreadable, and says why. */

const FIRST = '200000000001';
const SECOND = '200000000002';
const AUDITOR = { roleName: 'AssumeRoleAuditor', externalId: undefined };

test('an account that is throttled for ever: it alone is unreadable, and says what was waited for', async () => {
  const clock = new TestClock();
  await using live = await startLive({ clock: clock.now });
  live.aws.faults.add({ action: 'GetRole', account: FIRST, effect: 'throttling' });
  const { state, errors } = await live.read({ clock, deadline: deadlineIn(8, clock) });
  expect(errors).toEqual([
    {
      scope: 'target',
      account: FIRST,
      code: 'TimeLimitReached',
      call: 'iam:GetRole',
      message: `AWS throttled iam:GetRole in account ${FIRST} for 8 min. The time limit of 8 min (input time-limit) was reached before this account was read completely.`,
      advice: expect.stringMatching(/CloudTrail.*time-limit.*timeout-minutes/),
    },
  ]);
  expect(state.targets.map(({ role }) => role.value?.trust !== undefined)).toEqual([false, true]);
});

test('a hub that is throttled for ever is told of once, not once for each call', async () => {
  const clock = new TestClock();
  await using live = await startLive({ clock: clock.now });
  live.aws.faults.add({ service: 'iam', account: live.guide.hub, effect: 'throttling' });
  const { errors } = await live.read({ clock, deadline: deadlineIn(8, clock) });
  expect(errors.map(({ scope, code }) => `${scope} ${code}`)).toEqual(['hub TimeLimitReached']);
});

test('an account that does not answer', async () => {
  const clock = new TestClock();
  await using live = await startLive();
  live.aws.faults.add({ action: 'GetRole', account: FIRST, effect: 'hang', before: () => clock.forward(5 * 60_000) });
  const { errors } = await live.read({ clock, deadline: deadlineIn(4, clock) });
  expect(errors.find(({ account, call }) => account === FIRST && call === 'iam:GetRole')).toMatchObject({
    message: expect.stringMatching(`^iam:GetRole in account ${FIRST} received no response for [45] min. The time limit of 4 min`),
    advice: expect.stringMatching('network'),
  });
});

describe('cancelled', () => {
  test('after some of the accounts: all others are unreadable at once, and what follows can still read', async () => {
    await using live = await startLive({ guide: { targets: 12 } });
    const cancelling = new AbortController();
    const deadline = deadlineIn(60, undefined, cancelling.signal);
    live.aws.faults.add({ action: 'ListRolePolicies', after: 4, effect: 'hang', before: () => cancelling.abort() });
    const access = await live.open({ deadline });
    const { state, errors } = await readLive({ desired: live.desired, auditor: AUDITOR, access, concurrency: 2 });
    const accounts = [...new Set(errors.map(({ account }) => account))];
    const unread = state.targets.filter(({ role }) => role.value?.inlinePolicies === undefined).map(({ account }) => account);
    expect(accounts).toEqual(unread);
    expect(unread.length).toBeGreaterThanOrEqual(7);
    expect(unread.length).toBeLessThan(10);
    expect(new Set(errors.map(({ code, message, advice }) => `${code}: ${message} ${advice}`))).toEqual(
      new Set(['RunCancelled: The run was cancelled before this account was read completely. Run the job again.']),
    );
    expect(errors.filter(({ call }) => call === 'sts:AssumeRole').length).toBeGreaterThanOrEqual(6);
    deadline.lift();
    const session = access.assume(`arn:aws:iam::${SECOND}:role/AssumeRoleAuditor`, undefined);
    expect((await session.iam(new GetRoleCommand({ RoleName: 'Micetro' }))).Role?.RoleName).toBe('Micetro');
    access.close();
  });

  test('while it signs in', async () => {
    await using live = await startLive();
    const cancelling = new AbortController();
    live.aws.faults.add({ action: 'AssumeRole', effect: 'hang', before: () => cancelling.abort() });
    await expect(live.open({ deadline: deadlineIn(60, undefined, cancelling.signal) })).rejects.toMatchObject({
      code: 'RunCancelled',
      call: 'sts:AssumeRole',
      message: 'The run was cancelled before the hub account was reached.',
    });
  });
});
