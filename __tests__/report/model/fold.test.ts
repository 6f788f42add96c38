import { describe, expect, test } from '@jest/globals';
import { fold } from '../../../src/report/model/fold.ts';
import { maskReport } from '../../../src/report/model/mask.ts';
import type { ReportFinding } from '../../../src/report/model/schema.ts';
import { finding, HUB, report, target } from '../example.ts';

const A = '222222222222';
const B = '333333333333';

function folded(one: Partial<ReportFinding>, other: Partial<ReportFinding>): number {
  const given = report({
    targets: [target({ account: A }), target({ account: B, roleArn: `arn:aws:iam::${B}:role/MicetroProd` })],
    findings: [finding({ account: A, ...one }), finding({ account: B, resource: `arn:aws:iam::${B}:role/MicetroProd`, ...other })],
  });
  const masked = maskReport(given);
  expect(fold(masked.findings, masked)).toHaveLength(fold(given.findings, given).length);
  return fold(given.findings, given).length;
}

const statement = (resource: string): unknown => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resource }] });

describe('findings in two accounts', () => {
  const together: readonly [string, Partial<ReportFinding>, Partial<ReportFinding>][] = [
    ['alike', {}, {}],
    ['alike but for their own account', { live: `arn:aws:iam::${A}:policy/x` }, { live: `arn:aws:iam::${B}:policy/x` }],
    [
      'alike but for their own role',
      { live: statement(`arn:aws:iam::${A}:role/Micetro`) },
      { live: statement(`arn:aws:iam::${B}:role/MicetroProd`) },
    ],
    [
      'with an inline policy of the same name',
      { resource: `arn:aws:iam::${A}:role/Micetro/policy/x` },
      { resource: `arn:aws:iam::${B}:role/MicetroProd/policy/x` },
    ],
    ['told in other words', { message: 'one' }, { message: 'other' }],
    [
      'with a document in another order',
      { rule: 'role-inline-policy-changed', live: { Statement: [{ Effect: 'Allow', Action: ['a:B', 'c:D'], Resource: '*' }] } },
      { rule: 'role-inline-policy-changed', live: { Statement: [{ Resource: ['*'], Action: ['c:D', 'a:B'], Effect: 'Allow' }] } },
    ],
  ];
  test.each(together)('%s: one entry', (_, one, other) => expect(folded(one, other)).toBe(1));

  const apart: readonly [string, Partial<ReportFinding>, Partial<ReportFinding>][] = [
    ['of another rule', {}, { rule: 'trust-orphaned' }],
    ['of another access', {}, { access: 'changed' }],
    ['with another third account', { live: '999999999999' }, { live: '888888888888' }],
    ['with each other’s account', { live: A }, { live: A }],
    ['accepted or not', {}, { exception: { owner: 'o', reason: 'r', expires: '2027-01-31', expired: true } }],
    ['repaired or not', {}, { fix: { status: 'failed', reason: '', calls: [], command: '' } }],
    ['with a longer name of the role', { live: `arn:aws:iam::${A}:role/Micetro` }, { live: `arn:aws:iam::${B}:role/MicetroProd2` }],
    ['both of the hub', { id: 'one', account: HUB, resource: 'x' }, { id: 'other', account: HUB, resource: 'x' }],
    ['of the hub and of a target', { account: HUB, resource: 'x' }, { resource: 'x' }],
  ];
  test.each(apart)('%s: two entries', (_, one, other) => expect(folded(one, other)).toBe(2));
});

describe('findings that differ by names alone', () => {
  const accounts = Array.from({ length: 6 }, (_, index) => String(200_000_000_000 + index));
  const named = (count: number, roleName = (index: number) => `Micetro-${index}`) => {
    const own = accounts.slice(0, count);
    const given = report({
      targets: own.map((account, index) => {
        const name = roleName(index);
        return target({ account, name: `acct-${index}`, roleName: name, roleArn: `arn:aws:iam::${account}:role/${name}` });
      }),
      findings: own.map((account, index) => {
        const roleArn = `arn:aws:iam::${account}:role/${roleName(index)}`;
        return finding({ id: `f${index}`, account, roleArn, resource: roleArn, live: `files of acct-${index} and ${roleName(index)}` });
      }),
    });
    return fold(given.findings, given);
  };

  test('are one entry where there are many', () => {
    expect(named(6).map(({ accounts: where }) => where)).toEqual([accounts]);
  });

  test('are an entry each where there are few', () => {
    expect(named(3)).toHaveLength(3);
  });

  test('keep what is the name of another target', () => {
    const folds = fold(...withOthersName());
    expect(folds.map(({ accounts: where }) => where)).toEqual([[accounts[0], accounts[5]], accounts.slice(1, 5)]);
  });

  function withOthersName(): Parameters<typeof fold> {
    const given = report({
      targets: accounts.map((account, index) => target({ account, name: `acct-${index}` })),
      findings: accounts.map((account, index) => {
        const roleArn = `arn:aws:iam::${account}:role/Micetro`;
        return finding({ id: `f${index}`, account, roleArn, resource: roleArn, live: `files of acct-${index === 5 ? 0 : index}` });
      }),
    });
    return [given.findings, given];
  }
});

test('the same grant in the hub for roles of several accounts is one entry for each group', () => {
  const extra = (account: string, group: string, name = 'Micetro') => {
    const resource = `arn:aws:iam::${account}:role/${name}`;
    const live = { policies: [{ group, policy: `assume-${account}` }], document: statement(resource) };
    return finding({ id: `${account}${group}${name}`, rule: 'grant-extra', account: HUB, roleArn: null, resource, live });
  };
  const given = report({ targets: [], findings: [extra(A, 'a'), extra(B, 'a'), extra(A, 'b'), extra(B, 'a', 'Other'), extra(HUB, 'a')] });
  for (const one of [given, maskReport(given)])
    expect(fold(one.findings, one).map(({ findings }) => findings.length)).toEqual([2, 1, 1, 1]);
  expect(fold(given.findings, given).map(({ accounts }) => accounts)).toEqual([[A, B], [HUB], [HUB], [HUB]]);
});

test('the order of first appearance is kept, and no finding is lost', () => {
  const findings = [A, B, A, B].map((account, index) =>
    finding({ id: String(index), account, rule: index === 1 ? 'trust-orphaned' : 'trust-changed', resource: 'r' }),
  );
  const entries = fold(findings, report({ findings }));
  expect(entries.map((entry) => entry.findings.map(({ id }) => id))).toEqual([['0', '2', '3'], ['1']]);
});
