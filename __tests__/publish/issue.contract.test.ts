import { describe, expect, jest, test } from '@jest/globals';
import { blockedFromCreating, brokenOff, htmlPage, rateLimit, secondaryRateLimit, serverError } from '../../dev/github/faults.ts';
import { addIssue, type Issue, setState } from '../../dev/github/repository.ts';
import { type EmbeddedGitHub, startGitHub } from '../../dev/github/server.ts';
import { CONTENTS_TOKEN, FORK_TOKEN, FULL_TOKEN } from '../../dev/github/tokens.ts';
import { type IssueRequest, publishIssue } from '../../src/publish/issue.ts';
import { maskReport } from '../../src/report/model/mask.ts';
import { masker } from '../../src/report/model/mask-text.ts';
import type { Report } from '../../src/report/model/schema.ts';
import { issueMarker } from '../../src/report/outputs/markers.ts';
import { FILE, finding, HUB, REFUSED, report, target } from '../report/example.ts';
import { client } from './client.ts';

// Dozens of requests each; a busy machine needs its time.
jest.setTimeout(30_000);

const OTHER = '333333333333';
const TRUST = finding();
const GRANT = finding({ id: 'f2', account: OTHER, rule: 'grant-missing', access: 'narrowed', message: `No grant for ${OTHER}` });
const both = [target({ status: 'drifted' }), target({ account: OTHER, status: 'drifted' })];

const clean = report({ targets: [target(), target({ account: OTHER })] });
const trustDrift = report({ targets: both, findings: [TRUST] });
const grantDrift = report({ targets: both, findings: [GRANT] });
const unread = report({ targets: [target({ status: 'unreadable', connection: 'unknown', error: REFUSED }), target({ account: OTHER })] });

function night(github: EmbeddedGitHub, shown: Report, change: Partial<IssueRequest> & { token?: string; patience?: number } = {}) {
  const { token = FULL_TOKEN.value, patience = 120, ...rest } = change;
  return publishIssue({
    octokit: client(github, { token, patience }),
    repo: { owner: 'acme', repo: 'access' },
    report: shown,
    knownAccounts: masker([HUB, OTHER]),
    options: { runUrl: `${github.url}/acme/access/actions/runs/${github.calls.length}` },
    title: 'AWS access drift in {hubAccount}',
    labels: ['iam-drift'],
    assignees: [],
    cancelled: new AbortController().signal,
    ...rest,
  });
}

function issue(github: EmbeddedGitHub, number = 1): Issue {
  const found = github.repository.issues[number - 1];
  if (found === undefined) throw new Error(`There is no issue ${number}.`);
  return found;
}

const comments = ({ repository }: EmbeddedGitHub) => repository.comments.map(({ body }) => body);
const events = ({ repository }: EmbeddedGitHub) => repository.notifications.map(({ event, issue: number }) => `${event} ${number}`);
const writes = ({ calls }: EmbeddedGitHub) => calls.filter(({ method }) => method !== 'GET');

