import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Limits, PlannedCall } from '../../src/plan/call.ts';
import type { State } from '../../src/state/state.ts';
import { driftOf, HUB } from '../drift/estate.ts';
import { applyCall } from './iam.ts';
import { ACCOUNTS, type Pair, pairs } from './pairs.ts';
import { planOf } from './planning.ts';
import { reachOfTarget } from './reach.ts';

/** What every plan promises, over pairs of a file and a live state. To look further: `PLAN_RUNS=1000 npm test -- __tests__/plan/promises.test.ts`. */

const RUNS = Number(process.env.PLAN_RUNS ?? 25);
jest.setTimeout(600_000);

const SCOPES = ['all', 'grant', 'revoke'] as const;

/** The plan, and the states before its first call and after each of its calls. */
function carriedOut(
  { desired, live }: Pair,
  scope: Limits['scope'],
): { readonly calls: readonly PlannedCall[]; readonly states: readonly State[] } {
  const { calls } = planOf(driftOf(desired, live).findings, desired, live, { scope });
  const states = [live];
  for (const call of calls) states.push(applyCall(states.at(-1) ?? live, call));
  return { calls, states };
}

test.each(SCOPES)('fix-scope %s: no call takes the last way into a wanted target', (scope) => {
  fc.assert(
    fc.property(pairs(), (pair) => {
      const { calls, states } = carriedOut(pair, scope);
      for (const [index, call] of calls.entries()) {
        const [before, after] = [states[index] ?? pair.live, states[index + 1] ?? pair.live];
        for (const { account } of pair.desired.state.targets) {
          const [was, is] = [reachOfTarget(before, account), reachOfTarget(after, account)];
          if (is < was) throw new Error(`${call.action} ${JSON.stringify(call.input)} takes ${account} from ${was} to ${is}`);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

test.each(SCOPES)('fix-scope %s: a call counts at least the targets whose access it changes', (scope) => {
  const reaches = (state: State) => ACCOUNTS.map((account) => reachOfTarget(state, account));
  fc.assert(
    fc.property(pairs(), (pair) => {
      const { calls, states } = carriedOut(pair, scope);
      for (const [index, { gives, takes }] of calls.entries()) {
        const [was, is] = [reaches(states[index] ?? pair.live), reaches(states[index + 1] ?? pair.live)];
        expect(gives.length).toBeGreaterThanOrEqual(is.filter((now, at) => now > 0 && was[at] === 0).length);
        expect(takes.length).toBeGreaterThanOrEqual(was.filter((old, at) => old > 0 && is[at] === 0).length);
      }
    }),
    { numRuns: RUNS },
  );
});

test.each(SCOPES)('fix-scope %s: nobody is let into a role that may do more than the file says', (scope) => {
  fc.assert(
    fc.property(pairs(), (pair) => {
      const { calls, states } = carriedOut(pair, scope);
      for (const [index, call] of calls.entries()) {
        const [before, after] = [states[index] ?? pair.live, states[index + 1] ?? pair.live];
        const wide = new Set(driftOf(pair.desired, before).findings.flatMap((finding) => (isWideRole(finding) ? [finding.account] : [])));
        for (const account of wide) {
          const [was, is] = [reachOfTarget(before, account), reachOfTarget(after, account)];
          if (was === 0 && is > 0) throw new Error(`${call.action} ${JSON.stringify(call.input)} opens ${account}, from ${was} to ${is}`);
        }
      }
    }),
    { numRuns: RUNS },
  );
});

function isWideRole({ difference, access }: ReturnType<typeof driftOf>['findings'][number]): boolean {
  const isOfRole = 'of' in difference && difference.of.kind === 'Role' && difference.of.account !== HUB;
  return isOfRole && ['attached', 'inline', 'boundary'].includes(difference.kind) && (access === 'widened' || access === 'changed');
}
