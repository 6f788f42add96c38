import { notLookedUp } from '../../attribution/cause.ts';
import { canonicalOf, jsonOf } from '../../drift/difference-json.ts';
import { type Drift, findingsByTarget } from '../../drift/drift.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import type { Finding } from '../../drift/finding.ts';
import { nearlyFull } from '../../drift/quotas.ts';
import type { Plan, PlannedCall, Repair } from '../../plan/call.ts';
import { commands } from '../../plan/command.ts';
import type { Desired } from '../../state/desired.ts';
import { changeToJson } from '../../state/property.ts';
import type { Reading } from '../../state/reading.ts';
import { isUrgent, placeOf } from '../../state/rules.ts';
import type { State } from '../../state/state.ts';
import { byTarget, targetsIn } from '../../state/targets.ts';
import { grouped } from '../../text/grouped.ts';
import { accountStatuses } from './accounts.ts';
import { NOT_ASKED } from './attribution-schema.ts';
import { errorPart, reportTarget } from './build-target.ts';
import { exceptionToPaste } from './exception-to-paste.ts';
import { liveHub } from './live-part.ts';
import type { Report, ReportCall, ReportFinding, ReportTarget } from './schema.ts';

/** What the report says of the run itself. */
export interface RunFacts {
  readonly mode: Report['run']['mode'];
  readonly fix: boolean;
  readonly event: string;
  readonly proposal: boolean;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly toolVersion: string;
}

/** Puts the report of an audit together. Pure. */
export function buildReport(run: RunFacts, desired: Desired, reading: Reading, drift: Drift, plan: Plan): Report {
  const wanted = byTarget(desired.state.targets);
  const live = byTarget(reading.state.targets);
  const findingsOf = findingsByTarget(drift.findings);
  const targets = drift.targets.map((target) =>
    reportTarget(target, { reading, findings: findingsOf(target), desired: wanted.get(target), live: live.get(target) }),
  );
  const hub = reportHub(desired, reading, drift);
  return {
    version: 1,
    run: runPart(run, desired.source),
    summary: summaryOf([hub], targets, drift.findings),
    hub,
    targets,
    findings: drift.findings.map((finding) => reportFinding(finding, plan.repairOf(finding), run.fix)),
    notCompared: drift.notCompared.map((entry) => ({ ...entry })),
    plan: planPart(plan),
    changes: [],
    notMade: [],
    errors: reading.errors.map(({ account, code, message, call, advice }) => ({ account, code, message, call, advice })),
    forecast: forecastOf(desired),
    notes: [...drift.notes, ...hubNotes(desired.state)],
    proposal: null,
    ...classesPart(desired),
  };
}

/** The report of a run that checked the file and read nothing from AWS. */
export function fileReport(run: RunFacts, desired: Desired, findings: readonly Finding[], plan: Plan): Report {
  return {
    ...unreadReport(run, { ...desired.source, hubAccount: desired.state.hub.account }),
    summary: summaryOf([], [], findings),
    findings: findings.map((finding) => reportFinding(finding, plan.repairOf(finding), run.fix)),
    forecast: forecastOf(desired),
    ...classesPart(desired),
  };
}

/** The report of a run that ended at the desired-state file. `problems` are one line each. */
export function brokenFileReport(run: RunFacts, path: string, problems: readonly string[]): Report {
  const error = { account: '', code: 'InvalidDesiredState', call: '', advice: 'Correct the file. Nothing was compared.' };
  return { ...unreadReport(run, { path, sha256: null, hubAccount: '' }), errors: problems.map((message) => ({ ...error, message })) };
}

/** The report of a run that could not read the hub, or not even begin to. */
export function hubUnreadReport(run: RunFacts, path: string, hubAccount: string, errors: Report['errors']): Report {
  const report = unreadReport(run, { path, sha256: null, hubAccount });
  const [error = null] = errors;
  return { ...report, summary: summaryOf([report.hub], [], []), hub: { ...report.hub, error: error && errorPart(error) }, errors };
}

function unreadReport(run: RunFacts, { hubAccount, ...file }: Report['run']['desiredState'] & { readonly hubAccount: string }): Report {
  return {
    version: 1,
    run: runPart(run, file),
    summary: summaryOf([], [], []),
    hub: { account: hubAccount, status: 'unreadable', error: null },
    targets: [],
    findings: [],
    notCompared: [],
    plan: null,
    changes: [],
    notMade: [],
    errors: [],
    forecast: [],
    notes: [],
    proposal: null,
  };
}

function classesPart({ state }: Desired): Pick<Report, 'classes'> {
  const inClasses = grouped(
    state.targets.filter((target) => target.class !== undefined),
    (target) => target.class ?? '',
  );
  const classes = [...inClasses].map(([name, targets]) => ({ name, accounts: [...new Set(targets.map(({ account }) => account))] }));
  return classes.length === 0 ? {} : { classes };
}

