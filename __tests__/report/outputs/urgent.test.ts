import { describe, expect, test } from '@jest/globals';
import { compareWithMemory } from '../../../src/report/model/issue-diff.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { Report, ReportFinding } from '../../../src/report/model/schema.ts';
import { annotations } from '../../../src/report/outputs/annotations.ts';
import { renderCaptureLog } from '../../../src/report/outputs/capture-log.ts';
import { renderCaptureSummary } from '../../../src/report/outputs/capture-summary.ts';
import { renderIssueBody, renderReopeningComment } from '../../../src/report/outputs/issue.ts';
import { renderIssueComment } from '../../../src/report/outputs/issue-comment.ts';
import { renderLog } from '../../../src/report/outputs/log.ts';
import { renderPullComment } from '../../../src/report/outputs/pull-comment.ts';
import { renderSarif } from '../../../src/report/outputs/sarif.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { alive, finding, HOSTILE, HUB, REFUSED, report, target } from '../example.ts';

/** A leaked key stands above everything else in every output. */

const KEY = 'AKIA2OGYBAH6QLVHR5QA';
const COMMAND = `aws iam update-access-key --user-name=micetro --access-key-id ${KEY} --status Inactive`;
const leaked = (part: Partial<ReportFinding> = {}): ReportFinding =>
  finding({
    id: 'leaked',
    rule: 'hub-user-key-compromised',
    account: HUB,
    resource: `arn:aws:iam::${HUB}:user/micetro`,
    access: 'narrowed',
    message: 'An access key of micetro has leaked.',
    explanation: ['An active key of this user reaches 1 of 2 targets.', `To deactivate it: \`${COMMAND}\``],
    ...part,
  });
const UNREAD = target({ account: '444444444444', status: 'unreadable', error: REFUSED });
const withKey = (part: Partial<ReportFinding> = {}, more: Partial<Report> = {}): Report =>
  report({ targets: [target({ status: 'drifted' }), UNREAD], findings: [finding({ id: 'open' }), leaked(part)], ...more });

const BANNER = [
  '## 🚨 An access key of the hub user has leaked',
  '',
  'An access key of micetro has leaked.',
  '',
  '- An active key of this user reaches 1 of 2 targets.',
  `- To deactivate it: \`${COMMAND}\``,
  '',
  '**What to do now:** Deactivate the key now: no run does this for you.',
].join('\n');

const run = report().run;
const capture = {
  written: true,
  reason: '',
  targets: [],
  removed: [],
  taken: [],
  notTakenIn: [],
  leftOut: [],
  review: [{ text: 'A remark.', accounts: [HUB] }],
};
const proposal: Report['proposal'] = {
  pullRequest: 7,
  head: 'abc',
  base: { commit: 'abc', status: 'compared', reason: '' },
  asked: [],
  live: { causes: [], drifted: ['leaked', 'open'], unsure: [], resolves: [] },
};
const ofPull = { run: { ...run, event: 'pull_request' }, proposal };
const STAMP = { head: 'abc', at: '2026-11-30T03:00:00Z' };

/** Every page, without its hidden lines. */
const PAGES: readonly (readonly [string, (part?: Partial<ReportFinding>) => string])[] = [
  ['the summary', (part) => renderSummary(withKey(part))],
  ['the summary of a repair', (part) => renderSummary(withKey(part, { run: { ...run, fix: true } }))],
  ['the summary of a rollback', (part) => renderSummary(withKey(part, { run: { ...run, mode: 'rollback' } }))],
  ['the summary of a pull request', (part) => renderSummary(withKey(part, ofPull))],
  [
    'the summary of a capture',
    (part) => renderCaptureSummary(withKey(part, { run: { ...run, mode: 'capture' }, capture }), { file: undefined }),
  ],
  ['the issue', (part) => renderIssueBody(withKey(part), undefined)],
  ['its comment on what is new', (part) => renderIssueComment(compareWithMemory(withKey(part), undefined)) ?? ''],
  ['its comment on a later night', (part) => renderIssueComment(laterNight(part)) ?? ''],
  ['the comment that reopens it', (part) => renderReopeningComment(withKey(part))],
  ['the comment on a pull request', (part) => renderPullComment(withKey(part, ofPull), { stamp: STAMP })],
];

