import { type Answer, author, type Call, created, ok, pages, text } from './call.ts';
import { BODY_LIMIT, issueOf } from './issues.ts';
import { atMost, invalid, notFound, Problem } from './problem.ts';
import { type Comment, now } from './repository.ts';
import { commentView } from './views.ts';

/** https://docs.github.com/rest/issues/comments */

export function listComments(call: Call): Answer {
  const issue = issueOf(call);
  // GitHub's timestamps have whole seconds, and it compares them so.
  const since = call.query.get('since')?.replace(/\.\d+Z$/, 'Z') ?? '';
  const comments = call.site.repository.comments.filter((comment) => comment.issue === issue.number && comment.updatedAt >= since);
  return pages(comments.map((comment) => commentView(call.site, comment)));
}

export function createComment(call: Call): Answer {
  const { repository } = call.site;
  const issue = issueOf(call);
  if (issue.locked) throw new Problem(403, 'Unable to create comment because issue is locked.');
  const body = bodyOf(call);
  const comment: Comment = {
    id: Math.max(4999, ...repository.comments.map((other) => other.id)) + 1,
    issue: issue.number,
    body,
    user: author(call),
    association: 'NONE',
    createdAt: now(),
    updatedAt: now(),
  };
  repository.comments.push(comment);
  repository.notifications.push({ event: 'commented', issue: issue.number });
  return created(commentView(call.site, comment));
}

export function updateComment(call: Call): Answer {
  const comment = call.site.repository.comments.find(({ id }) => id === Number(call.segments[2]));
  if (comment === undefined) throw notFound();
  comment.body = bodyOf(call);
  comment.updatedAt = now();
  return ok(commentView(call.site, comment));
}

export function deleteComment(call: Call): Answer {
  const { comments } = call.site.repository;
  const index = comments.findIndex(({ id }) => id === Number(call.segments[2]));
  if (index < 0) throw notFound();
  comments.splice(index, 1);
  return { status: 204, body: null };
}

function bodyOf(call: Call): string {
  const body = text(call, 'body') ?? '';
  if (body.trim() === '') throw invalid({ resource: 'IssueComment', field: 'body', code: 'missing_field' });
  atMost(BODY_LIMIT, 'IssueComment', 'body', body);
  return body;
}
