import type { Answer, Call } from './call.ts';
import { createComment, deleteComment, listComments, updateComment } from './comments.ts';
import { getBlob, getCommit, getContents, getPull, getRepository } from './contents.ts';
import { addAssignees, addLabels, createIssue, getIssue, listIssues, updateIssue } from './issues.ts';
import { createLabel, getLabel } from './labels.ts';
import type { Scope } from './tokens.ts';

export interface Route {
  readonly method: string;
  readonly path: RegExp;
  /** One of these is enough: https://docs.github.com/rest/authentication/permissions-required-for-github-apps */
  readonly scopes: readonly Scope[];
  readonly handle: (call: Call) => Answer;
}

const ISSUE: readonly Scope[] = ['issues', 'pullRequests'];

export const ROUTES: readonly Route[] = [
  route('GET', '', ['contents', 'issues', 'pullRequests'], getRepository),
  route('GET', '/contents/{path}', ['contents'], getContents),
  route('GET', '/git/blobs/{sha}', ['contents'], getBlob),
  route('GET', '/git/commits/{sha}', ['contents'], getCommit),
  route('GET', '/pulls/{number}', ['pullRequests'], getPull),
  route('GET', '/issues', ISSUE, listIssues),
  route('POST', '/issues', ['issues'], createIssue),
  route('GET', '/issues/{number}', ISSUE, getIssue),
  route('PATCH', '/issues/{number}', ISSUE, updateIssue),
  route('POST', '/issues/{number}/assignees', ISSUE, addAssignees),
  route('POST', '/issues/{number}/labels', ISSUE, addLabels),
  route('GET', '/issues/{number}/comments', ISSUE, listComments),
  route('POST', '/issues/{number}/comments', ISSUE, createComment),
  route('PATCH', '/issues/comments/{id}', ISSUE, updateComment),
  route('DELETE', '/issues/comments/{id}', ISSUE, deleteComment),
  route('GET', '/labels/{name}', ISSUE, getLabel),
  route('POST', '/labels', ISSUE, createLabel),
];

function route(method: string, path: string, scopes: readonly Scope[], handle: Route['handle']): Route {
  const pattern = `/repos/{owner}/{repo}${path}`.replaceAll('{path}', '(.+)').replaceAll(/\{\w+\}/g, '([^/]+)');
  return { method, path: new RegExp(`^${pattern}$`), scopes, handle };
}
