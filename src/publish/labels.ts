import { quoted } from '../text/quoted.ts';
import { ask } from './ask.ts';
import { type GitHubProblem, githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

const LABEL_COLOR = 'd93f0b';
const LABEL_DESCRIPTION = 'AWS access differs from the desired state';

/** Which labels the repository has now, and a warning for each that it can't have. The issue is made without them, and found again by its marker. */
export interface Labels {
  readonly usable: readonly string[];
  readonly warnings: readonly string[];
}

/** Creates the labels that the repository lacks. (GitHub would create them along with the issue, but grey and without a description.) */
export async function createLabels(octokit: Octokit, repo: RepoRef, names: readonly string[]): Promise<Labels> {
  const usable: string[] = [];
  const warnings: string[] = [];
  for (const name of names) {
    try {
      await createLabel(octokit, repo, name);
      usable.push(name);
    } catch (error) {
      const problem = githubProblem(error, 'issues');
      if (problem === undefined) throw error;
      warnings.push(`The label ${quoted(name)} could not be created, so the issue has no such label. ${labelAdvice(problem)}`);
    }
  }
  return { usable, warnings };
}

/** The issue is made all the same, so the permission for issues is there. */
export function labelAdvice({ kind, status, said, text }: GitHubProblem): string {
  return kind === 'plain' && status < 500
    ? `${said} Create the label in the repository, or set the input issue-labels to an existing label.`
    : text;
}

/** @throws GitHub's error, unless another run created the label in the meantime */
async function createLabel(octokit: Octokit, repo: RepoRef, name: string): Promise<void> {
  if (await labelExists(octokit, repo, name)) return;
  try {
    await ask(octokit, 'POST /repos/{owner}/{repo}/labels', { ...repo, name, color: LABEL_COLOR, description: LABEL_DESCRIPTION });
  } catch (error) {
    if (githubProblem(error, 'issues')?.status !== 422 || !(await labelExists(octokit, repo, name))) throw error;
  }
}

async function labelExists(octokit: Octokit, repo: RepoRef, name: string): Promise<boolean> {
  try {
    await ask(octokit, 'GET /repos/{owner}/{repo}/labels/{name}', { ...repo, name });
    return true;
  } catch (error) {
    if (githubProblem(error, 'issues')?.status === 404) return false;
    throw error;
  }
}
