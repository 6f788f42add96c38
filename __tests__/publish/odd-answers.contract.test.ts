import { describe, expect, jest, test } from '@jest/globals';
import { brokenOff, type FaultAnswer, htmlPage, odd } from '../../dev/github/faults.ts';
import { addIssue, addPull } from '../../dev/github/repository.ts';
import { type EmbeddedGitHub, startGitHub } from '../../dev/github/server.ts';
import type { Route } from '../../src/publish/answers.ts';
import { readFileAt } from '../../src/publish/file-at.ts';
import { publishIssue } from '../../src/publish/issue.ts';
import { publishPullComment } from '../../src/publish/pull-comment.ts';
import { readRepository } from '../../src/publish/read-repository.ts';
import { issueMarker, pullMarker, stampLine } from '../../src/report/outputs/markers.ts';
import { FILE, finding, HUB, report, target } from '../report/example.ts';
import { client } from './client.ts';

/** Every call to GitHub, with every odd answer: the run goes on and says what came. */

jest.setTimeout(30_000);

const REPO = { owner: 'acme', repo: 'access' };
const HEAD = '1'.repeat(40);
const BASE = 'b'.repeat(40);
const DRIFT = report({ targets: [target({ status: 'drifted' })], findings: [finding()] });

const ODD: readonly (readonly [name: string, answer: FaultAnswer])[] = [
  ['a page of HTML', htmlPage(200)],
  ['a page of HTML as a refusal', htmlPage(403)],
  ['null', odd('null')],
  ['an empty list', odd('[]')],
  ['an empty object', odd('{}')],
  ['text in JSON', odd('"hello"')],
  ['a list of null', odd('[null]')],
  ['truncated JSON', odd('{"number": 1, "html_u')],
  ['nothing', odd('')],
  ['an answer that breaks off', brokenOff],
];

/** What people read of it. */
const SAID = /instead of|was incomplete|did not come from GitHub/;

/** What a run does that makes the call. @returns what it says to people, warnings and reasons */
type Scenario = (github: EmbeddedGitHub) => Promise<readonly string[]>;

const describeRepository: Scenario = async (github) => {
  const known = { owner: 'acme', name: 'access', visibility: 'unknown', defaultBranch: undefined } as const;
  const { repository, problem } = await readRepository(client(github), known, { visibility: true, defaultBranch: true });
  expect(repository).toEqual(known);
  return [problem];
};

const readBase =
  (path: string, text: string): Scenario =>
  async (github) => {
    github.repository.files.push({ ref: BASE, path: FILE, text });
    const file = await readFileAt(client(github), REPO, path, BASE, 3_000_000);
    return file.status === 'failed' ? [file.reason] : [`The base is ${file.status}.`];
  };

const keepIssue =
  (prepare: (github: EmbeddedGitHub) => void = () => undefined): Scenario =>
  async (github) => {
    prepare(github);
    github.repository.collaborators.push('mona');
    const { warnings } = await publishIssue({
      octokit: client(github),
      repo: REPO,
      report: DRIFT,
      knownAccounts: (text) => text,
      options: {},
      title: 'Drift',
      labels: ['iam-drift'],
      assignees: ['mona'],
      cancelled: new AbortController().signal,
    });
    return warnings;
  };

const known = (labels: readonly string[]) => (github: EmbeddedGitHub) =>
  void addIssue(github.repository, {
    title: 'Drift',
    body: issueMarker(HUB, FILE),
    labels: [...labels],
    user: { login: 'b', type: 'Bot' },
  });

const keepComment =
  (...bodies: readonly string[]): Scenario =>
  async (github) => {
    const end = (sha: string) => ({ sha, ref: 'change', repository: 'acme/access' });
    const { number } = addPull(github.repository, { head: end(HEAD), base: end(BASE) });
    const at = '2026-11-25T08:00:00.000Z';
    const marker = pullMarker(FILE);
    for (const [id, text] of bodies.entries()) {
      const user = { login: 'github-actions[bot]', type: 'Bot' } as const;
      const body = `${marker}\n${text}`;
      github.repository.comments.push({ id, issue: number, body, user, association: 'NONE', createdAt: at, updatedAt: at });
    }
    const stamp = { head: HEAD, at };
    const body = `${marker}\n${stampLine(stamp)}\nnew\n`;
    const { warning } = await publishPullComment({
      octokit: client(github),
      repo: REPO,
      pullRequest: number,
      marker,
      knownAccounts: (text) => text,
      stamp,
      body,
      fromFork: false,
    });
    return warning === undefined ? [] : [warning];
  };

/** One for each call; the compiler asks for it. */
const SCENARIOS: Readonly<Record<Route, Scenario>> = {
  'GET /repos/{owner}/{repo}': describeRepository,
  'GET /repos/{owner}/{repo}/contents/{path}': readBase(FILE, 'version: 1\n'),
  'GET /repos/{owner}/{repo}/git/blobs/{file_sha}': readBase(FILE, '#'.repeat(1_500_000)),
  'GET /repos/{owner}/{repo}/git/commits/{commit_sha}': readBase('another.yml', 'version: 1\n'),
  'GET /repos/{owner}/{repo}/pulls/{pull_number}': keepComment(),
  'GET /repos/{owner}/{repo}/issues': keepIssue(),
  'POST /repos/{owner}/{repo}/issues': keepIssue(),
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}': keepIssue(known(['iam-drift'])),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/assignees': keepIssue(),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/labels': keepIssue(known([])),
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': keepComment(),
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': keepIssue(known(['iam-drift'])),
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': keepComment('old'),
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}': keepComment('old', 'double'),
  'GET /repos/{owner}/{repo}/labels/{name}': keepIssue(),
  'POST /repos/{owner}/{repo}/labels': keepIssue(),
};

/** Lists that GitHub might answer as well. */
const LISTS = /^GET .*\/(?:issues|comments)$|^POST .*\/\{issue_number\}\/labels$/;
const isFine = (route: string, name: string) => name === 'an empty list' && LISTS.test(route);

describe.each(Object.entries(SCENARIOS))('%s', (route, scenario) => {
  const [method = '', path = ''] = route.split(' ');
  const pattern = new RegExp(`^${path.replaceAll(/\/\{path\}/g, '/.+').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

  test.each(ODD)('%s', async (name, answer) => {
    await using github = await startGitHub();
    const seen: string[] = [];
    github.faults.push({
      times: 99,
      answer,
      when: (call) => {
        const is = call.method === method && pattern.test(call.path);
        if (is) seen.push(call.path);
        return is;
      },
    });
    const said = await scenario(github);
    expect(seen).not.toEqual([]);
    if (isFine(route, name)) return;
    expect(said.join('\n')).toMatch(SAID);
    expect(said.join('\n')).not.toMatch(/Sign in|hello|undefined/);
  });
});
