import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareWithMemory } from '../../../src/report/model/issue-diff.ts';
import { memoryOf } from '../../../src/report/model/memory.ts';
import { renderIssueComment } from '../../../src/report/outputs/issue-comment.ts';
import { runs } from '../../runs.ts';
import { anyReport, bigReport } from '../any-report.ts';
import { alive, finding, HOSTILE, report, target } from '../example.ts';

const OLD = { id: 'old', account: '222222222222', rule: 'trust-changed', message: 'Somebody is let in' };

function comment(given: ReturnType<typeof report>, ...remembered: (typeof OLD)[]): string | undefined {
  return renderIssueComment(compareWithMemory(given, memoryOf(remembered)));
}

test('nothing new, no comment', () => expect(comment(report({ findings: [finding({ id: 'old' })] }), OLD)).toBeUndefined());
test('nothing but what stands, no comment', () =>
  expect(comment(report({ targets: [target({ status: 'unreadable' })] }), OLD)).toBeUndefined());

test('says what is new and what is gone, and tells the owner', () => {
  const given = report({
    targets: [target({ name: 'production', owner: '@acme/ddi', status: 'drifted' })],
    findings: [finding({ id: 'new', message: 'A policy is gone', rule: 'role-policy-missing', access: 'narrowed' })],
  });
  expect(comment(given, OLD)).toBe(
    [
      '**1 new finding (1 narrowed), 1 gone.**',
      '',
      '❌ **Drift: 1 finding in 1 account (1 narrowed).** 1 of 1 target can be reached. 2 of 2 accounts read.',
      '',
      'For @acme/ddi.',
      '',
      '### New, worst first',
      '',
      '- 🟡 **A managed policy is not attached to the target role in production** (`role-policy-missing`, `.github/assume-role.yml:7`): A policy is gone.',
      '',
      '### Gone',
      '',
      '- no longer there: `222222222222` `trust-changed`: Somebody is let in',
      '',
    ].join('\n'),
  );
});

describe('who is told', () => {
  const exception = { owner: '@acme/iam', reason: 'r', expires: '2026-01-31', expired: true };
  const cases: readonly [string, string | null, Parameters<typeof finding>[0], string | undefined][] = [
    ['the owner of the account', '@acme/ddi', {}, 'For @acme/ddi.'],
    ['nobody where there is none', null, {}, undefined],
    ['and whose exception ran out', '@acme/ddi', { exception }, 'For @acme/ddi, @acme/iam.'],
    ['a person', '@octo-cat', {}, 'For @octo-cat.'],
    ['no more than once', '@acme/iam', { exception }, 'For @acme/iam.'],
    ['nobody by a name that is no handle', 'DDI team @everyone', {}, 'For `DDI team @everyone`.'],
    ['nobody by a handle with more to it', '@a](https://evil.example)', {}, 'For `@a](https://evil.example)`.'],
    ['nobody by two at once', '@a @b', {}, 'For `@a @b`.'],
    ['nobody by a name that GitHub does not allow', '@-a', {}, 'For `@-a`.'],
  ];
  test.each(cases)('%s', (_, owner, part, expected) => {
    const text = comment(report({ targets: [target({ owner })], findings: [finding(part)] }));
    expect(text?.split('\n').find((line) => line.startsWith('For '))).toBe(expected);
  });

  test('not the owners of accounts without news', () => {
    const given = report({
      targets: [target({ owner: '@acme/a' }), target({ account: '333333333333', owner: '@acme/b' })],
      findings: [finding({ id: 'old' }), finding({ id: 'x', account: '333333333333' })],
    });
    expect(comment(given, OLD)).toContain('For @acme/b.\n');
    expect(comment(given, OLD)).not.toContain('@acme/a');
  });
});

test('whatever is in a report and a memory, the comment fits, and nothing in it is alive but handles', () => {
  const owners = fc.constantFrom('@acme/ddi', ...HOSTILE);
  const memory = fc.array(
    fc.record({
      id: fc.constantFrom(...HOSTILE),
      account: fc.constantFrom(...HOSTILE),
      rule: fc.constantFrom(...HOSTILE),
      message: fc.constantFrom(...HOSTILE),
    }),
    { maxLength: 4 },
  );
  fc.assert(
    fc.property(anyReport(8), owners, memory, (given, owner, remembered) => {
      const text = comment({ ...given, targets: given.targets.map((each) => ({ ...each, owner })) }, ...remembered) ?? '';
      expect(text.length).toBeLessThanOrEqual(65_536);
      expect(alive(text.replaceAll(/@acme\/ddi(?=[,.])/g, 'handle'))).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test('of very many it tells the worst, and how many there are', () => {
  const text = comment(bigReport(5_000)) ?? '';
  expect(text).toMatch(/^\*\*5,000 new findings \(1250 widened, /);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(65_536);
  const shown = text.match(/^- /gm)?.length ?? 0;
  expect(shown).toBe(15);
  expect(text).toContain(`_${(5_000 - shown).toLocaleString('en-US')} more new findings not shown here._`);
});
