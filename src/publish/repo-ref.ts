import type { Repository } from './run-context.ts';

/** A repository as GitHub's API names it. */
export interface RepoRef {
  readonly owner: string;
  readonly repo: string;
}

export function repoRefOf({ owner, name }: Repository): RepoRef {
  return { owner, repo: name };
}
