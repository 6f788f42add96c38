import { expect, test } from '@jest/globals';
import { Cancellation } from '../../src/apply/cancellation.ts';
import { type Readiness, readinessCheck } from '../../src/apply/readiness.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { Comparer, parsePolicy } from '../../src/policy/index.ts';
import { type PropertyValue, writeProperty } from '../../src/state/property.ts';
import type { ReadError, Reading } from '../../src/state/reading.ts';
import type { Group, State } from '../../src/state/state.ts';
import { TestClock } from '../test-clock.ts';
import { plannedCall } from './planned-call.ts';

/** When a call that replaces or deletes something may be made. */

type Document = Readonly<Record<string, unknown>>;

const HUB = '111111111111';
const grant = (account: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${account}:role/Micetro`, ...more }],
});
const policy = (document: Document) => parsePolicy(document, 'identity');
const put = (after: Document, before: Document | null): PlannedCall =>
  plannedCall(
    {
      action: 'iam:PutGroupPolicy',
      account: HUB,
      input: { GroupName: 'micetro-targets', PolicyName: 'one', PolicyDocument: JSON.stringify(after) },
    },
    { before, after },
  );

const group: Group = {
  path: '/',
  arn: `arn:aws:iam::${HUB}:group/micetro-targets`,
  members: [],
  managedPolicies: { required: [], optional: [] },
  inlinePolicies: [],
};
const EMPTY: State = {
  partition: 'aws',
  hub: { account: HUB, user: { name: 'micetro', value: null }, groups: [{ name: 'micetro-targets', value: group }] },
  targets: [],
  accounts: [],
};
const denied: ReadError = {
  scope: 'hub',
  account: HUB,
  code: 'AccessDenied',
  message: 'No.',
  call: 'iam:GetGroupPolicy',
  advice: 'Allow iam:GetGroupPolicy.',
};

const WORLD = {
  planned: EMPTY,
  reread: {
    hub: async (): Promise<Reading> => ({ state: EMPTY, errors: [] }),
    property: async (): Promise<{ readonly value: PropertyValue }> => ({ value: null }),
  },
  cutOff: (): readonly string[] => [],
  verifyTimeout: 10_000,
  comparer: new Comparer(),
  cancellation: new Cancellation(new AbortController().signal),
  clock: new TestClock(),
};

const [OLD, NEW, LATER] = [grant('200000000001'), grant('200000000002'), grant('200000000003')];
const same = { ...NEW, Statement: { ...NEW.Statement[0], Sid: 'ours' } };

function isError(found: Case['found']): found is ReadError {
  return found === denied;
}

interface Case {
  /** In the state from which the calls were planned. */
  readonly planned: Document | null;
  readonly made?: readonly PlannedCall[];
  readonly found: Document | null | ReadError;
  readonly expected: Readiness['kind'];
}

test.each<readonly [string, Case]>([
  ['as the plan was made from', { planned: OLD, found: OLD, expected: 'ready' }],
  ['the same in another order', { planned: OLD, found: { Statement: OLD.Statement, Version: OLD.Version }, expected: 'ready' }],
  ['somebody gave it a Sid', { planned: OLD, found: grant('200000000001', { Sid: 'why' }), expected: 'changed' }],
  ['somebody else’s', { planned: OLD, found: LATER, expected: 'changed' }],
  ['somebody deleted it', { planned: OLD, found: null, expected: 'changed' }],
  ['there was none, and there is none', { planned: null, found: null, expected: 'ready' }],
  ['there was none, and somebody made one', { planned: null, found: LATER, expected: 'changed' }],
  ['as this run wrote it', { planned: OLD, made: [put(NEW, OLD)], found: NEW, expected: 'ready' }],
  ['as this run wrote it, in another form', { planned: OLD, made: [put(NEW, OLD)], found: same, expected: 'ready' }],
  ['as it was before this run wrote it: AWS shows it late', { planned: OLD, made: [put(NEW, OLD)], found: OLD, expected: 'ready' }],
  ['somebody else’s, after this run wrote it', { planned: OLD, made: [put(NEW, OLD)], found: LATER, expected: 'changed' }],
  [
    'this run wrote to something else of the group, and somebody gave this a Sid',
    {
      planned: OLD,
      made: [
        plannedCall(
          { action: 'iam:AddUserToGroup', account: HUB, input: { GroupName: 'micetro-targets', UserName: 'micetro' } },
          { before: null, after: true },
        ),
      ],
      found: grant('200000000001', { Sid: 'why' }),
      expected: 'changed',
    },
  ],
  ['it can’t be read', { planned: OLD, found: denied, expected: 'unread' }],
])('%s', async (_name, { planned, made = [], found, expected }) => {
  const call = put(LATER, OLD);
  const { property } = call.change;
  const value: PropertyValue = found === null || isError(found) ? null : policy(found);
  const check = readinessCheck({
    ...WORLD,
    planned: writeProperty(property, EMPTY, planned && policy(planned)),
    reread: { ...WORLD.reread, property: async () => (isError(found) ? { error: found } : { value }) },
  });
  const readiness = await check(call, made);
  expect(readiness.kind).toBe(expected);
  if (readiness.kind === 'ready') expect(readiness.change).toEqual({ ...call.change, before: value });
  if (readiness.kind === 'changed') expect(readiness.found).toBe(value);
  if (readiness.kind === 'unread') expect(readiness.reason).toMatch(/AccessDenied at iam:GetGroupPolicy: No\. Allow iam:GetGroupPolicy/);
});

test('what adds something needs no look', async () => {
  const add = plannedCall(
    { action: 'iam:AddUserToGroup', account: HUB, input: { GroupName: 'micetro-targets', UserName: 'micetro' } },
    { before: null, after: true },
  );
  const property = () => Promise.reject(new Error('read'));
  const check = readinessCheck({ ...WORLD, reread: { ...WORLD.reread, property } });
  expect(await check(add, [])).toEqual({ kind: 'ready', change: add.change });
});

/** A call that takes a way into target 1; AWS shows the other from the n-th reading of the hub. */
async function keeping(shownFrom: number, errorsUntil = 0, made: readonly PlannedCall[] = [put(NEW, null)]) {
  const call = { ...put(NEW, null), keeps: ['arn:aws:iam::200000000001:role/Micetro'] };
  let readings = 0;
  const clock = new TestClock(0);
  const check = readinessCheck({
    ...WORLD,
    clock,
    reread: {
      ...WORLD.reread,
      hub: async () => {
        readings += 1;
        return { state: EMPTY, errors: readings <= errorsUntil ? [denied] : [] };
      },
    },
    cutOff: ({ keeps }) => (readings < shownFrom ? keeps.map(() => 'role Micetro in production (200000000001)') : []),
  });
  return { readiness: await check(call, made), again: () => check(call, made), readings, waited: clock.now(), clock };
}

test.each([
  ['at once', 1, 0],
  ['after some seconds', 4, 0],
  ['after errors', 1, 3],
])('a call that takes a way in is made when AWS shows another: %s', async (_name, shownFrom, errorsUntil) => {
  const { readiness, readings } = await keeping(shownFrom, errorsUntil);
  expect([readiness.kind, readings]).toEqual(['ready', Math.max(shownFrom, errorsUntil + 1)]);
});

test.each([
  [
    'none is seen',
    Number.POSITIVE_INFINITY,
    0,
    /cut the hub user off from role Micetro in production \(200000000001\), because AWS does not show/,
  ],
  ['the hub can’t be read', 1, Number.POSITIVE_INFINITY, /could not be read again\. AccessDenied.*Allow/],
])('and not once verify-timeout is over: %s', async (_name, shownFrom, errorsUntil, reason) => {
  const { readiness, readings, waited } = await keeping(shownFrom, errorsUntil);
  expect(readiness).toEqual({ kind: 'needed', reason: expect.stringMatching(reason) });
  expect([waited, readings > 5]).toEqual([10_000, true]);
});

test('calls that follow the same writes wait together, and where nothing was written there is nothing to wait for', async () => {
  const { again, clock } = await keeping(Number.POSITIVE_INFINITY);
  expect([(await again()).kind, clock.now()]).toEqual(['needed', 10_000]);
  const { readiness, waited } = await keeping(Number.POSITIVE_INFINITY, 0, []);
  expect([readiness.kind, waited]).toEqual(['needed', 0]);
});

test('the roles that the run wrote count as it left them', async () => {
  const trust = { Version: '2012-10-17', Statement: [] };
  const target = { account: '200000000001', name: undefined, owner: undefined, roleName: 'Micetro', grantGroup: undefined };
  const planned = { ...EMPTY, targets: [{ ...target, roleArn: '', role: { name: 'Micetro', value: null } }] };
  const create = plannedCall(
    { action: 'iam:CreateRole', account: target.account, input: { RoleName: 'Micetro' } },
    { before: null, after: { path: '/', trust, description: '', maxSessionDuration: 3_600, boundary: null, tags: [] } },
  );
  const seen: State[] = [];
  const check = readinessCheck({
    ...WORLD,
    reread: { ...WORLD.reread, hub: async () => ({ state: planned, errors: [] }) },
    cutOff: (_call, state) => {
      seen.push(state);
      return [];
    },
  });
  await check({ ...put(NEW, null), keeps: [''] }, [create]);
  expect(seen.map(({ targets }) => targets[0]?.role.value?.path)).toEqual(['/']);
});
