import { describe, expect, test } from '@jest/globals';
import type { KnownIssue } from '../../src/publish/find-issue.ts';
import { issueNews, planIssue } from '../../src/publish/issue-plan.ts';
import { readMemory } from '../../src/report/model/memory.ts';
import type { Report } from '../../src/report/model/schema.ts';
import { renderIssueBody } from '../../src/report/outputs/issue.ts';
import type { PageOptions } from '../../src/report/outputs/page-limits.ts';
import { finding, report, target } from '../report/example.ts';

const clean = report();
const drifted = (...ids: readonly string[]) => report({ findings: ids.map((id) => finding({ id })) });
const unread = report({ targets: [target({ status: 'unreadable' })] });
const nothing = { ...clean, summary: { ...clean.summary, expected: 0 } };

/** What a second run with the same report writes: nothing in it is new. */
const bodyOf = (left: Report, options: PageOptions = {}) => renderIssueBody(left, readMemory(renderIssueBody(left, undefined)), options);

/** The issue as it was left then. */
const issueOf = (left: Report, state: KnownIssue['state'] = 'open'): KnownIssue => ({
  number: 7,
  url: 'https://github.com/acme/access/issues/7',
  state,
  body: bodyOf(left),
  locked: false,
  closedAt: state === 'open' ? '' : '2026-10-31T03:00:00Z',
});

interface Case {
  readonly name: string;
  readonly known: KnownIssue | undefined;
  readonly found: Report;
  readonly plan: ReturnType<typeof planIssue>['kind'];
  /** Findings that are new, and that are gone; `undefined`: not known. */
  readonly news: readonly [found: number, gone: number] | undefined;
}

const CASES: readonly Case[] = [
  { name: 'no issue, no drift', known: undefined, found: clean, plan: 'nothing', news: [0, 0] },
  { name: 'no issue, drift', known: undefined, found: drifted('a', 'b'), plan: 'create', news: [2, 0] },
  { name: 'no issue, an account that was not read', known: undefined, found: unread, plan: 'create', news: [0, 0] },
  { name: 'the same drift as before', known: issueOf(drifted('a')), found: drifted('a'), plan: 'nothing', news: [0, 0] },
  { name: 'other drift than before', known: issueOf(drifted('a', 'b')), found: drifted('b', 'c'), plan: 'update', news: [1, 1] },
  { name: 'no drift any more', known: issueOf(drifted('a')), found: clean, plan: 'close', news: [0, 1] },
  { name: 'drift after the issue was closed', known: issueOf(drifted('a'), 'closed'), found: drifted('a'), plan: 'reopen', news: [1, 0] },
  { name: 'no drift after the issue was closed', known: issueOf(drifted('a'), 'closed'), found: clean, plan: 'nothing', news: [0, 0] },
  {
    name: 'an account that was not read: what it had is not gone',
    known: issueOf(drifted('a')),
    found: unread,
    plan: 'update',
    news: [0, 0],
  },
  { name: 'a run that compared nothing', known: issueOf(drifted('a')), found: nothing, plan: 'nothing', news: undefined },
];

describe.each(CASES)('$name', ({ known, found, plan, news }) => {
  test(`the issue: ${plan}`, () => {
    expect(planIssue(known, found, {}).kind).toBe(plan);
  });

  test('the counts', () => {
    expect(issueNews(known, found)).toEqual(news && { found: news[0], gone: news[1] });
  });
});

test('another run alone is no reason to edit the issue', () => {
  const ofRun = (run: number): PageOptions => ({ runUrl: `https://github.com/acme/access/actions/runs/${run}` });
  const known = { ...issueOf(drifted('a')), body: bodyOf(drifted('a'), ofRun(1)) };
  expect(known.body).toContain('/actions/runs/1');
  expect(planIssue(known, drifted('a'), ofRun(2)).kind).toBe('nothing');
});
