import { describe, expect, test } from '@jest/globals';
import { addIssue } from '../../dev/github/repository.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { CONTENTS_TOKEN, FORK_TOKEN, FULL_TOKEN } from '../../dev/github/tokens.ts';

/** The embedded GitHub itself, where the other tests rely on it. */

const REPO = '/repos/acme/access';

async function ask(url: string, path: string, options: { method?: string; token?: string; body?: unknown; accept?: string } = {}) {
  const headers: Record<string, string> = { accept: options.accept ?? 'application/json' };
  if (options.token !== undefined) headers.authorization = `token ${options.token}`;
  const init = options.body === undefined ? {} : { body: JSON.stringify(options.body) };
  const response = await fetch(`${url}${path}`, { method: options.method ?? 'GET', headers, ...init });
  return { status: response.status, link: response.headers.get('link') ?? '', text: await response.text() };
}

test('lists are cut into pages that a Link header joins', async () => {
  await using github = await startGitHub();
  for (let number = 1; number <= 5; number += 1) addIssue(github.repository, { title: `issue ${number}` });
  const { link, text } = await ask(github.url, `${REPO}/issues?state=all&per_page=2&page=2`, { token: FULL_TOKEN.value });
  expect(text.match(/"number":\d/g)).toEqual(['"number":3', '"number":2']);
  expect(link).toContain(`<${github.url}${REPO}/issues?state=all&per_page=2&page=3>; rel="next"`);
  expect(link).toContain('page=1>; rel="prev"');
  const last = await ask(github.url, `${REPO}/issues?state=all&per_page=2&page=3`, { token: FULL_TOKEN.value });
  expect(last.link).not.toContain('rel="next"');
});

describe('permissions', () => {
  const issue = { method: 'POST', body: { title: 'x' } };
  test.each([
    ['a token that is not known', '/issues', { token: 'x' }, 401, 'Bad credentials'],
    ['no token, private', '/issues', {}, 404, 'Not Found'],
    ['contents alone', '/issues', { token: CONTENTS_TOKEN.value }, 403, 'Resource not accessible by integration'],
    ['a fork reads', '/issues', { token: FORK_TOKEN.value }, 200, '[]'],
    ['a fork does not write', '/issues', { token: FORK_TOKEN.value, ...issue }, 403, 'Resource not accessible by integration'],
    ['issues: write', '/issues', { token: FULL_TOKEN.value, ...issue }, 201, '"number":1'],
    ['another repository', '/../other/issues', { token: FULL_TOKEN.value }, 404, 'Not Found'],
    ['no such route', '/wikis', { token: FULL_TOKEN.value }, 404, 'Not Found'],
  ])('%s', async (_, path, options, status, text) => {
    await using github = await startGitHub();
    const answer = await ask(github.url, REPO + path, options);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(text)]);
  });
});

describe('limits', () => {
  test.each([
    ['/issues', { title: 'x', body: 'x'.repeat(65_536) }, 201],
    ['/issues', { title: 'x', body: 'x'.repeat(65_537) }, 422],
    ['/issues', { title: 'x'.repeat(257) }, 422],
    ['/issues', { title: ' ' }, 422],
    ['/issues', { title: 'x', assignees: ['stranger'] }, 422],
    ['/issues/1/comments', { body: 'x'.repeat(65_537) }, 422],
    ['/labels', { name: 'x'.repeat(51) }, 422],
    ['/labels', { name: 'x', color: '#d93f0b' }, 422],
    ['/labels', { name: 'x', color: 'd93f0b' }, 201],
  ])('%s', async (path, body, status) => {
    await using github = await startGitHub();
    addIssue(github.repository, { title: 'x' });
    expect((await ask(github.url, REPO + path, { method: 'POST', token: FULL_TOKEN.value, body })).status).toBe(status);
  });
});

test('files at a ref, as JSON and raw', async () => {
  await using github = await startGitHub();
  github.repository.files.push({ ref: 'abc', path: '.github/assume-role.yml', text: 'version: 1\n' });
  const path = `${REPO}/contents/.github/assume-role.yml`;
  const json = await ask(github.url, `${path}?ref=abc`, { token: FULL_TOKEN.value });
  expect(json.text).toContain(Buffer.from('version: 1\n').toString('base64'));
  const raw = await ask(github.url, `${path}?ref=abc`, { token: FULL_TOKEN.value, accept: 'application/vnd.github.raw+json' });
  expect(raw.text).toBe('version: 1\n');
  expect((await ask(github.url, `${path}?ref=other`, { token: FULL_TOKEN.value })).status).toBe(404);
});

test('an OIDC token for the audience that was asked for', async () => {
  await using github = await startGitHub();
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = github.oidcVariables;
  expect((await fetch(`${url}&audience=x`)).status).toBe(401);
  const answer = await fetch(`${url}&audience=sts.amazonaws.com`, { headers: { authorization: `Bearer ${token}` } });
  const [, value = ''] = /"value":"([^"]+)"/.exec(await answer.text()) ?? [];
  const claims: unknown = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString());
  expect(claims).toMatchObject({ aud: 'sts.amazonaws.com', sub: 'repo:acme/access:ref:refs/heads/main' });
});
