import { describe, expect, test } from '@jest/globals';
import { allow } from '../../dev/aws/drifts/drift.ts';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy, trustAccount } from '../../dev/aws/guide.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, written } from './repairing.ts';

/** What a repair run must not do, and what it says then. */

const HUB = '111111111111';
const ONE = '200000000001';
const TWO = '200000000002';

const extraGrant = (draft: Estate) => {
  groupIn(draft, HUB, 'micetro-targets').inlinePolicies.push({
    name: 'other',
    document: allow('sts:AssumeRole', 'arn:aws:iam::999999999999:role/Admin'),
  });
};
const openTrust = (draft: Estate) => {
  roleIn(draft, ONE, 'Micetro').trust = trustAccount('aws', '999999999999');
  roleIn(draft, TWO, 'Micetro').managedPolicies.push(awsPolicy('aws', 'AdministratorAccess'));
};
const lostPolicies = (draft: Estate) => {
  for (const account of [ONE, TWO]) roleIn(draft, account, 'Micetro').managedPolicies = [];
};

const open = (edit: (draft: Estate) => void): Promise<Scene> => openInProcess({ guide: { fixer: true }, edit });

describe('limits', () => {
  test.each([
    ['max-revocations: 0 and one grant too many', extraGrant, { 'max-revocations': '0' }, /0 allowed \(input max-revocations\)/],
    ['max-grants: 3 and four policies to attach', lostPolicies, { 'max-grants': '3' }, /3 allowed \(input max-grants\)/],
  ] as const)(
    '%s: no call at all, and the input that would allow it is named',
    async (_name, edit, inputs, reason) => {
      await using scene = await open(edit);
      const { exitCode, summary, annotations } = await repair(scene, { inputs });
      const report = await reportOf(scene);
      expect([exitCode, written(scene), report.changes]).toEqual([1, [], []]);
      expect(new Set(report.findings.map(({ fix }) => fix.status))).toEqual(new Set(['refused']));
      for (const text of [report.notMade[0]?.reason, annotations.at(-1)?.message, summary])
        expect(text?.replaceAll('\\', '')).toMatch(reason);
      expect(report.notMade).toHaveLength(report.plan?.calls.length ?? 0);
      // Nobody was asked for the fixer's credentials either.
      expect(scene.aws.calls.filter(({ params }) => params.RoleArn?.includes('Fixer'))).toEqual([]);
    },
    120_000,
  );

  test('fix-scope: grant leaves a widened trust as it is, and says so', async () => {
    await using scene = await open((draft) => {
      openTrust(draft);
      roleIn(draft, TWO, 'Micetro').managedPolicies.shift();
    });
    roleIn(scene.guide.estate, ONE, 'Micetro');
    const { exitCode } = await repair(scene, { inputs: { 'fix-scope': 'grant' } });
    const report = await reportOf(scene);
    expect(written(scene)).toEqual([`AttachRolePolicy ${TWO}`]);
    expect(repairs(report)).toEqual([`role-policy-extra ${TWO} none`, `role-policy-missing ${TWO} verified`, `trust-changed ${ONE} none`]);
    expect(report.findings.find(({ rule }) => rule === 'role-policy-extra')?.fix.reason).toMatch(/Not in the scope of fix-scope: grant/);
    expect(exitCode).toBe(1);
  }, 120_000);

  test('fix-scope: revoke takes away, and gives nothing', async () => {
    await using scene = await open((draft) => {
      openTrust(draft);
      lostPolicies(draft);
      extraGrant(draft);
    });
    await repair(scene, { inputs: { 'fix-scope': 'revoke' } });
    expect(written(scene)).toEqual([`DeleteGroupPolicy ${HUB}`]);
  }, 120_000);
});

describe('events and inputs', () => {
  test.each(['pull_request', 'pull_request_target'])(
    'on %s: an error before any call',
    async (event) => {
      await using scene = await open(extraGrant);
      expect((await repair(scene, { event })).exitCode).toBe(1);
      expect((await repair(scene, { event, inputs: { fix: 'false', mode: 'rollback', 'repair-report': 'r.json' } })).exitCode).toBe(1);
      expect(scene.aws.calls).toEqual([]);
    },
    120_000,
  );

  test('an audit does not assume the fixer, whatever fixer-role says', async () => {
    await using scene = await open(extraGrant);
    await repair(scene, { inputs: { fix: 'false' } });
    expect(scene.aws.calls.filter(({ params }) => params.RoleArn?.includes('Fixer'))).toEqual([]);
    expect(written(scene)).toEqual([]);
  }, 120_000);

  test('without fixer-role the credentials of the job write, as they are', async () => {
    await using scene = await open(extraGrant);
    const workflow = scene.guide.workflowUser;
    scene.aws
      .account(HUB)
      .call('PutUserPolicy', { UserName: workflow, PolicyName: 'write', PolicyDocument: JSON.stringify(allow('iam:*Policy*')) });
    expect((await repair(scene, { inputs: { 'fixer-role': '' } })).exitCode).toBe(0);
    expect(scene.aws.calls.find(({ action }) => action === 'DeleteGroupPolicy')?.principal).toBe(`arn:aws:iam::${HUB}:user/${workflow}`);
  }, 120_000);
});

describe('what was not seen is not written to', () => {
  test('an account that can’t be read is left alone, the others are repaired', async () => {
    await using scene = await open(lostPolicies);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'ListRolePolicies', account: ONE }]);
    const { exitCode, outputs } = await repair(scene);
    const report = await reportOf(scene);
    expect(written(scene)).toEqual(Array(2).fill(`AttachRolePolicy ${TWO}`));
    expect(repairs(report)).toEqual([
      ...Array(2).fill(`role-policy-missing ${ONE} refused`),
      ...Array(2).fill(`role-policy-missing ${TWO} verified`),
    ]);
    expect([exitCode, outputs.get('unreadable-count'), outputs.get('fixed-count')]).toEqual([1, '1', '2']);
  }, 120_000);

  test('if the hub can’t be read, nothing is written anywhere', async () => {
    await using scene = await open(lostPolicies);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetGroupPolicy' }]);
    expect((await repair(scene)).exitCode).toBe(1);
    expect(written(scene)).toEqual([]);
  }, 120_000);
});

describe('the issue', () => {
  test('is closed by the repair that mends all, and stays open with what it could not', async () => {
    await using scene = await open((draft) => {
      lostPolicies(draft);
      extraGrant(draft);
    });
    await scene.run();
    expect(scene.github.repository.issues.map(({ state }) => state)).toEqual(['open']);

    scene.aws.faults.set([{ effect: 'access-denied', action: 'AttachRolePolicy', account: ONE }]);
    await repair(scene);
    expect(scene.github.repository.issues[0]?.state).toBe('open');
    const body = scene.github.repository.issues[0]?.body ?? '';
    for (const title of ['Repair failed', 'Repair refused', 'Repaired']) expect(body).toContain(`## ${title}\n`);

    scene.aws.faults.clear();
    await repair(scene);
    expect(scene.github.repository.issues.map(({ state }) => state)).toEqual(['closed']);
  }, 120_000);
});
