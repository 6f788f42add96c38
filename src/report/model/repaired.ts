import type { ApplyResult } from '../../apply/apply-plan.ts';
import type { JournalEntry } from '../../apply/journal.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import type { IamCall, PlannedCall } from '../../plan/call.ts';
import { changeToJson, propertyKey, valueToJson } from '../../state/property.ts';
import { placeKey } from './accounts.ts';
import { countFindings } from './build.ts';
import type { Report, ReportChange, ReportFinding } from './schema.ts';

/** What a run did, for its report. */
export interface ApplyOutcome extends Pick<ApplyResult, 'outcomes' | 'seen'> {
  /** In the order in which the calls were sent. */
  readonly entries: readonly JournalEntry[];
  /** Why the effect of a call that was made was not read back, a sentence. */
  readonly whyUnseen: string;
}

/** What a repair run did about its findings. */
export interface RepairOutcome extends ApplyOutcome {
  /** The calls that were planned for a finding. */
  readonly callsOf: (finding: ReportFinding) => readonly PlannedCall[];
  /** The calls that a plan made now would have for a finding that is there now. */
  readonly nextCallsOf: (finding: ReportFinding) => readonly PlannedCall[];
}

/** The report with what was written to AWS so far. Pure, as are the next two. */
export function withChanges(report: Report, entries: readonly JournalEntry[], finishedAt: Date): Report {
  return { ...report, run: { ...report.run, finishedAt: finishedAt.toISOString() }, changes: entries.map(reportChange) };
}

/** The report of a run whose plan was refused as a whole, or that could not write: nothing was sent, and each finding says why. */
export function refusedReport(report: Report, calls: readonly PlannedCall[], reason: string): Report {
  const findings = report.findings.map((finding) =>
    finding.fix.status === 'planned' ? { ...finding, fix: { ...finding.fix, status: 'refused' as const, reason } } : finding,
  );
  return { ...report, findings, notMade: [...report.notMade, ...calls.map((call) => notMade(call, reason))] };
}

/**
 * The report of a repair run: what is left as it was found when all was read back, and what was repaired.
 *
 * @param before as planned
 * @param after as read back, with the findings that are there then
 */
export function repairedReport(before: Report, after: Report, outcome: RepairOutcome): Report {
  const known = [...before.findings];
  const take = (finding: ReportFinding): ReportFinding | undefined => {
    const index = known.findIndex(({ id }) => id === finding.id);
    const place = index >= 0 ? index : known.findIndex((other) => keyOf(other) === keyOf(finding));
    return place < 0 ? undefined : known.splice(place, 1)[0];
  };
  const left = after.findings.map((finding) => {
    const earlier = take(finding);
    return { ...finding, fix: earlier === undefined ? leftOver(finding, outcome) : stillThere(fixOf(earlier, outcome)) };
  });
  const unread = unreadPlaces(after);
  const gone = known.filter((finding) => !isExcepted(finding)).map((finding) => ({ ...finding, fix: fixOf(finding, outcome) }));
  // What can't be read any more has not gone for that.
  const settled = gone.filter((finding) => finding.fix.status === 'verified' || unread.has(placeKey(finding)));
  const findings = [...left, ...settled];
  return {
    ...withOutcome(after, outcome),
    plan: before.plan,
    findings,
    summary: { ...after.summary, ...countFindings(findings) },
  };
}

/** The report of a run that did something else than repair its findings: these are what was found afterwards. */
export function withOutcome(report: Report, { entries, outcomes }: Pick<ApplyOutcome, 'entries' | 'outcomes'>): Report {
  const left = [...outcomes].flatMap(([call, { kind, reason, found }]) => {
    if (kind !== 'not-made') return [];
    const entry = notMade(call, reason);
    return [found === undefined ? entry : { ...entry, found: valueToJson(call.change.property, found) }];
  });
  return { ...report, changes: entries.map(reportChange), notMade: left };
}

export function notMade({ account, action, input }: IamCall, reason: string): Report['notMade'][number] {
  return { account, action, input: { ...input }, reason };
}

function reportChange({ account, action, input, change, effect, findings, at, outcome, requestId, reason }: JournalEntry): ReportChange {
  return {
    account,
    action,
    input: { ...input },
    ...changeToJson(change),
    effect,
    findings: [...findings],
    at: at.toISOString(),
    outcome,
    requestId,
    reason,
  };
}

function keyOf({ rule, account, roleArn, resource }: ReportFinding): string {
  return JSON.stringify([rule, account, roleArn, resource]);
}

/** The hub and the targets that could not be read whole. */
function unreadPlaces({ hub, targets }: Report): ReadonlySet<string> {
  const parts = [{ ...hub, roleArn: null }, ...targets];
  return new Set(parts.filter(({ status }) => status === 'unreadable').map(placeKey));
}

const IN_PART = 'Partly repaired.';

function fixOf(finding: ReportFinding, outcome: RepairOutcome): ReportFinding['fix'] {
  return outcomeOf(finding, outcome.callsOf(finding), outcome);
}

/**
 * Of a user, group or role that was missing whole and was made in part, what it lacks is found for the first time now. It is reported as the calls came out
 * that were to set it.
 */
function leftOver(finding: ReportFinding, outcome: RepairOutcome): ReportFinding['fix'] {
  const keys = new Set(outcome.nextCallsOf(finding).map(({ change }) => propertyKey(change.property)));
  const calls = [...outcome.outcomes.keys()].filter(({ change }) => keys.has(propertyKey(change.property)));
  const fix = outcomeOf(finding, calls, outcome);
  // What was read back as planned was changed since.
  return fix.status === 'verified' ? finding.fix : fix;
}

function outcomeOf(
  { fix }: ReportFinding,
  calls: readonly PlannedCall[],
  { outcomes, seen, whyUnseen }: ApplyOutcome,
): ReportFinding['fix'] {
  if (fix.status !== 'planned' || calls.length === 0) return fix;
  if (calls.every((call) => seen.has(call))) return { ...fix, status: 'verified' };
  const first = (...kinds: readonly string[]) =>
    calls.map((call) => outcomes.get(call)).find((one) => one !== undefined && kinds.includes(one.kind));
  const failed = first('failed') ?? first('uncertain');
  if (failed !== undefined) return { ...fix, status: 'failed', reason: failed.reason };
  const skipped = first('not-made');
  if (skipped === undefined) return { ...fix, status: 'applied', reason: whyUnseen };
  return first('made') === undefined
    ? { ...fix, status: 'refused', reason: skipped.reason }
    : { ...fix, status: 'failed', reason: `${IN_PART} ${skipped.reason}` };
}

/** What was written was read back, and yet the finding is there: then something else is wrong with the same thing. */
function stillThere(fix: ReportFinding['fix']): ReportFinding['fix'] {
  return fix.status === 'verified' ? { ...fix, status: 'applied', reason: 'The change was verified, but a difference remains.' } : fix;
}
