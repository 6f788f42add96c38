import { describe, expect, test } from '@jest/globals';
import type { Cause } from '../../../src/attribution/cause.ts';
import type { Use } from '../../../src/attribution/use.ts';
import { compareWithMemory } from '../../../src/report/model/issue-diff.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { ReportFinding } from '../../../src/report/model/schema.ts';
import { renderIssueBody } from '../../../src/report/outputs/issue.ts';
import { renderIssueComment } from '../../../src/report/outputs/issue-comment.ts';
import { renderLog } from '../../../src/report/outputs/log.ts';
import { renderSarif } from '../../../src/report/outputs/sarif.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { causeText } from '../../../src/report/sections/cause-line.ts';
import { alive, finding, report, target } from '../example.ts';

const CAUSE: ReportFinding['cause'] = {
  match: 'exact',
  at: '2026-11-29T03:12:00Z',
  event: 'UpdateAssumeRolePolicy',
  account: '222222222222',
  actor: 'arn:aws:iam::222222222222:user/joan',
  via: 'console',
  eventId: 'e',
  reason: '',
};
const USE: NonNullable<ReportFinding['use']> = {
  since: '2026-11-29T03:12:00Z',
  count: 3,
  atLeast: false,
  by: ['999999999999 (AIDAEXAMPLE)'],
  lastAt: '2026-11-29T05:40:00Z',
  regions: ['us-east-1'],
};

const CHANGED = 'Changed by arn:aws:iam::222222222222:user/joan on 29 Nov 2026 03:12 UTC (UpdateAssumeRolePolicy, console).';
const NOTHING = { at: null, event: null, account: null, actor: null, via: null, eventId: null };

const AGAIN = {
  CloudFormation:
    'The next deployment can make this change again. To keep the change, state it in the file. To undo it for good, correct the template.',
  Terraform:
    'The caller says that it is Terraform, whose next run makes this change again. To keep the change, state it in the file. To undo it for good, correct the configuration.',
};

test.each<readonly [string, Partial<Cause>, Partial<Use> | null, string]>([
  ['an exact cause', {}, null, CHANGED],
  [
    'a likely one',
    { match: 'likely', via: 'cli', reason: 'x' },
    null,
    CHANGED.replace('Changed', 'Probably changed').replace('console', 'CLI'),
  ],
  ['one that is not known', { match: 'unknown', ...NOTHING, reason: 'older' }, null, ''],
  ['none that was asked for', { match: 'not-looked-up', ...NOTHING }, null, ''],
  [
    'a deployment of CloudFormation',
    { via: 'CloudFormation' },
    null,
    `${CHANGED.replace('console', 'CloudFormation')} ${AGAIN.CloudFormation}`,
  ],
  ['a run of Terraform', { via: 'Terraform' }, null, `${CHANGED.replace('console', 'Terraform')} ${AGAIN.Terraform}`],
  [
    'what may have been a run of Terraform',
    { match: 'likely', via: 'Terraform', reason: 'x' },
    null,
    CHANGED.replace('Changed', 'Probably changed').replace('console', 'Terraform'),
  ],
  ['use', {}, {}, `${CHANGED} Used since: 3 times by 999999999999 (AIDAEXAMPLE), last on 29 Nov 2026 05:40 UTC (AssumeRole in us-east-1).`],
  [
    'use that is not all known',
    {},
    { atLeast: true, count: 1, by: ['a', 'b', 'c', 'd'], regions: ['eu-west-1', 'us-east-1'] },
    `${CHANGED} Used since: at least 1 time by a, b, c and 1 more, last on 29 Nov 2026 05:40 UTC (AssumeRole in eu-west-1, us-east-1).`,
  ],
  ['no use', {}, { count: 0, by: [], lastAt: null }, `${CHANGED} Not used since (AssumeRole in us-east-1).`],
  [
    'use since an unknown change',
    { match: 'unknown', ...NOTHING },
    { since: '2026-09-01T00:00:00Z' },
    'Used since 1 Sep 2026 00:00 UTC: 3 times by 999999999999 (AIDAEXAMPLE), last on 29 Nov 2026 05:40 UTC (AssumeRole in us-east-1).',
  ],
  ['a key', { match: 'unknown', ...NOTHING }, { count: null, by: [] }, 'Last used on 29 Nov 2026 05:40 UTC (us-east-1).'],
  ['a key that nobody uses', { match: 'unknown', ...NOTHING }, { count: null, by: [], lastAt: null, regions: [] }, 'Never used.'],
])('%s', (_, cause, use, expected) => {
  expect(
    causeText({
      cause: { ...CAUSE, ...cause },
      use: use && { ...USE, ...use, by: [...(use.by ?? USE.by)], regions: [...(use.regions ?? USE.regions)] },
    }),
  ).toBe(expected);
});

