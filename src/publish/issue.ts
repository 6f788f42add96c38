import type { Endpoints } from '@octokit/types';
import type { Masker } from '../report/model/mask-text.ts';
import { withoutMemory } from '../report/model/memory.ts';
import type { Report } from '../report/model/schema.ts';
import { renderIssueTitle } from '../report/outputs/issue.ts';
import { issueMarker } from '../report/outputs/markers.ts';
import type { PageOptions } from '../report/outputs/page-limits.ts';
import { compareText } from '../text/compare-text.ts';
import { ask, askPages, ONCE } from './ask.ts';
import { assign } from './assignees.ts';
import { createComment } from './create-comment.ts';
import { findIssues, findUnlabelled, type KnownIssue, knownIssue } from './find-issue.ts';
import { githubProblem, isUncertain } from './github-problem.ts';
import { type ChangePlan, type CreatePlan, type IssueNews, issueNews, planIssue } from './issue-plan.ts';
import { createLabels, labelAdvice } from './labels.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';
import { sameText } from './same-text.ts';

export interface IssueRequest {
  readonly octokit: Octokit;
  readonly repo: RepoRef;
  /** As it is shown: already masked where account ids must not appear. */
  readonly report: Report;
  /** Shortens the accounts of the run, also where the report is not masked: by it the issue is found again. */
  readonly knownAccounts: Masker;
  readonly options: PageOptions;
  /** Title of a new issue; `{hubAccount}` stands for the account as the report shows it. People may rename the issue. */
  readonly title: string;
  /** At least one. The issue is found again by the first, or by its marker if it lacks that. */
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Aborted when somebody cancels the run, which then no longer closes the issue. */
  readonly cancelled: AbortSignal;
}

export interface IssueOutcome {
  readonly did: 'nothing' | 'created' | 'updated' | 'reopened' | 'closed' | 'failed';
  /** The hub's issue, if one is open or has just been closed. */
  readonly issue: { readonly number: number; readonly url: string } | undefined;
  /** How many findings are new and gone against what the issue remembers; `undefined` where that is not known. */
  readonly news: IssueNews | undefined;
  /** For people. They do not change the result of the run. */
  readonly warnings: readonly string[];
}

/** State that the steps below share. */
interface IssueRun extends IssueRequest {
  readonly marker: string;
  readonly warnings: string[];
  /** The hub's issue once it is known, so that the outcome names it even when a later step fails. */
  issue: IssueOutcome['issue'];
  news: IssueNews | undefined;
}

/**
 * Maintains the one open issue for a hub and a file: opens it, comments on what changed, and closes it once every account was read and is clean.
 *
 * GitHub's refusals become warnings; they do not change the result of the audit.
 */
export async function publishIssue(request: IssueRequest): Promise<IssueOutcome> {
  const run: IssueRun = {
    ...request,
    marker: issueMarker(request.report.hub.account, request.report.run.desiredState.path),
    warnings: [],
    issue: undefined,
    news: undefined,
  };
  const outcome = (did: IssueOutcome['did']) => ({ did, issue: run.issue, news: run.news, warnings: run.warnings });
  try {
    return outcome(await syncIssue(run));
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined) throw error;
    run.warnings.push(`The issue could not be updated. ${problem.text}`);
    return { ...outcome('failed'), news: undefined };
  }
}

async function syncIssue(run: IssueRun): Promise<IssueOutcome['did']> {
  const { current, duplicates, isLabelled } = await lookUp(run);
  run.news = issueNews(current, run.report);
  const plan = planIssue(current, run.report, run.options);
  if (plan.kind === 'create') return create(run, plan);
  run.issue = plan.issue;
  if (plan.issue !== undefined && !isLabelled) await addLabels(run, plan.issue);
  const did = plan.kind === 'nothing' ? 'nothing' : await change(run, plan);
  for (const duplicate of duplicates) await closeDuplicate(run, duplicate, current?.number ?? 0);
  return did;
}

interface Found {
  readonly current: KnownIssue | undefined;
  readonly duplicates: readonly KnownIssue[];
  /** Whether it was found by the label. */
  readonly isLabelled: boolean;
}

/**
 * By the label, in one call. Only where that finds no open issue, the run looks for one without the label: before it would open a second one or reopen an
 * older one, and on clean nights, as somebody may have taken the label off the issue that this run has to close.
 */
async function lookUp({ octokit, repo, labels, marker, knownAccounts, report }: IssueRun): Promise<Found> {
  const mark = { marker, knownAccounts };
  const known = { ...choose(await findIssues(octokit, repo, labels[0] ?? '', mark)), isLabelled: true };
  const { current } = known;
  if (report.summary.expected === 0 || current?.state === 'open') return known;
  const unlabelled = await findUnlabelled(octokit, repo, mark);
  return unlabelled === undefined ? known : { current: unlabelled, duplicates: [], isLabelled: false };
}

/** The hub's issue is the oldest open one; the other open ones are duplicates. With none open, it is the one that was closed last. */
function choose(known: readonly KnownIssue[]): Pick<Found, 'current' | 'duplicates'> {
  const [current, ...duplicates] = known.filter(({ state }) => state === 'open').toSorted((one, other) => one.number - other.number);
  if (current !== undefined) return { current, duplicates };
  const [lastClosed] = known.toSorted((one, other) => compareText(other.closedAt, one.closedAt) || one.number - other.number);
  return { current: lastClosed, duplicates: [] };
}

