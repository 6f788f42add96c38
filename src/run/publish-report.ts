import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { publishIssue } from '../publish/issue.ts';
import { isIssueWanted } from '../publish/issue-wanted.ts';
import { publishPullComment } from '../publish/pull-comment.ts';
import { repoRefOf } from '../publish/repo-ref.ts';
import type { RunContext } from '../publish/run-context.ts';
import type { Outputs } from '../publish/runner.ts';
import { FileNotWritten, writeFileWhole } from '../publish/write-file.ts';
import { isIncomplete } from '../report/model/completeness.ts';
import { accountsOf } from '../report/model/mask.ts';
import { type Masker, masker } from '../report/model/mask-text.ts';
import { reachOf } from '../report/model/reach.ts';
import { type Report, toReportFile } from '../report/model/schema.ts';
import { pullMarker } from '../report/outputs/markers.ts';
import { renderPullComment } from '../report/outputs/pull-comment.ts';
import { renderSarif } from '../report/outputs/sarif.ts';
import type { PageLinks } from '../report/sections/links.ts';
import { urgentSentences } from '../report/sections/urgent.ts';
import { mustMask } from './masking.ts';
import { maskOutcome, type RunOutcome } from './outcome.ts';
import { presentationOf } from './presentation.ts';
import type { CheckedRun } from './task.ts';

/** What the pages on GitHub are made of. */
interface Pages {
  /** Masked where account ids must not appear. */
  readonly shown: Report;
  readonly knownAccounts: Masker;
  /** For texts of the inputs; changes nothing where account ids may appear. */
  readonly mask: Masker;
  readonly links: PageLinks;
  readonly warn: (message: string | undefined) => void;
}

/**
 * Publishes what a run found: report file → mask → outputs → log → annotations → summary → HTML → comment → issue → exit. What GitHub refuses becomes a
 * warning. The outputs are set before the step fails.
 */
export async function publishReport(run: CheckedRun, outcome: RunOutcome): Promise<void> {
  const { context, inputs, deadline, job } = run;
  const { runner } = job;
  const { report } = outcome;
  const presentation = presentationOf(outcome);
  const sarifPath = presentation.writesSarif ? inputs.sarifPath : undefined;
  // Before anything is published: a run that is cancelled may not get any further.
  const file = jsonText(toReportFile(report));
  const unwritten = await write(context, inputs.reportPath, file);
  const isMasked = mustMask(context, inputs);
  const shown = isMasked ? maskOutcome(outcome) : outcome;
  const knownAccounts = masker(accountsOf(report));
  const mask: Masker = isMasked ? knownAccounts : (text) => text;
  const warn = (message: string | undefined): void => {
    if (message) runner.annotate({ level: 'warning', message: mask(message) });
  };
  if (sarifPath !== undefined) unwritten.push(...(await write(context, sarifPath, jsonText(renderSarif(shown.report)))));
  const links = pageLinks(context, mask(inputs.reportPath));
  const headline = [...urgentSentences(shown.report), presentation.headline(shown.report)].join(' ');
  const outputs = {
    'report-path': inputs.reportPath,
    ...(presentation.hasResult ? { headline, ...resultOutputs(report, sarifPath) } : {}),
  };
  unwritten.push(...runner.setOutputs(outputs));

  runner.log(presentation.renderLog(shown.report));
  for (const { text, location } of shown.problems) runner.annotate({ level: 'error', message: text, ...location });
  presentation.annotations(shown.report).forEach(runner.annotate);
  warn(await runner.appendSummary(presentation.renderSummary(shown, links)));
  if (inputs.htmlPath !== undefined) unwritten.push(...(await writeHtml(context, inputs.htmlPath, shown.report, { ...links, file })));
  const pages: Pages = { shown: shown.report, knownAccounts, mask, links, warn };
  await commentOnPull(run, pages);
  if (presentation.keepsIssue) unwritten.push(...(await keepIssue(run, pages)));

  const { failures, warnings } = presentation.exit(shown, inputs.failOn, deadline.ending);
  warnings.forEach(warn);
  const reasons = [...new Set([...failures, ...unwritten])];
  if (reasons.length > 0) runner.failStep(mask(reasons.join(' ')));
}