describe('the life of an issue', () => {
  test('no drift, no issue', async () => {
    await using github = await startGitHub();
    expect(await night(github, clean)).toEqual({ did: 'nothing', issue: undefined, news: { found: 0, gone: 0 }, warnings: [] });
    // By the label, and for one without it.
    expect(github.calls).toHaveLength(2);
  });

  test('a clean night after a closed issue: by the label, and for an open one that has lost it', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    await night(github, clean);
    github.calls.length = 0;
    expect(await night(github, clean)).toMatchObject({ did: 'nothing' });
    expect(github.calls).toHaveLength(2);
  });

  test('two nights with the same drift: one issue, told once', async () => {
    await using github = await startGitHub();
    const first = await night(github, trustDrift);
    expect(first).toEqual({
      did: 'created',
      issue: expect.objectContaining({ number: 1, url: `${github.url}/acme/access/issues/1` }),
      news: { found: 1, gone: 0 },
      warnings: [],
    });
    expect(issue(github)).toMatchObject({ title: `AWS access drift in ${HUB}`, labels: ['iam-drift'], state: 'open' });
    expect(issue(github).body).toContain(issueMarker(HUB, FILE));
    expect(github.repository.labels).toEqual([
      { name: 'iam-drift', color: 'd93f0b', description: 'AWS access differs from the desired state' },
    ]);

    const second = await night(github, trustDrift);
    expect(second).toMatchObject({ issue: { number: 1 }, news: { found: 0, gone: 0 } });
    expect(events(github)).toEqual(['opened 1']);
    expect(github.repository.issues).toHaveLength(1);
    expect(writes(github).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /repos/acme/access/labels',
      'POST /repos/acme/access/issues',
      // Nothing is new any more.
      'PATCH /repos/acme/access/issues/1',
    ]);

    const third = await night(github, trustDrift);
    expect(third).toMatchObject({ did: 'nothing', news: { found: 0, gone: 0 } });
  });

  test('another run at another commit, and line ends that GitHub changed, are no reason to write', async () => {
    await using github = await startGitHub();
    const source = (digit: string) => ({ serverUrl: github.url, repository: 'acme/access', sha: digit.repeat(40) });
    const first = { options: { runUrl: `${github.url}/acme/access/actions/runs/1`, source: source('a') } };
    await night(github, trustDrift, first);
    await night(github, trustDrift, first);
    issue(github).body = `${issue(github).body.trimEnd().replaceAll('\n', '\r\n')}`;
    const before = writes(github).length;
    expect(
      await night(github, trustDrift, { options: { runUrl: `${github.url}/acme/access/actions/runs/2`, source: source('b') } }),
    ).toMatchObject({
      did: 'nothing',
      issue: { number: 1 },
    });
    expect(writes(github)).toHaveLength(before);
  });

  test.each([HUB, '1111-1111-1111', '1111_1111_1111', '9111111111111'])(
    'of a file that is named after its account (%s), the issue is found again, masked or not, and one of an earlier version too',
    async (name) => {
      await using github = await startGitHub();
      const path = `access/${name}.yml`;
      const whole = { ...trustDrift, run: { ...trustDrift.run, desiredState: { path, sha256: null } } };
      const masked = maskReport(whole);
      for (const shown of [masked, masked, masked, whole, masked]) {
        expect(await night(github, shown)).toMatchObject({ issue: { number: 1 } });
      }
      expect(issue(github).body).not.toMatch(new RegExp(`${name}|${encodeURIComponent(name).replaceAll('-', '%2D')}`));
      // Before the console's form was shortened.
      issue(github).body = issue(github).body.replace(/(?<= file=)\S+/, encodeURIComponent(path).replaceAll('-', '%2D'));
      expect(await night(github, masked)).toMatchObject({ issue: { number: 1 } });
      expect(github.repository.issues).toHaveLength(1);
    },
  );

  test('other drift: one comment with what is new and what is gone', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', issue: { number: 1 } });
    expect(comments(github)).toEqual([expect.stringMatching(/grant-missing.*Gone.*trust-changed/s)]);
    expect(issue(github).body).toContain('grant-missing');
    await night(github, grantDrift);
    expect(comments(github)).toHaveLength(1);
  });

  test.each([
    ['asked for the issue', 'GET', ['opened 1']],
    ['told the news', 'POST', ['opened 1', 'commented 1']],
  ])('clean, and cancelled while GitHub is %s: it stays open', async (_, atMethod, told) => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    const cancelling = new AbortController();
    const cancel = ({ method }: { readonly method: string }) => {
      if (method === atMethod) cancelling.abort();
      return false;
    };
    github.faults.push({ when: cancel, times: 1, answer: 'drop' });
    expect(await night(github, clean, { cancelled: cancelling.signal })).toMatchObject({ did: 'nothing', issue: { number: 1 } });
    expect([issue(github).state, events(github)]).toEqual(['open', told]);
  });

  test('clean: closed with a comment; drift again: the same issue opens', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    expect(await night(github, clean)).toMatchObject({ did: 'closed', issue: { number: 1 } });
    expect(issue(github)).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(events(github)).toEqual(['opened 1', 'commented 1', 'closed 1']);

    expect(await night(github, clean)).toMatchObject({ did: 'nothing', issue: undefined });
    expect(await night(github, grantDrift)).toMatchObject({ did: 'reopened', issue: { number: 1 } });
    expect(comments(github).at(-1)).toContain('grant-missing');
    expect(events(github).slice(3)).toEqual(['commented 1', 'reopened 1']);
  });

  test('an account that could not be read keeps the issue open, and its findings', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    await night(github, unread);
    expect(issue(github).state).toBe('open');
    expect(issue(github).body).toContain('trust-changed');
    expect(comments(github)).toEqual([]);
    // The findings were still remembered, so that seeing them again is no news.
    await night(github, trustDrift);
    expect(comments(github)).toEqual([]);
  });

  test.each([
    ['an account was not read', unread],
    ['accounts are missing', { ...clean, summary: { ...clean.summary, observed: clean.summary.observed - 1 } }],
    ['the hub was not read', { ...clean, hub: { ...clean.hub, status: 'unreadable' as const } }],
    [
      'an exception ran out',
      report({ targets: both, findings: [{ ...TRUST, exception: { owner: 'a', reason: 'b', expires: '2026-01-01', expired: true } }] }),
    ],
    ['a repair failed', report({ targets: both, findings: [{ ...TRUST, fix: { ...TRUST.fix, status: 'failed' as const } }] })],
  ])('opened, and not closed, when %s', async (_, shown) => {
    await using github = await startGitHub();
    expect(await night(github, shown)).toMatchObject({ did: 'created' });
    await night(github, shown);
    expect(issue(github).state).toBe('open');
  });

  test.each([
    ['accepted', { exception: { owner: 'a', reason: 'b', expires: '2027-01-01', expired: false } }],
    ['repaired', { fix: { ...TRUST.fix, status: 'verified' as const } }],
  ])('closed when all that is left is %s', async (_, part) => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    expect(
      await night(github, report({ targets: [target(), target({ account: OTHER })], findings: [{ ...TRUST, ...part }] })),
    ).toMatchObject({ did: 'closed' });
  });

  test('nothing had to be read: untouched', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    const before = writes(github).length;
    const empty = { ...clean, summary: { ...clean.summary, expected: 0, observed: 0 } };
    expect(await night(github, empty)).toMatchObject({ did: 'nothing' });
    expect(writes(github)).toHaveLength(before);
  });

  test('owners are mentioned when the issue is opened, in a comment and not in the body', async () => {
    await using github = await startGitHub();
    const owned = report({ targets: [target({ status: 'drifted', owner: '@acme/ddi' })], findings: [TRUST] });
    await night(github, owned);
    await night(github, owned);
    expect(comments(github)).toEqual([expect.stringContaining('For @acme/ddi.')]);
  });
});

