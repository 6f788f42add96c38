import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { Report, ReportCall } from '../../../src/report/model/schema.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { runs } from '../../runs.ts';
import { alive, finding, HOSTILE, HUB, report, target } from '../example.ts';

const ONE = '222222222222';

function call(part: Partial<ReportCall> = {}): ReportCall {
  const base = {
    action: 'iam:PutGroupPolicy',
    account: HUB,
    input: {},
    findings: ['f1'],
    purpose: 'Let micetro assume it',
    effect: 'grant' as const,
  };
  return { ...base, before: null, after: {}, condition: '', command: 'aws iam put-group-policy', ...part };
}

function planned(calls: ReportCall[], part: Partial<NonNullable<Report['plan']>> = {}): Report {
  const limits = { scope: 'all' as const, maxGrants: 20, maxRevocations: 5 };
  const plan = { calls, grants: 1, revocations: 2, refusal: null, limits, ...part };
  return report({ targets: [target({ account: ONE, name: 'production' })], findings: [finding(), finding({ id: 'f2' })], plan });
}

const CALLS = [
  call({ effect: 'revoke', action: 'iam:DeleteGroupPolicy', purpose: 'Remove it' }),
  call({ account: ONE, effect: 'both', action: 'iam:UpdateAssumeRolePolicy', purpose: 'Restore the trust policy' }),
  call({ condition: 'Sent only after AWS shows other access' }),
];

function sectionOf(summary: string): string {
  return summary.slice(summary.indexOf('## What a repair run would do')).split('\n## ')[0] ?? '';
}

test('the calls in their order, under the account in which each is made, counted against the limits', () => {
  expect(sectionOf(renderSummary(planned(CALLS)))).toBe(`## What a repair run would do

It would not repair 1 finding. Each finding states the reason.

<details><summary>3 calls in 2 accounts; roles that gain access: 1 of at most 20; roles that lose access: 2 of at most 5</summary>

**\`${HUB}\` (hub)**

- revokes: Remove it. \`iam:DeleteGroupPolicy\`

**\`production\` \`${ONE}\`**

- grants and revokes: Restore the trust policy. \`iam:UpdateAssumeRolePolicy\`

**\`${HUB}\` (hub)**

- grants: Let micetro assume it. \`iam:PutGroupPolicy\` Sent only after AWS shows other access.

</details>
`);
});

test('a plan that would be refused says so before the fold', () => {
  expect(sectionOf(renderSummary(planned(CALLS, { refusal: '2 calls give access' })))).toMatch(
    /\*\*It would make none of these calls:\*\* 2 calls give access\.\n\nIt would not repair/,
  );
});

test('nothing is said without a call, nor by a repair run', () => {
  expect(renderSummary(planned([]))).not.toContain('What a repair run would do');
  expect(renderSummary({ ...planned(CALLS), run: { ...planned(CALLS).run, fix: true } })).not.toContain('What a repair run would do');
});

test('what does not fit is left out from the end, and counted', () => {
  const many = planned(Array.from({ length: 500 }, (_value, index) => call({ purpose: `Do ${index}` })));
  const summary = renderSummary(many, { limit: 8_000 });
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(8_000);
  expect(summary).toMatch(/_\d+ more calls not shown here\._/);
  expect(summary).toContain('Do 0.');
});

test('hostile texts stay text', () => {
  fc.assert(
    fc.property(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE), (purpose, refusal) => {
      expect(alive(renderSummary(planned([call({ purpose, action: purpose, account: purpose })], { refusal })))).toEqual([]);
    }),
    { numRuns: runs(60) },
  );
});

test('masked, the plan tells no account, and points to the findings by their new ids', () => {
  const masked = maskReport(planned([call({ account: ONE, purpose: `in ${ONE}`, input: { RoleName: ONE }, findings: ['f2'] })]));
  expect(JSON.stringify(masked.plan)).not.toContain(ONE);
  expect(masked.plan?.calls[0]?.findings).toEqual([masked.findings[1]?.id]);
});
