import { expect, test } from '@jest/globals';
import { blockedFromCreating, htmlPage } from '../../dev/github/faults.ts';
import { addPull, pushHead, type Repository } from '../../dev/github/repository.ts';
import { type EmbeddedGitHub, startGitHub } from '../../dev/github/server.ts';
import { publishPullComment } from '../../src/publish/pull-comment.ts';
import { masker, maskText } from '../../src/report/model/mask-text.ts';
import { pullMarker, readStamp, stampLine } from '../../src/report/outputs/markers.ts';
import { client } from './client.ts';

const FILE = '.github/assume-role.yml';
const ONE = '1'.repeat(40);
const TWO = '2'.repeat(40);
const at = (minute: number) => `2026-11-25T08:${String(minute).padStart(2, '0')}:00.000Z`;

function pullOf(github: EmbeddedGitHub) {
  const end = (sha: string) => ({ sha, ref: 'change', repository: 'acme/access' });
  return addPull(github.repository, { head: end(ONE), base: end('b'.repeat(40)) });
}

function keep(github: EmbeddedGitHub, head: string, minute: number, text = `at ${minute}`, file = FILE) {
  const stamp = { head, at: at(minute) };
  const marker = pullMarker(file);
  const octokit = client(github);
  const repo = { owner: 'acme', repo: 'access' };
  const body = `${marker}\n${stampLine(stamp)}\n${text}\n`;
  return publishPullComment({ octokit, repo, pullRequest: 1, marker, knownAccounts: masker([]), stamp, body, fromFork: false });
}

function write({ comments }: Repository, body: string, login = 'github-actions[bot]', association = 'NONE') {
  const user = { login, type: login.endsWith('[bot]') ? ('Bot' as const) : ('User' as const) };
  comments.push({ id: 9000 + comments.length, issue: 1, body, user, association, createdAt: at(0), updatedAt: at(0) });
}

const isCreation = ({ method }: { readonly method: string }) => method === 'POST';
const texts = ({ repository }: EmbeddedGitHub) => repository.comments.map(({ body }) => body.split('\n')[2]);

test('made once, then updated in place, and left alone when it says the same', async () => {
  await using github = await startGitHub();
  pullOf(github);
  expect(await keep(github, ONE, 1)).toEqual({ did: 'created', warning: undefined });
  expect(await keep(github, ONE, 2)).toEqual({ did: 'updated', warning: undefined });
  expect(await keep(github, ONE, 2)).toEqual({ did: 'nothing', warning: undefined });
  expect(texts(github)).toEqual(['at 2']);
}, 60_000);

test('a run for another head than the pull request has writes nothing', async () => {
  await using github = await startGitHub();
  const pull = pullOf(github);
  pushHead(pull, TWO);
  expect((await keep(github, ONE, 1)).did).toBe('outdated');
  await keep(github, TWO, 1);
  expect((await keep(github, ONE, 5)).did).toBe('outdated');
  expect(texts(github)).toEqual(['at 1']);
}, 60_000);

test('of two runs for the same head the later reading stays', async () => {
  await using github = await startGitHub();
  pullOf(github);
  await keep(github, ONE, 5);
  expect((await keep(github, ONE, 4)).did).toBe('outdated');
  expect(texts(github)).toEqual(['at 5']);
}, 60_000);

test('duplicates of our own go; what strangers write, or quote, is neither taken nor touched', async () => {
  await using github = await startGitHub();
  pullOf(github);
  const ours = (minute: number) => `${pullMarker(FILE)}\n${stampLine({ head: ONE, at: at(minute) })}\nat ${minute}\n`;
  write(github.repository, ours(59), 'mallory');
  write(github.repository, `> ${ours(58)}`, 'ada', 'MEMBER');
  write(github.repository, ours(57), 'ada', 'MEMBER');
  write(github.repository, ours(1));
  write(github.repository, ours(2));
  expect((await keep(github, ONE, 3)).did).toBe('updated');
  expect(texts(github)).toEqual(['at 59', 'at 58', 'at 57', 'at 3']);
}, 60_000);

test('a comment that was made though the answer got lost is not made again', async () => {
  await using github = await startGitHub();
  pullOf(github);
  github.faults.push({ when: isCreation, times: 1, answer: 'drop', afterwards: true });
  expect((await keep(github, ONE, 1)).did).toBe('created');
  expect(texts(github)).toEqual(['at 1']);
}, 60_000);

test('the answer to the creation is lost, and it did not do its work: it is made by the second try', async () => {
  await using github = await startGitHub();
  pullOf(github);
  github.faults.push({ when: isCreation, times: 1, answer: 'drop' });
  expect(await keep(github, ONE, 1)).toEqual({ did: 'created', warning: undefined });
  expect(texts(github)).toEqual(['at 1']);
}, 60_000);

test.each([
  ['a locked conversation', true, undefined, /conversation is locked\. Unlock it/],
  ['a locked conversation, and a rate limit', true, blockedFromCreating, /rate limit is exceeded/],
  ['a rate limit', false, blockedFromCreating, /rate limit is exceeded/],
  ['a refusal', false, { status: 403, message: 'Resource not accessible by integration' }, /pull-requests: write/],
  ['a page of HTML', false, htmlPage(403), /an HTML page and did not come from GitHub/],
] as const)(
  '%s is told as what it is',
  async (_, locked, answer, why) => {
    await using github = await startGitHub();
    pullOf(github);
    for (const issue of github.repository.issues) issue.locked = locked;
    if (answer !== undefined) github.faults.push({ when: isCreation, times: 9, answer });
    const { did, warning } = await keep(github, ONE, 1);
    expect([did, warning]).toEqual(['failed', expect.stringMatching(why)]);
    expect(texts(github)).toEqual([]);
  },
  60_000,
);

test("a comment of an earlier version, whose path has an account in the console's form, is found again", async () => {
  await using github = await startGitHub();
  pullOf(github);
  const file = 'access/1111-2222-3333.yml';
  const stamp = stampLine({ head: ONE, at: at(1) });
  write(github.repository, `<!-- assume-role-drift:pull-request file=access%2F1111%2D2222%2D3333.yml -->\n${stamp}\nat 1\n`);
  expect(await keep(github, ONE, 2, 'at 2', file)).toEqual({ did: 'updated', warning: undefined });
  expect(texts(github)).toEqual(['at 2']);
  expect(github.repository.comments[0]?.body).toMatch(/ file=access%2F%E2%80%A63333\.yml -->/);
}, 60_000);

test('the marker hangs on the file alone, and nothing ends it early', () => {
  expect(pullMarker('a--> b.yml')).toBe('<!-- assume-role-drift:pull-request file=a%2D%2D%3E%20b.yml -->');
  const path = `hubs/${'1'.repeat(12)}.yml`;
  expect([pullMarker(maskText(path, ['911111111111', '1'.repeat(12)])), pullMarker(path)]).toEqual([
    '<!-- assume-role-drift:pull-request file=hubs%2F%E2%80%A61111.yml -->',
    pullMarker(maskText(path, [])),
  ]);
  expect(readStamp(`x\n${stampLine({ head: ONE, at: at(1) })}`)).toEqual({ head: ONE, at: at(1) });
  expect(readStamp('nothing')).toBeUndefined();
  expect(stampLine({ head: '--> x', at: at(1) })).toContain('head unknown');
});
