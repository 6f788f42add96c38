import { ask, BRIEFLY } from './ask.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import { repoRefOf } from './repo-ref.ts';
import { type Repository, repositoryFacts } from './run-context.ts';

/** Which facts of the repository the run needs. */
export interface RepositoryNeeds {
  readonly visibility: boolean;
  readonly defaultBranch: boolean;
}

/**
 * The repository with the facts that are needed. The payload of some events (such as `schedule`) does not say them; then GitHub is asked, once.
 * https://docs.github.com/rest/repos/repos#get-a-repository
 *
 * @param octokit `undefined` without a token
 * @returns `problem`: why GitHub did not say them, in sentences for people, empty otherwise. What is not known stays so; treat the repository as public then
 */
export async function readRepository(
  octokit: Octokit | undefined,
  repository: Repository,
  needs: RepositoryNeeds,
): Promise<{ readonly repository: Repository; readonly problem: string }> {
  const { visibility, defaultBranch } = repository;
  if (!(needs.visibility && visibility === 'unknown') && !(needs.defaultBranch && defaultBranch === undefined)) {
    return { repository, problem: '' };
  }
  if (octokit === undefined) return { repository, problem: 'The input github-token is empty, so GitHub was not called.' };
  try {
    const asked = repositoryFacts(await ask(octokit, 'GET /repos/{owner}/{repo}', { ...repoRefOf(repository), request: BRIEFLY }));
    const known = {
      visibility: visibility === 'unknown' ? asked.visibility : visibility,
      defaultBranch: defaultBranch ?? asked.defaultBranch,
    };
    return { repository: { ...repository, ...known }, problem: '' };
  } catch (error) {
    const problem = githubProblem(error, 'contents');
    if (problem === undefined) throw error;
    return { repository, problem: problem.text };
  }
}
