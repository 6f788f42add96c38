import { expect, test } from '@jest/globals';
import { comparedPolicies } from '../../../src/drift/policies.ts';
import { Comparer, parsePolicy } from '../../../src/policy/index.ts';
import { annotations } from '../../../src/report/outputs/annotations.ts';
import { renderIssueBody } from '../../../src/report/outputs/issue.ts';
import { renderSarif } from '../../../src/report/outputs/sarif.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { finding, HUB, report } from '../example.ts';

/** What the comparison says of two documents, on its way to each reader. */

const trust = (...ids: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: ids }, Action: 'sts:AssumeRole' }],
});
const [desired, live] = [trust(HUB), trust('999999999999')];
const drift = comparedPolicies(new Comparer(), parsePolicy(desired, 'trust'), parsePolicy(live, 'trust'));
if (drift === null) throw new Error('the two are not the same');
const { access, explanation = [], witness = null } = drift;
const REPORT = report({ findings: [finding({ access, desired, live, explanation: [...explanation], witness })] });

const GAINED = 'Allowed only in AWS: `arn:aws:iam::999999999999:root` may `sts:AssumeRole`';
const LOST = `Allowed only in the file: \`arn:aws:iam::${HUB}:root\` may \`sts:AssumeRole\``;

test('a line for each direction', () => {
  expect(explanation).toEqual([GAINED, LOST]);
});

test.each<[string, string]>([
  ['summary', renderSummary(REPORT)],
  ['issue', renderIssueBody(REPORT, undefined)],
])('the %s has each in a line of its own, before the difference in writing', (_name, page) => {
  const [gained, lost, diff] = [page.indexOf(GAINED), page.indexOf(LOST), page.indexOf('```diff')];
  expect(gained).toBeGreaterThan(0);
  expect(lost).toBeGreaterThan(gained);
  expect(diff).toBeGreaterThan(lost);
});

test.each<[string, string]>([
  ['annotation', annotations(REPORT)[0]?.message ?? ''],
  ['SARIF result', JSON.stringify(renderSarif(REPORT))],
])('the %s has both', (_name, text) => {
  const [gained, lost] = [text.indexOf(GAINED), text.indexOf(LOST)];
  expect(gained).toBeGreaterThan(0);
  expect(lost).toBeGreaterThan(gained);
});