const pagesOf = (one: ReportFinding, isMasked: boolean): Readonly<Record<string, string>> => {
  const whole = report({ targets: [target({ status: 'drifted' })], findings: [one] });
  const shown = isMasked ? maskReport(whole) : whole;
  return {
    summary: renderSummary(shown),
    issue: renderIssueBody(shown, undefined),
    comment: renderIssueComment(compareWithMemory(shown, undefined)) ?? '',
    log: renderLog(shown),
    sarif: JSON.stringify(renderSarif(shown)),
  };
};

describe('every page', () => {
  test('has the line', () => {
    for (const page of Object.values(pagesOf(finding({ cause: CAUSE, use: USE }), false))) {
      expect(page).toMatch(
        /Changed by `?arn:aws:iam::222222222222:user\/joan`? on 29 Nov 2026 03:12 UTC \(UpdateAssumeRolePolicy, console\)\./,
      );
      expect(page).toMatch(/Used since: 3 times by `?999999999999 \(AIDAEXAMPLE\)`?/);
    }
  });

  test.each(['CloudFormation', 'Terraform'] as const)('says that %s will do it again', (via) => {
    const owned = finding({ cause: { ...CAUSE, via }, use: USE });
    for (const isMasked of [false, true]) {
      for (const page of Object.values(pagesOf(owned, isMasked))) expect(page).toContain(AGAIN[via]);
    }
  });

  test('that is masked names actors by kind and account alone', () => {
    const by = ['999999999999 (AIDA1234567890123456)', 'arn:aws:sts::333333333333:assumed-role/admin/eve', 'ec2.amazonaws.com'];
    for (const page of Object.values(pagesOf(finding({ cause: CAUSE, use: { ...USE, by } }), true))) {
      expect(page).toMatch(/Changed by an IAM user in …2222 on/);
      expect(page).toMatch(/by an IAM user in …9999, an assumed role in …3333, the service ec2.amazonaws.com/);
      expect(page).not.toMatch(/joan|admin|AIDA\d|(?<!\d)\d{12}(?!\d)/);
    }
  });

  test('escapes whatever CloudTrail says', () => {
    const hostile = 'x @octocat <img src=x> ![a](b) `code` | ::error::';
    const pages = pagesOf(
      finding({ cause: { ...CAUSE, actor: hostile, event: hostile }, use: { ...USE, by: [hostile], regions: [hostile] } }),
      false,
    );
    for (const name of ['summary', 'issue', 'comment']) expect(alive(pages[name] ?? '')).toEqual([]);
    expect(pages.log).not.toMatch(/^::/m);
  });
});

test('the id of a masked finding is the same whoever changed it', () => {
  const idOf = (cause: ReportFinding['cause']) => maskReport(report({ findings: [finding({ cause })] })).findings[0]?.id;
  expect(idOf(CAUSE)).toBe(idOf({ ...CAUSE, actor: 'arn:aws:iam::222222222222:root', eventId: 'f' }));
});
