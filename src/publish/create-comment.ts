import { ask, ONCE } from './ask.ts';
import { type GitHubProblem, githubProblem, isUncertain } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

/** An issue or a pull request. */
interface Conversation {
  readonly number: number;
  /** Whether GitHub listed it as locked. Only some may comment on it then. */
  readonly locked: boolean;
  readonly scope: 'issues' | 'pull-requests';
}

/**
 * Writes a comment, once: where it is not known whether the call did its work, the run looks before it tries a second time.
 *
 * @param exists whether the comment is there
 * @returns `locked`: GitHub refused it because the conversation is locked. It will do so every time, until people unlock it
 * @throws GitHub's error when a later run may succeed
 */
export async function createComment(
  octokit: Octokit,
  repo: RepoRef,
  { number, locked, scope }: Conversation,
  body: string,
  exists: () => Promise<boolean>,
): Promise<'created' | 'locked'> {
  const parameters = { ...repo, issue_number: number, body, request: ONCE };
  const attempt = () => ask(octokit, 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', parameters);
  try {
    await attempt();
  } catch (error) {
    const problem = githubProblem(error, scope);
    if (locked && isPlainlyForbidden(problem)) return 'locked';
    if (!isUncertain(problem)) throw error;
    if (!(await exists())) await attempt();
  }
  return 'created';
}

/**
 * GitHub answers 403 for a locked conversation, as for much else: https://docs.github.com/rest/issues/comments#create-an-issue-comment. Its text does not
 * tell them apart: that of a rate limit has "blocked" in it.
 */
function isPlainlyForbidden(problem: GitHubProblem | undefined): boolean {
  return problem?.status === 403 && problem.kind === 'plain';
}
