import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { rateLimit, secondaryRateLimit, serverError } from '../../dev/github/faults.ts';
import { type EmbeddedGitHub, startGitHub } from '../../dev/github/server.ts';
import { FULL_TOKEN } from '../../dev/github/tokens.ts';
import { githubProblem } from '../../src/publish/github-problem.ts';
import { connect, ONCE } from '../../src/publish/octokit.ts';
import { TestClock } from '../test-clock.ts';

const PLACE = { owner: 'acme', repo: 'access' };
const always = () => true;

function client(github: EmbeddedGitHub, patience = 120, clock = new TestClock()) {
  return connect({ token: FULL_TOKEN.value, baseUrl: github.url, clock, patience });
}

describe('trying again', () => {
  test.each([
    ['an error of the server', serverError, 3, 200, [1, 4, 9]],
    ['an error that lasts', serverError, 9, 502, [1, 4, 9]],
    ['broken connections', 'drop' as const, 2, 200, [1, 4]],
    ['a secondary rate limit', secondaryRateLimit(60), 2, 200, [60, 60]],
    ['a secondary rate limit beyond patience', secondaryRateLimit(60), 9, 403, [60, 60]],
    ['a secondary rate limit far beyond patience', secondaryRateLimit(121), 9, 403, []],
    ['the rate limit for the hour', rateLimit(3000), 9, 403, []],
    ['a refusal', { status: 403, message: 'Resource not accessible by integration' }, 9, 403, []],
  ])('%s', async (_, answer, times, status, waits) => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times, answer });
    const clock = new TestClock();
    const got = await client(github, 120, clock)
      .rest.repos.get(PLACE)
      .then(
        (response) => response.status,
        (error: unknown) => githubProblem(error, 'issues')?.status,
      );
    expect([got, github.calls.length]).toEqual([status, waits.length + 1]);
    expect(clock.slept).toEqual(waits.map((seconds) => seconds * 1_000));
  });

  test('the rate limit, soon over', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 1, answer: rateLimit(10) });
    const clock = new TestClock();
    expect((await client(github, 120, clock).rest.repos.get(PLACE)).status).toBe(200);
    // One second more than GitHub says, and the one that is running.
    expect(clock.slept).toHaveLength(1);
    expect([11_000, 12_000]).toContain(clock.slept[0]);
  });

  test('an answer that broke off is an error, not a result', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '100' });
      response.write('[{"body": "x', () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const octokit = connect({ token: FULL_TOKEN.value, baseUrl: `http://127.0.0.1:${port}`, clock: new TestClock() });
    const error: unknown = await octokit.rest.issues.listComments({ ...PLACE, issue_number: 1 }).catch((reason: unknown) => reason);
    server.close();
    expect(githubProblem(error, 'issues')?.status).toBe(500);
  });

  test('a call without an answer is given up and tried again', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 1, answer: 'hang' });
    const octokit = connect({ token: FULL_TOKEN.value, baseUrl: github.url, clock: new TestClock(), timeout: 300 });
    expect((await octokit.rest.repos.get(PLACE)).status).toBe(200);
    expect(github.calls).toHaveLength(2);
  });

  test('a run that is cancelled waits some seconds, and no longer', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 9, answer: serverError });
    const clock = new TestClock();
    const cancelling = new AbortController();
    const octokit = connect({ token: FULL_TOKEN.value, baseUrl: github.url, clock, cancelled: cancelling.signal });
    const from = clock.now();
    cancelling.abort();
    const error: unknown = await octokit.rest.repos.get(PLACE).catch((reason: unknown) => reason);
    expect(githubProblem(error, 'issues')?.text).toMatch(/the run was cancelled/);
    expect((clock.now() - from) / 1_000).toBeLessThanOrEqual(6);
    expect(github.calls).toHaveLength(3);
  });

  test('writes are a second apart, and those that notify people three', async () => {
    await using github = await startGitHub();
    const clock = new TestClock();
    const octokit = client(github, 120, clock);
    const from = clock.now();
    const began: number[] = [];
    const note = () => {
      began.push(clock.now() - from);
      return false;
    };
    github.faults.push({ when: note, times: 1, answer: 'drop' });
    for (const title of ['a', 'b']) await octokit.rest.issues.create({ ...PLACE, title });
    for (const title of ['c', 'd', 'e']) await octokit.rest.issues.update({ ...PLACE, issue_number: 1, title });
    await octokit.rest.issues.get({ ...PLACE, issue_number: 1 });
    await octokit.rest.issues.createComment({ ...PLACE, issue_number: 1, body: 'f' });
    expect(began).toEqual([0, 3_000, 4_000, 5_000, 6_000, 6_000, 7_000]);
  });

  test('what must not happen twice is tried once', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 9, answer: serverError });
    await expect(client(github).rest.issues.create({ ...PLACE, title: 'x', request: ONCE })).rejects.toThrow('Server Error');
    expect(github.calls).toHaveLength(1);
  });

  test('patience is for the whole run', async () => {
    await using github = await startGitHub();
    const octokit = client(github, 100);
    github.faults.push({ when: always, times: 1, answer: secondaryRateLimit(60) });
    await octokit.rest.repos.get(PLACE);
    github.faults.push({ when: always, times: 1, answer: secondaryRateLimit(60) });
    await expect(octokit.rest.repos.get(PLACE)).rejects.toThrow('secondary rate limit');
  });
});

describe('problems for people', () => {
  test.each([
    [
      { status: 403, message: 'Resource not accessible by integration - https://docs.github.com/x' },
      'issues',
      ['GitHub answered 403 (Resource not accessible by integration).', '\npermissions:\n  issues: write'],
    ],
    [{ status: 404, message: 'Not Found' }, 'pull-requests', ['\npermissions:\n  pull-requests: write']],
    [{ status: 401, message: 'Bad credentials' }, 'issues', ['github-token']],
    [{ status: 410, message: 'Issues has been disabled in this repository.' }, 'issues', ['issue: never']],
    [{ status: 403, message: 'Repository was archived so is read-only.' }, 'issues', ['An archived repository']],
    [{ status: 403, message: 'You have exceeded a secondary rate limit.' }, 'issues', ['the next run tries again']],
    [{ status: 500, message: 'fetch failed' }, 'issues', ['could not be reached']],
    [{ status: 422, message: 'a\n::error::b\u202e' }, 'issues', ['GitHub answered 422 (a ::error::b⟨U+202E⟩).']],
  ] as const)('%j', (error, scope, parts) => {
    const text = githubProblem(error, scope)?.text ?? '';
    for (const part of parts) expect(text).toContain(part);
    if (error.status === 403 && !error.message.startsWith('Resource')) expect(text).not.toContain('permissions:');
  });

  test('what is no answer of GitHub is not explained away', () => {
    expect(githubProblem(new TypeError('x is undefined'), 'issues')).toBeUndefined();
  });
});
