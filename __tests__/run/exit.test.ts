import { describe, expect, test } from '@jest/globals';
import type { Report, ReportChange } from '../../src/report/model/schema.ts';
import { exitOf } from '../../src/run/exit.ts';
import { finding, report } from '../report/example.ts';

const counts = (part: Partial<Report['summary']>): Report['summary'] => ({
  ...report({}).summary,
  ...{
    expected: 3,
    observed: 3,
    clean: 3,
    drifted: 0,
    unreadable: 0,
    findings: 0,
    excepted: 0,
    widened: 0,
    narrowed: 0,
    changed: 0,
    none: 0,
    fixed: 0,
  },
  ...part,
});
const given = (part: Partial<Report['summary']>, more: Partial<Report> = {}) =>
  report({ hub: { account: '111111111111', status: 'clean', error: null }, findings: [], ...more, summary: counts(part) });
const onProposal = (one: Report): Report => ({ ...one, run: { ...one.run, proposal: true } });
const unreadHub = { account: '111111111111', status: 'unreadable', error: null } as const;

describe('on a schedule', () => {
  test.each([
    [{}, 'drift', false],
    [{ widened: 1 }, 'drift', true],
    [{ widened: 1 }, 'widened', true],
    [{ widened: 1 }, 'never', false],
    [{ changed: 1 }, 'widened', true],
    [{ narrowed: 1 }, 'widened', false],
    [{ narrowed: 1 }, 'drift', true],
    [{ none: 1 }, 'drift', true],
    [{ none: 1 }, 'widened', false],
    [{ unreadable: 1 }, 'never', true],
  ] as const)('%j with fail-on %s fails: %s', (summary, failOn, fails) => {
    const { failures } = exitOf(given(summary), failOn);
    expect(failures.length > 0).toBe(fails);
  });
});

describe('a leaked key', () => {
  const key = finding({ rule: 'hub-user-key-compromised', access: 'narrowed' });
  const accepted = { owner: 'o', reason: 'r', expires: '2027-01-31', expired: false };
  const leaked = 'An access key of the hub user has leaked.';
  test.each([
    ['drift', key, [leaked, expect.stringMatching(/^1 finding of drift/)]],
    ['widened', key, [leaked]],
    ['never', key, []],
    ['widened', { ...key, exception: { ...accepted, expired: true } }, [leaked]],
    ['widened', { ...key, exception: accepted }, []],
  ] as const)('with fail-on %s', (failOn, found, failures) => {
    expect(exitOf(given({ narrowed: 1 }, { findings: [found] }), failOn).failures).toEqual(failures);
  });
  test('does not fail a pull request, which shows it', () => {
    expect(exitOf(onProposal(given({ narrowed: 1 }, { findings: [key] })), 'drift').failures).toEqual([]);
  });
});

test('after a repair, what was written and is still there fails whatever fail-on says', () => {
  const there = finding({ fix: { status: 'applied', reason: 'there is still a difference', calls: [], command: '' } });
  const after = { ...given({ widened: 1 }), findings: [there] };
  const { failures } = exitOf({ ...after, run: { ...after.run, fix: true } }, 'never');
  expect(failures).toEqual(['1 finding is still open after the repair.']);
});

describe('of a proposal', () => {
  const proposed = (...part: Parameters<typeof given>) => onProposal(given(...part));

  test('drift does not fail, and an unreadable target is a warning', () => {
    expect(exitOf(proposed({ widened: 1 }), 'drift')).toEqual({ failures: [], warnings: [] });
    expect(exitOf(proposed({ unreadable: 1 }), 'drift')).toEqual({ failures: [], warnings: [expect.stringContaining('1 of 3')] });
  });

  test('an unreadable hub fails', () => {
    expect(exitOf(proposed({ unreadable: 1 }, { hub: unreadHub }), 'drift').failures).toHaveLength(1);
  });

  test('a file that was checked without AWS does not', () => {
    expect(exitOf(proposed({ expected: 0 }, { hub: unreadHub }), 'drift')).toEqual({ failures: [], warnings: [] });
  });
});