function forecastOf({ quotas }: Desired): Report['forecast'] {
  return nearlyFull(quotas).map(({ what, used, limit, unit }) => ({ what, used, limit, unit }));
}

function runPart(run: RunFacts, { path, sha256 }: Report['run']['desiredState']): Report['run'] {
  const { mode, fix, event, proposal, toolVersion } = run;
  const times = { startedAt: run.startedAt.toISOString(), finishedAt: run.finishedAt.toISOString() };
  return { mode, fix, event, proposal, ...times, toolVersion, desiredState: { path, sha256 } };
}

function reportHub(desired: Desired, reading: Reading, drift: Drift): Report['hub'] {
  const { account } = desired.state.hub;
  const live = liveHub(reading.state.hub);
  const error = reading.errors.find(({ scope }) => scope === 'hub');
  if (error !== undefined) return { account, status: 'unreadable', live, error: errorPart(error) };
  const isDrifted = drift.findings.some(
    (finding) => placeOf(finding, account) === 'hub' && finding.account === account && !isExcepted(finding),
  );
  return { account, status: isDrifted ? 'drifted' : 'clean', live, error: null };
}

/** The hub account may be among the targets. */
function hubNotes({ hub, targets }: State): readonly string[] {
  if (targetsIn(targets, hub.account).length === 0) return [];
  return [`The hub account ${hub.account} is also listed as a target. It counts as one account.`];
}

/** In an audit nothing was asked for, so nothing was refused. */
function reportFinding(finding: Finding, { status, reason, calls }: Repair, fix: boolean): ReportFinding {
  const { difference, id, rule, account, targets, resource, access, severity, title, message, explanation, witness, location, exception } =
    finding;
  return {
    id,
    rule,
    account,
    roleArn: targets[0]?.roleArn ?? null,
    resource,
    access,
    severity,
    title,
    message,
    ...jsonOf(difference),
    canonical: canonicalOf(difference),
    witness,
    location,
    toAccept: isUrgent(rule) ? '' : exceptionToPaste(finding),
    cause: notLookedUp(NOT_ASKED),
    use: null,
    exception,
    explanation: [...explanation],
    fix: {
      status: status === 'refused' && !fix ? 'none' : status,
      reason,
      calls: calls.map(({ action, account, input }) => ({ action, account, input: { ...input } })),
      command: commands(calls),
    },
  };
}

function planPart({ calls, grants, revocations, refusal, limits }: Plan): Report['plan'] {
  return { calls: calls.map(callPart), grants, revocations, refusal, limits: { ...limits } };
}

function callPart({ action, account, input, findings, purpose, effect, change, condition, command }: PlannedCall): ReportCall {
  return { action, account, input: { ...input }, findings: [...findings], purpose, effect, ...changeToJson(change), condition, command };
}

function summaryOf(
  hubs: readonly Report['hub'][],
  targets: readonly ReportTarget[],
  findings: Report['findings'] | Drift['findings'],
): Report['summary'] {
  const accounts = accountStatuses([...hubs, ...targets]);
  const withStatus = (status: ReportTarget['status']) => accounts.filter((other) => other === status).length;
  return {
    expected: accounts.length,
    observed: accounts.length - withStatus('unreadable'),
    clean: withStatus('clean'),
    drifted: withStatus('drifted'),
    unreadable: withStatus('unreadable'),
    ...countFindings(findings),
    connections: countConnections(targets),
  };
}

function countConnections(targets: readonly ReportTarget[]): Report['summary']['connections'] {
  const count = (connection: ReportTarget['connection']) => targets.filter((target) => target.connection === connection).length;
  return { works: count('works'), broken: count('broken'), unknown: count('unknown') };
}

type Counts = Omit<Report['summary'], 'expected' | 'observed' | 'clean' | 'drifted' | 'unreadable' | 'connections'>;

/** The part of a summary that follows from its findings. */
export function countFindings(findings: Report['findings'] | Drift['findings']): Counts {
  const counted = findings.filter((finding) => !isExcepted(finding));
  const left = counted.filter((finding) => !isRepaired(finding));
  const withAccess = (access: Finding['access']) => left.filter((finding) => finding.access === access).length;
  return {
    findings: findings.length,
    excepted: findings.length - counted.length,
    widened: withAccess('widened'),
    narrowed: withAccess('narrowed'),
    changed: withAccess('changed'),
    none: withAccess('none'),
    fixed: counted.length - left.length,
  };
}

function isRepaired(finding: ReportFinding | Finding): boolean {
  return 'fix' in finding && finding.fix.status === 'verified';
}