function laterNight(part?: Partial<ReportFinding>) {
  const remembered = { id: 'leaked', account: HUB, rule: 'hub-user-key-compromised', message: '' };
  return compareWithMemory(withKey(part), { findings: [remembered], total: 1, digest: '' });
}

const visible = (page: string) => page.replace(/^(?:<!--.*-->\n+)+/, '');

describe.each(PAGES)('%s', (_name, render) => {
  test('begins with it', () => expect(visible(render()).startsWith(BANNER)).toBe(true));

  test.each<[string, Partial<ReportFinding>]>([
    ['an exception accepts it', { exception: { owner: 'o', reason: 'r', expires: '2027-01-31', expired: false } }],
    ['it is another rule', { rule: 'hub-user-policy-missing' }],
  ])('does not, if %s', (_why, part) => expect(render(part)).not.toContain('🚨'));

  test('shows nothing of AWS as anything but text', () => {
    for (const text of HOSTILE) expect(alive(visible(render({ message: text, explanation: [text] })))).toEqual([]);
  });
});

describe('is in the details as well', () => {
  const rulesIn = (page: string) => [...page.matchAll(/<summary>.*?<code>([a-z-]+)<\/code>/g)].map(([, rule]) => rule);
  test('first in its list, whatever else is wrong in the hub', () => {
    const worse = finding({ rule: 'hub-group-missing', account: HUB, access: 'widened' });
    expect(rulesIn(renderSummary(report({ findings: [worse, leaked()] })))).toEqual(['hub-user-key-compromised', 'hub-group-missing']);
  });
  test('last to be left out for length', () => {
    const page = (limit: number) => renderSummary(withKey(), { limit });
    const lengths = Array.from({ length: 60 }, (_, index) => 1_000 + index * 100).map((limit) => rulesIn(page(limit)));
    expect(lengths).toContainEqual(['hub-user-key-compromised']);
    expect(lengths).not.toContainEqual(['trust-changed']);
  });
});

test('masked: the key as well, and says where it is whole', () => {
  const page = renderSummary(maskReport(withKey()));
  expect(page).toContain('--access-key-id AKIA…R5QA --status Inactive`');
  expect(page).toContain('Account and key ids are shortened here. The report contains them in full.');
  expect(renderSummary(withKey())).not.toContain('shortened');
});

describe('the log', () => {
  const first = ['urgent   An access key of the hub user has leaked. An access key of micetro has leaked.', 'urgent   An active key of'];
  test('begins with it, and has it first among the findings', () => {
    const lines = renderLog(withKey()).split('\n');
    expect(lines.slice(0, 2)).toEqual(first.map((start) => expect.stringMatching(new RegExp(`^${start}`))));
    expect(lines[2]).toContain(COMMAND);
    expect(lines[3]).toMatch(/^urgent {3}What to do now: Deactivate the key now/);
    expect(lines[4]).toMatch(/^unread/);
  });
  test('of a capture as well, before what is to be reviewed', () => {
    const lines = renderCaptureLog(withKey({}, { capture })).split('\n');
    expect([lines[0], lines[4]]).toEqual([first[0], `review ${HUB}: A remark.`]);
    expect(lines.filter((line) => line === first[0])).toHaveLength(1);
  });
});

describe('the annotations', () => {
  test.each(['schedule', 'pull_request'])('begin with it, as an error, on %s', (event) => {
    const [first, ...others] = annotations(withKey({}, { run: { ...run, event } }));
    expect(first).toMatchObject({ level: 'error', title: 'urgent: An access key of the hub user has leaked' });
    expect(first?.message).toMatch(
      /^An access key of micetro has leaked\. Account 111111111111\. .* reaches 1 of 2 targets\. .*Deactivate the key now/,
    );
    expect(others.map(({ title }) => title)).toEqual([
      'unreadable: account 444444444444',
      'widened: The trust policy of the role differs in 222222222222',
    ]);
  });
  test('have it on a pull request that did not cause it', () => {
    expect(annotations(withKey({}, ofPull)).map(({ title }) => title.split(':')[0])).toEqual(['urgent', 'unreadable']);
  });
});

test('SARIF: the first result, an error', () => {
  const [first] = renderSarif(withKey()).runs[0]?.results ?? [];
  expect(first).toMatchObject({ ruleId: 'hub-user-key-compromised', level: 'error' });
  expect(first?.message.text).toContain('reaches 1 of 2 targets');
});
