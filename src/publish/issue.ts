import type { Report } from '../report/model/schema.ts';
import { renderIssueTitle } from '../report/outputs/issue.ts';
import { issueMarker } from '../report/outputs/markers.ts';
import type { PageOptions } from '../report/outputs/page-limits.ts';
import { compareText } from '../text/compare-text.ts';
import { assign } from './assignees.ts';
import { findIssues, findUnlabelled, type KnownIssue, knownIssue } from './find-issue.ts';
import { githubProblem, isUncertain } from './github-problem.ts';
import { type ChangePlan, type CreatePlan, type IssueNews, issueNews, planIssue } from './issue-plan.ts';
import { createLabels } from './labels.ts';
import { type Octokit, ONCE } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

export interface IssueRequest {
  readonly octokit: Octokit;
  readonly repo: RepoRef;
  /** The hub and the file that the issue is about. */
  readonly hubAccount: string;
  readonly file: string;
  /** As it is shown: already masked where account ids must not appear. */
  readonly report: Report;
  readonly options: PageOptions;
  /** Title of a new issue; `{hubAccount}` stands for the account as the report shows it. People may rename the issue. */
  readonly title: string;
  /** At least one. The issue is found again by the first. */
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
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
    marker: issueMarker(request.hubAccount, request.file),
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
    run.warnings.push(`The issue could not be kept. ${problem.text}`);
    return { ...outcome('failed'), news: undefined };
  }
}

async function syncIssue(run: IssueRun): Promise<IssueOutcome['did']> {
  const { current, duplicates } = await lookUp(run);
  run.news = issueNews(current, run.report);
  const plan = planIssue(current, run.report, run.options);
  if (plan.kind === 'create') return adoptOrCreate(run, plan);
  run.issue = plan.issue;
  const did = plan.kind === 'nothing' ? 'nothing' : await change(run, plan);
  for (const duplicate of duplicates) await closeDuplicate(run, duplicate, current?.number ?? 0);
  return did;
}

async function lookUp({ octokit, repo, labels, marker }: IssueRun): Promise<ReturnType<typeof choose>> {
  return choose(await findIssues(octokit, repo, labels[0] ?? '', marker));
}

/** The hub's issue is the oldest open one; the other open ones are duplicates. With none open, it is the one that was closed last. */
function choose(known: readonly KnownIssue[]): { current: KnownIssue | undefined; duplicates: readonly KnownIssue[] } {
  const [current, ...duplicates] = known.filter(({ state }) => state === 'open').toSorted((one, other) => one.number - other.number);
  if (current !== undefined) return { current, duplicates };
  const [lastClosed] = known.toSorted((one, other) => compareText(other.closedAt, one.closedAt) || one.number - other.number);
  return { current: lastClosed, duplicates: [] };
}

/** Before it opens an issue, the run looks for one that lost its label. */
async function adoptOrCreate(run: IssueRun, plan: CreatePlan): Promise<IssueOutcome['did']> {
  const { octokit, repo, labels } = run;
  await createLabels(octokit, repo, labels);
  const unlabelled = await findUnlabelled(octokit, repo, run.marker);
  if (unlabelled === undefined) return create(run, plan);
  run.issue = unlabelled;
  await octokit.rest.issues.addLabels({ ...repo, issue_number: unlabelled.number, labels: [...labels] });
  const next = planIssue(unlabelled, run.report, run.options);
  return next.kind === 'update' ? change(run, next) : 'nothing';
}

async function create(run: IssueRun, { body, comment }: CreatePlan): Promise<IssueOutcome['did']> {
  const issue = await createOnce(run, body);
  const { current } = await lookUp(run);
  if (current !== undefined && current.state === 'open' && current.number < issue.number) {
    // Another run was faster and reported the same drift.
    run.issue = current;
    await closeDuplicate(run, issue, current.number);
    return 'nothing';
  }
  run.issue = issue;
  run.warnings.push(...(await assign(run.octokit, run.repo, issue.number, run.assignees)));
  if (comment !== undefined) await addComment(run, issue, comment);
  return 'created';
}

/** The answer can get lost although the issue was created. So the run looks for the issue before it tries a second time. */
async function createOnce(run: IssueRun, body: string): Promise<KnownIssue> {
  const { octokit, repo, labels } = run;
  const title = renderIssueTitle(run.title, run.report);
  const attempt = async () =>
    knownIssue((await octokit.rest.issues.create({ ...repo, title, body, labels: [...labels], request: ONCE })).data);
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
  if (comment !== undefined) await addComment(run, issue, comment);
  await run.octokit.rest.issues.update({ ...run.repo, issue_number: issue.number, body, ...STATES[kind] });
  return DID[kind];
}

/**
 * Writes a comment. GitHub refuses it on a locked conversation; the body can still be updated then.
 *
 * @throws GitHub's error when a later try may succeed. The body must not be updated then, so that the next run comments again.
 */
async function addComment({ octokit, repo, warnings }: IssueRun, issue: KnownIssue, body: string): Promise<void> {
  try {
    await octokit.rest.issues.createComment({ ...repo, issue_number: issue.number, body, request: ONCE });
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined || !/locked/i.test(problem.text)) throw error;
    warnings.push(`Issue #${issue.number} could not be commented on. ${problem.text}`);
  }
}

async function closeDuplicate(run: IssueRun, duplicate: KnownIssue, original: number): Promise<void> {
  await addComment(run, duplicate, `Duplicate of #${original}`);
  await run.octokit.rest.issues.update({ ...run.repo, issue_number: duplicate.number, state: 'closed', state_reason: 'not_planned' });
}
