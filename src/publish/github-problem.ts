import { cut, singleLine } from '../text/visible.ts';

/** Why GitHub did not do what was asked: its answer, or that there was none. */
export interface GitHubProblem {
  /** The answer's HTTP status; 500 where no answer came. */
  readonly status: number;
  /** What happened and what to do, for people. Escaped for the log, not for Markdown. */
  readonly text: string;
}

/**
 * Reads an error that Octokit threw.
 *
 * @param scope the permission that the token needs, as `permissions:` of a workflow names it
 * @returns `undefined` for any other error, such as a bug of our own; throw that again
 */
export function githubProblem(error: unknown, scope: 'issues' | 'pull-requests' | 'contents'): GitHubProblem | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error) || typeof error.status !== 'number') return undefined;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  // Octokit appends the URL of the API documentation, which does not help here.
  const said = cut(singleLine(message.replace(/ - https?:\/\/\S+$/, '')), 300);
  return { status: error.status, text: `GitHub answered ${error.status} (${said}). ${advice(error.status, message, scope)}`.trim() };
}

/** Whether the call may have taken effect all the same. */
export function isUncertain(problem: GitHubProblem | undefined): boolean {
  return problem !== undefined && problem.status >= 500;
}

function advice(status: number, message: string, scope: string): string {
  if (status === 429 || /rate limit/i.test(message)) return 'The rate limit is used up; the next run tries again.';
  if (status === 401) return 'The token is wrong or has run out: check the input github-token.';
  if (status === 410)
    return /disabled/i.test(message) ? 'Turn issues on in the settings of the repository, or set the input issue: never.' : '';
  if (status === 403 && /archived/i.test(message)) return 'An archived repository can only be read.';
  if (status === 403 && /locked/i.test(message)) return 'Unlock the conversation, so that news can be told there.';
  if (status === 403 || status === 404) {
    return `The token may not do this. Add to the workflow or its job, beside the permissions that are there:\npermissions:\n  ${scope}: ${scope === 'contents' ? 'read' : 'write'}`;
  }
  return status >= 500 ? 'GitHub could not be reached or had an error of its own; the next run tries again.' : '';
}
