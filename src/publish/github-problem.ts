import { HOSTS, networkProblem } from '../network/advice.ts';
import { cut, singleLine } from '../text/visible.ts';
import { kindOf, OddAnswer } from './answers.ts';
import { headersOf, rateLimitWait } from './rate-limit.ts';

/** Why GitHub did not do what was asked: its answer, or that there was none. */
export interface GitHubProblem {
  /** The answer's HTTP status; 500 where no answer of GitHub came, 0 where GitHub was not asked. */
  readonly status: number;
  /** `plain`: by its status alone; `documented`: for a reason that GitHub documents; `foreign`: GitHub did not write the answer. */
  readonly kind: 'plain' | 'documented' | 'rate-limit' | 'foreign';
  /** What happened, for people. Escaped for the log, not for Markdown. */
  readonly said: string;
  /** The same, and what to do. */
  readonly text: string;
}

type Scope = 'issues' | 'pull-requests' | 'contents';

/**
 * Reads an error that `ask` threw.
 *
 * @param scope the permission that the token needs, as `permissions:` of a workflow names it
 * @returns `undefined` for any other error, such as a bug of our own; throw that again
 */
export function githubProblem(error: unknown, scope: Scope): GitHubProblem | undefined {
  const network = networkProblem(error);
  if (network !== undefined) return problemOf(0, 'foreign', `GitHub could not be reached: ${network.message}.`, network.advice);
  if (error instanceof OddAnswer) return problemOf(500, 'foreign', `GitHub responded ${error.said}.`, NOT_GITHUB);
  if (typeof error !== 'object' || error === null || !('status' in error) || typeof error.status !== 'number') return undefined;
  const { status } = error;
  const foreign = status < 500 ? foreignBody(error) : undefined;
  if (foreign !== undefined)
    return problemOf(status, 'foreign', `The response with status ${status} is ${foreign} and did not come from GitHub.`, NOT_GITHUB);
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  // Octokit appends the URL of the API documentation, which does not help here.
  const why = cut(singleLine(message.replace(/ - https?:\/\/\S+$/, '')), 300);
  // Where no answer came, Octokit calls it a 500.
  const isAnswer = status !== 500 || ('response' in error && error.response !== undefined);
  const said = isAnswer ? `GitHub responded with ${status} (${why}).` : `GitHub did not respond (${why}).`;
  if (rateLimitWait(error, 0) !== undefined) return problemOf(status, 'rate-limit', said, RATE_LIMIT);
  const advice = documented(status, message, headersOf(error));
  return advice === undefined ? problemOf(status, 'plain', said, adviceFor(status, scope)) : problemOf(status, 'documented', said, advice);
}

function problemOf(status: number, kind: GitHubProblem['kind'], said: string, advice: string): GitHubProblem {
  return { status, kind, said, text: `${said} ${advice}`.trim() };
}

/** Whether the call may have taken effect all the same. */
export function isUncertain(problem: GitHubProblem | undefined): boolean {
  return problem !== undefined && problem.status >= 500;
}

const NOT_GITHUB = `The response did not come from GitHub. Check for a sign-in page, or for a proxy, which must allow ${HOSTS} and, on GitHub Enterprise Server, the address of the API.`;
const RATE_LIMIT = 'The rate limit is exceeded. The next run tries again.';

/** What an error's answer is where GitHub did not write it: GitHub's errors are JSON with a message. https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api */
function foreignBody(error: object): string | undefined {
  const response = 'response' in error ? error.response : undefined;
  if (typeof response !== 'object' || response === null || !('data' in response)) return undefined;
  const { data } = response;
  return typeof data === 'object' && data !== null && 'message' in data && typeof data.message === 'string' ? undefined : kindOf(data);
}

/**
 * Refusals that have nothing to do with the permissions of the job, by what GitHub documents: a header, or the beginning of its message. A word alone would
 * not do: "blocked" has "locked" in it.
 */
const DOCUMENTED: readonly {
  readonly status: number;
  readonly says: (message: string, headers: ReadonlyMap<string, string>) => boolean;
  readonly advice: string;
}[] = [
  {
    // https://docs.github.com/enterprise-cloud@latest/rest/authentication/authenticating-to-the-rest-api
    status: 403,
    says: (message, headers) =>
      headers.get('x-github-sso')?.startsWith('required') === true ||
      /^Resource protected by organization SAML enforcement\b/.test(message),
    advice:
      'The organization enforces SAML single sign-on. Authorize the token of the input github-token for the organization, or use the token of the job (github.token), which needs no authorization.',
  },
  {
    // https://docs.github.com/enterprise-cloud@latest/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/managing-allowed-ip-addresses-for-your-organization
    status: 403,
    says: (message) => /^Although you appear to have the correct authorization credentials,.* IP allow list enabled\b/.test(message),
    advice:
      'The organization has an IP allow list, and the address of the runner is not on it. Use a runner with a fixed address, such as a self-hosted or larger runner, and ask an owner of the organization to add the address to the list.',
  },
  {
    status: 403,
    says: (message) => /^Repository was archived\b/.test(message),
    advice: 'The repository is archived and read-only.',
  },
  {
    status: 410,
    says: (message) => /^Issues (?:has been|have been|are) disabled\b/.test(message),
    advice: 'Enable issues in the settings of the repository, or set the input issue: never.',
  },
];

function documented(status: number, message: string, headers: ReadonlyMap<string, string>): string | undefined {
  return DOCUMENTED.find((refusal) => refusal.status === status && refusal.says(message, headers))?.advice;
}

function adviceFor(status: number, scope: Scope): string {
  if (status === 401) return 'The token is invalid or expired. Check the input github-token.';
  if (status === 403 || status === 404) {
    return `The token lacks a permission. Add it to the workflow or the job, in addition to the existing permissions:\npermissions:\n  ${scope}: ${scope === 'contents' ? 'read' : 'write'}`;
  }
  return status >= 500 ? 'GitHub could not be reached or returned an error. The next run tries again.' : '';
}
