import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { allow } from '../../dev/aws/drifts/drift.ts';
import { accountIn, type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { readEstate } from '../../dev/aws/read.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, reportOf, rollback, written } from './repairing.ts';

/** What a repair did is taken back: all of it, or what nobody touched since. */

const HUB = '111111111111';
const ONE = '200000000001';
const TWO = '200000000002';
const ADMIN = awsPolicy('aws', 'AdministratorAccess');
const READ = awsPolicy('aws', 'ReadOnlyAccess');

function drift(draft: Estate): void {
  roleIn(draft, ONE, 'Micetro').managedPolicies.push(ADMIN);
  accountIn(draft, TWO).roles = accountIn(draft, TWO).roles.filter(({ name }) => name !== 'Micetro');
  groupIn(draft, HUB, 'micetro-targets').inlinePolicies.push({ name: 'own', document: allow('s3:*') });
}

const open = (): Promise<Scene> => openInProcess({ guide: { fixer: true }, edit: drift });
const read = (scene: Scene) => readEstate(scene.endpoint, [HUB, ONE, TWO]);

describe('taken back', () => {
  test('all of it, last first; the rollback can be rolled back itself, and made twice it does nothing', async () => {
    await using scene = await open();
    const drifted = await read(scene);
    await repair(scene);
    const repaired = await read(scene);
    scene.aws.calls.length = 0;

    expect((await rollback(scene)).exitCode).toBe(0);
    expect(await read(scene)).toEqual(drifted);
    const undone = written(scene);
    expect([undone.at(-1), undone.indexOf(`DeleteRole ${TWO}`) > undone.lastIndexOf(`DetachRolePolicy ${TWO}`)]).toEqual([
      `PutGroupPolicy ${HUB}`,
      true,
    ]);
    const report = await reportOf(scene, ROLLED_BACK);
    expect(report.run).toMatchObject({ mode: 'rollback', fix: false });
    expect(report.changes.map(({ outcome }) => outcome)).toEqual(report.changes.map(() => 'verified'));

    scene.aws.calls.length = 0;
    expect((await rollback(scene, { inputs: { 'report-path': 'again.json' } })).exitCode).toBe(0);
    expect(written(scene)).toEqual([]);
    expect((await reportOf(scene, 'again.json')).notes.join()).toMatch(/already in the earlier state/);

    expect((await rollback(scene, { inputs: { 'repair-report': ROLLED_BACK, 'report-path': 'third.json' } })).exitCode).toBe(0);
    expect(await read(scene)).toEqual(repaired);
  }, 90_000);

  test('of a role that AWS takes for not yet empty: asked again until it is', async () => {
    await using scene = await open();
    const drifted = await read(scene);
    await repair(scene);
    const effect = { code: 'DeleteConflict', status: 409, message: 'Cannot delete entity, must detach all policies first.' };
    scene.aws.faults.set([{ effect, action: 'DeleteRole', times: 3 }]);
    expect((await rollback(scene)).exitCode).toBe(0);
    expect(await read(scene)).toEqual(drifted);
  }, 120_000);

  test('after a run that was killed: what it wrote, and nothing that it did not', async () => {
    await using scene = await open();
    const drifted = await read(scene);
    let kill: (signal: 'SIGKILL') => void = () => undefined;
    scene.aws.faults.set([{ action: 'AttachRolePolicy', account: TWO, after: 1, before: () => kill('SIGKILL') }]);
    await repair(scene, {
      onStart: (send) => {
        kill = send;
      },
    });
    scene.aws.faults.clear();
    expect(await read(scene)).not.toEqual(drifted);
    await rollback(scene);
    expect(await read(scene)).toEqual(drifted);
  }, 120_000);

  test('within the limits of max-grants and max-revocations', async () => {
    await using scene = await open();
    await repair(scene);
    const repaired = await read(scene);
    const { exitCode, annotations } = await rollback(scene, { inputs: { 'max-revocations': '0' } });
    expect(exitCode).toBe(1);
    expect(annotations.at(-1)?.message).toMatch(/: 3 in total, 0 allowed \(input max-revocations\)/);
    expect(await read(scene)).toEqual(repaired);
  }, 120_000);

  test('within these limits, whatever the report says that its changes count', async () => {
    await using scene = await open();
    await repair(scene);
    const repaired = await read(scene);
    const report = await reportOf(scene);
    const changes = report.changes.map((change) => ({ ...change, effect: 'neither' }));
    await writeFile(join(scene.workspace, 'forged.json'), JSON.stringify({ ...report, changes }));
    const { exitCode, annotations } = await rollback(scene, { inputs: { 'repair-report': 'forged.json', 'max-grants': '0' } });
    expect([exitCode, annotations.at(-1)?.message]).toEqual([1, expect.stringMatching(/: 2 in total, 0 allowed \(input max-grants\)/)]);
    expect(await read(scene)).toEqual(repaired);
  }, 120_000);
});

describe('not taken back', () => {
  test('what somebody changed since, with all else of that role', async () => {
    await using scene = await open();
    await repair(scene);
    scene.aws.account(ONE).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: ADMIN });
    scene.aws.account(TWO).call('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: READ });
    scene.aws
      .account(HUB)
      .call('PutGroupPolicy', { GroupName: 'micetro-targets', PolicyName: 'own', PolicyDocument: JSON.stringify(allow('ec2:*')) });
    const before = await read(scene);
    const { exitCode, summary } = await rollback(scene);
    const { notMade, notes } = await reportOf(scene, ROLLED_BACK);
    expect(await read(scene)).toEqual(before);
    expect(exitCode).toBe(1);
    expect(new Set(notMade.map(({ account }) => account))).toEqual(new Set([TWO, HUB]));
    expect(notMade.map(({ reason }) => reason).join()).toMatch(
      /it contains more than the repair run created.*it changed after the repair run/is,
    );
    expect(notes.join()).toMatch(/1 of the changes to undo is already in the earlier state/);
    expect(summary).toContain('## Not attempted\n');
  }, 120_000);

  test('what failed, and somebody did by hand since', async () => {
    await using scene = await openInProcess({
      guide: { fixer: true },
      edit: (draft) => {
        roleIn(draft, ONE, 'Micetro').managedPolicies.push(ADMIN);
      },
    });
    scene.aws.faults.set([{ effect: 'access-denied', action: 'DetachRolePolicy' }]);
    expect((await repair(scene)).exitCode).toBe(1);
    scene.aws.faults.clear();
    scene.aws.account(ONE).call('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: ADMIN });
    const before = await read(scene);
    expect((await rollback(scene)).exitCode).toBe(0);
    expect(await read(scene)).toEqual(before);
  }, 120_000);

  test('what the file no longer names, or could not be read', async () => {
    await using scene = await open();
    await repair(scene);
    const before = await read(scene);
    await scene.write('.github/assume-role.yml', scene.guide.desiredYaml.replace(`  - "${ONE}"\n`, ''));
    scene.aws.faults.set([{ effect: 'access-denied', action: 'ListRolePolicies', account: TWO }]);
    await rollback(scene, { inputs: { 'max-grants': '200' } });
    const { notMade } = await reportOf(scene, ROLLED_BACK);
    expect(notMade.map(({ account, reason }) => `${account} ${reason}`).join('\n')).toMatch(
      new RegExp(`${ONE} The desired-state file does not name it`),
    );
    expect(notMade.map(({ account, reason }) => `${account} ${reason}`).join('\n')).toMatch(
      new RegExp(`${TWO} The live state could not be read`),
    );
    expect((await read(scene)).filter(({ id }) => id !== HUB)).toEqual(before.filter(({ id }) => id !== HUB));
  }, 120_000);
});

describe('a report that can’t be used: an error before any call', () => {
  test.each([
    ['nowhere.json', /can't be read \(ENOENT\).*Download it first/],
    ['*.json', /Set one file/],
    ['README', /is not JSON/],
    ['other.json', /is not a report of this action/],
    ['audit.json', /wrote nothing \(mode audit without fix: true\)/],
    ['elsewhere.json', /The report is for hub …9999/],
    ['forged.json', /that this action never makes/],
    ['rollback-report.json', /Use a different path/],
  ])(
    '%s',
    async (path, message) => {
      await using scene = await open();
      await repair(scene);
      const report = await reportOf(scene);
      const files = {
        README: 'hello',
        'other.json': '{"version":1}',
        'audit.json': JSON.stringify({ ...report, run: { ...report.run, fix: false } }),
        'elsewhere.json': JSON.stringify({ ...report, hub: { ...report.hub, account: '999999999999' } }),
        'forged.json': JSON.stringify({ ...report, changes: report.changes.map((change) => ({ ...change, action: 's3:DeleteBucket' })) }),
      };
      for (const [name, text] of Object.entries(files)) await scene.write(name, text);
      scene.aws.calls.length = 0;
      const { exitCode, annotations } = await rollback(scene, { inputs: { 'repair-report': path } });
      expect(annotations.map((annotation) => annotation.message).join('\n')).toMatch(message);
      expect([exitCode, scene.aws.calls]).toEqual([1, []]);
    },
    120_000,
  );

  test('a forged call is not made, whatever the report says', async () => {
    await using scene = await open();
    await repair(scene);
    const report = await reportOf(scene);
    const [change] = report.changes;
    const forged = { ...change, action: 'iam:CreateAccessKey', account: HUB, input: { UserName: 'micetro' }, before: null, after: true };
    await scene.write('assume-role-report.json', JSON.stringify({ ...report, changes: [forged] }));
    const before = await read(scene);
    expect((await rollback(scene)).exitCode).toBe(1);
    expect(await read(scene)).toEqual(before);
    expect((await reportOf(scene, ROLLED_BACK)).notMade[0]?.reason).toMatch(/A repair run does not make the call/);
  }, 120_000);
});
