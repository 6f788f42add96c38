import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

const LABEL_COLOR = 'd93f0b';
const LABEL_DESCRIPTION = 'AWS access differs from the desired state';

/**
 * Creates the labels that the repository lacks. (GitHub would create them along with the issue, but grey and without a description.)
 *
 * @throws GitHub's error, unless another run created the label in the meantime
 */
export async function createLabels(octokit: Octokit, repo: RepoRef, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (await labelExists(octokit, repo, name)) continue;
    try {
      await octokit.rest.issues.createLabel({ ...repo, name, color: LABEL_COLOR, description: LABEL_DESCRIPTION });
    } catch (error) {
      if (githubProblem(error, 'issues')?.status !== 422 || !(await labelExists(octokit, repo, name))) throw error;
    }
  }
}

async function labelExists(octokit: Octokit, repo: RepoRef, name: string): Promise<boolean> {
  try {
    await octokit.rest.issues.getLabel({ ...repo, name });
    return true;
  } catch (error) {
    if (githubProblem(error, 'issues')?.status === 404) return false;
    throw error;
  }
}
