import { expect, test } from '@jest/globals';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { type Guide, trustAccount } from '../../dev/aws/guide.ts';
import { compareText } from '../../src/text/compare-text.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, written } from './repairing.ts';
import { HUB } from './target-cases.ts';

/** Accounts with two roles, the hub account among them: each role by itself, each account once. */

const [ONE, TWO] = ['200000000001', '200000000002'];
const arn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

/** Everybody may assume one role of an account, the grant of the other is gone, and a role in the hub may do too much. */
const drift = (draft: Estate, guide: Guide) => {
  roleIn(draft, ONE, 'Dns').trust = trustAccount('aws', '999999999999');
  const group = groupIn(draft, HUB, guide.groups[0] ?? '');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => name !== `assume-${ONE}-Micetro`);
  roleIn(draft, HUB, 'Dns').managedPolicies.push('arn:aws:iam::aws:policy/AdministratorAccess');
};

test('drift of one role is reported and repaired at that role, and an account counts once', async () => {
  const furtherRoles = { [ONE]: ['Dns'], [HUB]: ['Dns'] };
  await using scene = await openInProcess({ guide: { targets: [ONE, TWO, HUB], furtherRoles, fixer: true }, edit: drift });

  const night = await scene.run();
  const report = await reportOf(scene);
  expect(report.findings.map(({ rule, roleArn }) => [rule, roleArn]).toSorted()).toEqual([
    ['grant-missing', arn(ONE, 'Micetro')],
    ['role-policy-extra', arn(HUB, 'Dns')],
    ['trust-changed', arn(ONE, 'Dns')],
  ]);
  expect(report.targets.map(({ account, roleName, status, connection }) => [account, roleName, status, connection])).toEqual([
    [ONE, 'Micetro', 'drifted', 'broken'],
    [ONE, 'Dns', 'drifted', 'broken'],
    [TWO, 'Micetro', 'clean', 'works'],
    [HUB, 'Micetro', 'clean', 'works'],
    [HUB, 'Dns', 'drifted', 'works'],
  ]);
  expect(report.summary).toMatchObject({ expected: 3, observed: 3, clean: 1, drifted: 2, connections: { works: 3, broken: 2 } });
  expect(report.notes).toContain(`The hub account ${HUB} is also listed as a target. It counts as one account.`);
  expect(night.exitCode).toBe(1);
  expect(
    night.summary
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split(' | ').slice(0, 2).join(' ')),
  ).toEqual([
    '| Account Connection',
    '| --- ---',
    `| \`${HUB}\` (hub) –`,
    '| ↳ `Micetro` ✅',
    '| ↳ `Dns` ✅',
    `| \`${ONE}\` \`Micetro\` ❌ broken`,
    '| ↳ `Dns` ❌ broken',
    `| \`${TWO}\` ✅`,
  ]);
  const sessions = scene.aws.calls.filter(({ action, account }) => action === 'AssumeRole' && account === ONE);
  expect(sessions).toHaveLength(1);

  scene.aws.calls.length = 0;
  await repair(scene);
  expect(repairs(await reportOf(scene))).toEqual([
    `grant-missing ${ONE} verified`,
    `role-policy-extra ${HUB} verified`,
    `trust-changed ${ONE} verified`,
  ]);
  expect(written(scene).toSorted(compareText)).toEqual([
    `DetachRolePolicy ${HUB}`,
    `PutGroupPolicy ${HUB}`,
    `UpdateAssumeRolePolicy ${ONE}`,
  ]);

  expect((await scene.run()).exitCode).toBe(0);
  const after = await reportOf(scene);
  expect([after.findings, after.summary.connections]).toEqual([[], { works: 5, broken: 0, unknown: 0 }]);
});
