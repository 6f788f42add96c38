import type { Octokit } from './octokit.ts';
import { type Repository, visibilityOf } from './run-context.ts';

/**
 * Whether account ids would be published to everybody. The payload of some events (a schedule's) does not tell, so GitHub is asked.
 *
 * @param octokit absent without a token
 * @returns `unknown` when GitHub does not say either; treat that as public
 */
export async function readVisibility(octokit: Octokit | undefined, repository: Repository): Promise<Repository['visibility']> {
  if (repository.visibility !== 'unknown' || octokit === undefined) return repository.visibility;
  try {
    const { data } = await octokit.rest.repos.get({ owner: repository.owner, repo: repository.name });
    return visibilityOf(data);
  } catch {
    // Whatever the reason, the safe answer is the same.
    return 'unknown';
  }
}
