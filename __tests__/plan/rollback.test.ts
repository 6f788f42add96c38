import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { sameContent } from '../../src/apply/same-content.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import type { RecordedCall } from '../../src/plan/recorded-change.ts';
import { planRollback, type Rollback } from '../../src/plan/rollback.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { Desired } from '../../src/state/desired.ts';
import { changeToJson } from '../../src/state/property.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { Group, State } from '../../src/state/state.ts';
import {
  AT,
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  HUB,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  type Written,
} from '../drift/estate.ts';
import { expectLaws, type Laws } from '../laws.ts';
import { runs } from '../runs.ts';
import { differencesOfAccess } from './access.ts';
import { applyCall } from './iam.ts';
import { type Pair, pairs } from './pairs.ts';
import { ALL, planOf } from './planning.ts';

/** Taking back what a plan did, over pairs of a file and a live state. */

const RUNS = runs(40);
jest.setTimeout(300_000);

function callsFor({ desired, live }: Pair): readonly PlannedCall[] {
  return planOf(driftOf(desired, live).findings, desired, live).calls;
}

function after(live: State, calls: readonly PlannedCall[]): State {
  return calls.reduce(applyCall, live);
}

/** @param comparer what it has compared it need not compare again */
function undo(
  { desired, comparer }: Pick<CarriedOut, 'desired' | 'comparer'>,
  calls: readonly PlannedCall[],
  state: State,
  errors: readonly ReadError[] = [],
  own: readonly string[] = [],
): Rollback {
  const changes = calls.map((call): RecordedCall => ({ ...call, ...changeToJson(call.change), at: '2026-01-01T00:00:00Z' }));
  return planRollback({ changes, desired, reading: { state, errors }, limits: ALL, own, comparer, at: AT });
}

/** The ARNs of a user's groups are read from the groups themselves. */
function same(one: State, other: State): boolean {
  const plain = ({ hub, ...state }: State): unknown => {
    const value = hub.user.value && { ...hub.user.value, groupArns: undefined };
    return { ...state, hub: { ...hub, user: { ...hub.user, value } } };
  };
  return sameContent(plain(one), plain(other));
}

/** A pair, its plan and the state after it, and a number that chooses. */
interface CarriedOut extends Pair {
  readonly comparer: Comparer;
  readonly calls: readonly PlannedCall[];
  readonly state: State;
  readonly n: number;
}

const UNREAD: Omit<ReadError, 'scope' | 'account'> = { code: 'AccessDenied', message: 'no', call: 'iam:GetRole', advice: '' };

const LAWS: Laws<CarriedOut> = {
  'what was carried out is taken back, whole; a second time there is nothing to take back': ({ live, calls, state, ...file }) => {
    const { calls: back, left } = undo(file, calls, state);
    expect(left).toEqual([]);
    const then = after(state, back);
    expect(same(then, live)).toBe(true);
    const again = undo(file, calls, then);
    expect([again.calls, new Set(again.left.map(({ kind }) => kind))]).toEqual([[], new Set(calls.length === 0 ? [] : ['nothing'])]);
  },

  'of a run that was killed, what it did; the call that was about to be sent may be in its report or not': ({
    live,
    calls,
    n,
    ...file
  }) => {
    if (calls.length === 0) return;
    const done = calls.slice(0, n % calls.length);
    const then = after(live, done);
    const { calls: back } = undo(file, calls.slice(0, done.length + 1), then);
    expect(same(after(then, back), live)).toBe(true);
  },

  'what gives access counts as a grant, what takes it away as a revocation, whatever the report says': ({ calls, state, ...file }) => {
    const forged = calls.map((call): PlannedCall => ({ ...call, effect: 'neither' }));
    const back = undo(file, forged, state);
    let now = state;
    for (const call of back.calls) {
      const next = applyCall(now, call);
      const { gained, lost } = differencesOfAccess(now, next);
      if (gained.length > 0) expect(['grant', 'both']).toContain(call.effect);
      if (lost.length > 0) expect(['revoke', 'both']).toContain(call.effect);
      now = next;
    }
    const count = (effect: string) => back.calls.filter((call) => call.effect === effect || call.effect === 'both').length;
    expect(back.grants).toBeGreaterThanOrEqual(count('grant'));
    expect(back.revocations).toBeGreaterThanOrEqual(count('revoke'));
  },

  'what is not seen, and what the run works as, is left as it is': ({ calls, state, ...file }) => {
    const [target] = state.targets;
    const of = ({ account, input }: { account: string; input: Readonly<Record<string, unknown>> }) =>
      account === target?.account && 'RoleName' in input;
    const unread = undo(file, calls, state, [{ ...UNREAD, scope: 'target', account: target?.account ?? '' }]);
    expect(unread.calls.filter(of)).toEqual([]);
    expect(undo(file, calls, state, [], [target?.role.value?.arn ?? '']).calls.filter(of)).toEqual([]);
    expect(undo(file, calls, state, [{ ...UNREAD, scope: 'hub', account: state.hub.account }]).refusal).toMatch(
      /hub account could not be read/,
    );
  },
};

test('every plan can be taken back', () => {
  fc.assert(
    fc.property(pairs(), fc.nat(), (pair, n) => {
      const calls = callsFor(pair);
      expectLaws(LAWS, { ...pair, calls, state: after(pair.live, calls), n, comparer: new Comparer() });
    }),
    { numRuns: RUNS },
  );
});

