import type { Place } from './find-issue.ts';
import { githubProblem } from './github-problem.ts';
import type { Octokit } from './octokit.ts';

/**
 * Assigns the issue, as far as GitHub lets it: whoever has no access to the repository is left out by GitHub without a word.
 *
 * @returns warnings for people
 */
export async function assign(octokit: Octokit, place: Place, number: number, assignees: readonly string[]): Promise<string[]> {
  if (assignees.length === 0) return [];
  try {
    const { data } = await octokit.rest.issues.addAssignees({ ...place, issue_number: number, assignees: [...assignees] });
    const assigned = new Set((data.assignees ?? []).map(({ login }) => login.toLowerCase()));
    const missing = assignees.filter((login) => !assigned.has(login.toLowerCase()));
    if (missing.length === 0) return [];
    return [`Issue #${number} could not be assigned to ${missing.join(', ')}: GitHub assigns only people with access to the repository.`];
  } catch (error) {
    const problem = githubProblem(error, 'issues');
    if (problem === undefined) throw error;
    return [`Issue #${number} could not be assigned: ${problem.text}`];
  }
}
