import { notAccessible, Problem } from './problem.ts';
import type { Account, Repository } from './repository.ts';

/** What a token may do: https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#permissions */
export type Level = 'none' | 'read' | 'write';
export type Scope = 'contents' | 'issues' | 'pullRequests';

export interface Token {
  readonly value: string;
  readonly permissions: Readonly<Partial<Record<Scope, Level>>>;
  readonly user: Account;
}

const BOT: Account = { login: 'github-actions[bot]', type: 'Bot' };

/** A job's token with `contents: read`, `issues: write`, `pull-requests: write`. */
export const FULL_TOKEN: Token = {
  value: 'ghs_embeddedFull',
  permissions: { contents: 'read', issues: 'write', pullRequests: 'write' },
  user: BOT,
};

/** What a job gets on a pull request from a fork: everything read-only. */
export const FORK_TOKEN: Token = {
  value: 'ghs_embeddedFork',
  permissions: { contents: 'read', issues: 'read', pullRequests: 'read' },
  user: BOT,
};

/** A job with only `permissions: { contents: read }`. */
export const CONTENTS_TOKEN: Token = { value: 'ghs_embeddedContents', permissions: { contents: 'read' }, user: BOT };

/** `undefined` without a token. @throws {Problem} 401 for an unknown token. */
export function tokenOf(authorization: string | undefined, tokens: readonly Token[]): Token | undefined {
  if (authorization === undefined) return undefined;
  const value = authorization.replace(/^(?:token|bearer)\s+/i, '');
  const token = tokens.find((candidate) => candidate.value === value);
  if (token === undefined) throw new Problem(401, 'Bad credentials');
  return token;
}

/** One of the scopes must have the level; everybody can read a public repository. */
export function demand(repository: Repository, token: Token | undefined, scopes: readonly Scope[], level: 'read' | 'write'): void {
  if (level === 'read' && repository.visibility === 'public') return;
  if (token === undefined) throw level === 'read' ? new Problem(404, 'Not Found') : new Problem(401, 'Requires authentication');
  const enough = scopes.some((scope) => token.permissions[scope] === 'write' || token.permissions[scope] === level);
  if (!enough) throw notAccessible();
}
