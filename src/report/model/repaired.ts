import type { CarriedOut } from '../../apply/carry-out.ts';
import type { Change } from '../../apply/journal.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import type { PlannedCall } from '../../plan/call.ts';
import { partKey, partOf } from '../../plan/part.ts';
import { countFindings } from './build.ts';
import type { Report, ReportChange, ReportFinding } from './schema.ts';

/** What a run did, for its report. */
export interface Deeds extends Pick<CarriedOut, 'outcomes' | 'seen'> {
  /** In the order in which they were sent. */
  readonly changes: readonly Change[];
  /** Planned calls by the finding that they repair. */
  readonly callsOf: (finding: ReportFinding) => readonly PlannedCall[];
  /** Why the effect of a call that was made was not seen, a sentence. */
  readonly whyUnseen: string;
}

/** The report with what was written to AWS so far. Pure, as are the next two. */
export function withChanges(report: Report, changes: readonly Change[], finishedAt: Date): Report {
  return { ...report, run: { ...report.run, finishedAt: finishedAt.toISOString() }, changes: changes.map(reportChange) };
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
 * @param before as planned @param after as read back, with the findings that are there then
 */
export function repairedReport(before: Report, after: Report, deeds: Deeds): Report {
  const known = [...before.findings];
  const take = (finding: ReportFinding): ReportFinding | undefined => {
    const index = known.findIndex(({ id }) => id === finding.id);
    const place = index >= 0 ? index : known.findIndex((other) => keyOf(other) === keyOf(finding));
    return place < 0 ? undefined : known.splice(place, 1)[0];
  };
  const left = after.findings.map((finding) => {
    const earlier = take(finding);
    return { ...finding, fix: earlier === undefined ? leftOver(finding, deeds) : stillThere(fixOf(earlier, deeds)) };
  });
  const unseen = unreadPlaces(after);
  const gone = known.filter((finding) => !isExcepted(finding)).map((finding) => ({ ...finding, fix: fixOf(finding, deeds) }));
  // What can't be read any more has not gone for that.
  const settled = gone.filter(({ account, fix }) => fix.status === 'verified' || unseen.has(account));
  const findings = [...left, ...settled];
  return {
    ...withDeeds(after, deeds),
    plan: before.plan,
    findings,
    summary: { ...after.summary, ...countFindings(findings) },
  };
}

/** The report of a run that did something else than repair its findings: these are what was found afterwards. */
export function withDeeds(report: Report, { changes, outcomes }: Pick<Deeds, 'changes' | 'outcomes'>): Report {
  const left = [...outcomes].filter(([, { kind }]) => kind === 'not-made').map(([call, { reason }]) => notMade(call, reason));
  return { ...report, changes: changes.map(reportChange), notMade: left };
}

export function notMade(
  { account, action, input }: Pick<PlannedCall, 'account' | 'action' | 'input'>,
  reason: string,
): Report['notMade'][number] {
  return { account, action, input: { ...input }, reason };
}

function reportChange({ at, input, findings, ...change }: Change): ReportChange {
  return { ...change, input: { ...input }, findings: [...findings], at: at.toISOString() };
}

function keyOf({ rule, account, resource }: ReportFinding): string {
  return JSON.stringify([rule, account, resource]);
}

function unreadPlaces({ hub, targets }: Report): ReadonlySet<string> {
  return new Set([hub, ...targets].filter(({ status }) => status === 'unreadable').map(({ account }) => account));
}

const IN_PART = 'Repaired in part.';

function fixOf(finding: ReportFinding, deeds: Deeds): ReportFinding['fix'] {
  return outcomeOf(finding, deeds.callsOf(finding), deeds);
}

/**
 * Of a user, group or role that was missing whole and was made in part, what it lacks is found for the first time now. It is told as the calls came out
 * that were to set it.
 */
function leftOver(finding: ReportFinding, deeds: Deeds): ReportFinding['fix'] {
  const keys = new Set(finding.fix.calls.map(keyOfPart));
  const fix = outcomeOf(
    finding,
    [...deeds.outcomes.keys()].filter((call) => keys.has(keyOfPart(call))),
    deeds,
  );
  // What was seen to be as planned was changed since.
  return fix.status === 'verified' ? finding.fix : fix;
}

function keyOfPart(call: Parameters<typeof partOf>[0]): string {
  const part = partOf(call);
  return part === undefined ? '' : partKey(part);
}

function outcomeOf({ fix }: ReportFinding, calls: readonly PlannedCall[], { outcomes, seen, whyUnseen }: Deeds): ReportFinding['fix'] {
  if (fix.status !== 'planned' || calls.length === 0) return fix;
  if (calls.every((call) => seen.has(call))) return { ...fix, status: 'verified' };
  const first = (...kinds: readonly string[]) =>
    calls.map((call) => outcomes.get(call)).find((outcome) => outcome && kinds.includes(outcome.kind));
  const failed = first('failed') ?? first('uncertain');
  if (failed !== undefined) return { ...fix, status: 'failed', reason: failed.reason };
  const skipped = first('not-made');
  if (skipped === undefined) return { ...fix, status: 'applied', reason: whyUnseen };
  return first('made') === undefined
    ? { ...fix, status: 'refused', reason: skipped.reason }
    : { ...fix, status: 'failed', reason: `${IN_PART} ${skipped.reason}` };
}

/** What was written was seen, and yet the finding is there: then something else is wrong with the same thing. */
function stillThere(fix: ReportFinding['fix']): ReportFinding['fix'] {
  return fix.status === 'verified'
    ? { ...fix, status: 'applied', reason: 'What was written was seen, but there is still a difference.' }
    : fix;
}