test.each([
  ['a proposal', { proposal: true }],
  ['mode validate', { mode: 'validate' }],
] as const)('a quota that the file exceeds fails in %s, whatever fail-on is', (_where, part) => {
  const run = { ...report({}).run, ...part };
  const exceeded = finding({ rule: 'quota-exceeded', access: 'none', exception: null });
  expect(exitOf(given({ none: 1 }, { run, findings: [exceeded] }), 'never').failures).toEqual([exceeded.message]);
});

describe('a run that writes', () => {
  const change = (outcome: ReportChange['outcome']): ReportChange => ({
    account: '222222222222',
    action: 'iam:DetachRolePolicy',
    input: {},
    before: null,
    after: null,
    effect: 'revoke',
    findings: [],
    at: '2026-11-01T03:00:00Z',
    requestId: null,
    reason: '',
    outcome,
  });
  const left = { account: '222222222222', action: 'iam:DetachRolePolicy', input: {}, reason: 'Not made.' };
  const refused = finding({ fix: { status: 'refused', reason: 'A quota.', calls: [], command: '' } });
  const cases: readonly (readonly [string, Partial<Report>, string])[] = [
    ['all was verified', { changes: [change('verified')] }, ''],
    ['a call failed', { changes: [change('failed')] }, '1 call to AWS failed.'],
    ['a call was not seen', { changes: [change('unverified')] }, '1 call could not be verified.'],
    ['a call was not made', { notMade: [left, left] }, '2 calls were not attempted.'],
    ['a repair was refused', { findings: [refused] }, 'The repair of 1 finding was refused.'],
  ];

  test.each(cases)('%s', (_name, part, says) => {
    for (const run of [{ fix: true }, { mode: 'rollback' }] as const) {
      const { failures } = exitOf(given({}, { ...part, run: { ...report({}).run, ...run } }), 'never');
      expect(failures.join()).toBe(says);
    }
    expect(exitOf(given({}, part), 'never').failures).toEqual([]);
  });
});

describe('a run that did not read everything', () => {
  const CANCELLED = { by: 'cancelled' } as const;
  const LIMIT = { by: 'time-limit', minutes: 10 } as const;
  const [target] = report({}).targets;
  const unread = (account: string, code: string) => {
    if (target === undefined) throw new RangeError('no target');
    return { ...target, account, status: 'unreadable', error: { code, message: 'm', call: 'c', advice: 'a' } } as const;
  };
  const some = (code: string) =>
    given({ unreadable: 5 }, { targets: [...['1', '2', '3', '4'].map((account) => unread(account, code)), unread('5', 'AccessDenied')] });
  const rest = '5 of 3 accounts could not be read completely.';

  test.each([
    [
      'the time limit',
      LIMIT,
      some('TimeLimitReached'),
      ['The time limit of 10 min (input time-limit) was reached; 4 accounts were not read completely: 1, 2, 3 and 1 more.', rest],
    ],
    ['the time limit, but everything was read', LIMIT, given({}), []],
    [
      'cancelled',
      CANCELLED,
      some('RunCancelled'),
      ['The run was cancelled; 4 accounts were not read completely: 1, 2, 3 and 1 more.', rest],
    ],
    ['cancelled, but everything was read', CANCELLED, given({}), ['The run was cancelled.']],
    ['cancelled on a pull request', CANCELLED, onProposal(given({})), ['The run was cancelled.']],
    [
      'cancelled in mode validate',
      CANCELLED,
      { ...given({}), run: { ...given({}).run, mode: 'validate' } } as const,
      ['The run was cancelled.'],
    ],
  ])('%s', (_, ending, one, failures) => {
    expect(exitOf(one, 'never', ending).failures).toEqual(failures);
  });

  test('the time limit on a pull request is a warning', () => {
    const { failures, warnings } = exitOf(onProposal(some('TimeLimitReached')), 'drift', LIMIT);
    expect([failures, warnings[0]]).toEqual([[], expect.stringMatching(/^The time limit of 10 min/)]);
  });

  test('a hub that could not be reached: so were all accounts', () => {
    const error = { code: 'RunCancelled', message: 'm', call: 'c', advice: 'a' };
    const hub = { account: 'h', status: 'unreadable', error } as const;
    const { failures } = exitOf(given({ unreadable: 2 }, { hub, targets: [unread('1', 'HubUnreadable')] }), 'never', CANCELLED);
    expect(failures[0]).toBe('The run was cancelled; 2 accounts were not read completely: h, 1.');
  });
});
