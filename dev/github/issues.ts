import { type Answer, author, type Call, created, ok, pages, text, texts } from './call.ts';
import { atMost, invalid, notFound, Problem } from './problem.ts';
import { addIssue, type Issue, now, setState } from './repository.ts';
import { issueView, labelNamed } from './views.ts';

/** https://docs.github.com/rest/issues/issues */

/** Maximum characters of a title, and of the body of an issue or comment. */
const TITLE_LIMIT = 256;
export const BODY_LIMIT = 65_536;

export function listIssues(call: Call): Answer {
  const { repository } = call.site;
  const state = call.query.get('state') ?? 'open';
  const labels = (call.query.get('labels') ?? '').split(',').filter((label) => label !== '');
  const has = (issue: Issue, label: string) => issue.labels.some((name) => name.toLowerCase() === label.toLowerCase());
  const found = repository.issues
    .filter((issue) => !issue.gone && (issue.pull || repository.issuesEnabled))
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => labels.every((label) => has(issue, label)))
    .filter((issue) => [issue.user.login, null].includes(call.query.get('creator')));
  const sorted = call.query.get('direction') === 'asc' ? found : found.toReversed();
  return pages(sorted.map((issue) => issueView(call.site, issue)));
}

export function getIssue(call: Call): Answer {
  return ok(issueView(call.site, issueOf(call)));
}

export function createIssue(call: Call): Answer {
  const { repository } = call.site;
  if (!repository.issuesEnabled) throw new Problem(410, 'Issues has been disabled in this repository.');
  const title = text(call, 'title') ?? '';
  const body = text(call, 'body') ?? '';
  if (title.trim() === '') throw invalid({ resource: 'Issue', field: 'title', code: 'missing_field' });
  limits(title, body);
  const labels = texts(call, 'labels') ?? [];
  const assignees = texts(call, 'assignees') ?? [];
  const stranger = assignees.find((login) => !repository.collaborators.includes(login));
  if (stranger !== undefined) throw invalid({ resource: 'Issue', field: 'assignees', code: 'invalid' });
  makeMissing(call, labels);
  const issue = addIssue(repository, { title, body, labels, assignees, user: author(call) });
  repository.notifications.push({ event: 'opened', issue: issue.number });
  return created(issueView(call.site, issue));
}

export function updateIssue(call: Call): Answer {
  const { repository } = call.site;
  const issue = issueOf(call);
  const title = text(call, 'title') ?? issue.title;
  const body = text(call, 'body') ?? issue.body;
  limits(title, body);
  const state = text(call, 'state') ?? issue.state;
  if (state !== 'open' && state !== 'closed') throw invalid({ resource: 'Issue', field: 'state', code: 'invalid' });
  issue.title = title;
  issue.body = body;
  issue.labels = texts(call, 'labels') ?? issue.labels;
  issue.updatedAt = now();
  setState(repository, issue, state, text(call, 'state_reason') ?? null);
  return ok(issueView(call.site, issue));
}

export function addLabels(call: Call): Answer {
  const issue = issueOf(call);
  const labels = texts(call, 'labels') ?? [];
  makeMissing(call, labels);
  const known = new Set(issue.labels.map((name) => name.toLowerCase()));
  issue.labels.push(...labels.filter((name) => !known.has(name.toLowerCase())));
  return ok(issueView(call.site, issue).labels);
}

/** GitHub silently leaves out whoever can't be assigned. */
export function addAssignees(call: Call): Answer {
  const { repository } = call.site;
  const issue = issueOf(call);
  for (const login of texts(call, 'assignees') ?? []) {
    const known = repository.collaborators.find((name) => name.toLowerCase() === login.toLowerCase());
    if (known === undefined || issue.assignees.includes(known)) continue;
    issue.assignees.push(known);
    repository.notifications.push({ event: 'assigned', issue: issue.number });
  }
  return created(issueView(call.site, issue));
}

/** The issue that the route's third segment names. */
export function issueOf(call: Call): Issue {
  const issue = call.site.repository.issues[Number(call.segments[2]) - 1];
  if (issue === undefined) throw notFound();
  if (issue.gone) throw new Problem(410, 'This issue was deleted');
  return issue;
}

function limits(title: string, body: string): void {
  atMost(TITLE_LIMIT, 'Issue', 'title', title);
  atMost(BODY_LIMIT, 'Issue', 'body', body);
}

/** Giving an issue a label creates the label, in grey and without a description. */
function makeMissing(call: Call, names: readonly string[]): void {
  const { repository } = call.site;
  for (const name of names) {
    atMost(50, 'Label', 'name', name);
    if (labelNamed(repository, name) === undefined) repository.labels.push({ name, color: 'ededed', description: '' });
  }
}
