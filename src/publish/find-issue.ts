import type { Octokit } from './octokit.ts';

/** An issue that carries our marker. */
export interface KnownIssue {
  readonly number: number;
  readonly url: string;
  readonly state: 'open' | 'closed';
  readonly body: string;
  readonly labels: readonly string[];
  /** ISO 8601; empty while it is open. */
  readonly closedAt: string;
}

export interface Place {
  readonly owner: string;
  readonly repo: string;
}

type ListedIssue = Awaited<ReturnType<Octokit['rest']['issues']['listForRepo']>>['data'][number];

/** So many pages of 100 open issues are looked through for one that lost its label. */
const UNLABELLED_PAGES = 5;

/**
 * All issues with the marker in their body, open or closed, oldest first.
 *
 * They are listed by label, not searched for: the search index lags behind, which makes duplicates. Pull requests are in GitHub's list, too,
 * and are left out: https://docs.github.com/rest/issues/issues#list-repository-issues
 */
export async function findIssues(octokit: Octokit, place: Place, label: string, marker: string): Promise<KnownIssue[]> {
  const listed = await octokit.paginate(octokit.rest.issues.listForRepo, { ...place, labels: label, state: 'all', per_page: 100 });
  return withMarker(listed, marker);
}

/**
 * An open issue with the marker that lost the label, or whose label was deleted or renamed.
 *
 * Whoever may open an issue can put our marker into it, and would then be read as our memory. A label shows that somebody with rights in
 * the repository agreed; without one, only issues of apps and of people with such rights count.
 */
export async function findUnlabelled(octokit: Octokit, place: Place, marker: string): Promise<KnownIssue | undefined> {
  let page = 0;
  for await (const { data } of octokit.paginate.iterator(octokit.rest.issues.listForRepo, { ...place, state: 'open', per_page: 100 })) {
    const [found] = withMarker(data.filter(isTrusted), marker);
    if (found !== undefined) return found;
    page += 1;
    if (page >= UNLABELLED_PAGES) return undefined;
  }
  return undefined;
}

/** What GitHub's answer to creating or changing an issue says of it. */
export function knownIssue(issue: Omit<ListedIssue, 'repository'>): KnownIssue {
  return {
    number: issue.number,
    url: issue.html_url,
    state: issue.state === 'open' ? 'open' : 'closed',
    body: issue.body ?? '',
    labels: issue.labels.map((label) => (typeof label === 'string' ? label : (label.name ?? ''))),
    closedAt: issue.closed_at ?? '',
  };
}

function withMarker(listed: readonly ListedIssue[], marker: string): KnownIssue[] {
  return listed
    .filter((issue) => issue.pull_request === undefined && issue.body?.includes(marker) === true)
    .map(knownIssue)
    .toSorted((one, other) => one.number - other.number);
}

/** Whether an issue or comment was written by an app, or by somebody with rights in the repository. */
export function isTrusted(written: { readonly user?: { readonly type?: string } | null; readonly author_association?: string }): boolean {
  return written.user?.type === 'Bot' || ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(written.author_association ?? '');
}
