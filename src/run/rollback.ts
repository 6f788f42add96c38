import { findDrift } from '../drift/drift.ts';
import type { RecordedCall } from '../plan/recorded-change.ts';
import { planRollback, type Rollback } from '../plan/rollback.ts';
import { buildReport } from '../report/model/build.ts';
import { notMade, refusedReport, withOutcome } from '../report/model/repaired.ts';
import type { Report, ReportFile } from '../report/model/schema.ts';
import type { Reading } from '../state/reading.ts';
import { apply } from './apply.ts';
import { withAuditor } from './hub-access.ts';
import { loadReport, ReportUnusable } from './load-report.ts';
import { limitsOf, ownOf, planOf } from './plan-of.ts';
import { driftOptions, type Task } from './task.ts';

/**
 * Undoes a repair run: its report → live → plan → apply → live again → drift → report.
 *
 * @throws {ReportUnusable} before the first call
 */
export async function rollback(task: Task): Promise<Report> {
  const { context, inputs, desired } = task;
  const recorded = changesOf(await loadReport(context.workspace, inputs.repairReport ?? ''), desired.state.hub.account);
  return withAuditor(task, async ({ reading, live }) => {
    const undo = planRollback({
      changes: recorded,
      desired,
      reading,
      limits: limitsOf(inputs),
      own: ownOf(inputs, reading),
      ...driftOptions(task),
    });
    const planned = reportOf(task, reading, undo);
    if (undo.refusal !== null) return refusedReport(planned, undo.calls, undo.refusal);
    if (live === undefined || undo.calls.length === 0) return planned;
    const applied = await apply(task, { reading, live }, undo.calls, planned);
    const after = withOutcome(reportOf(task, applied.reading, undo), applied);
    return { ...after, notMade: [...planned.notMade, ...after.notMade] };
  });
}

/** @throws {ReportUnusable} where the report is about another hub, or holds what no run of this action writes */
function changesOf({ hub, changes }: ReportFile, account: string): RecordedCall[] {
  if (hub.account !== account) {
    throw new ReportUnusable(`The report is for hub ${hub.account}, but the desired-state file is for hub ${account}. Nothing is undone.`);
  }
  // What failed had no effect: if it is there now, somebody else did it since.
  const made = changes.filter(({ outcome }) => outcome !== 'failed');
  return made.map(({ action, ...change }) => {
    if (!isIamAction(action) || !/^\d{12}$/.test(change.account)) {
      throw new ReportUnusable('The report contains a change that this action never makes. Nothing is undone.');
    }
    return { ...change, action };
  });
}

function isIamAction(action: string): action is `iam:${string}` {
  return /^iam:[A-Za-z]+$/.test(action);
}

/** Drift as it is then, which the next repair would repair again, and what of the earlier run stays as it is. */
function reportOf(task: Task, reading: Reading, undo: Rollback): Report {
  const { desired, facts } = task;
  const drift = findDrift(desired, reading, driftOptions(task));
  const { repairOf } = planOf(task, reading, drift.findings);
  const report = buildReport(facts(), desired, reading, drift, { ...undo, repairOf });
  const of = (kind: Rollback['left'][number]['kind']) => undo.left.filter((one) => one.kind === kind);
  const asBefore = of('nothing').length;
  return {
    ...report,
    notes: [
      ...report.notes,
      ...undo.breaks,
      ...of('people').map(({ reason }) => reason),
      ...(asBefore === 0 ? [] : [`${asBefore} of the changes to undo ${asBefore === 1 ? 'is' : 'are'} already in the earlier state.`]),
    ],
    notMade: of('refused').map(({ call, reason }) => notMade(call, reason)),
  };
}
