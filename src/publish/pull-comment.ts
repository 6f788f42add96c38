import type { Masker } from '../report/model/mask-text.ts';
import { type CommentStamp, hasMarker, readStamp } from '../report/outputs/markers.ts';
import type { CommentAnswer } from './answers.ts';
import { ask, askPages } from './ask.ts';
import { createComment } from './create-comment.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';
import { sameText } from './same-text.ts';
import { hasTrustedAuthor } from './trusted-author.ts';

export interface CommentRequest {
  readonly octokit: Octokit;
  readonly repo: RepoRef;
  readonly pullRequest: number;
  /** First line of the body. */
  readonly marker: string;
  /** Shortens the accounts of the run, also where the comment is not masked: by it the comment is found again. */
  readonly knownAccounts: Masker;
  readonly stamp: CommentStamp;
  readonly body: string;
  /** On a fork's pull request GitHub gives the run a token that can only read. */
  readonly fromFork: boolean;
}

export interface CommentOutcome {
  /** `outdated`: the pull request has another head by now, or a newer run has already commented on this one. */
  readonly did: 'nothing' | 'created' | 'updated' | 'outdated' | 'failed';
  /** For people. It does not change the result of the run. */
  readonly warning: string | undefined;
}

/** Maintains the one comment of a pull request. GitHub's refusal becomes a warning; it does not change the result of the run. */
export async function publishPullComment(request: CommentRequest): Promise<CommentOutcome> {
  const failed = (why: string): CommentOutcome => ({
    did: 'failed',
    warning: `The comment could not be written. The job summary has the full text. ${why}`,
  });
  try {
    const did = await keep(request);
    return did === 'locked'
      ? failed('The conversation is locked. Unlock it so that the comment can be written.')
      : { did, warning: undefined };
  } catch (error) {
    const problem = githubProblem(error, 'pull-requests');
    if (problem === undefined) throw error;
    const isRefused = problem.kind === 'plain' && [401, 403, 404].includes(problem.status);
    return failed(request.fromFork && isRefused ? 'On pull requests from forks, GitHub gives the job read access only.' : problem.text);
  }
}

async function keep(request: CommentRequest): Promise<CommentOutcome['did'] | 'locked'> {
  const { octokit, repo, pullRequest, stamp } = request;
  const [current, ...others] = await ownComments(request);
  if (current !== undefined && isNewer(current, request)) return 'outdated';
  // Asked as late as possible: a slow run must not overwrite what a newer one wrote.
  const pull = await ask(octokit, 'GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...repo, pull_number: pullRequest });
  if (pull.head.sha !== stamp.head) return 'outdated';
  if (current === undefined) return create(request, pull.locked === true);
  const did = await update(request, current);
  await removeDuplicates(request, current, others);
  return did;
}

/** The comment is about this very commit, and its run read AWS later. */
function isNewer({ body }: CommentAnswer, { stamp }: CommentRequest): boolean {
  const known = readStamp(body ?? '');
  return known !== undefined && known.head === stamp.head && Date.parse(known.at) > Date.parse(stamp.at);
}

/**
 * Comments that begin with the marker, oldest first. Anybody may write one. Only comments by apps count or, if there are none, by people with
 * rights in the repository, whose token the workflow may use.
 */
async function ownComments({ octokit, repo, pullRequest, marker, knownAccounts }: CommentRequest): Promise<CommentAnswer[]> {
  const listed: CommentAnswer[] = [];
  const parameters = { ...repo, issue_number: pullRequest, per_page: 100 };
  for await (const page of askPages(octokit, 'GET /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters)) listed.push(...page);
  const marked = listed.filter((comment) => hasMarker(firstLine(comment), marker, knownAccounts) && hasTrustedAuthor(comment));
  const ofApps = marked.filter(({ user }) => user?.type === 'Bot');
  return (ofApps.length > 0 ? ofApps : marked).toSorted((one, other) => one.id - other.id);
}

function firstLine({ body }: CommentAnswer): string {
  return /^.*/.exec(body ?? '')?.[0] ?? '';
}

async function update({ octokit, repo, body }: CommentRequest, comment: CommentAnswer): Promise<'nothing' | 'updated'> {
  if (sameText(comment.body ?? '', body)) return 'nothing';
  await ask(octokit, 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repo, comment_id: comment.id, body });
  return 'updated';
}

/** Another run may write one at the same moment. Then the older comment stays, with what the newer run found. */
async function create(request: CommentRequest, locked: boolean): Promise<'created' | 'locked'> {
  const { octokit, repo, pullRequest, body } = request;
  const exists = async () => (await ownComments(request)).length > 0;
  const conversation = { number: pullRequest, locked, scope: 'pull-requests' as const };
  if ((await createComment(octokit, repo, conversation, body, exists)) === 'locked') return 'locked';
  const [current, ...others] = await ownComments(request);
  if (current === undefined || others.length === 0) return 'created';
  if (!isNewer(current, request)) await update(request, current);
  await removeDuplicates(request, current, others);
  return 'created';
}

/** Removes only those by the author of the comment that stays. */
async function removeDuplicates(
  { octokit, repo }: CommentRequest,
  current: CommentAnswer,
  others: readonly CommentAnswer[],
): Promise<void> {
  for (const { id } of others.filter((other) => other.user?.login === current.user?.login)) {
    try {
      await ask(octokit, 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...repo, comment_id: id });
    } catch (error) {
      // The other run was faster.
      if (githubProblem(error, 'pull-requests')?.status !== 404) throw error;
    }
  }
}
