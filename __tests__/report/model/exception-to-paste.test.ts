import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { exceptionToPaste } from '../../../src/report/model/exception-to-paste.ts';
import { fold as foldOf } from '../../../src/report/model/fold.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { ReportFinding } from '../../../src/report/model/schema.ts';
import { renderSummary } from '../../../src/report/outputs/summary.ts';
import { exceptionBlock } from '../../../src/report/sections/exception-block.ts';
import type { State } from '../../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  editUser,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  TWO,
  trust,
} from '../../drift/estate.ts';
import { finding, report, target } from '../example.ts';

/** What is printed for a finding, pasted into the file with the three things filled in, accepts this finding and no other. */

const desired = desiredOf(SMALL);
const attached = (...names: string[]) => ({
  managedPolicies: { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', ...names].map(managed), optional: [] },
});

const DRIFTED: State = [ONE, TWO].reduce(
  (state, account) =>
    editRole(
      state,
      {
        ...attached('ReadOnlyAccess', 'SecurityAudit'),
        trust: trust({ AWS: '*' }),
        path: '/{x}/',
        arn: `arn:aws:iam::${account}:role/{x}/Micetro`,
      },
      account,
    ),
  editUser(
    editGroup(liveOf(desired), {
      inlinePolicies: [
        ...(liveOf(desired).hub.groups[0]?.value?.inlinePolicies ?? []),
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
        { name: 'a', document: assume(['*', roleArn('*', '${aws:username}'), 'arn:aws:iam::555555555555:role/a:#b']) },
        { name: 'objects', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } },
      ],
    }),
    { consoleLogin: true },
  ),
);

function pasted(text: string) {
  const filled = text.replace('YYYY-MM-DD', '2027-01-31');
  return desiredOf(`${SMALL}exceptions:\n${filled}`);
}

const { findings } = driftOf(desired, DRIFTED);

describe('pasted, it covers exactly this finding', () => {
  test.each(findings.map((one) => [`${one.rule} ${one.resource}`, one] as const))('%s', (_name, one) => {
    const text = exceptionToPaste(one);
    const covered = driftOf(pasted(text), DRIFTED).findings.filter(({ exception }) => exception !== null);
    expect(covered.map(({ id }) => id)).toEqual([one.id]);
  });

  test('there are findings of many kinds', () => {
    expect(new Set(findings.map(({ rule }) => rule)).size).toBeGreaterThan(4);
    expect(findings.length).toBeGreaterThan(10);
  });
});

test('as it is written', () => {
  const [one] = driftOf(desired, editRole(liveOf(desired), { trust: trust({ AWS: '*' }) })).findings;
  expect(one && exceptionToPaste(one)).toBe(`- rule: trust-changed
  account: "${ONE}"
  resource: arn:aws:iam::${ONE}:role/Micetro
  finding: "${one?.id}"
  owner: WHO ANSWERS FOR IT
  reason: WHY IT IS ACCEPTED
  expires: YYYY-MM-DD
`);
});

test('an id or an account that looks like a number is text', () => {
  const entry = {
    rule: 'trust-changed',
    account: '012345670123',
    resource: 'arn:aws:iam::012345670123:role/x',
    id: '1234567890123e45',
  } as const;
  expect(parse(exceptionToPaste(entry))).toEqual([expect.objectContaining({ account: '012345670123', finding: '1234567890123e45' })]);
});

describe('in the details of a finding', () => {
  const accepted = { owner: 'o', reason: 'r', expires: '2027-01-31', expired: false };
  const verified: ReportFinding['fix'] = { status: 'verified', reason: '', calls: [], command: '' };
  const detailsOf = (...all: ReportFinding[]) => {
    const whole = report({ findings: all, targets: all.map(({ account }) => target({ account })) });
    const [fold] = foldOf(whole.findings, whole);
    return fold && exceptionBlock(fold, whole, 2);
  };

  test.each<[string, Partial<ReportFinding>, boolean]>([
    ['open', {}, true],
    ['with an exception that ran out', { exception: { ...accepted, expired: true } }, true],
    ['accepted', { exception: accepted }, false],
    ['repaired', { fix: verified }, false],
    ['urgent', { rule: 'hub-user-key-compromised' }, false],
  ])('%s', (_name, part, isShown) => {
    expect(detailsOf(finding(part))?.includes('finding: "f1"')).toBe(isShown);
  });

  test('of many alike the first ones', () => {
    const many = [ONE, TWO, '444444444444'].map((account, index) =>
      finding({ id: `f${index}`, account, message: `The trust of role Micetro in ${account} lets others in` }),
    );
    const text = detailsOf(...many) ?? '';
    expect(many.map(({ id }) => text.includes(`finding: "${id}"`))).toEqual([true, true, false]);
    expect(text).toContain('The report contains the ids of the others.');
  });

  test('where accounts are masked, none: its ids are others', () => {
    const masked = maskReport(report({ findings: [finding()] }));
    const [fold] = foldOf(masked.findings, masked);
    expect(fold && exceptionBlock(fold, masked, 2)).toMatch(/^To accept the finding .* from the report file\.\n$/);
  });

  test('in the summary', () => {
    expect(renderSummary(report({ findings: [finding()] }))).toContain('  finding: "f1"\n  owner: WHO ANSWERS FOR IT\n');
  });
});

test('with the day left as it is, the file is rejected', () => {
  const [one] = findings;
  expect(() => desiredOf(`${SMALL}exceptions:\n${one && exceptionToPaste(one)}`)).toThrow('a day of the calendar');
});
