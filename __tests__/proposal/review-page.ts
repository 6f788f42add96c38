import { findDrift } from '../../src/drift/drift.ts';
import { planRepairs } from '../../src/plan/repairs.ts';
import { Comparer } from '../../src/policy/index.ts';
import { type ComparedState, impactOf } from '../../src/proposal/impact.ts';
import { requestedAccess } from '../../src/proposal/requested-access.ts';
import { buildReport, fileReport } from '../../src/report/model/build.ts';
import { withProposal } from '../../src/report/model/proposal-part.ts';
import type { Report } from '../../src/report/model/schema.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { Reading } from '../../src/state/reading.ts';
import type { State } from '../../src/state/state.ts';
import { byTarget } from '../../src/state/targets.ts';
import { AT, desiredOf, liveOf } from '../drift/estate.ts';

/* What a run for a pull request makes of two files and of what is live, without AWS and GitHub. */

const facts = {
  mode: 'audit',
  fix: false,
  event: 'pull_request',
  proposal: true,
  startedAt: AT,
  finishedAt: AT,
  toolVersion: '0',
} as const;
const LIMITS = { scope: 'all', maxGrants: 20, maxRevocations: 20 } as const;

/** @param live an edit of what is live, which is as the base's file asks for; `null`: AWS is not read */
export function reviewOf(base: string, head: string, live: ((state: State) => State) | null = (state) => state): Report {
  const [before, after] = [desiredOf(base), desiredOf(head)];
  const options = { at: AT, comparer: new Comparer() };
  const proposal = {
    pullRequest: 7,
    head: 'abcdef0',
    base: { commit: '1234567', status: 'compared', reason: '' },
    asked: requestedAccess(before, after, options),
  } as const;
  if (live === null) {
    const plan = planRepairs({ findings: [], desired: after, reading: { state: after.state, errors: [] }, limits: LIMITS, own: [] });
    return withProposal(fileReport(facts, after, [], plan), { ...proposal, live: null });
  }
  const state = live(liveOf(before));
  const compared = (
    desired: Desired,
  ): { readonly state: ComparedState; readonly reading: Reading; readonly drift: ReturnType<typeof findDrift> } => {
    const known = byTarget(state.targets);
    const targets = desired.state.targets.map((target) => known.get(target) ?? { ...target, role: { ...target.role, value: null } });
    const reading: Reading = { state: { ...state, targets, accounts: desired.state.accounts }, errors: [] };
    const drift = findDrift(desired, reading, options);
    return { state: { findings: drift.findings, reading, state: desired.state }, reading, drift };
  };
  const head_ = compared(after);
  const plan = planRepairs({ findings: head_.drift.findings, desired: after, reading: head_.reading, limits: LIMITS, own: [] });
  const report = buildReport(facts, after, head_.reading, head_.drift, plan);
  return withProposal(report, { ...proposal, live: impactOf(head_.state, compared(before).state) });
}