test('the comment on a new issue is rejected: the owners hear of it the next night, once', async () => {
  await using github = await startGitHub();
  const owned = report({ targets: [target({ status: 'drifted', owner: '@acme/ddi' })], findings: [TRUST] });
  const when = ({ path }: { path: string }) => path.endsWith('/comments');
  github.faults.push({ when, times: 9, answer: blockedFromCreating });
  expect(await night(github, owned)).toMatchObject({ did: 'failed', issue: { number: 1 } });
  expect(issue(github).body).toContain('trust-changed');
  github.faults.length = 0;
  expect(await night(github, owned)).toMatchObject({ did: 'updated', warnings: [] });
  expect(comments(github)).toEqual([expect.stringContaining('For @acme/ddi.')]);
  await night(github, owned);
  expect(comments(github)).toHaveLength(1);
  expect(github.repository.issues).toHaveLength(1);
});

describe('people at work', () => {
  test.each(['completed', 'not_planned'])('closed by hand as %s while drift remains: opened again, with a word', async (reason) => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    setState(github.repository, issue(github), 'closed', reason);
    expect(await night(github, trustDrift)).toMatchObject({ did: 'reopened', issue: { number: 1 } });
    expect(comments(github)).toEqual([expect.stringContaining('still open')]);
    expect(issue(github)).toMatchObject({ state: 'open', stateReason: 'reopened' });
  });

  test('a new title and more labels stay', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    Object.assign(issue(github), { title: 'Ours', labels: ['iam-drift', 'urgent'] });
    await night(github, grantDrift);
    expect(issue(github)).toMatchObject({ title: 'Ours', labels: ['iam-drift', 'urgent'] });
  });

  test('an edited body is written anew', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    issue(github).body = `${issueMarker(HUB, FILE)}\nall is well`;
    await night(github, trustDrift);
    expect(issue(github).body).toContain('trust-changed');
  });

  test('duplicates are closed with a pointer to the oldest', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    addIssue(github.repository, { title: 'copy', body: issue(github).body, labels: ['iam-drift'] });
    await night(github, trustDrift);
    expect(github.repository.issues.map(({ state, stateReason }) => [state, stateReason])).toEqual([
      ['open', null],
      ['closed', 'not_planned'],
    ]);
    expect(github.repository.comments.map(({ issue: number, body }) => [number, body])).toEqual([[2, 'Duplicate of #1']]);
    await night(github, trustDrift);
    expect(comments(github)).toHaveLength(1);
  });

  test('the one that was closed last is the one that opens again', async () => {
    await using github = await startGitHub();
    const body = issueMarker(HUB, FILE);
    for (const closedAt of ['2026-01-02T00:00:00Z', '2026-03-04T00:00:00Z', '2026-02-03T00:00:00Z']) {
      addIssue(github.repository, { title: 'x', body, labels: ['iam-drift'], state: 'closed', closedAt });
    }
    expect(await night(github, trustDrift)).toMatchObject({ did: 'reopened', issue: { number: 2 } });
  });

  test('transferred or deleted: a new one', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    issue(github).gone = true;
    expect(await night(github, trustDrift)).toMatchObject({ did: 'created', issue: { number: 2 } });
  });

  test('the label was deleted: found all the same, and labelled again', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    issue(github).labels = [];
    github.repository.labels.length = 0;
    expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', issue: { number: 1 } });
    expect(issue(github).labels).toEqual(['iam-drift']);
    expect(github.repository.labels).toEqual([expect.objectContaining({ color: 'd93f0b' })]);
  });

  test('a conversation is locked: the body is kept, and a warning says why there is no comment', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    issue(github).locked = true;
    const { did, warnings } = await night(github, grantDrift);
    expect([did, warnings]).toEqual(['updated', [expect.stringContaining('Unlock the conversation')]]);
    expect(issue(github).body).toContain('grant-missing');
  });

  test('assignees, as far as GitHub knows them', async () => {
    await using github = await startGitHub();
    github.repository.collaborators.push('Mona');
    const { did, warnings } = await night(github, trustDrift, { assignees: ['mona', 'stranger'] });
    expect(did).toBe('created');
    expect(issue(github).assignees).toEqual(['Mona']);
    expect(warnings).toEqual([expect.stringMatching(/could not be assigned to stranger:/)]);
  });
});

