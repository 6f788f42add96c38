import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Limits, PlannedCall } from '../../src/plan/call.ts';
import type { State } from '../../src/state/state.ts';
import { driftOf, HUB } from '../drift/estate.ts';
import { expectLaws, type Laws } from '../laws.ts';
import { runs } from '../runs.ts';
import { applyCall } from './iam.ts';
import { ACCOUNTS, type Pair, pairs } from './pairs.ts';
import { planOf } from './planning.ts';
import { type Reach, reachOfTarget } from './reach.ts';

/** What every plan promises, over pairs of a file and a live state. To look further: `PROPERTY_RUNS=1000 npm test -- __tests__/plan/promises.test.ts`. */

jest.setTimeout(600_000);

const SCOPES = ['all', 'grant', 'revoke'] as const;

/** A state, and who gets into which of the targets. */
interface Moment {
  readonly state: State;
  readonly reaches: readonly Reach[];
}

/** A call of a plan, the moments before and after it, and the file. */
interface Step {
  readonly call: PlannedCall;
  readonly before: Moment;
  readonly after: Moment;
  readonly desired: Pair['desired'];
}

function momentOf(state: State): Moment {
  return { state, reaches: ACCOUNTS.map((account) => reachOfTarget(state, account)) };
}

function stepsOf({ desired, live }: Pair, findings: ReturnType<typeof driftOf>['findings'], scope: Limits['scope']): readonly Step[] {
  const { calls } = planOf(findings, desired, live, { scope });
  let before = momentOf(live);
  return calls.map((call) => {
    const after = momentOf(applyCall(before.state, call));
    const step = { call, before, after, desired };
    before = after;
    return step;
  });
}

/** The accounts of the targets whose reach the step changes in the given way. */
function accountsWhere({ before, after }: Step, isIt: (was: Reach, is: Reach) => boolean): readonly string[] {
  return ACCOUNTS.filter((_account, at) => isIt(before.reaches[at] ?? 0, after.reaches[at] ?? 0));
}

const PROMISES: Laws<Step> = {
  'no call takes the last way into a wanted target': (step) => {
    expect(accountsWhere(step, (was, is) => is < was)).toEqual([]);
  },
  'a call counts at least the targets whose access it changes': (step) => {
    const { gives, takes } = step.call;
    expect(gives.length).toBeGreaterThanOrEqual(accountsWhere(step, (was, is) => was === 0 && is > 0).length);
    expect(takes.length).toBeGreaterThanOrEqual(accountsWhere(step, (was, is) => was > 0 && is === 0).length);
  },
  'nobody is let into a role that may do more than the file says': (step) => {
    const opened = accountsWhere(step, (was, is) => was === 0 && is > 0);
    if (opened.length === 0) return;
    const { findings } = driftOf(step.desired, step.before.state);
    expect(findings.filter((finding) => isWideRole(finding) && opened.includes(finding.account))).toEqual([]);
  },
};

test('every plan keeps its promises, in each scope', () => {
  fc.assert(
    fc.property(pairs(), (pair) => {
      const { findings } = driftOf(pair.desired, pair.live);
      for (const scope of SCOPES) {
        for (const step of stepsOf(pair, findings, scope)) {
          expectLaws(PROMISES, step);
        }
      }
    }),
    { numRuns: runs(45) },
  );
});

function isWideRole({ difference, access }: ReturnType<typeof driftOf>['findings'][number]): boolean {
  const isOfRole = 'of' in difference && difference.of.kind === 'Role' && difference.of.account !== HUB;
  return isOfRole && ['attached', 'inline', 'boundary'].includes(difference.kind) && (access === 'widened' || access === 'changed');
}
