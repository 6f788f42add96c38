import type { Report } from '../report/model/schema.ts';
import { type IssueOptions, issueMarker, renderIssueTitle } from '../report/outputs/issue.ts';
import { assign } from './assignees.ts';
import { findIssues, findUnlabelled, type KnownIssue, knownIssue, type Place } from './find-issue.ts';
import { githubProblem, isUncertain } from './github-problem.ts';
import { type ChangePlan, type IssuePlan, planIssue } from './issue-plan.ts';
import { makeLabels } from './labels.ts';
import { type Octokit, ONCE } from './octokit.ts';

export interface IssueRequest {
  readonly octokit: Octokit;
  readonly place: Place;
  /** The hub and file that the issue is for. */
  readonly hubAccount: string;
  readonly file: string;
  /** As it is to be shown: masked already where it has to be. */
  readonly report: Report;
  readonly options: IssueOptions;
  /** Of a new issue, with `{hubAccount}` for the account as the report shows it. People may rename the issue. */
  readonly title: string;
  /** At least one; the issue is found by the first. */
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

export interface IssueOutcome {
  readonly did: 'nothing' | 'created' | 'updated' | 'reopened' | 'closed' | 'failed';
  /** The hub's issue, where there is one that is open or has just been closed. */
  readonly issue: { readonly number: number; readonly url: string } | undefined;
  /** For people; what was found does not hang on them. */
  readonly warnings: readonly string[];
}

/** What the steps below share. */
interface Work extends IssueRequest {
  readonly marker: string;
  readonly warnings: string[];
  /** The hub's issue once it is known, so that it is told even when a later step fails. */
  issue: IssueOutcome['issue'];
}

/**
 * Keeps the one open issue for a hub and file: opens it, tells news in comments, closes it once everything was read and is clean.
 *
 * Whatever GitHub answers, the audit's result stands: its refusals come out as warnings.
 */
export async function publishIssue(request: IssueRequest): Promise<IssueOutcome> {
  const work: Work = { ...request, marker: issueMarker(request.hubAccount, request.file), warnings: [], issue: undefined };
  const outcome = (did: IssueOutcome['did']) => ({ did, issue: work.issue, warnings: work.warnings });
  try {
    return outcome(await keepIssue(work));
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined) throw error;
    work.warnings.push(`The issue could not be kept. ${problem.text}`);
    return outcome('failed');
  }
}

async function keepIssue(work: Work): Promise<IssueOutcome['did']> {
  const { current, duplicates } = await lookUp(work);
  const plan = planIssue(current, work.report, work.options);
  if (plan.kind === 'create') return adoptOrCreate(work, plan);
  work.issue = plan.issue;
  const did = plan.kind === 'nothing' ? 'nothing' : await change(work, plan);
  for (const duplicate of duplicates) await closeDuplicate(work, duplicate, current?.number ?? 0);
  return did;
}

async function lookUp({ octokit, place, labels, marker }: Work): Promise<ReturnType<typeof choose>> {
  return choose(await findIssues(octokit, place, labels[0] ?? '', marker));
}

/** The oldest open one is the hub's issue, and the others are duplicates; with none open, it is the one that was closed last. */
function choose(known: readonly KnownIssue[]): { current: KnownIssue | undefined; duplicates: readonly KnownIssue[] } {
  const [current, ...duplicates] = known.filter(({ state }) => state === 'open').toSorted((one, other) => one.number - other.number);
  if (current !== undefined) return { current, duplicates };
  const [lastClosed] = known.toSorted((one, other) => compare(other.closedAt, one.closedAt) || one.number - other.number);
  return { current: lastClosed, duplicates: [] };
}

/** Before a new issue is made, one that lost its label is looked for. */
async function adoptOrCreate(work: Work, plan: IssuePlan & { kind: 'create' }): Promise<IssueOutcome['did']> {
  const { octokit, place, labels } = work;
  await makeLabels(octokit, place, labels);
  const unlabelled = await findUnlabelled(octokit, place, work.marker);
  if (unlabelled === undefined) return create(work, plan);
  work.issue = unlabelled;
  await octokit.rest.issues.addLabels({ ...place, issue_number: unlabelled.number, labels: [...labels] });
  const next = planIssue(unlabelled, work.report, work.options);
  return next.kind === 'update' ? change(work, next) : 'nothing';
}

async function create(work: Work, { body, comment }: IssuePlan & { kind: 'create' }): Promise<IssueOutcome['did']> {
  const issue = await createOnce(work, body);
  const { current } = await lookUp(work);
  if (current !== undefined && current.state === 'open' && current.number < issue.number) {
    // Another run was faster; it tells of the same drift.
    work.issue = current;
    await closeDuplicate(work, issue, current.number);
    return 'nothing';
  }
  work.issue = issue;
  work.warnings.push(...(await assign(work.octokit, work.place, issue.number, work.assignees)));
  if (comment !== undefined) await tell(work, issue, comment);
  return 'created';
}

/** An answer can get lost though the issue was made: then it is looked for before a second try. */
async function createOnce(work: Work, body: string): Promise<KnownIssue> {
  const { octokit, place, labels } = work;
  const title = renderIssueTitle(work.title, work.report);
  const attempt = async () =>
    knownIssue((await octokit.rest.issues.create({ ...place, title, body, labels: [...labels], request: ONCE })).data);
  try {
    return await attempt();
  } catch (error) {
    if (!isUncertain(githubProblem(error, 'issues'))) throw error;
    const { current } = await lookUp(work);
    return current?.state === 'open' ? current : attempt();
  }
}

const STATES = {
  update: {},
  reopen: { state: 'open', state_reason: 'reopened' },
  close: { state: 'closed', state_reason: 'completed' },
} as const;

const DID = { update: 'updated', reopen: 'reopened', close: 'closed' } as const;

/** The comment comes first: a run that breaks off in between tells its news once more the next time rather than never. */
async function change(work: Work, { kind, issue, body, comment }: ChangePlan): Promise<IssueOutcome['did']> {
  if (comment !== undefined) await tell(work, issue, comment);
  await work.octokit.rest.issues.update({ ...work.place, issue_number: issue.number, body, ...STATES[kind] });
  return DID[kind];
}

/**
 * Writes a comment. A locked conversation does not take it, but the body can still be brought up to date.
 *
 * @throws GitHub's error when it may go through the next time: the body must then not say yet that it was told
 */
async function tell({ octokit, place, warnings }: Work, issue: KnownIssue, body: string): Promise<void> {
  try {
    await octokit.rest.issues.createComment({ ...place, issue_number: issue.number, body, request: ONCE });
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined || !/locked/i.test(problem.text)) throw error;
    warnings.push(`Issue #${issue.number} could not be commented on. ${problem.text}`);
  }
}

async function closeDuplicate(work: Work, duplicate: KnownIssue, original: number): Promise<void> {
  await tell(work, duplicate, `Duplicate of #${original}`);
  await work.octokit.rest.issues.update({ ...work.place, issue_number: duplicate.number, state: 'closed', state_reason: 'not_planned' });
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
