import { resolve } from 'node:path';
import type { Inputs } from '../inputs/inputs.ts';
import { publishIssue } from '../publish/issue.ts';
import { isIssueWanted } from '../publish/issue-wanted.ts';
import { connect, type Octokit } from '../publish/octokit.ts';
import { keepComment } from '../publish/pull-comment.ts';
import { repoRefOf } from '../publish/repo-ref.ts';
import type { RunContext } from '../publish/run-context.ts';
import { annotate, appendSummary, failStep, log, setOutputs } from '../publish/runner.ts';
import { readVisibility } from '../publish/visibility.ts';
import { FileNotWritten, writeFileWhole } from '../publish/write-file.ts';
import { maskReport, maskText } from '../report/model/mask.ts';
import type { Report } from '../report/model/schema.ts';
import { annotations } from '../report/outputs/annotations.ts';
import { renderLog } from '../report/outputs/log.ts';
import { renderPullComment } from '../report/outputs/pull-comment.ts';
import { pullMarker } from '../report/outputs/pull-marker.ts';
import { renderSarif } from '../report/outputs/sarif.ts';
import { renderSummary } from '../report/outputs/summary.ts';
import type { Whereabouts } from '../report/sections/links.ts';
import { isIncomplete } from '../report/sections/verdict.ts';
import { type Exit, exitOf } from './exit.ts';
import type { FileProblem } from './load-desired.ts';

/** What a run found out: the report, and what is wrong with the file, if that ended it. */
export interface Outcome {
  readonly report: Report;
  readonly problems: readonly FileProblem[];
}

/** Hands the outcome to everybody who reads it. What GitHub refuses is a warning; the result stands, and outputs are set before the step fails. */
export async function publishReport(context: RunContext, inputs: Inputs, { report, problems }: Outcome): Promise<void> {
  // Before GitHub is asked anything: a run that is cancelled may not get any further.
  const unwritten = await writeJson(context, inputs.reportPath, report);
  const octokit = inputs.githubToken === undefined ? undefined : connect({ token: inputs.githubToken, baseUrl: context.apiUrl });
  const masked = await isMasked(context, inputs, octokit);
  const shown = masked ? maskReport(report) : report;
  if (inputs.sarifPath) unwritten.push(...(await writeJson(context, inputs.sarifPath, renderSarif(shown))));
  setOutputs(resultOutputs(report, inputs, problems.length === 0));

  log(renderLog(shown));
  for (const { text, location } of problems) annotate({ level: 'error', message: masked ? maskText(text, []) : text, ...location });
  annotations(shown).forEach(annotate);
  warn(await appendSummary(renderSummary(shown, whereabouts(context, inputs))));
  await commentOnPull(context, inputs, octokit, shown);
  if (problems.length === 0) await keepIssue(context, inputs, octokit, report, shown);

  const { failures, warnings } = problems.length > 0 ? wrongFile(problems) : exitOf(shown, inputs.failOn, context.event === 'pull_request');
  warnings.forEach(warn);
  const reasons = [...failures, ...unwritten];
  if (reasons.length > 0) failStep(reasons.join(' '));
}

/** The run ended at the file: what could be said of AWS would be said of what nobody tried to read. */
function wrongFile(problems: readonly FileProblem[]): Exit {
  return { failures: [`The desired-state file has ${count(problems.length, 'error')}; nothing was compared.`], warnings: [] };
}

export function warn(message: string | undefined): void {
  if (message) annotate({ level: 'warning', message });
}

/** Account ids are shortened where everybody could read them, and where nobody says whether everybody can. */
export async function isMasked({ repository }: RunContext, { maskAccounts }: Inputs, octokit: Octokit | undefined): Promise<boolean> {
  return maskAccounts === 'auto' ? (await readVisibility(octokit, repository)) !== 'private' : maskAccounts;
}

/** @returns what could not be written, a sentence: that fails the step, but takes nothing from what was found */
export async function writeJson(context: RunContext, path: string, content: unknown): Promise<string[]> {
  try {
    await writeFileWhole(resolve(context.workspace, path), `${JSON.stringify(content, null, 2)}\n`);
    return [];
  } catch (error) {
    if (error instanceof FileNotWritten) return [error.message];
    throw error;
  }
}

/**
 * Counts of what is left: neither excepted nor seen to be repaired. A run that ended at the file counts nothing, as nothing was compared. The SARIF file is
 * not offered where something was not read: code scanning would close the alerts that it lacks.
 */
export function resultOutputs(report: Report, { reportPath, sarifPath }: Inputs, isCompared: boolean): Parameters<typeof setOutputs>[0] {
  if (!isCompared) return { 'report-path': reportPath };
  const { summary } = report;
  const left = summary.findings - summary.excepted - summary.fixed;
  return {
    drift: left > 0,
    'drift-count': left,
    'widened-count': summary.widened,
    'unreadable-count': summary.unreadable,
    'fixed-count': summary.fixed,
    'report-path': reportPath,
    'sarif-path': isIncomplete(report) ? '' : (sarifPath ?? ''),
  };
}

export function whereabouts(context: RunContext, { reportPath }: Inputs): Whereabouts {
  const { serverUrl, repository, sha, runUrl } = context;
  const source = sha === '' ? undefined : { serverUrl, repository: `${repository.owner}/${repository.name}`, sha };
  return { source, runUrl, reportPath };
}

async function keepIssue(context: RunContext, inputs: Inputs, octokit: Octokit | undefined, report: Report, shown: Report): Promise<void> {
  const { wanted, reason } = isIssueWanted({ ...inputs, event: context.event });
  if (!wanted || octokit === undefined) return warn(reason);
  const { issue, warnings } = await publishIssue({
    octokit,
    repo: repoRefOf(context.repository),
    hubAccount: report.hub.account,
    file: report.run.desiredState.path,
    report: shown,
    options: whereabouts(context, inputs),
    title: inputs.issueTitle.replaceAll('{hubAccount}', shown.hub.account),
    labels: inputs.issueLabels,
    assignees: inputs.issueAssignees,
  });
  warnings.forEach(warn);
  if (issue !== undefined) setOutputs({ 'issue-number': issue.number, 'issue-url': issue.url });
}

/** On a pull request: one comment with all that its change means. */
async function commentOnPull(context: RunContext, inputs: Inputs, octokit: Octokit | undefined, shown: Report): Promise<void> {
  const { proposal, run } = shown;
  if (!inputs.comment || proposal === null) return;
  if (octokit === undefined) return warn('The comment was not written: the input github-token is empty.');
  const told = { head: proposal.head, at: run.startedAt };
  const { did, warning } = await keepComment({
    octokit,
    repo: repoRefOf(context.repository),
    pullRequest: proposal.pullRequest,
    marker: pullMarker(run.desiredState.path),
    told,
    body: renderPullComment(shown, { ...whereabouts(context, inputs), told }),
    fromFork: context.pullRequest?.fromFork === true,
  });
  warn(warning);
  if (did === 'outdated')
    log('The comment was left as it is: the pull request has another head by now, or a newer run has told of this one.');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
