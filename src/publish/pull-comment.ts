import { readTold, type Told } from '../report/outputs/pull-marker.ts';
import { isTrusted, type Place } from './find-issue.ts';
import { githubProblem, isUncertain } from './github-problem.ts';
import { type Octokit, ONCE } from './octokit.ts';

export interface CommentRequest {
  readonly octokit: Octokit;
  readonly place: Place;
  readonly pullRequest: number;
  /** First line of the body. */
  readonly marker: string;
  readonly told: Told;
  readonly body: string;
  /** GitHub gives the runs of a fork's pull request no token that writes. */
  readonly fromFork: boolean;
}

export interface CommentOutcome {
  /** `outdated`: the pull request has another head by now, or a newer run has told of this one. */
  readonly did: 'nothing' | 'created' | 'updated' | 'outdated' | 'failed';
  /** For people; the result of the run does not hang on it. */
  readonly warning: string | undefined;
}

type Comment = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

/** Keeps the one comment of a pull request. Whatever GitHub answers, the result stands: its refusals come out as a warning. */
export async function keepComment(request: CommentRequest): Promise<CommentOutcome> {
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
  // As late as can be: a run that took long must not write over what a newer one has told.
  if (!(await isHead(request))) return 'outdated';
  if (current === undefined) return create(request);
  const did = await update(request, current);
  await removeDuplicates(request, current, others);
  return did;
}

/** The comment is about this very commit, and comes of a later reading. */
function isNewer({ body }: Comment, { told }: CommentRequest): boolean {
  const known = readTold(body ?? '');
  return known !== undefined && known.head === told.head && Date.parse(known.at) > Date.parse(told.at);
}

async function isHead({ octokit, place, pullRequest, told }: CommentRequest): Promise<boolean> {
  const { data } = await octokit.rest.pulls.get({ ...place, pull_number: pullRequest });
  return data.head.sha === told.head;
}

/**
 * Comments that begin with the marker, oldest first. Anybody may write one; only those of apps count, or, if there are none, of people with rights in the
 * repository (whose token the workflow may use).
 */
async function ownComments({ octokit, place, pullRequest, marker }: CommentRequest): Promise<Comment[]> {
  const listed = await octokit.paginate(octokit.rest.issues.listComments, { ...place, issue_number: pullRequest, per_page: 100 });
  const marked = listed.filter((comment) => comment.body?.startsWith(marker) === true && isTrusted(comment));
  const ofApps = marked.filter(({ user }) => user?.type === 'Bot');
  return (ofApps.length > 0 ? ofApps : marked).toSorted((one, other) => one.id - other.id);
}

async function update({ octokit, place, body }: CommentRequest, comment: Comment): Promise<'nothing' | 'updated'> {
  if (comment.body?.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return 'nothing';
  await octokit.rest.issues.updateComment({ ...place, comment_id: comment.id, body });
  return 'updated';
}

/** Another run may make one in the same moment: then the older one stays, and tells what the newer reading found. */
async function create(request: CommentRequest): Promise<CommentOutcome['did']> {
  const { octokit, place, pullRequest, body } = request;
  try {
    await octokit.rest.issues.createComment({ ...place, issue_number: pullRequest, body, request: ONCE });
  } catch (error) {
    // An answer can get lost though the comment was made.
    if (!isUncertain(githubProblem(error, 'pull-requests')) || (await ownComments(request)).length === 0) throw error;
  }
  const [current, ...others] = await ownComments(request);
  if (current === undefined || others.length === 0) return 'created';
  if (!isNewer(current, request)) await update(request, current);
  await removeDuplicates(request, current, others);
  return 'created';
}

/** Only those by whoever wrote the one that stays. */
async function removeDuplicates({ octokit, place }: CommentRequest, current: Comment, others: readonly Comment[]): Promise<void> {
  for (const { id } of others.filter((other) => other.user?.login === current.user?.login)) {
    try {
      await octokit.rest.issues.deleteComment({ ...place, comment_id: id });
    } catch (error) {
      // The other run was faster.
      if (githubProblem(error, 'pull-requests')?.status !== 404) throw error;
    }
  }
}