describe('other issues', () => {
  test('a first page full of others, pull requests with the marker, other hubs and files', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    const body = issue(github).body;
    addIssue(github.repository, { title: 'pull request', body, labels: ['iam-drift'], pull: true });
    addIssue(github.repository, { title: 'other hub', body: issueMarker('999999999999', FILE), labels: ['iam-drift'] });
    addIssue(github.repository, { title: 'other file', body: issueMarker(HUB, 'other.yml'), labels: ['iam-drift'] });
    addIssue(github.repository, { title: 'no body', labels: ['iam-drift'] });
    for (let index = 0; index < 250; index += 1) addIssue(github.repository, { title: `other ${index}`, labels: ['iam-drift'] });
    expect(await night(github, trustDrift)).toMatchObject({ issue: { number: 1 } });
    expect(github.repository.issues.filter(({ state }) => state === 'closed')).toEqual([]);
    expect(events(github)).toEqual(['opened 1']);
  });

  test('a stranger cannot plant an issue that is taken for ours', async () => {
    await using github = await startGitHub();
    github.repository.visibility = 'public';
    addIssue(github.repository, {
      title: 'planted',
      body: issueMarker(HUB, FILE),
      user: { login: 'mallory', type: 'User' },
      association: 'NONE',
    });
    expect(await night(github, trustDrift)).toMatchObject({ did: 'created', issue: { number: 2 } });
    expect(issue(github).body).toBe(issueMarker(HUB, FILE));
  });

  test('not every open issue of a large repository is looked through', async () => {
    await using github = await startGitHub();
    for (let index = 0; index < 1000; index += 1) addIssue(github.repository, { title: `other ${index}` });
    expect(await night(github, trustDrift)).toMatchObject({ did: 'created', issue: { number: 1001 } });
    expect(github.calls.length).toBeLessThan(12);
  });

  test('another run made the label meanwhile', async () => {
    await using github = await startGitHub();
    const label = { name: 'IAM-drift', color: '000000', description: '' };
    github.faults.push({
      times: 1,
      answer: 'drop',
      when: ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/labels')) github.repository.labels.push(label);
        return false;
      },
    });
    expect(await night(github, trustDrift)).toMatchObject({ did: 'created', warnings: [] });
    expect(github.repository.labels).toEqual([label]);
  });

  test('an older run was faster: the own one is closed as its duplicate', async () => {
    await using github = await startGitHub();
    github.faults.push({
      times: 1,
      answer: 'drop',
      when: ({ method, path }) => {
        // The other run's issue comes into being between this run's list and its own creation.
        if (method === 'POST' && path.endsWith('/issues'))
          addIssue(github.repository, { title: 'faster', body: issueMarker(HUB, FILE), labels: ['iam-drift'] });
        return false;
      },
    });
    expect(await night(github, trustDrift)).toMatchObject({ did: 'nothing', issue: { number: 1 } });
    expect(issue(github, 1).state).toBe('open');
    expect(issue(github, 2)).toMatchObject({ state: 'closed' });
    expect(comments(github)).toEqual(['Duplicate of #1']);
  });
});

