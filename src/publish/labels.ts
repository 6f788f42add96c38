import type { Place } from './find-issue.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';

const COLOR = 'd93f0b';
const DESCRIPTION = 'AWS access differs from the desired state';

/**
 * Makes the labels that the repository lacks. (GitHub would make them along with the issue, but grey and without a word on what they mean.)
 *
 * @throws GitHub's error, save that another run has made the label meanwhile
 */
export async function makeLabels(octokit: Octokit, place: Place, names: readonly string[]): Promise<void> {
  for (const name of names) {
    if (await exists(octokit, place, name)) continue;
    try {
      await octokit.rest.issues.createLabel({ ...place, name, color: COLOR, description: DESCRIPTION });
    } catch (error) {
      if (githubProblem(error, 'issues')?.status !== 422 || !(await exists(octokit, place, name))) throw error;
    }
  }
}

async function exists(octokit: Octokit, place: Place, name: string): Promise<boolean> {
  try {
    await octokit.rest.issues.getLabel({ ...place, name });
    return true;
  } catch (error) {
    if (githubProblem(error, 'issues')?.status === 404) return false;
    throw error;
  }
}
