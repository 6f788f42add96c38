import { describe, expect, test } from '@jest/globals';
import type { IssueDiff } from '../../../src/report/model/issue-diff.ts';
import type { Report, ReportFinding } from '../../../src/report/model/schema.ts';
import { digest } from '../../../src/report/sections/digest.ts';
import { alive, finding, HOSTILE, HUB, REFUSED, report, target } from '../example.ts';

const PRODUCTION = target({ name: 'production' });
const SANDBOX = target({ account: '333333333333', name: 'sandbox' });
const BROKEN = { connection: 'broken' } as const;
const GROUP_GONE = finding({
  rule: 'hub-group-missing',
  account: HUB,
  access: 'narrowed',
  title: 'Hub group micetro-targets does not exist',
});
const OPENED = finding({ id: 'opened', severity: 'everyone', title: 'Anyone (`*`) can assume Micetro' });
const LEAKED = finding({ id: 'leaked', rule: 'hub-user-key-compromised', account: HUB, access: 'narrowed' });
const NO_GRANT = finding({ rule: 'grant-missing', access: 'narrowed', title: 'No grant for Micetro' });
const UNSURE = finding({ access: 'changed', title: 'The trust policy of Micetro differs from the file' });
const NOTHING: Pick<IssueDiff, 'new' | 'gone' | 'recount'> = { new: [], gone: [], recount: null };
const UNREAD = target({ account: '444444444444', status: 'unreadable', connection: 'unknown', error: REFUSED });
const PLAN = { calls: [], grants: 0, revocations: 0, refusal: null, limits: { scope: 'all', maxGrants: 20, maxRevocations: 20 } } as const;

function planning(refusal: string | null): Report['plan'] {
  const call = { action: 'iam:UpdateAssumeRolePolicy', account: '222222222222', input: {}, findings: ['opened'] };
  return { ...PLAN, calls: [{ ...call, purpose: '', effect: 'revoke', before: null, after: null, condition: '', command: '' }], refusal };
}

const several = (count: number, part: Partial<ReportFinding>) =>
  Array.from({ length: count }, (_, index) => finding({ ...part, id: `f${index}`, title: `Drift ${index}` }));

