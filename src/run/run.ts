import { fileDrift, findDrift } from '../drift/drift.ts';
import { type Inputs, parseInputs } from '../inputs/inputs.ts';
import { type RunContext, runContext } from '../publish/run-context.ts';
import { annotate, failStep, hideSecret } from '../publish/runner.ts';
import { brokenFileReport, buildReport, fileReport, type RunFacts } from '../report/build.ts';
import { maskText } from '../report/mask.ts';
import type { Report } from '../report/schema.ts';
import type { Desired } from '../state/desired.ts';
import { hasCredentials, readThroughHub } from './hub-access.ts';
import type { Job } from './job.ts';
import { loadDesired } from './load-desired.ts';
import { ReportUnusable } from './load-report.ts';
import { planOf } from './plan-of.ts';
import { publishReport } from './publish-report.ts';
import { repair } from './repair.ts';
import { rollback } from './rollback.ts';
import { answersForHub, targetsOf } from './shard.ts';
import { toolVersion } from './version.ts';
import type { WritingRun } from './writing-run.ts';

/** One run of the action: inputs → desired → live → drift → plan → apply → report → publish. */
export async function run(job: Job): Promise<void> {
  const startedAt = job.now();
  const context = runContext(job.env, job.event);
  const parsed = parseInputs(job.input, context);
  if ('errors' in parsed) return refuse(parsed.errors, job, context);
  const { inputs } = parsed;
  hideSecret(inputs.githubToken ?? '');

  const { mode, fix, shard = null } = inputs;
  const facts = (): RunFacts => ({ mode, fix, event: context.event, startedAt, finishedAt: job.now(), toolVersion, shard });
  const loaded = await loadDesired(context.workspace, inputs.desiredState);
  if ('problems' in loaded) {
    const texts = loaded.problems.map(({ text }) => text);
    return publishReport(context, inputs, {
      report: brokenFileReport(facts(), inputs.desiredState, texts),
      problems: loaded.problems,
    });
  }
  const { desired } = loaded;
  const report = isFileCheck(job, context, inputs)
    ? checkFile(inputs, desired, facts)
    : await compareOrWrite({ job, context, inputs, desired, facts });
  if (typeof report === 'string') return refuse([report], job, context);
  return publishReport(context, inputs, { report, problems: [] });
}

/** @returns what is wrong with an input that says more than its own text: the report to undo */
async function compareOrWrite(run: WritingRun): Promise<Report | string> {
  if (run.inputs.fix) return repair(run);
  if (run.inputs.mode !== 'rollback') return audit(run);
  try {
    return await rollback(run);
  } catch (error) {
    if (error instanceof ReportUnusable) return `Input reports: ${error.message}`;
    throw error;
  }
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

async function audit({ job, context, inputs, desired, facts }: WritingRun): Promise<Report> {
  const { shard } = inputs;
  const state = { ...desired.state, targets: targetsOf(desired.state.targets, shard) };
  const reading = await readThroughHub(job, context, inputs, desired, state);
  const drift = findDrift(desired, reading, { at: job.now(), hub: answersForHub(shard) });
  return buildReport(facts(), desired, reading, drift, planOf(inputs, desired, reading, drift.findings));
}