describe('GitHub refuses', () => {
  const PERMISSION = expect.stringContaining('\npermissions:\n  issues: write');
  const posts = (end: string) => (call: { method: string; path: string }) => call.method === 'POST' && call.path.endsWith(end);

  test.each([
    ['a token without issues: write', { token: CONTENTS_TOKEN.value }, PERMISSION],
    ['a read-only token', { token: FORK_TOKEN.value }, PERMISSION],
    ['a wrong token', { token: 'wrong' }, expect.stringContaining('github-token')],
    ['another repository', { repo: { owner: 'acme', repo: 'other' } }, PERMISSION],
  ])('%s: one warning', async (_, change, warning) => {
    await using github = await startGitHub();
    expect(await night(github, trustDrift, change)).toEqual({ did: 'failed', issue: undefined, news: undefined, warnings: [warning] });
    expect(github.repository.issues).toEqual([]);
  });

  test('issues are disabled', async () => {
    await using github = await startGitHub();
    github.repository.issuesEnabled = false;
    expect((await night(github, trustDrift)).warnings).toEqual([expect.stringContaining('issue: never')]);
  });

  test.each([
    ['throttled for a while', secondaryRateLimit(30), 2, 'created', []],
    ['throttled for longer than the run waits', secondaryRateLimit(30), 9, 'failed', [expect.stringContaining('rate limit')]],
    ['out of calls for the hour', rateLimit(3000), 9, 'failed', [expect.stringContaining('rate limit')]],
    ['down for a moment', serverError, 2, 'created', []],
    ['down', serverError, 99, 'failed', [expect.stringContaining('The next run tries again')]],
    ['out of reach', 'drop' as const, 99, 'failed', [expect.stringContaining('The next run tries again')]],
  ])('%s', async (_, answer, times, did, warnings) => {
    await using github = await startGitHub();
    github.faults.push({ when: () => true, times, answer });
    expect(await night(github, trustDrift)).toMatchObject({ did, warnings });
  });

  test.each([true, false])('the answer to the creation is lost (it did its work: %s): one issue', async (afterwards) => {
    await using github = await startGitHub();
    github.faults.push({ when: posts('/issues'), times: 1, answer: 'drop', afterwards });
    expect(await night(github, trustDrift)).toMatchObject({ did: 'created', issue: { number: 1 }, warnings: [] });
    expect(github.repository.issues).toHaveLength(1);
  });

  test.each([
    ['the label', 'POST', /\/labels$/],
    ['the issue', 'POST', /\/issues$/],
    ['the update', 'PATCH', /\/issues\/1$/],
    ['the comment', 'POST', /\/comments$/],
  ] as const)(
    'the answer to %s breaks off, though the call did its work: it is done once, and nobody is warned',
    async (_, method, path) => {
      await using github = await startGitHub();
      const when = (call: { method: string; path: string }) => call.method === method && path.test(call.path);
      github.faults.push({ when, times: 1, answer: brokenOff, afterwards: true });
      expect(await night(github, trustDrift)).toMatchObject({ did: 'created', warnings: [] });
      expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', warnings: [] });
      expect(github.faults).toEqual([]);
      expect([github.repository.issues.length, comments(github).length, github.repository.labels.length]).toEqual([1, 1, 1]);
      expect(await night(github, grantDrift)).toMatchObject({ issue: { number: 1 }, news: { found: 0, gone: 0 }, warnings: [] });
    },
  );

  test('a comment fails: nothing is marked as told, and the next night tells it', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    github.faults.push({ when: posts('/comments'), times: 9, answer: serverError });
    expect(await night(github, grantDrift)).toMatchObject({ did: 'failed', issue: { number: 1 } });
    github.faults.length = 0;
    await night(github, grantDrift);
    expect(comments(github)).toEqual([expect.stringContaining('grant-missing')]);
  });

  test.each([true, false])(
    'the answer to a comment is lost (it did its work: %s): told once, that night or the next',
    async (afterwards) => {
      await using github = await startGitHub();
      await night(github, trustDrift);
      // An older comment that says the same is not taken for this one.
      await night(github, grantDrift);
      await night(github, trustDrift);
      for (const comment of github.repository.comments) comment.updatedAt = '2026-10-01T00:00:00Z';
      github.faults.push({ when: posts('/comments'), times: 1, answer: 'drop', afterwards });
      expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', warnings: [] });
      expect(comments(github)).toHaveLength(3);
      await night(github, grantDrift);
      expect(comments(github)).toHaveLength(3);
    },
  );

  test.each([
    ['blocked from creating content', blockedFromCreating],
    ['a secondary rate limit', secondaryRateLimit(3600)],
    ['a secondary rate limit that is not called one', { status: 403, headers: { 'retry-after': '3600' }, message: 'You are locked out.' }],
    ['a text with the word', { status: 403, message: 'The account is locked.' }],
    ['a page of HTML', htmlPage(403)],
  ] as const)('%s is not a locked conversation: the news stays news, and the next night tells it', async (name, answer) => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    const { body } = issue(github);
    github.faults.push({ when: posts('/comments'), times: 9, answer });
    const { did, warnings } = await night(github, grantDrift);
    expect([did, warnings, issue(github).body]).toEqual(['failed', [expect.not.stringContaining('Unlock')], body]);
    if (name !== 'a text with the word' && name !== 'a page of HTML') expect(warnings[0]).toMatch(/rate limit is exceeded/);
    github.faults.length = 0;
    expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', warnings: [] });
    expect(comments(github)).toEqual([expect.stringContaining('grant-missing')]);
  });

  test('a locked conversation that a rate limit stops as well is told of later', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift);
    issue(github).locked = true;
    github.faults.push({ when: posts('/comments'), times: 9, answer: blockedFromCreating });
    expect(await night(github, grantDrift)).toMatchObject({ did: 'failed' });
    expect(issue(github).body).toContain('trust-changed');
  });

  describe('labels', () => {
    const refusals = [
      ['403', { status: 403, message: 'Resource not accessible by integration' }],
      ['404', { status: 404, message: 'Not Found' }],
      ['422', { status: 422, message: 'Validation Failed' }],
    ] as const;

    test.each(refusals)('a label may not be made (%s): one issue without it, found again, updated and closed', async (_, answer) => {
      await using github = await startGitHub();
      github.faults.push({ when: posts('/labels'), times: 99, answer });
      const warning = expect.stringMatching(
        /^The label "iam-drift" could not be created, so the issue has no such label\. GitHub responded with 4.*Create the label in the repository/,
      );
      expect(await night(github, trustDrift)).toMatchObject({ did: 'created', issue: { number: 1 }, warnings: [warning] });
      expect(issue(github).labels).toEqual([]);
      expect(await night(github, grantDrift)).toMatchObject({ did: 'updated', issue: { number: 1 }, warnings: [warning] });
      expect(comments(github)).toHaveLength(1);
      expect(await night(github, clean)).toMatchObject({ did: 'closed', issue: { number: 1 } });
      expect([github.repository.issues.length, issue(github).state]).toEqual([1, 'closed']);
    });

    test('GitHub fails at the label: one issue without it, and nobody is sent to make the label', async () => {
      await using github = await startGitHub();
      github.faults.push({ when: posts('/labels'), times: 99, answer: serverError });
      const { did, warnings } = await night(github, trustDrift);
      expect([did, warnings]).toEqual(['created', [expect.stringMatching(/GitHub responded with 502 .*The next run tries again\.$/)]]);
    });

    test.each(refusals)('the issue is refused with its labels (%s): it is made without', async (_, answer) => {
      await using github = await startGitHub();
      github.faults.push({ when: posts('/issues'), times: 1, answer });
      const { did, warnings } = await night(github, trustDrift);
      expect([did, warnings]).toEqual([
        'created',
        [expect.stringMatching(/^Issue #1 was created without its labels\. GitHub responded with 4/)],
      ]);
      expect([github.repository.issues.length, issue(github).labels]).toEqual([1, []]);
      // The next night labels it.
      expect(await night(github, trustDrift)).toMatchObject({ issue: { number: 1 }, warnings: [] });
      expect([github.repository.issues.length, issue(github).labels]).toEqual([1, ['iam-drift']]);
    });

    test('the input names another label: the old issue goes on under it', async () => {
      await using github = await startGitHub();
      await night(github, trustDrift);
      const renamed = { labels: ['access-drift'] };
      expect(await night(github, grantDrift, renamed)).toMatchObject({ did: 'updated', issue: { number: 1 }, news: { found: 1, gone: 1 } });
      expect([github.repository.issues.length, issue(github).labels]).toEqual([1, ['iam-drift', 'access-drift']]);
      expect(comments(github)).toHaveLength(1);
    });

    test('the label is taken off the open issue, an older one is closed, and the next night is clean: the open one is closed', async () => {
      await using github = await startGitHub();
      const body = `${issueMarker(HUB, FILE)}\n`;
      addIssue(github.repository, { title: 'older', body, labels: ['iam-drift'], state: 'closed', closedAt: '2026-11-01T00:00:00Z' });
      addIssue(github.repository, { title: 'newer', body, labels: ['in-progress'], user: { login: 'github-actions[bot]', type: 'Bot' } });
      expect(await night(github, clean)).toMatchObject({ did: 'closed', issue: { number: 2 } });
      expect(await night(github, clean)).toMatchObject({ did: 'nothing' });
    });

    test('the input names another label on a clean night: the old issue is closed, and opened again when there is drift', async () => {
      await using github = await startGitHub();
      await night(github, trustDrift);
      const renamed = { labels: ['access-drift'] };
      expect(await night(github, clean, renamed)).toMatchObject({ did: 'closed', issue: { number: 1 } });
      expect(await night(github, trustDrift, renamed)).toMatchObject({ did: 'reopened', issue: { number: 1 } });
      expect(github.repository.issues).toHaveLength(1);
    });

    test('what a stranger planted is neither updated nor closed', async () => {
      await using github = await startGitHub();
      const body = issueMarker(HUB, FILE);
      addIssue(github.repository, { title: 'planted', body, labels: ['other'], user: { login: 'mallory', type: 'User' } });
      expect(await night(github, clean)).toMatchObject({ did: 'nothing', issue: undefined });
      expect(issue(github)).toMatchObject({ state: 'open', body });
    });
  });

  test('an error of our own is not taken for GitHub’s', async () => {
    await using github = await startGitHub();
    const options = {
      get runUrl(): string {
        throw new TypeError('ours');
      },
    };
    await expect(night(github, trustDrift, { options })).rejects.toThrow(TypeError);
  });
});

describe('what is shown', () => {
  test('a hostile title stays one line of text within the limit', async () => {
    await using github = await startGitHub();
    await night(github, trustDrift, { title: `a\n::error::b \u202e@acme {hubAccount} ${'😀'.repeat(300)}` });
    const { title } = issue(github);
    expect(title).toMatch(/^a ::error::b ⟨U\+202E⟩@acme 111111111111 😀+/);
    expect(title.length).toBeLessThanOrEqual(256);
  });

  test('masked: no account id anywhere, and the issue is found again either way', async () => {
    await using github = await startGitHub();
    const shown = maskReport(trustDrift);
    await night(github, shown);
    await night(github, maskReport(grantDrift));
    const told = JSON.stringify([github.repository.issues, github.repository.comments]);
    expect(told).not.toMatch(/111111111111|222222222222|333333333333/);
    expect(await night(github, trustDrift)).toMatchObject({ issue: { number: 1 } });
    expect(github.repository.issues).toHaveLength(1);
  });
});
