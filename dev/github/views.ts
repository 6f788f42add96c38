import type { Comment, Issue, Label, Pull, Repository } from './repository.ts';

/** The contents of the repository as GitHub's REST API shows them, with only the fields that a client may reasonably read. */

export interface Site {
  readonly repository: Repository;
  readonly serverUrl: string;
  readonly apiUrl: string;
}

export function repositoryView({ repository, serverUrl }: Site) {
  const fullName = `${repository.owner}/${repository.name}`;
  return {
    id: 1,
    name: repository.name,
    full_name: fullName,
    owner: { login: repository.owner, type: 'Organization' },
    private: repository.visibility !== 'public',
    visibility: repository.visibility,
    html_url: `${serverUrl}/${fullName}`,
    default_branch: repository.defaultBranch,
    has_issues: repository.issuesEnabled,
  };
}

export function issueView(site: Site, issue: Issue) {
  const { repository, serverUrl, apiUrl } = site;
  const path = `${repository.owner}/${repository.name}`;
  return {
    id: 1000 + issue.number,
    number: issue.number,
    url: `${apiUrl}/repos/${path}/issues/${issue.number}`,
    html_url: `${serverUrl}/${path}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`,
    title: issue.title,
    body: issue.body === '' ? null : issue.body,
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.locked,
    labels: issue.labels.map((name) => labelView(labelNamed(repository, name) ?? { name, color: 'ededed', description: '' })),
    assignees: issue.assignees.map((login) => ({ login, type: 'User' })),
    user: issue.user,
    author_association: issue.association,
    comments: repository.comments.filter((comment) => comment.issue === issue.number).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    ...(issue.pull ? { pull_request: { url: `${apiUrl}/repos/${path}/pulls/${issue.number}` } } : {}),
  };
}

export function commentView({ repository, serverUrl }: Site, comment: Comment) {
  return {
    id: comment.id,
    html_url: `${serverUrl}/${repository.owner}/${repository.name}/issues/${comment.issue}#issuecomment-${comment.id}`,
    body: comment.body,
    user: comment.user,
    author_association: comment.association,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  };
}

export function labelView(label: Label) {
  return { ...label, description: label.description === '' ? null : label.description };
}

export function pullView(site: Site, pull: Pull) {
  const side = (end: Pull['head']) => ({ sha: end.sha, ref: end.ref, repo: { full_name: end.repository } });
  const { number, state, title, locked } = repositoryIssue(site, pull.number);
  return { number, state, title, locked, head: side(pull.head), base: side(pull.base) };
}

/** Label names ignore case. */
export function labelNamed(repository: Repository, name: string): Label | undefined {
  return repository.labels.find((label) => label.name.toLowerCase() === name.toLowerCase());
}

function repositoryIssue({ repository }: Site, number: number) {
  return repository.issues[number - 1] ?? { number, state: 'open', title: '', locked: false };
}
