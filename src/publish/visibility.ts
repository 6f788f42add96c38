import type { Octokit } from './octokit.ts';
import { repoRefOf } from './repo-ref.ts';
import { type Repository, visibilityOf } from './run-context.ts';

/**
 * Who can read what this run publishes. The payload of some events (such as `schedule`) does not say; then GitHub is asked.
 *
 * @param octokit `undefined` without a token
 * @returns `unknown` when GitHub does not say either; treat that as public
 */
export async function readVisibility(octokit: Octokit | undefined, repository: Repository): Promise<Repository['visibility']> {
  if (repository.visibility !== 'unknown' || octokit === undefined) return repository.visibility;
  try {
    const { data } = await octokit.rest.repos.get({ ...repoRefOf(repository) });
    return visibilityOf(data);
  } catch {
    // Whatever the reason, the safe answer is the same.
    return 'unknown';
  }
}
