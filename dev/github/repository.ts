/** The one repository of the embedded GitHub, in memory. Tests and the demo read and change it directly. */

export interface Repository {
  readonly owner: string;
  readonly name: string;
  visibility: 'public' | 'private' | 'internal';
  defaultBranch: string;
  issuesEnabled: boolean;
  /** Issues and pull requests share their numbers; index 0 is number 1. */
  readonly issues: Issue[];
  readonly comments: Comment[];
  readonly labels: Label[];
  readonly pulls: Pull[];
  /** Who may be assigned. */
  readonly collaborators: string[];
  readonly files: File[];
  /** The notifications that people would have got, in order. */
  readonly notifications: Notification[];
}

export interface Account {
  readonly login: string;
  readonly type: 'User' | 'Bot';
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: string | null;
  locked: boolean;
  labels: string[];
  assignees: string[];
  readonly user: Account;
  readonly association: string;
  readonly createdAt: string;
  updatedAt: string;
  closedAt: string | null;
  /** Transferred to another repository or deleted, so no longer listed. */
  gone: boolean;
  readonly pull: boolean;
}

export interface Comment {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly user: Account;
  /** The author's association with the repository; GitHub's own app has none. */
  readonly association: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Label {
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

export interface Pull {
  readonly number: number;
  head: { readonly sha: string; readonly ref: string; readonly repository: string };
  readonly base: { readonly sha: string; readonly ref: string; readonly repository: string };
}

/** A file's text at a commit, branch or tag. */
export interface File {
  readonly ref: string;
  readonly path: string;
  readonly text: string;
}

export interface Notification {
  readonly event: 'opened' | 'commented' | 'closed' | 'reopened' | 'assigned';
  readonly issue: number;
}

export function emptyRepository(owner: string, name: string): Repository {
  return {
    owner,
    name,
    visibility: 'private',
    defaultBranch: 'main',
    issuesEnabled: true,
    issues: [],
    comments: [],
    labels: [],
    pulls: [],
    collaborators: [],
    files: [],
    notifications: [],
  };
}

/** GitHub's timestamps have whole seconds. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Adds an issue or pull request, as if its author had opened it. */
export function addIssue(repository: Repository, given: Partial<Omit<Issue, 'number'>> & { readonly title: string }): Issue {
  const at = now();
  const issue: Issue = {
    body: '',
    state: 'open',
    stateReason: null,
    locked: false,
    labels: [],
    assignees: [],
    user: { login: 'mona', type: 'User' },
    association: 'NONE',
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    gone: false,
    pull: false,
    ...given,
    number: repository.issues.length + 1,
  };
  repository.issues.push(issue);
  return issue;
}

/** Opens a pull request, which is also an issue, as on GitHub. */
export function addPull(repository: Repository, { head, base }: Pick<Pull, 'head' | 'base'>): Pull {
  const { number } = addIssue(repository, { title: 'Change the desired state', pull: true });
  const pull = { number, head, base };
  repository.pulls.push(pull);
  return pull;
}

/** A push, forced or not: the pull request gets a new head. */
export function pushHead(pull: Pull, sha: string): void {
  pull.head = { ...pull.head, sha };
}

/** Opens or closes an issue, whoever does it. */
export function setState(repository: Repository, issue: Issue, state: Issue['state'], reason: string | null): void {
  if (issue.state === state) return;
  issue.state = state;
  issue.stateReason = reason;
  issue.closedAt = state === 'closed' ? now() : null;
  issue.updatedAt = now();
  repository.notifications.push({ event: state === 'closed' ? 'closed' : 'reopened', issue: issue.number });
}
