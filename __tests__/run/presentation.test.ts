import { describe, expect, test } from '@jest/globals';
import type { Report, ReportCapture } from '../../src/report/model/schema.ts';
import { maskOutcome, type RunOutcome } from '../../src/run/outcome.ts';
import { presentationOf } from '../../src/run/presentation.ts';
import { HUB, report } from '../report/example.ts';

const PROBLEM = { text: 'access.yml:3:1: not a role', location: { file: 'access.yml', line: 3, column: 1 } };
const ERROR = { account: HUB, code: 'NotCaptured', message: 'The hub has no such user.', call: '', advice: 'Check the name.' };
const EMPTY: ReportCapture = { written: true, reason: '', targets: [], removed: [], taken: [], notTakenIn: [], leftOut: [], review: [] };
const LEFT = { account: HUB, roleArn: 'arn', kind: 'unread', reason: 'no', kept: false } as const;
const run = { ...report().run, mode: 'capture' as const };
const none = { ...report().summary, expected: 0, observed: 0, unreadable: 0 };

function shown(part: Partial<Report>, problems: RunOutcome['problems'] = []) {
  const outcome = { report: report({ findings: [], ...part }), problems };
  const presentation = presentationOf(outcome);
  const { hasResult, writesSarif, keepsIssue } = presentation;
  return { hasResult, writesSarif, keepsIssue, ...presentation.exit(outcome, 'drift') };
}

const CAPTURE = { hasResult: true, writesSarif: false, keepsIssue: false, failures: [], warnings: [] };

test.each<[string, ReturnType<typeof shown>, Partial<ReturnType<typeof shown>>]>([
  ['an audit', shown({}), { hasResult: true, writesSarif: true, keepsIssue: true, failures: [], warnings: [] }],
  [
    'an invalid file',
    shown({ summary: none }, [PROBLEM]),
    {
      hasResult: false,
      writesSarif: true,
      keepsIssue: false,
      failures: ['The desired-state file has 1 error. Nothing was compared.'],
      warnings: [],
    },
  ],
  ['a capture', shown({ run, capture: EMPTY }), CAPTURE],
  [
    'a capture to review',
    shown({ run, capture: { ...EMPTY, leftOut: [LEFT], review: ['one', 'two'].map((text) => ({ text, accounts: [HUB] })) } }),
    {
      ...CAPTURE,
      warnings: [
        'Not captured: 1 granted role. The job summary lists them with the reasons.',
        'Review 2 items before you accept the file. The job summary lists them.',
      ],
    },
  ],
  [
    'a capture that could not write its file',
    shown({ run, capture: { ...EMPTY, written: false, reason: 'The disk is full.' } }),
    { ...CAPTURE, failures: ['The disk is full.'] },
  ],
  [
    'a capture that could not begin',
    shown({ run, errors: [ERROR] }),
    { ...CAPTURE, hasResult: false, failures: ['The hub has no such user. Check the name.', 'No file was written.'] },
  ],
  [
    'a capture over an invalid file',
    shown({ run, summary: none }, [PROBLEM]),
    { ...CAPTURE, hasResult: false, failures: ['Nothing was captured, and no file was written.'] },
  ],
])('%s', (_, given, expected) => {
  expect(given).toEqual(expected);
});

describe('masked', () => {
  const [one, other] = ['123456789012', '999999999012'];
  const error = { ...ERROR, account: '', message: `${one} and ${other}` };

  test('problems and the captured file name the accounts as the report does', () => {
    const outcome = { report: report({ errors: [error] }), problems: [{ ...PROBLEM, text: `not ${other}` }], text: `hub: ${one}\n` };
    const masked = maskOutcome(outcome);
    expect(masked.report.errors[0]?.message).toBe('…9012 and …9012·2');
    expect(masked.problems).toEqual([{ ...PROBLEM, text: 'not …9012·2' }]);
    expect(masked.text).toBe('hub: …9012\n');
  });

  test('a run without problems or file', () => {
    expect(maskOutcome({ report: report(), problems: [] }).report.hub.account).toBe(`…${HUB.slice(-4)}`);
  });
});
