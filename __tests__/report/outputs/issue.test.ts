import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareWithMemory } from '../../../src/report/model/issue-diff.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import { readMemory } from '../../../src/report/model/memory.ts';
import { renderClosingComment, renderIssueBody, renderIssueTitle } from '../../../src/report/outputs/issue.ts';
import { issueMarker } from '../../../src/report/outputs/markers.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { alive, FILE, finding, HOSTILE, HUB, REFUSED, render, report, target } from '../example.ts';

const WHERE = { source: { serverUrl: 'https://github.example', repository: 'acme/iam', sha: '0a1b2c3' }, reportPath: 'drift.json' };
const isOurs = (href: string): boolean => href.startsWith('https://github.example/acme/iam/');
const DRIFT = report({
  targets: [target({ status: 'drifted', owner: '@acme/ddi' })],
  findings: [finding({ message: 'Somebody is let in' })],
});
const REFUSED_TARGET = target({
  status: 'unreadable',
  checks: { grant: 'unknown', trust: 'unknown', permissions: 'unknown' },
  error: REFUSED,
});

/** The page without its two hidden lines. */
function visible(body: string): string {
  return body.split('\n').slice(2).join('\n');
}

describe('the marker', () => {
  test('tells hub and file', () =>
    expect(issueMarker(HUB, FILE)).toBe('<!-- assume-role-drift:issue hub=1111 file=.github%2Fassume%2Drole.yml -->'));
  test('is the same for a masked hub', () => {
    for (const account of ['…1111', '…1111·2']) expect(issueMarker(account, FILE)).toBe(issueMarker(HUB, FILE));
  });
  test.each(HOSTILE.map((text) => [text.slice(0, 40), text]))('no name of a file gets out of it: %j', (_, file) => {
    expect(issueMarker(HUB, file)).toMatch(/^<!-- [^<>]* -->$/);
    expect(issueMarker(HUB, file).slice(4, -3)).not.toContain('--');
  });
  test('tells files apart', () => expect(issueMarker(HUB, 'a-b.yml')).not.toBe(issueMarker(HUB, 'a%2Db.yml')));
});

describe('the title', () => {
  const cases: readonly [string, string][] = [
    ['AWS access drift in {hubAccount}', `AWS access drift in ${HUB}`],
    ['two\nlines \u202E', 'two lines ⟨U+202E⟩'],
    ['x'.repeat(300), 'x'.repeat(256)],
  ];
  test.each(cases)('%j', (template, expected) => expect(renderIssueTitle(template, report())).toBe(expected));
  test('of a masked report', () => expect(renderIssueTitle('in {hubAccount}', maskReport(report()))).toBe('in …1111'));
});

describe('the body', () => {
  test('begins with the marker and the memory, then the verdict, the accounts and the findings', () => {
    const lines = renderIssueBody(DRIFT, undefined, WHERE).split('\n');
    expect(lines[0]).toBe(issueMarker(HUB, FILE));
    expect(lines[1]).toMatch(/^<!-- assume-role-drift:memory [\w+/=]+ -->$/);
    expect(lines[3]).toBe('❌ **Drift: 1 finding in 1 account (1 widened).** 1 of 1 target can be reached. 2 of 2 accounts read.');
    expect(lines.filter((line) => line.startsWith('## '))).toEqual(['## Accounts', '## Findings']);
  });

  test('mentions nobody', () => {
    const body = renderIssueBody(DRIFT, undefined, WHERE);
    expect(body).toContain('`@acme/ddi`');
    expect(alive(visible(body), isOurs)).toEqual([]);
  });

  test('is the same for the same report, but for what is new', () => {
    const first = renderIssueBody(DRIFT, undefined);
    const second = renderIssueBody(DRIFT, readMemory(first));
    expect(second).toBe(first.replace('the finding is new', 'nothing new'));
    expect(renderIssueBody(DRIFT, readMemory(second))).toBe(second);
  });

  test('keeps showing what could not be looked at again', () => {
    const first = renderIssueBody(DRIFT, undefined);
    const blind = report({ targets: [REFUSED_TARGET] });
    const second = renderIssueBody(blind, readMemory(first));
    expect(second).toContain(
      '## Not checked this time\n\n1 finding of the last run could not be checked again and stands until then:\n\n- `222222222222` `trust-changed`: Somebody is let in\n',
    );
    expect(second).not.toMatch(/clean/i);
    const third = renderIssueBody(blind, readMemory(second));
    expect(third).toBe(second);
    expect(compareWithMemory(DRIFT, readMemory(third))).toMatchObject({ new: [], gone: [], standing: [] });
  });

  test('what could be looked at and is not there is not shown', () => {
    expect(renderIssueBody(report(), readMemory(renderIssueBody(DRIFT, undefined)))).not.toContain('Somebody is let in');
  });

  test('whatever is in a report and in a memory, it fits and nothing in it is alive', () => {
    // What is read back from an issue has no longer ids than that.
    const short = HOSTILE.map((text) => text.slice(0, 100));
    const memories = fc.array(
      fc.record({
        id: fc.constantFrom(...short),
        account: fc.constantFrom('222222222222', ...short),
        rule: fc.constantFrom('x', ...short),
        message: fc.constantFrom(...HOSTILE),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyReport(10), memories, (given, findings) => {
        const body = renderIssueBody(given, { findings, total: findings.length, digest: '' }, WHERE);
        expect(body.length).toBeLessThanOrEqual(65_536);
        expect(alive(visible(body), isOurs)).toEqual([]);
        const rendered = render(visible(body));
        expect(rendered.split('<details>').length).toBe(rendered.split('</details>').length);
        expect(readMemory(body)).toBeDefined();
      }),
      { numRuns: runs(60) },
    );
  });

  test.each([100, 700, 8_000])('%d findings fit, say what is left out, and leave a memory', (size) => {
    const body = renderIssueBody(bigReport(size), undefined, WHERE);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(
      /\*\*[\d,]+ entries not shown here, the least severe first\. All are in the JSON report `drift\.json` of this run\.\*\*/,
    );
    expect(readMemory(body)?.total).toBe(size);
  });
});

test('the closing comment says that all was read', () => {
  expect(renderClosingComment(report())).toBe(
    '✅ **No drift in what was compared.** 1 of 1 target can be reached. 2 of 2 accounts read.\n\nThis issue is closed. It is reopened when drift is found.\n',
  );
});
