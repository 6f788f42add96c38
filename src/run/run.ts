import { parseInputs } from '../inputs/inputs.ts';
import { Comparer } from '../policy/index.ts';
import { type RunContext, runContext } from '../publish/run-context.ts';
import { annotate, failStep, hideSecret } from '../publish/runner.ts';
import { brokenFileReport, type RunFacts } from '../report/model/build.ts';
import { maskText } from '../report/model/mask.ts';
import { withProposal } from '../report/model/proposal-part.ts';
import type { Report } from '../report/model/schema.ts';
import { audit } from './audit.ts';
import { capture } from './capture.ts';
import { checkFile, isFileCheck } from './check-file.ts';
import type { Job } from './job.ts';
import { loadDesired } from './load-desired.ts';
import { ReportUnusable } from './load-report.ts';
import { publishReport } from './publish-report.ts';
import { brokenProposal, pullRequestOf } from './pull-request.ts';
import { repair } from './repair.ts';
import { review } from './review.ts';
import { rollback } from './rollback.ts';
import type { Task } from './task.ts';
import { toolVersion } from './version.ts';

/** One run of the action: inputs → desired → live → drift → plan → apply → report → publish. */
export async function run(job: Job): Promise<void> {
  const startedAt = new Date(job.clock.now());
  const context = runContext(job.env, job.event);
  const parsed = parseInputs(job.input, context);
  if ('errors' in parsed) return refuse(parsed.errors, job, context);
  const { inputs } = parsed;
  hideSecret(inputs.githubToken ?? '');

  const { mode, fix } = inputs;
  const comparer = new Comparer();
  const facts = (): RunFacts => ({ mode, fix, event: context.event, startedAt, finishedAt: new Date(job.clock.now()), toolVersion });
  if (mode === 'capture') return publishReport(job, context, inputs, await capture({ job, context, inputs, comparer, facts }));
  const loaded = await loadDesired(context.workspace, inputs.desiredState);
  if ('problems' in loaded) {
    const texts = loaded.problems.map(({ text }) => text);
    const report = brokenFileReport(facts(), inputs.desiredState, texts);
    const pull = pullRequestOf(context);
    return publishReport(job, context, inputs, {
      report: pull === undefined ? report : withProposal(report, brokenProposal(pull)),
      problems: loaded.problems,
    });
  }
  try {
    const report = await perform({ job, context, inputs, desired: loaded.desired, comparer, facts });
    return await publishReport(job, context, inputs, { report, problems: [] });
  } catch (error) {
    // An input that says more than its own text: the report to undo.
    if (error instanceof ReportUnusable) return refuse([`Input repair-report: ${error.message}`], job, context);
    throw error;
  }
}

/** @throws {ReportUnusable} before anything was done */
async function perform(task: Task): Promise<Report> {
  const { context, inputs } = task;
  const pull = pullRequestOf(context);
  if (pull !== undefined) return review(task, pull);
  if (isFileCheck(task)) return checkFile(task);
  if (inputs.mode === 'rollback') return rollback(task);
  return inputs.fix ? repair(task) : audit(task);
}

/** Nothing is known for certain of wrong inputs, so account ids in them are shortened unless the workflow says otherwise or the repository is private. */
function refuse(errors: readonly string[], job: Job, { repository }: RunContext): void {
  const mask = job.input('mask-accounts').trim();
  const isMasked = mask === 'true' || (mask !== 'false' && repository.visibility !== 'private');
  for (const message of errors) annotate({ level: 'error', message: isMasked ? maskText(message, []) : message });
  failStep(errors.length === 1 ? 'An input is wrong; nothing was done.' : `${errors.length} inputs are wrong; nothing was done.`);
}