/** @returns why the file could not be written, in a sentence. That fails the step; everything else is published all the same. */
async function write(context: RunContext, path: string, text: string): Promise<string[]> {
  try {
    await writeFileWhole(resolve(context.workspace, path), text);
    return [];
  } catch (error) {
    if (error instanceof FileNotWritten) return [error.message];
    throw error;
  }
}

function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** @param options with the text of the JSON report, whose digest the page has */
async function writeHtml(
  context: RunContext,
  path: string,
  report: Report,
  { file, ...links }: PageLinks & { readonly file: string },
): Promise<string[]> {
  // Few runs write one, and no run has to load this before it starts to read.
  const { renderHtml } = await import('../report/outputs/html.ts');
  const reportSha256 = createHash('sha256').update(file).digest('hex');
  return write(context, path, renderHtml(report, { ...links, reportSha256 }));
}

/**
 * Counts the findings that are left: neither excepted nor verified as repaired. An incomplete run offers no SARIF file, because code scanning would
 * close the alerts that it lacks. What is new is known only once the issue is read.
 */
function resultOutputs(report: Report, sarifPath: string | undefined): Outputs {
  const { summary } = report;
  const left = summary.findings - summary.excepted - summary.fixed;
  return {
    drift: left > 0,
    'drift-count': left,
    'widened-count': summary.widened,
    'broken-count': reachOf(report).broken,
    'new-count': '',
    'gone-count': '',
    'unreadable-count': summary.unreadable,
    'fixed-count': summary.fixed,
    'sarif-path': isIncomplete(report) ? '' : (sarifPath ?? ''),
  };
}

function pageLinks(context: RunContext, reportPath: string): PageLinks {
  const { serverUrl, repository, sha, runUrl, actionUrl } = context;
  const source = sha === '' ? undefined : { serverUrl, repository: `${repository.owner}/${repository.name}`, sha };
  const limitsUrl = actionUrl === undefined ? undefined : `${actionUrl}/docs/limits.md`;
  return { source, runUrl, reportPath, limitsUrl };
}

/** On a pull request: one comment that says what its change means. */
async function commentOnPull(
  { job, context, inputs, permissions, octokit }: CheckedRun,
  { shown, knownAccounts, links, warn }: Pages,
): Promise<void> {
  const { proposal, run } = shown;
  if (!inputs.comment || !permissions.comments || proposal === null || proposal.pullRequest === null) return;
  if (octokit === undefined) return warn('The comment was not written: the input github-token is empty.');
  const stamp = { head: proposal.head, at: run.startedAt };
  const { did, warning } = await publishPullComment({
    octokit,
    repo: repoRefOf(context.repository),
    pullRequest: proposal.pullRequest,
    marker: pullMarker(run.desiredState.path),
    knownAccounts,
    stamp,
    body: renderPullComment(shown, { ...links, stamp }),
    fromFork: context.pullRequest?.fromFork === true,
  });
  warn(warning);
  if (did === 'outdated')
    job.runner.log('The comment was not updated: the pull request has a newer commit, or a newer run already reported this one.');
}

/** @returns why its outputs could not be set. That fails the step. */
async function keepIssue(
  { job, context, inputs, permissions, octokit }: CheckedRun,
  { shown, knownAccounts, mask, links, warn }: Pages,
): Promise<string[]> {
  const { wanted, reason } = isIssueWanted({ ...inputs, ...permissions });
  if (!wanted || octokit === undefined) {
    warn(reason);
    return [];
  }
  const { issue, news, warnings } = await publishIssue({
    octokit,
    repo: repoRefOf(context.repository),
    report: shown,
    knownAccounts,
    options: links,
    title: mask(inputs.issueTitle),
    labels: inputs.issueLabels.map(mask),
    assignees: inputs.issueAssignees,
    cancelled: job.cancelled,
  });
  warnings.forEach(warn);
  return job.runner.setOutputs({
    ...(news === undefined ? {} : { 'new-count': news.found, 'gone-count': news.gone }),
    ...(issue === undefined ? {} : { 'issue-number': issue.number, 'issue-url': issue.url }),
  });
}
