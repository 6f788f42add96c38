import { describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { sameValue } from '../../src/apply/same-value.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { planRollback, type Rollback, type Written } from '../../src/plan/rollback.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { State } from '../../src/state/state.ts';
import { driftOf } from '../drift/estate.ts';
import { applyCall } from './iam.ts';
import { type Pair, pairs } from './pairs.ts';
import { ALL, planOf } from './planning.ts';

/** Taking back what a plan did, over pairs of a file and a live state. */

const RUNS = Number(process.env.PLAN_RUNS ?? 40);
jest.setTimeout(300_000);

function callsFor({ desired, live }: Pair): readonly PlannedCall[] {
  return planOf(driftOf(desired, live).findings, desired, live).calls;
}

function after(live: State, calls: readonly PlannedCall[]): State {
  return calls.reduce(applyCall, live);
}

function undo(calls: readonly PlannedCall[], state: State, errors: readonly ReadError[] = [], own: readonly string[] = []): Rollback {
  const changes = calls.map((call): Written => ({ ...call, at: '2026-01-01T00:00:00Z' }));
  return planRollback({ changes, reading: { state, errors }, limits: ALL, own });
}

/** The ARNs of a user's groups are read from the groups themselves. */
function same(one: State, other: State): boolean {
  const plain = (state: State): unknown =>
    JSON.parse(JSON.stringify(state, (key, value: unknown) => (key === 'groupArns' ? undefined : value)));
  return sameValue(plain(one), plain(other));
}

const pairOf = pairs();

test('what was carried out is taken back, whole; a second time there is nothing to take back', () => {
  fc.assert(
    fc.property(pairOf, (pair) => {
      const calls = callsFor(pair);
      fc.pre(!calls.some(({ action }) => action === 'iam:CreateUser'));
      const { calls: back, left } = undo(calls, after(pair.live, calls));
      expect(left).toEqual([]);
      const then = after(after(pair.live, calls), back);
      expect(same(then, pair.live)).toBe(true);
      const again = undo(calls, then);
      expect([again.calls, new Set(again.left.map(({ kind }) => kind))]).toEqual([[], new Set(calls.length === 0 ? [] : ['nothing'])]);
    }),
    { numRuns: RUNS },
  );
});

test('of a run that was killed, what it did; the call that was about to be sent may be in its report or not', () => {
  fc.assert(
    fc.property(pairOf, fc.nat(), (pair, n) => {
      const calls = callsFor(pair);
      fc.pre(calls.length > 0 && !calls.some(({ action }) => action === 'iam:CreateUser'));
      const done = calls.slice(0, n % calls.length);
      const state = after(pair.live, done);
      const { calls: back } = undo(calls.slice(0, done.length + 1), state);
      expect(same(after(state, back), pair.live)).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('a grant that is taken back is a revocation, and the other way round', () => {
  fc.assert(
    fc.property(pairOf, (pair) => {
      const calls = callsFor(pair);
      fc.pre(!calls.some(({ action }) => action === 'iam:CreateUser'));
      const count = (effect: string, list: readonly PlannedCall[]) =>
        list.filter((call) => call.effect === effect || call.effect === 'both').length;
      const back = undo(calls, after(pair.live, calls));
      expect([back.grants, back.revocations]).toEqual([count('revoke', calls), count('grant', calls)]);
    }),
    { numRuns: RUNS },
  );
});

describe('what is not seen, and what the run works as', () => {
  const error: Omit<ReadError, 'scope' | 'account'> = { code: 'AccessDenied', message: 'no', call: 'iam:GetRole', advice: '' };

  test('is left as it is', () => {
    fc.assert(
      fc.property(pairOf, (pair) => {
        const calls = callsFor(pair);
        const state = after(pair.live, calls);
        const [target] = state.targets;
        const of = ({ account, input }: { account: string; input: Readonly<Record<string, unknown>> }) =>
          account === target?.account && 'RoleName' in input;
        const unread = undo(calls, state, [{ ...error, scope: 'target', account: target?.account ?? '' }]);
        expect(unread.calls.filter(of)).toEqual([]);
        expect(undo(calls, state, [], [target?.role.found?.arn ?? '']).calls.filter(of)).toEqual([]);
        expect(undo(calls, state, [{ ...error, scope: 'hub', account: state.hub.account }]).refusal).toMatch(/hub could not be read/);
      }),
      { numRuns: RUNS },
    );
  });
});