describe('a line', () => {
  const cases: readonly [string, Report, string, Pick<IssueDiff, 'new' | 'gone' | 'recount'>?][] = [
    ['nobody is locked out', report(), '- **Locked out:** nobody, as far as could be read.'],
    [
      'a total outage says what caused it',
      report({
        targets: [
          { ...PRODUCTION, ...BROKEN },
          { ...SANDBOX, ...BROKEN },
        ],
        findings: [GROUP_GONE],
      }),
      '- 🚫 **Locked out:** the hub user cannot reach, or cannot work in, **2 of 2 targets**: `production` `222222222222`, `sandbox` `333333333333`. In the hub: Hub group micetro-targets does not exist.',
    ],
    [
      'some are locked out',
      report({ targets: [{ ...PRODUCTION, ...BROKEN }, SANDBOX], findings: [NO_GRANT] }),
      '- 🚫 **Locked out:** the hub user cannot reach, or cannot work in, **1 of 2 targets**: `production` `222222222222`.',
    ],
    [
      'what is not known',
      report({ targets: [PRODUCTION, UNREAD] }),
      '- **Locked out:** nobody, as far as could be read. For 1 target, this is unknown.',
    ],
    ['nothing is known', report({ targets: [UNREAD] }), '- **Locked out:** unknown.'],
    ['nobody got more', report({ findings: [NO_GRANT] }), '- **More access than the file allows:** nobody.'],
    [
      'nobody got more in what was read',
      report({ targets: [PRODUCTION, UNREAD] }),
      '- **More access than the file allows:** nobody, as far as could be read.',
    ],
    [
      'somebody got more',
      report({ targets: [PRODUCTION], findings: [NO_GRANT, OPENED] }),
      '- 🔴 **More access than the file allows:** Anyone (`*`) can assume Micetro in production.',
    ],
    [
      'the worst are named, the others counted',
      report({ findings: several(5, {}) }),
      '- 🔴 **More access than the file allows:** Drift 0, and the same in 4 more accounts.',
    ],
    [
      'what may be more',
      report({ targets: [PRODUCTION], findings: [UNSURE] }),
      '- **More access than the file allows:** possibly. 🟠 Different access from the file: The trust policy of Micetro differs from the file in production.',
    ],
    [
      'a leaked key',
      report({ findings: [LEAKED] }),
      '- 🔴 **More access than the file allows:** whoever holds the leaked access key, while the key is active.',
    ],
    [
      'a leaked key and more',
      report({ targets: [PRODUCTION], findings: [LEAKED, OPENED] }),
      '- 🔴 **More access than the file allows:** whoever holds the leaked access key, while the key is active; Anyone (`*`) can assume Micetro in production.',
    ],
    [
      'what is missing in the hub and locks nobody out is no cause',
      report({
        targets: [{ ...PRODUCTION, ...BROKEN }, SANDBOX],
        findings: [LEAKED, finding({ rule: 'hub-user-policy-missing', account: HUB, access: 'narrowed' })],
      }),
      '- 🚫 **Locked out:** the hub user cannot reach, or cannot work in, **1 of 2 targets**: `production` `222222222222`.',
    ],
    [
      'what is wrong with the hub as a target is nothing of the hub',
      report({
        targets: [target({ account: HUB, ...BROKEN }), SANDBOX],
        findings: [finding({ rule: 'grant-missing', account: HUB, access: 'narrowed' })],
      }),
      '- 🚫 **Locked out:** the hub user cannot reach, or cannot work in, **1 of 2 targets**: `111111111111` (hub).',
    ],
    [
      'what could not be read is what to do first, where nothing is found',
      report({ targets: [UNREAD], errors: [{ account: '444444444444', ...REFUSED }] }),
      `- **Do first:** ${REFUSED.advice}`,
    ],
    [
      'a repair run mends all',
      report({ findings: [OPENED], plan: planning(null) }),
      '- **Repair:** a run with `fix: true` would repair the finding.',
    ],
    [
      'a repair run mends none',
      report({ findings: [NO_GRANT], plan: planning(null) }),
      '- **Repair:** a run with `fix: true` would not repair the finding.',
    ],
    ['what was not read', report({ targets: [PRODUCTION, UNREAD] }), '- ⚠️ **Not read:** 1 account: `444444444444`.'],
    ['nothing new', report({ findings: [OPENED] }), '- **Since the last run:** nothing new.', NOTHING],
    ['all of it is new', report({ findings: [OPENED] }), '- **Since the last run:** the finding is new.', { ...NOTHING, new: [OPENED] }],
    [
      'some of it is new, some is gone',
      report({ targets: [PRODUCTION], findings: [OPENED, NO_GRANT] }),
      '- **Since the last run:** 1 new: Anyone (`*`) can assume Micetro in production; 1 gone.',
      { ...NOTHING, new: [OPENED], gone: [{ id: 'x', account: HUB, rule: 'r', message: '', why: 'gone' }] },
    ],
    [
      'too many to remember',
      report({ findings: [OPENED] }),
      '- **Since the last run:** 3000 findings before, 1 now.',
      { ...NOTHING, recount: { before: 3_000, now: 1 } },
    ],
    [
      'what to do first is about the worst',
      report({ targets: [PRODUCTION], findings: [NO_GRANT, OPENED] }),
      '- **Do first:** Anyone (`*`) can assume Micetro in production. Look in CloudTrail for AssumeRole calls by principals that only the live trust policy names. Restore the trust policy in the file, or change the file.',
    ],
    [
      'a narrowed trust is not told to look for intruders',
      report({
        targets: [PRODUCTION],
        findings: [finding({ access: 'narrowed', title: 'The trust policy of Micetro allows less than the file' })],
      }),
      '- **Do first:** The trust policy of Micetro allows less than the file in production. Ask the owner of the account whether access was removed on purpose. Restore the trust policy in the file, or change the file.',
    ],
    [
      'what a repair run would do',
      report({ findings: [OPENED, NO_GRANT], plan: planning(null) }),
      '- **Repair:** a run with `fix: true` would repair 1 of 2 findings.',
    ],
    [
      'why it would not',
      report({ findings: [OPENED], plan: planning('Too many.') }),
      '- **Repair:** a run with `fix: true` would make no call: Too many.',
    ],
  ];
  const tests = cases.map(([name, given, line, diff]) => ({ name, given, line, diff }));
  test.each(tests)('$name', ({ given, line, diff }) => expect(digest(given, diff).split('\n')).toContain(line));
});

test('twelve lines at most, whatever is wrong', () => {
  const targets = [...Array.from({ length: 300 }, (_, index) => target({ account: String(200_000_000_000 + index), ...BROKEN })), UNREAD];
  const given = report({ targets, findings: [...several(300, {}), GROUP_GONE, UNSURE], plan: planning('Too many.') });
  const text = digest(given, { new: given.findings, gone: [], recount: null });
  expect(text.split('\n').length).toBeLessThanOrEqual(12);
  expect(text.length).toBeLessThan(3_000);
});

test('none of a report that compared nothing', () => {
  const { summary } = report();
  expect(digest(report({ summary: { ...summary, expected: 0 } }))).toBe('');
});

test('nothing in it is alive', () => {
  for (const text of HOSTILE) {
    const given = report({
      targets: [target({ name: text, ...BROKEN })],
      findings: [finding({ title: text }), { ...GROUP_GONE, title: text }],
    });
    expect(alive(digest(given, { ...NOTHING, new: given.findings }))).toEqual([]);
  }
});