/** What can't be labelled stays without: it is found again by its marker. */
async function addLabels({ octokit, repo, labels, warnings }: IssueRun, { number }: KnownIssue): Promise<void> {
  const made = await createLabels(octokit, repo, labels);
  warnings.push(...made.warnings);
  if (made.usable.length === 0) return;
  try {
    const parameters = { ...repo, issue_number: number, labels: [...made.usable] };
    await ask(octokit, 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels', parameters);
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined) throw error;
    warnings.push(`Issue #${number} could not be labeled. ${labelAdvice(problem)}`);
  }
}

/** With a comment to come, the issue remembers nothing until that is written: news that GitHub rejects is posted by the next run. */
async function create(run: IssueRun, { body, comment }: CreatePlan): Promise<IssueOutcome['did']> {
  const { usable, warnings } = await createLabels(run.octokit, run.repo, run.labels);
  const issue = await createLabelled(run, comment === undefined ? body : withoutMemory(body), usable);
  run.warnings.push(...warnings);
  const { current } = await lookUp(run);
  if (current !== undefined && current.state === 'open' && current.number < issue.number) {
    // Another run was faster and reported the same drift.
    run.issue = current;
    await closeDuplicate(run, issue, current.number);
    return 'nothing';
  }
  run.issue = issue;
  run.warnings.push(...(await assign(run.octokit, run.repo, issue.number, run.assignees)));
  if (comment !== undefined) await change(run, { kind: 'update', issue, body, comment });
  return 'created';
}

/** The issue matters more than its labels: where GitHub refuses it with them, it is made without. */
async function createLabelled(run: IssueRun, body: string, labels: readonly string[]): Promise<KnownIssue> {
  try {
    return await createOnce(run, body, labels);
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (labels.length === 0 || problem?.kind !== 'plain' || ![403, 404, 422].includes(problem.status)) throw error;
    const issue = await createOnce(run, body, []);
    run.warnings.push(`Issue #${issue.number} was created without its labels. ${labelAdvice(problem)}`);
    return issue;
  }
}

/** The answer can get lost although the issue was created. So the run looks for the issue before it tries a second time. */
async function createOnce(run: IssueRun, body: string, labels: readonly string[]): Promise<KnownIssue> {
  const { octokit, repo } = run;
  const parameters = { ...repo, title: renderIssueTitle(run.title, run.report), body, labels: [...labels], request: ONCE };
  const attempt = async () => knownIssue(await ask(octokit, 'POST /repos/{owner}/{repo}/issues', parameters));
  try {
    return await attempt();
  } catch (error) {
    if (!isUncertain(githubProblem(error, 'issues'))) throw error;
    const { current } = await lookUp(run);
    return current?.state === 'open' ? current : attempt();
  }
}

const STATES = {
  update: {},
  reopen: { state: 'open', state_reason: 'reopened' },
  close: { state: 'closed', state_reason: 'completed' },
} as const;

const DID = { update: 'updated', reopen: 'reopened', close: 'closed' } as const;

/** Comments first. A run that ends in between leaves the old memory in the body, so the next run repeats the comment; otherwise nobody would see it. */
async function change(run: IssueRun, { kind, issue, body, comment }: ChangePlan): Promise<IssueOutcome['did']> {
  const isLeft = () => kind === 'close' && run.cancelled.aborted;
  if (comment !== undefined && !isLeft()) await addComment(run, issue, comment);
  if (isLeft()) return 'nothing';
  await update(run, issue, { body, ...STATES[kind] });
  return DID[kind];
}

/**
 * Writes a comment. GitHub refuses it on a locked conversation; the body can still be updated then.
 *
 * @throws GitHub's error when a later try may succeed. The body must not be updated then, so that the next run comments again.
 */
async function addComment(run: IssueRun, { number, locked }: KnownIssue, body: string): Promise<void> {
  const { octokit, repo, warnings } = run;
  const did = await createComment(octokit, repo, { number, locked, scope: 'issues' }, body, () => hasComment(run, number, body));
  if (did === 'locked')
    warnings.push(`Issue #${number} is locked, so no comment was added. Unlock the conversation to receive comments about new findings.`);
}

/** Whether the issue has had the comment since this run began. */
async function hasComment({ octokit, repo, report }: IssueRun, number: number, body: string): Promise<boolean> {
  const since = report.run.startedAt.replace(/\.\d+Z$/, 'Z');
  const parameters = { ...repo, issue_number: number, since, per_page: 100 };
  for await (const page of askPages(octokit, 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters)) {
    if (page.some((comment) => sameText(comment.body ?? '', body))) return true;
  }
  return false;
}

async function closeDuplicate(run: IssueRun, duplicate: KnownIssue, original: number): Promise<void> {
  await addComment(run, duplicate, `Duplicate of #${original}`);
  await update(run, duplicate, { state: 'closed', state_reason: 'not_planned' });
}

type IssueChange = Pick<Endpoints['PATCH /repos/{owner}/{repo}/issues/{issue_number}']['parameters'], 'body' | 'state' | 'state_reason'>;

async function update({ octokit, repo }: IssueRun, { number }: KnownIssue, change: IssueChange): Promise<void> {
  await ask(octokit, 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...repo, issue_number: number, ...change });
}
