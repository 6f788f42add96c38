import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report, ReportFinding } from '../../../src/report/model/schema.ts';
import { annotations } from '../../../src/report/outputs/annotations.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { FILE, finding, HUB, REFUSED, report, target } from '../example.ts';

const UNREAD = target({ account: '444444444444', status: 'unreadable', error: REFUSED });

function onProposal(given: Report): Report {
  return { ...given, run: { ...given.run, proposal: true } };
}

describe('a finding', () => {
  test('is annotated where the file speaks of it', () => {
    const [annotation] = annotations(report({ findings: [finding({ explanation: ['Account 9 is let in'] })] }));
    expect(annotation).toMatchObject({
      level: 'error',
      file: FILE,
      line: 7,
      column: 5,
      title: 'widened: The trust policy of the role differs in 222222222222',
    });
    expect(annotation?.message).toMatch(
      /^The trust of role Micetro in 222222222222 lets others in\. Account 222222222222\. Account 9 is let in\. /,
    );
  });

  const levels: readonly [Partial<ReportFinding>, string, string][] = [
    [{ access: 'widened' }, 'error', 'warning'],
    [{ access: 'changed' }, 'error', 'warning'],
    [{ access: 'narrowed' }, 'warning', 'warning'],
    [{ access: 'none' }, 'notice', 'notice'],
    [{ access: 'none', rule: 'quota-exceeded' }, 'error', 'error'],
    [{ access: 'narrowed', rule: 'hub-user-key-compromised' }, 'error', 'error'],
  ];
  test.each(levels)('%j: %s, on a pull request %s', (part, level, onPull) => {
    const given = report({ findings: [finding(part)] });
    expect(annotations(given)[0]?.level).toBe(level);
    expect(annotations(onProposal(given))[0]?.level).toBe(onPull);
  });

  const silent: readonly [string, Partial<ReportFinding>][] = [
    ['accepted', { exception: { owner: 'o', reason: 'r', expires: '2027-01-31', expired: false } }],
    ['repaired', { fix: { status: 'verified', reason: '', calls: [], command: '' } }],
  ];
  test.each(silent)('that is %s is not', (_, part) => expect(annotations(report({ findings: [finding(part)] }))).toEqual([]));

  test('in many accounts is one annotation that lists them', () => {
    const accounts = Array.from({ length: 12 }, (_, index) => String(300_000_000_000 + index));
    const found = annotations(
      report({ targets: accounts.map((account) => target({ account })), findings: accounts.map((account) => finding({ account })) }),
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.message).toContain('The same in 12 accounts: 300000000000, ');
    expect(found[0]?.message).toContain('300000000009 and 2 more.');
  });
});

describe('an account that could not be read', () => {
  test('comes first, as an error with what to do', () => {
    const [first] = annotations(report({ targets: [UNREAD], findings: [finding()] }));
    expect(first).toEqual({
      level: 'error',
      title: 'unreadable: account 444444444444',
      message:
        'AccessDenied at sts:AssumeRole: User is not authorized to perform: sts:AssumeRole. Let the hub auditor assume AssumeRoleAuditor.',
      file: FILE,
      line: 1,
      column: 1,
    });
  });
  test('is a warning on a pull request, unless it is the hub', () => {
    const given = onProposal(report({ targets: [UNREAD], hub: { account: HUB, status: 'unreadable', error: REFUSED } }));
    expect(annotations(given).map(({ level, title }) => [level, title])).toEqual([
      ['error', `unreadable: account ${HUB}`],
      ['warning', 'unreadable: account 444444444444'],
    ]);
  });
});

describe('the limits', () => {
  test('no more of a kind than GitHub shows, with room for what the step says itself; the last counts the rest', () => {
    const found = annotations(bigReport(100));
    const of = (level: string): typeof found => found.filter((annotation) => annotation.level === level);
    expect(of('error')).toHaveLength(9);
    expect(of('warning')).toHaveLength(8);
    expect(of('notice')).toHaveLength(10);
    const rest = ['error', 'warning', 'notice'].map(
      (level) => /(\d+) more of this kind are not shown here/.exec(of(level).at(-1)?.message ?? '')?.[1],
    );
    expect(rest).toEqual(['41', '17', '15']);
  });

  test('as many as there is room for need no count', () => {
    const given = bigReport(36);
    const errors = given.findings.filter(({ access }) => access === 'widened').slice(0, 9);
    const found = annotations({ ...given, findings: errors });
    expect(found).toHaveLength(9);
    for (const { message } of found) expect(message).not.toContain('not shown here');
  });

  test('whatever is in a report, every text is one short line that the runner takes for no command', () => {
    fc.assert(
      fc.property(anyReport(12), (given) => {
        for (const { title, message, line, column } of annotations(given)) {
          for (const text of [title, message]) {
            expect(text.length).toBeLessThan(15_000);
            expect(text).not.toMatch(/^\s*::|##\[|[\p{Cc}\p{Cf}\p{Cs}]/u);
          }
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
