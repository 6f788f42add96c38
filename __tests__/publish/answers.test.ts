import { describe, expect, test } from '@jest/globals';
import type { Endpoints } from '@octokit/types';
import { type AnswerTo, type Route, readAnswer } from '../../src/publish/answers.ts';

/** What GitHub documents must be accepted: a form that is too strict would end runs that are fine. */

const NO_BIGINT = 'ids are far below the numbers for which Octokit takes a bigint';

/** The calls of which GitHub's own description allows an answer that the form refuses, and why that is right. With others, this does not compile. */
type Refused = { [R in Route]: Endpoints[R]['response']['data'] extends AnswerTo<R> ? never : R }[Route];
const REFUSED: Record<Refused, string> = {
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': 'the documentation says that the content is always Base64',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': NO_BIGINT,
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': NO_BIGINT,
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': NO_BIGINT,
};

const URL = 'https://github.com/acme/access/issues/1';
const ghost = { user: null, body: null, author_association: 'NONE', labels: ['iam-drift', { name: null }], assignees: null };

describe('an answer with all that may be null, and no more than must be there', () => {
  test.each<[Route, unknown]>([
    ['GET /repos/{owner}/{repo}', { default_branch: 'main', private: true }],
    ['GET /repos/{owner}/{repo}', { default_branch: 'main', private: null, visibility: null }],
    ['GET /repos/{owner}/{repo}/issues', [{ number: 1, html_url: URL, state: 'open', closed_at: null, state_reason: null, ...ghost }]],
    ['GET /repos/{owner}/{repo}/issues', [{ number: 1, html_url: URL, state: 'closed', locked: null, user: { login: 'x', type: null } }]],
    ['GET /repos/{owner}/{repo}/issues', [{ number: 1, html_url: URL, state: 'open', author_association: null }]],
    ['POST /repos/{owner}/{repo}/issues', { number: 1, html_url: URL, state: 'open', ...ghost }],
    ['GET /repos/{owner}/{repo}/issues/{issue_number}/comments', [{ id: 1, ...ghost }, { id: 2 }]],
    ['GET /repos/{owner}/{repo}/pulls/{pull_number}', { head: { sha: 'a', repo: null }, locked: null }],
    ['GET /repos/{owner}/{repo}/contents/{path}', { type: 'file', size: 2_000_000, sha: 'a', encoding: 'none', content: null }],
    ['GET /repos/{owner}/{repo}/contents/{path}', { type: 'submodule', submodule_git_url: null }],
  ])('of %s', (route, data) => {
    expect(() => readAnswer(route, data)).not.toThrow();
  });
});

test('what is refused of the documented forms is no more than these', () => expect(Object.keys(REFUSED)).toHaveLength(4));

test.each([
  [undefined, 'nothing'],
  [new ArrayBuffer(2), 'binary data'],
  [{}, 'JSON of an unexpected form'],
])('%s is called what it is', (data, called) => {
  expect(() => readAnswer('GET /repos/{owner}/{repo}', data)).toThrow(`with ${called} instead of the repository`);
});
