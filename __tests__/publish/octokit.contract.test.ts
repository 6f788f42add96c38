import { createServer } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import {
  brokenOff,
  htmlPage,
  notOnAllowList,
  odd,
  rateLimit,
  samlEnforced,
  secondaryRateLimit,
  serverError,
} from '../../dev/github/faults.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { ask, ONCE } from '../../src/publish/ask.ts';
import { githubProblem } from '../../src/publish/github-problem.ts';
import { TestClock } from '../test-clock.ts';
import { client } from './client.ts';

const PLACE = { owner: 'acme', repo: 'access' };
const always = () => true;

describe('trying again', () => {
  test.each([
    ['an error of the server', serverError, 3, 200, [1, 4, 9]],
    ['an error that lasts', serverError, 9, 502, [1, 4, 9]],
    ['broken connections', 'drop' as const, 2, 200, [1, 4]],
    ['a secondary rate limit', secondaryRateLimit(60), 2, 200, [60, 60]],
    ['a secondary rate limit beyond patience', secondaryRateLimit(60), 9, 403, [60, 60]],
    ['a secondary rate limit far beyond patience', secondaryRateLimit(121), 9, 403, []],
    ['the rate limit for the hour', rateLimit(3000), 9, 403, []],
    ['a limit that is not called one', { status: 403, headers: { 'retry-after': '30' }, message: 'Slow down.' }, 1, 200, [30]],
    ['too many requests, and not for how long', { status: 429, message: 'Too many requests' }, 1, 200, [60]],
    ['a refusal', { status: 403, message: 'Resource not accessible by integration' }, 9, 403, []],
  ])('%s', async (_, answer, times, status, waits) => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times, answer });
    const clock = new TestClock();
    const got = await client(github, { clock })
      .request('GET /repos/{owner}/{repo}', PLACE)
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
    expect((await client(github, { clock }).request('GET /repos/{owner}/{repo}', PLACE)).status).toBe(200);
    // One second more than GitHub says, and the one that is running.
    expect(clock.slept).toHaveLength(1);
    expect([11_000, 12_000]).toContain(clock.slept[0]);
  });

  test('an answer that broke off is not a result: the call is made again', async () => {
    await using github = await startGitHub();
    for (const answer of [brokenOff, odd('[{"id": 1'), odd('')]) github.faults.push({ when: always, times: 1, answer });
    const clock = new TestClock();
    expect(await ask(client(github, { clock }), 'GET /repos/{owner}/{repo}', PLACE)).toMatchObject({ default_branch: 'main' });
    expect(clock.slept).toEqual([1_000, 4_000, 9_000]);
  });

  test('an answer that is whole but of another form is not asked for again', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 1, answer: htmlPage(200) });
    await expect(ask(client(github), 'GET /repos/{owner}/{repo}', PLACE)).rejects.toThrow('with an HTML page instead of the repository');
    expect(github.calls).toHaveLength(1);
  });

  test('an answer that broke off is an error, not a result', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '100' });
      response.write('[{"body": "x', () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const octokit = client({ url: `http://127.0.0.1:${port}` });
    const error: unknown = await octokit
      .request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...PLACE, issue_number: 1 })
      .catch((reason: unknown) => reason);
    server.close();
    expect(githubProblem(error, 'issues')?.status).toBe(500);
  });

  test('a call without an answer is given up and tried again', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 1, answer: 'hang' });
    const octokit = client(github, { timeout: 300 });
    expect((await octokit.request('GET /repos/{owner}/{repo}', PLACE)).status).toBe(200);
    expect(github.calls).toHaveLength(2);
  });

  test('a call may have less time and fewer tries than others', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 9, answer: 'hang' });
    const octokit = client(github);
    const error: unknown = await ask(octokit, 'GET /repos/{owner}/{repo}', { ...PLACE, request: { retries: 1, timeout: 200 } }).catch(
      (reason: unknown) => reason,
    );
    expect(githubProblem(error, 'issues')?.said).toMatch(/^GitHub did not respond \(.+\)\.$/);
    expect(github.calls).toHaveLength(2);
  });

  test('the time that failing calls may take is for the whole run', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 99, answer: serverError });
    const clock = new TestClock();
    const octokit = client(github, { clock });
    const from = clock.now();
    for (let n = 0; n < 10; n += 1) await expect(ask(octokit, 'GET /repos/{owner}/{repo}', PLACE)).rejects.toThrow('Server Error');
    expect(clock.now() - from).toBeLessThanOrEqual(60_000);
    // Four calls as often as ever, then once or twice each.
    expect(clock.slept.slice(0, 12)).toEqual([1, 4, 9, 1, 4, 9, 1, 4, 9, 1, 4, 9].map((seconds) => seconds * 1_000));
    expect(github.calls).toHaveLength(16 + 10);
  });

  test('a run that is cancelled waits some seconds, and no longer', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 9, answer: serverError });
    const clock = new TestClock();
    const cancelling = new AbortController();
    const octokit = client(github, { clock, cancelled: cancelling.signal });
    const from = clock.now();
    cancelling.abort();
    const error: unknown = await octokit.request('GET /repos/{owner}/{repo}', PLACE).catch((reason: unknown) => reason);
    expect(githubProblem(error, 'issues')?.text).toMatch(/the run was cancelled/);
    expect((clock.now() - from) / 1_000).toBeLessThanOrEqual(6);
    expect(github.calls).toHaveLength(3);
  });

  test('writes are a second apart, and those that notify people three', async () => {
    await using github = await startGitHub();
    const clock = new TestClock();
    const octokit = client(github, { clock });
    const from = clock.now();
    const began: number[] = [];
    const note = () => {
      began.push(clock.now() - from);
      return false;
    };
    github.faults.push({ when: note, times: 1, answer: 'drop' });
    for (const title of ['a', 'b']) await ask(octokit, 'POST /repos/{owner}/{repo}/issues', { ...PLACE, title });
    for (const title of ['c', 'd', 'e'])
      await ask(octokit, 'PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...PLACE, issue_number: 1, title });
    await ask(octokit, 'GET /repos/{owner}/{repo}/issues', PLACE);
    await ask(octokit, 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...PLACE, issue_number: 1, body: 'f' });
    expect(began).toEqual([0, 3_000, 4_000, 5_000, 6_000, 6_000, 7_000]);
  });

  test('what must not happen twice is tried once', async () => {
    await using github = await startGitHub();
    github.faults.push({ when: always, times: 9, answer: serverError });
    await expect(ask(client(github), 'POST /repos/{owner}/{repo}/issues', { ...PLACE, title: 'x', request: ONCE })).rejects.toThrow(
      'Server Error',
    );
    expect(github.calls).toHaveLength(1);
  });

  test('patience is for the whole run', async () => {
    await using github = await startGitHub();
    const octokit = client(github, { patience: 100 });
    github.faults.push({ when: always, times: 1, answer: secondaryRateLimit(60) });
    await ask(octokit, 'GET /repos/{owner}/{repo}', PLACE);
    github.faults.push({ when: always, times: 1, answer: secondaryRateLimit(60) });
    await expect(ask(octokit, 'GET /repos/{owner}/{repo}', PLACE)).rejects.toThrow('secondary rate limit');
  });
});

