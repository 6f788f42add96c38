import { fileDrift, findDrift } from '../drift/drift.ts';
import { exceptionEnds } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import { type Inputs, parseInputs } from '../inputs/inputs.ts';
import type { Plan } from '../plan/call.ts';
import { planRepairs } from '../plan/repairs.ts';
import { adviceFor } from '../proposal/advice.ts';
import { type PullRequest, type RunContext, runContext } from '../publish/run-context.ts';
import { annotate, failStep, hideSecret } from '../publish/runner.ts';
import { brokenFileReport, buildReport, fileReport, type RunFacts } from '../report/build.ts';
import { maskText } from '../report/mask.ts';
import { withProposal } from '../report/proposal-part.ts';
import type { Report } from '../report/schema.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import { capture } from './capture.ts';
import { hasCredentials, readBoth, readThroughHub } from './hub-access.ts';
import type { Job } from './job.ts';
import { loadDesired } from './load-desired.ts';
import { publishCapture } from './publish-capture.ts';
import { publishReport } from './publish-report.ts';
import { brokenProposal, comparableBase, proposalOf, pullRequestOf, readBase, withLive } from './pull-request.ts';
import { answersForHub, targetsOf } from './shard.ts';
import { toolVersion } from './version.ts';

/** One run of the action: inputs → desired → live → drift → plan → report → publish. */
export async function run(job: Job): Promise<void> {
  const startedAt = job.now();
  const context = runContext(job.env, job.event);
  const parsed = parseInputs(job.input, context);
  if ('errors' in parsed) return refuse(parsed.errors, job, context);
  const { inputs } = parsed;
  hideSecret(inputs.githubToken ?? '');

  const { mode, fix, shard = null } = inputs;
  const facts = (): RunFacts => ({ mode, fix, event: context.event, startedAt, finishedAt: job.now(), toolVersion, shard });
  if (mode === 'capture') return publishCapture(context, inputs, await capture(job, context, inputs, facts));
  const loaded = await loadDesired(context.workspace, inputs.desiredState);
  if ('problems' in loaded) {
    const texts = loaded.problems.map(({ text }) => text);
    const report = brokenFileReport(facts(), inputs.desiredState, texts);
    const pull = pullRequestOf(context, inputs);
    return publishReport(context, inputs, {
      report: pull === undefined ? report : withProposal(report, brokenProposal(pull)),
      problems: loaded.problems,
    });
  }
  const report = await judge(job, context, inputs, loaded.desired, facts);
  return publishReport(context, inputs, { report, problems: [] });
}

function judge(job: Job, context: RunContext, inputs: Inputs, desired: Desired, facts: () => RunFacts): Promise<Report> {
  const isOffline = isFileCheck(job, context, inputs);
  const pull = pullRequestOf(context, inputs);
  if (pull !== undefined) return review(job, context, inputs, { desired, facts, pull, isOffline });
  return isOffline
    ? Promise.resolve(withNotes(checkFile(inputs, desired, facts), fileNotes(desired, job.now())))
    : audit(job, context, inputs, desired, facts);
}

/** Nothing is known for certain of wrong inputs, so account ids in them are shortened unless the workflow says otherwise or the repository is private. */
function refuse(errors: readonly string[], job: Job, { repository }: RunContext): void {
  const mask = job.input('mask-accounts').trim();
  const isMasked = mask === 'true' || (mask !== 'false' && repository.visibility !== 'private');
  for (const message of errors) annotate({ level: 'error', message: isMasked ? maskText(message, []) : message });
  failStep(errors.length === 1 ? 'An input is wrong; nothing was done.' : `${errors.length} inputs are wrong; nothing was done.`);
}

/** A pull request from a fork has no credentials: its file is checked all the same. One of the repository's own should have them. */
function isFileCheck(job: Job, { event, pullRequest }: RunContext, inputs: Inputs): boolean {
  if (inputs.mode === 'validate') return true;
  if (event !== 'pull_request' || hasCredentials(job, inputs)) return false;
  if (pullRequest?.fromFork === false && inputs.auditorRole !== undefined) {
    const message =
      'No credentials for AWS, so the file alone was checked. Add "id-token: write" to the permissions of the job to compare it with AWS.';
    annotate({ level: 'warning', message });
  }
  return true;
}

function checkFile(inputs: Inputs, desired: Desired, facts: () => RunFacts): Report {
  const run = facts();
  const findings = fileDrift(desired, run.startedAt);
  return fileReport(run, desired, findings, planOf(inputs, desired, { state: desired.state, errors: [] }, findings));
}

interface Review {
  readonly desired: Desired;
  readonly facts: () => RunFacts;
  readonly pull: PullRequest;
  readonly isOffline: boolean;
}

/** A pull request: what its change of the file asks for, and, where AWS may be read, what it means for what is live. Never writes. */
async function review(job: Job, context: RunContext, inputs: Inputs, { desired, facts, pull, isOffline }: Review): Promise<Report> {
  const at = job.now();
  const fetched = readBase(context, inputs, pull);
  const notes = fileNotes(desired, at);
  if (isOffline) {
    const proposal = proposalOf(pull, await fetched, desired, at);
    return withProposal(withNotes(checkFile(inputs, desired, facts), notes), proposal);
  }
  const other = fetched.then((base) => comparableBase(base, desired)?.state);
  const { now: reading, before } = await readBoth(job, context, inputs, desired, desired.state, other);
  const drift = findDrift(desired, reading, { at, hub: true });
  const report = buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
  const base = await fetched;
  const head = { desired, findings: drift.findings, reading };
  return withProposal(withNotes(report, notes), withLive(proposalOf(pull, base, desired, at), base, head, before, at));
}

/** What the file could say more strictly, and whose exceptions end. A night's audit does not repeat it; whoever changes the file is told. */
function fileNotes(desired: Desired, at: Date): readonly string[] {
  return [...exceptionEnds(desired.exceptions, at), ...adviceFor(desired)];
}

function withNotes(report: Report, notes: readonly string[]): Report {
  return { ...report, notes: [...new Set([...report.notes, ...notes])] };
}

async function audit(job: Job, context: RunContext, inputs: Inputs, desired: Desired, facts: () => RunFacts): Promise<Report> {
  const { shard } = inputs;
  const state = { ...desired.state, targets: targetsOf(desired.state.targets, shard) };
  const reading = await readThroughHub(job, context, inputs, desired, state);
  const drift = findDrift(desired, reading, { at: job.now(), hub: answersForHub(shard) });
  return buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
}

/** What a repair run with these inputs would do. */
function planOf(inputs: Inputs, desired: Desired, reading: Reading, findings: readonly Finding[]): Plan {
  const { fixScope: scope, maxGrants, maxRevocations, auditorRole = '', fixerRole = '' } = inputs;
  const own = [auditorRole, fixerRole, reading.readAs ?? ''].filter((arn) => arn !== '');
  return planRepairs({ findings, desired, reading, limits: { scope, maxGrants, maxRevocations }, own });
}
