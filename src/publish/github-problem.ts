import { cut, sentence } from '../text/visible.ts';

/** An answer of GitHub, or none, that stands in the way of what was to be published. */
export interface GitHubProblem {
  /** The answer's status; 500 where there was no answer. */
  readonly status: number;
  /** What happened and what to do, for people. Escaped for the log, not for Markdown. */
  readonly text: string;
}

/**
 * @param scope what the token needs in `permissions:`
 * @returns `undefined` for what is no answer of GitHub, a slip in our own code for one; that has to be thrown on
 */
export function githubProblem(error: unknown, scope: 'issues' | 'pull-requests' | 'contents'): GitHubProblem | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error) || typeof error.status !== 'number') return undefined;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  // The toolkit appends the address of the documentation, which says nothing here.
  const said = cut(sentence(message.replace(/ - https?:\/\/\S+$/, '')), 300);
  return { status: error.status, text: `GitHub answered ${error.status} (${said}). ${advice(error.status, message, scope)}`.trim() };
}

/** Nobody knows whether a call that ended so did its work. */
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
