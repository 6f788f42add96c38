import { environmentProblems } from '../aws/environment-problems.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { dependsOnRef, permissionsOf, type RunPlace, refConflicts } from '../inputs/run-permissions.ts';
import { readNetwork, secretsOf } from '../network/network.ts';
import { Comparer } from '../policy/index.ts';
import { connect, loadOctokit, type Octokit } from '../publish/octokit.ts';
import { readRepository } from '../publish/read-repository.ts';
import { eventWarning, type RunContext, runContext } from '../publish/run-context.ts';
import { brokenFileReport, type RunFacts } from '../report/model/build.ts';
import { maskText } from '../report/model/mask-text.ts';
import { withProposal } from '../report/model/proposal-part.ts';
import type { Report } from '../report/model/schema.ts';
import { quoted } from '../text/quoted.ts';
import { Deadline } from '../time/deadline.ts';
import { audit } from './audit.ts';
import { capture } from './capture.ts';
import { checkFile, isFileCheck, shouldSignIn } from './check-file.ts';
import { checkInputs } from './check-inputs.ts';
import type { Job } from './job.ts';
import { loadDesired } from './load-desired.ts';
import { ReportUnusable } from './load-report.ts';
import { brokenProposal, changeOf } from './proposed-change.ts';
import { publishReport } from './publish-report.ts';
import { repair } from './repair.ts';
import { review } from './review.ts';
import { rollback } from './rollback.ts';
import type { CheckedRun, Task } from './task.ts';
import { toolVersion } from './version.ts';

const API_URL_ADVICE = 'The runner sets it to the address of its GitHub server. Remove it from the env of the workflow.';

/** One run of the action: inputs → desired → live → drift → plan → apply → report → publish. */
export async function run(job: Job): Promise<void> {
  const startedAt = new Date(job.clock.now());
  const given = runContext(job.env, job.event.payload);
  const parsed = await checkInputs(job, given);
  if ('errors' in parsed) return refuse(parsed.errors, job, given);
  const { inputs } = parsed;
  const { githubToken: token } = inputs;
  job.runner.hideSecret(token ?? '');
  const network = await readNetwork(job.env);
  if ('problems' in network) return refuse(network.problems, job, given, 'environment variable');
  for (const secret of secretsOf(network)) job.runner.hideSecret(secret);
  if (!URL.canParse(given.apiUrl))
    return refuse([`GITHUB_API_URL is not a URL: ${quoted(given.apiUrl)}. ${API_URL_ADVICE}`], job, given, 'environment variable');
  const connection = { baseUrl: given.apiUrl, clock: job.clock, cancelled: job.cancelled, fetch: network.fetch };
  const octokit = token === undefined ? undefined : connect({ getOctokit: await loadOctokit(), token, ...connection });
  const deadline = new Deadline({ clock: job.clock, startedAt: startedAt.getTime(), minutes: inputs.timeLimit, cancelled: job.cancelled });
  const { context, place } = await locate(given, inputs, octokit, deadline);
  const conflicts = refConflicts(inputs, place);
  if (conflicts.length > 0) return refuse(conflicts, job, given);
  const unknown = eventWarning(job.event.problem, context);
  if (unknown !== undefined) job.runner.annotate({ level: 'warning', message: unknown });

  const { mode, fix } = inputs;
  const { event } = context;
  const permissions = permissionsOf(place);
  const { isProposal: proposal } = permissions;
  const facts = (): RunFacts => ({ mode, fix, event, proposal, startedAt, finishedAt: new Date(job.clock.now()), toolVersion });
  const checked = { job, context, inputs, permissions, network, octokit, comparer: new Comparer(), facts, deadline };
  try {
    const broken = shouldSignIn(checked) ? environmentProblems(job.env) : [];
    if (broken.length > 0) return refuse(broken, job, given, 'environment variable');
    await perform(checked);
  } catch (error) {
    // An input that says more than its own text: the report to undo.
    if (error instanceof ReportUnusable) return refuse([`Input repair-report: ${error.message}`], job, given);
    throw error;
  } finally {
    deadline.lift();
    await network.close();
  }
}

/** Where the run is, and what of it GitHub had to be asked for. A run that has to end does without the answer. */
async function locate(
  context: RunContext,
  { branch, maskAccounts }: Inputs,
  octokit: Octokit | undefined,
  deadline: Deadline,
): Promise<{ readonly context: RunContext; readonly place: RunPlace }> {
  const { event, ref } = context;
  const needs = { visibility: maskAccounts === 'auto', defaultBranch: branch === undefined && dependsOnRef(event) };
  const { repository, problem } = await deadline.orElse(
    () => readRepository(octokit, context.repository, needs),
    ({ message }) => ({ repository: context.repository, problem: message }),
  );
  return { context: { ...context, repository }, place: { event, ref, branch: branch ?? repository.defaultBranch, problem } };
}

/** @throws {ReportUnusable} before anything was done */
async function perform(checked: CheckedRun): Promise<void> {
  const { context, inputs, permissions, facts } = checked;
  if (inputs.mode === 'capture') return publishReport(checked, await capture(checked));
  const loaded = await loadDesired(context.workspace, inputs.desiredState);
  if ('desired' in loaded) return publishReport(checked, { report: await reportOf({ ...checked, desired: loaded.desired }), problems: [] });
  const { problems } = loaded;
  const texts = problems.map(({ text }) => text);
  const report = brokenFileReport(facts(), inputs.desiredState, texts);
  const change = changeOf(context, permissions);
  await publishReport(checked, { report: change === undefined ? report : withProposal(report, brokenProposal(change)), problems });
}

/** @throws {ReportUnusable} before anything was done */
async function reportOf(task: Task): Promise<Report> {
  const { context, inputs, permissions } = task;
  const change = changeOf(context, permissions);
  if (change !== undefined) return review(task, change);
  if (isFileCheck(task)) return checkFile(task);
  if (inputs.mode === 'rollback') return rollback(task);
  return inputs.fix ? repair(task) : audit(task);
}

/** Nothing is known for certain of wrong inputs, so account ids in them are shortened unless the workflow says otherwise or the repository is private. */
function refuse(errors: readonly string[], job: Job, { repository }: RunContext, what = 'input'): void {
  const mask = job.input('mask-accounts').trim();
  const isMasked = mask === 'true' || (mask !== 'false' && repository.visibility !== 'private');
  for (const message of errors) job.runner.annotate({ level: 'error', message: isMasked ? maskText(message, []) : message });
  // GitHub may not have been asked then which branch is the default one.
  const cancelled = job.cancelled.aborted ? 'The run was cancelled. ' : '';
  const wrong = errors.length === 1 ? `An ${what} is invalid` : `${errors.length} ${what}s are invalid`;
  job.runner.failStep(`${cancelled}${wrong}. Nothing was done.`);
}