/** As Octokit's error has it. */
const answerOf = ({ status, headers }: typeof samlEnforced) => ({ status, response: { headers, data: { message: '' } } });

describe('problems for people', () => {
  test.each([
    [
      { status: 403, message: 'Resource not accessible by integration - https://docs.github.com/x' },
      'issues',
      ['GitHub responded with 403 (Resource not accessible by integration).', '\npermissions:\n  issues: write'],
    ],
    [{ status: 404, message: 'Not Found' }, 'pull-requests', ['\npermissions:\n  pull-requests: write']],
    [{ status: 401, message: 'Bad credentials' }, 'issues', ['github-token']],
    [{ status: 410, message: 'Issues has been disabled in this repository.' }, 'issues', ['issue: never']],
    [{ status: 403, message: 'Repository was archived so is read-only.' }, 'issues', ['The repository is archived']],
    [{ status: 403, message: 'You have exceeded a secondary rate limit.' }, 'issues', ['The next run tries again']],
    [
      { ...answerOf(samlEnforced), message: 'Not this token' },
      'issues',
      ['enforces SAML single sign-on', 'Authorize the token of the input github-token'],
    ],
    [{ ...samlEnforced, headers: {} }, 'issues', ['enforces SAML single sign-on']],
    [notOnAllowList, 'contents', ['IP allow list, and the address of the runner', 'add the address to the list']],
    [
      { status: 403, message: 'x', response: { data: '<html>blocked' } },
      'issues',
      ['The response with status 403 is an HTML page and did not come from GitHub.', 'a proxy'],
    ],
    [{ status: 500, message: 'fetch failed' }, 'issues', ['could not be reached']],
    [{ status: 422, message: 'a\n::error::b\u202e' }, 'issues', ['GitHub responded with 422 (a ::error::b⟨U+202E⟩).']],
  ] as const)('%j', (error, scope, parts) => {
    const text = githubProblem(error, scope)?.text ?? '';
    for (const part of parts) expect(text).toContain(part);
    if (error.status === 403 && !error.message.startsWith('Resource')) expect(text).not.toContain('permissions:');
  });

  test('what is no answer of GitHub is not explained away', () => {
    expect(githubProblem(new TypeError('x is undefined'), 'issues')).toBeUndefined();
  });
});