describe('what the run works by', () => {
  const desired = desiredOf(SMALL);
  const live = liveOf(desired);
  const group = live.hub.groups[0]?.value;
  const admin = managed('AdministratorAccess');
  const user = live.hub.user.value?.arn ?? '';
  const other = roleArn('999999999999');
  const s3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  const asGroup = (edit: Written<Group>) => editGroup(live, edit);
  const inlinePolicies = (document: Readonly<Record<string, unknown>>) => [...(group?.inlinePolicies ?? []), { name: 'p', document }];
  const put = {
    action: 'iam:PutGroupPolicy',
    account: HUB,
    input: { GroupName: 'micetro-targets', PolicyName: 'p' },
    before: null,
  } as const;
  const attached = { required: [admin], optional: [] };
  const attach = {
    action: 'iam:AttachRolePolicy',
    account: ONE,
    input: { RoleName: 'Micetro', PolicyArn: admin },
    before: null,
    after: admin,
  } as const;
  const withAdmin = editRole(live, { managedPolicies: attached });
  const asFixer = desiredOf(`${SMALL}fixer: { roleName: micetro }\n`);
  const session = `arn:aws:sts::${ONE}:assumed-role/Micetro/drift-1-1`;

  test.each<readonly [string, Desired, Omit<RecordedCall, 'at' | 'findings'>, State, readonly string[], boolean]>([
    ['a role of a target, nobody’s', desired, attach, withAdmin, [], true],
    ['the role that is the fixer’s own', asFixer, attach, withAdmin, [], false],
    ['the role that the run is a session of', desired, attach, withAdmin, [session], false],
    [
      'what a group lets the user do as which the run works',
      desired,
      { ...put, after: s3 },
      asGroup({ inlinePolicies: inlinePolicies(s3) }),
      [user],
      false,
    ],
    ['the same, of somebody else', desired, { ...put, after: s3 }, asGroup({ inlinePolicies: inlinePolicies(s3) }), [], true],
    [
      'a grant that the run has no use for',
      desired,
      { ...put, after: assume(other) },
      asGroup({ inlinePolicies: inlinePolicies(assume(other)) }),
      [user],
      true,
    ],
    [
      'a grant to everything',
      desired,
      { ...put, after: assume('*') },
      asGroup({ inlinePolicies: inlinePolicies(assume('*')) }),
      [user],
      false,
    ],
  ])('%s', (_name, file, change, state, own, isTaken) => {
    const changes: RecordedCall[] = [{ ...change, findings: [], at: '2026-01-01T00:00:00Z' }];
    const { calls, left } = planRollback({
      changes,
      desired: file,
      reading: { state, errors: [] },
      limits: ALL,
      own,
      comparer: new Comparer(),
      at: AT,
    });
    expect([calls.length, left.length]).toEqual(isTaken ? [1, 0] : [0, 1]);
    if (!isTaken) expect(left[0]?.reason).toMatch(/^The run (itself uses|depends on) /);
  });
});

test.each<readonly [string, Partial<RecordedCall>]>([
  ['a value before that no run writes', { before: { description: 'x' } }],
  ['a value after that no run writes', { after: 7 }],
])('of a report with %s, nothing of the role is taken back', (_name, forged) => {
  const desired = desiredOf(SMALL);
  const admin = managed('AdministratorAccess');
  const state = editRole(liveOf(desired), {
    description: 'b',
    maxSessionDuration: 3600,
    managedPolicies: { required: [admin], optional: [] },
  });
  const common = { account: ONE, findings: [], at: '2026-01-01T00:00:00Z' };
  const settings = { description: 'a', maxSessionDuration: 3600 };
  const changes: RecordedCall[] = [
    { ...common, action: 'iam:AttachRolePolicy', input: { RoleName: 'Micetro', PolicyArn: admin }, before: null, after: admin },
    { ...common, action: 'iam:UpdateRole', input: { RoleName: 'Micetro' }, before: settings, after: { ...settings, description: 'b' } },
  ];
  const undone = (list: readonly RecordedCall[]) =>
    planRollback({ changes: list, desired, reading: { state, errors: [] }, limits: ALL, own: [], comparer: new Comparer(), at: AT });
  expect(undone(changes).calls.map(({ action }) => action)).toEqual(['iam:UpdateRole', 'iam:DetachRolePolicy']);
  const { calls, left } = undone(changes.map((change) => (change.action === 'iam:UpdateRole' ? { ...change, ...forged } : change)));
  expect([calls, left.map(({ kind }) => kind)]).toEqual([[], ['refused', 'refused']]);
});

test('of a report that claims more than a call sets, only what the call sets is taken back', () => {
  const desired = desiredOf(SMALL);
  const tagged = editRole(liveOf(desired), { tags: [{ key: 'team', value: 'ddi' }] });
  const tag = { action: 'iam:TagRole', account: ONE, input: { RoleName: 'Micetro', Tags: [{ Key: 'team', Value: 'ddi' }] } } as const;
  const before = [
    { key: 'Team', value: 'dns' },
    { key: 'access', value: 'all' },
  ];
  const changes: RecordedCall[] = [{ ...tag, before, after: [{ key: 'team', value: 'ddi' }], findings: [], at: '2026-01-01T00:00:00Z' }];
  const { calls } = planRollback({
    changes,
    desired,
    reading: { state: tagged, errors: [] },
    limits: ALL,
    own: [],
    comparer: new Comparer(),
    at: AT,
  });
  expect(calls.map(({ input }) => input)).toEqual([{ RoleName: 'Micetro', Tags: [{ Key: 'Team', Value: 'dns' }] }]);
});
