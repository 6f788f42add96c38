import type { Masker } from '../report/model/mask-text.ts';
import { hasMarker } from '../report/outputs/markers.ts';
import type { IssueAnswer } from './answers.ts';
import { askPages } from './ask.ts';
import type { Octokit } from './octokit.ts';
import type { RepoRef } from './repo-ref.ts';
import { hasTrustedAuthor } from './trusted-author.ts';

/** An issue that carries our marker. */
export interface KnownIssue {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed';
  readonly body: string;
  readonly locked: boolean;
  /** ISO 8601; empty while the issue is open. */
  readonly closedAt: string;
}

/** How an issue is known to be ours. */
export interface IssueMark {
  readonly marker: string;
  /** Knows the accounts of the run, as `hasMarker` needs. */
  readonly knownAccounts: Masker;
}

/** How many pages of 100 open issues are searched for one that lost its label. */
const UNLABELLED_PAGES = 5;

/**
 * All issues with the marker in their body, open or closed, oldest first.
 *
 * They are listed by label. GitHub's search index lags behind, and a search would lead to duplicates. GitHub lists pull requests as issues;
 * they are left out: https://docs.github.com/rest/issues/issues#list-repository-issues
 */
export async function findIssues(octokit: Octokit, repo: RepoRef, label: string, mark: IssueMark): Promise<KnownIssue[]> {
  const listed: IssueAnswer[] = [];
  const parameters = { ...repo, labels: label, state: 'all', per_page: 100 } as const;
  for await (const page of askPages(octokit, 'GET /repos/{owner}/{repo}/issues', parameters)) listed.push(...page);
  return withMarker(listed, mark);
}

/**
 * An open issue with the marker that lacks the label: it lost it, the label was deleted or renamed, could not be made, or the input names another one.
 *
 * Anybody who may open an issue can write our marker into it, and this action would take its body for its own memory. A label shows that
 * somebody with rights in the repository agreed. Without a label, only issues of apps and of people with such rights count.
 */
export async function findUnlabelled(octokit: Octokit, repo: RepoRef, mark: IssueMark): Promise<KnownIssue | undefined> {
  let page = 0;
  for await (const listed of askPages(octokit, 'GET /repos/{owner}/{repo}/issues', { ...repo, state: 'open', per_page: 100 })) {
    const [found] = withMarker(listed.filter(hasTrustedAuthor), mark);
    if (found !== undefined) return found;
    page += 1;
    if (page >= UNLABELLED_PAGES) return undefined;
  }
  return undefined;
}

/** From GitHub's answer to a list, create or update call. */
export function knownIssue(issue: IssueAnswer): KnownIssue {
  return {
    number: issue.number,
    url: issue.html_url,
    state: issue.state === 'open' ? 'open' : 'closed',
    body: issue.body ?? '',
    locked: issue.locked === true,
    closedAt: issue.closed_at ?? '',
  };
}

function withMarker(listed: readonly IssueAnswer[], { marker, knownAccounts }: IssueMark): KnownIssue[] {
  return listed
    .filter((issue) => (issue.pull_request ?? null) === null && hasMarker(issue.body ?? '', marker, knownAccounts))
    .map(knownIssue)
    .toSorted((one, other) => one.number - other.number);
}
