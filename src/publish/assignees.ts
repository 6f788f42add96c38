import { ask } from './ask.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';

/**
 * Assigns the issue. GitHub silently leaves out anybody without access to the repository.
 *
 * @returns warnings for people
 */
export async function assign(octokit: Octokit, repo: RepoRef, number: number, assignees: readonly string[]): Promise<string[]> {
  if (assignees.length === 0) return [];
  try {
    const issue = await ask(octokit, 'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees', {
      ...repo,
      issue_number: number,
      assignees: [...assignees],
    });
    const assigned = new Set((issue.assignees ?? []).map(({ login }) => login.toLowerCase()));
    const missing = assignees.filter((login) => !assigned.has(login.toLowerCase()));
    if (missing.length === 0) return [];
    return [`Issue #${number} could not be assigned to ${missing.join(', ')}: GitHub assigns only people with access to the repository.`];
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined) throw error;
    return [`Issue #${number} could not be assigned: ${problem.text}`];
  }
}
