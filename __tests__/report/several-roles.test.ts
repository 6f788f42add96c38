import { describe, expect, test } from '@jest/globals';
import { fold } from '../../src/report/model/fold.ts';
import { maskReport } from '../../src/report/model/mask.ts';
import type { ReportFinding, ReportTarget } from '../../src/report/model/schema.ts';
import { renderSummary } from '../../src/report/outputs/summary.ts';
import { titleOfFold } from '../../src/report/sections/finding-title.ts';
import { finding, report, target } from './example.ts';

/** Accounts with two roles, in what people read. */

const [A, B] = ['222222222222', '333333333333'];
const arn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;
const role = (account: string, roleName: string, more: Partial<ReportTarget> = {}) =>
  target({ account, roleName, roleArn: arn(account, roleName), ...more });
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess';
const extra = (account: string, roleName: string): ReportFinding =>
  finding({
    id: `${account} ${roleName}`,
    rule: 'role-policy-extra',
    account,
    roleArn: arn(account, roleName),
    resource: ADMIN,
    live: ADMIN,
    title: `AdministratorAccess is attached to ${roleName}`,
  });
const policy = (account: string, roleName: string): ReportFinding =>
  finding({ rule: 'policy-changed', account, roleArn: arn(account, roleName), resource: `arn:aws:iam::${account}:policy/zones` });

const rows = (page: string) => page.split('\n').filter((line) => /^\| [`↳]/.test(line));

describe('the table of accounts', () => {
  test('keeps the roles of an account together, the account with the worst of them first', () => {
    const targets = [
      role(B, 'Micetro'),
      role(A, 'Micetro', { name: 'prod' }),
      role(B, 'Dns', { status: 'drifted' }),
      role(A, 'Dns', { name: 'prod' }),
    ];
    expect(rows(renderSummary(report({ targets, findings: [extra(B, 'Dns')] })))).toEqual([
      '| `111111111111` (hub) | – | – | – | – | ✅ no drift |  | – |',
      `| \`${B}\` \`Micetro\` | ✅ | ✅ | ✅ | ✅ | ✅ no drift |  | – |`,
      '| ↳ `Dns` | ✅ | ✅ | ✅ | ✅ | ❌ 1 finding: 1 widened |  | – |',
      `| \`prod\` \`${A}\` \`Micetro\` | ✅ | ✅ | ✅ | ✅ | ✅ no drift |  | – |`,
      '| ↳ `Dns` | ✅ | ✅ | ✅ | ✅ | ✅ no drift |  | – |',
    ]);
  });

  test('counts what an account has once at the first role, and points the others there', () => {
    const targets = [role(A, 'Micetro', { status: 'drifted' }), role(A, 'Dns', { status: 'drifted' })];
    expect(rows(renderSummary(report({ targets, findings: [policy(A, 'Micetro')] }))).map((line) => line.split(' | ')[5])).toEqual([
      '✅ no drift',
      '❌ 1 finding: 1 widened',
      '❌ drift: see `Micetro`',
    ]);
  });

  test('names a role that has a name of its own', () => {
    const targets = [role(A, 'Micetro', { name: 'prod' }), role(A, 'Dns', { name: 'zones' })];
    expect(rows(renderSummary(report({ targets }))).map((line) => line.split(' | ')[0])).toEqual([
      '| `111111111111` (hub)',
      `| \`${A}\` \`prod\` \`Micetro\``,
      '| ↳ `zones` `Dns`',
    ]);
  });
});

describe('the same finding', () => {
  const targets = [role(A, 'Micetro'), role(A, 'Dns'), role(B, 'Micetro'), role(B, 'Dns')];

  test('of two roles is two entries, of the same role in two accounts one', () => {
    const given = report({ targets, findings: targets.map(({ account, roleName }) => extra(account, roleName)) });
    expect(fold(given.findings, given).map((one) => titleOfFold(one, given))).toEqual([
      'AdministratorAccess is attached to Micetro in 2 accounts',
      'AdministratorAccess is attached to Dns in 2 accounts',
    ]);
  });

  test('of what two accounts have once is one entry, whichever of their roles use it', () => {
    const given = report({ targets, findings: [policy(A, 'Micetro'), policy(B, 'Dns')] });
    expect(fold(given.findings, given)).toHaveLength(1);
  });

  test('keeps its id in a masked report when the other role is repaired', () => {
    const idsOf = (...names: readonly string[]) =>
      maskReport(report({ targets, findings: names.map((name) => extra(A, name)) })).findings.map(({ id }) => id);
    const [first, second] = idsOf('Micetro', 'Dns');
    expect(idsOf('Dns')).toEqual([second]);
    expect(idsOf('Micetro')).toEqual([first]);
  });
});

test.each([
  ['its name', 'prod', 'zones', 'prod'],
  ['the number, where another account has that name', 'prod', 'prod', A],
  ['the number, where it has no name', null, null, A],
])('a title calls a target by %s', (_, ofA, ofB, place) => {
  const given = report({
    targets: [role(A, 'Micetro', { name: ofA }), role(B, 'Micetro', { name: ofB })],
    findings: [extra(A, 'Micetro')],
  });
  expect(fold(given.findings, given).map((one) => titleOfFold(one, given))).toEqual([
    `AdministratorAccess is attached to Micetro in ${place}`,
  ]);
});
