import { type CommentStamp, readStamp } from '../report/outputs/markers.ts';
import { githubProblem, isUncertain } from './github-problem.ts';
import { type Octokit, ONCE } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';
import { hasTrustedAuthor } from './trusted-author.ts';

export interface CommentRequest {
  readonly octokit: Octokit;
  readonly repo: RepoRef;
  readonly pullRequest: number;
  /** First line of the body. */
  readonly marker: string;
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

type Comment = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

/** Maintains the one comment of a pull request. GitHub's refusal becomes a warning; it does not change the result of the run. */
export async function publishPullComment(request: CommentRequest): Promise<CommentOutcome> {
  try {
    return { did: await keep(request), warning: undefined };
  } catch (error) {
    const problem = githubProblem(error, 'pull-requests');
    if (problem === undefined) throw error;
    const isRefused = [401, 403, 404].includes(problem.status);
    const why = request.fromFork && isRefused ? 'On pull requests from forks GitHub lets the job only read.' : problem.text;
    return { did: 'failed', warning: `The comment could not be written; the job summary has all of it. ${why}` };
  }
}

async function keep(request: CommentRequest): Promise<CommentOutcome['did']> {
  const [current, ...others] = await ownComments(request);
  if (current !== undefined && isNewer(current, request)) return 'outdated';
  // Asked as late as possible: a slow run must not overwrite what a newer one wrote.
  if (!(await isHead(request))) return 'outdated';
  if (current === undefined) return create(request);
  const did = await update(request, current);
  await removeDuplicates(request, current, others);
  return did;
}

/** The comment is about this very commit, and its run read AWS later. */
function isNewer({ body }: Comment, { stamp }: CommentRequest): boolean {
  const known = readStamp(body ?? '');
  return known !== undefined && known.head === stamp.head && Date.parse(known.at) > Date.parse(stamp.at);
}

async function isHead({ octokit, repo, pullRequest, stamp }: CommentRequest): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...repo, pull_number: pullRequest });
  return data.head.sha === stamp.head;
}

/**
 * Comments that begin with the marker, oldest first. Anybody may write one. Only comments by apps count or, if there are none, by people with
 * rights in the repository, whose token the workflow may use.
 */
async function ownComments({ octokit, repo, pullRequest, marker }: CommentRequest): Promise<Comment[]> {
  const listed = await octokit.paginate(octokit.rest.issues.listComments, { ...repo, issue_number: pullRequest, per_page: 100 });
  const marked = listed.filter((comment) => comment.body?.startsWith(marker) === true && hasTrustedAuthor(comment));
  const ofApps = marked.filter(({ user }) => user?.type === 'Bot');
  return (ofApps.length > 0 ? ofApps : marked).toSorted((one, other) => one.id - other.id);
}

async function update({ octokit, repo, body }: CommentRequest, comment: Comment): Promise<'nothing' | 'updated'> {
  if (comment.body?.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return 'nothing';
  await octokit.rest.issues.updateComment({ ...repo, comment_id: comment.id, body });
  return 'updated';
}

/** Another run may write one at the same moment. Then the older comment stays, with what the newer run found. */
async function create(request: CommentRequest): Promise<CommentOutcome['did']> {
  const { octokit, repo, pullRequest, body } = request;
  try {
    await octokit.rest.issues.createComment({ ...repo, issue_number: pullRequest, body, request: ONCE });
  } catch (error) {
    // The answer can get lost although the comment was created.
    if (!isUncertain(githubProblem(error, 'pull-requests')) || (await ownComments(request)).length === 0) throw error;
  }
  const [current, ...others] = await ownComments(request);
  if (current === undefined || others.length === 0) return 'created';
  if (!isNewer(current, request)) await update(request, current);
  await removeDuplicates(request, current, others);
  return 'created';
}

/** Removes only those by the author of the comment that stays. */
async function removeDuplicates({ octokit, repo }: CommentRequest, current: Comment, others: readonly Comment[]): Promise<void> {
  for (const { id } of others.filter((other) => other.user?.login === current.user?.login)) {
    try {
      await octokit.rest.issues.deleteComment({ ...repo, comment_id: id });
    } catch (error) {
      // The other run was faster.
      if (githubProblem(error, 'pull-requests')?.status !== 404) throw error;
    }
  }
}
