import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { allow, REVOKE_OLDER_SESSIONS } from '../../dev/aws/drifts/drift.ts';
import { type Estate, roleIn, userIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { readEstate } from '../../dev/aws/read.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { StepResult } from '../../dev/runner/step.ts';
import { describePlaces } from '../places.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, repairs, reportOf, rollback, written } from './repairing.ts';

/** What AWS or somebody put there in an incident stays there, whatever a run is told to do, and a leaked key stands above everything else. */

const HUB = '111111111111';
const ONE = '200000000001';
const TWO = '200000000002';
const QUARANTINES = ['', 'V2', 'V3'].map((version) => awsPolicy('aws', `AWSCompromisedKeyQuarantine${version}`));
const REVOCATION = { name: 'AWSRevokeOlderSessions', document: REVOKE_OLDER_SESSIONS };

const quarantined = (draft: Estate) => {
  userIn(draft, HUB, 'micetro').managedPolicies.push(...QUARANTINES);
};
const revoked = (draft: Estate) => {
  roleIn(draft, ONE, 'Micetro').inlinePolicies.push(REVOCATION);
};
/** Beside the incident, so that there is something to write. */
const widened = (draft: Estate) => {
  roleIn(draft, TWO, 'Micetro').managedPolicies.push(awsPolicy('aws', 'AdministratorAccess'));
};
const open = (endpoint: string | undefined, ...edits: readonly ((draft: Estate) => void)[]): Promise<Scene> =>
  openInProcess({
    guide: { fixer: true, userBoundary: endpoint === undefined },
    edit: (draft) => {
      for (const edit of edits) edit(draft);
    },
    ...(endpoint === undefined ? {} : { endpoint }),
  });

async function incident({ endpoint }: Scene) {
  const [hub, one] = await readEstate(endpoint, [HUB, ONE]);
  const user = hub?.users.find(({ name }) => name === 'micetro');
  const role = one?.roles.find(({ name }) => name === 'Micetro');
  return {
    quarantines: user?.managedPolicies.filter((arn) => arn.includes('Quarantine')),
    revocations: role?.inlinePolicies.filter(({ name }) => name === REVOCATION.name).length,
  };
}

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

describePlaces(moto, (endpoint) => {
  const openHere = async (...edits: readonly ((draft: Estate) => void)[]) => {
    if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    return open(endpoint, ...edits);
  };

  test.each(['all', 'grant'])(
    'a repair with fix-scope: %s leaves the quarantine and the revocation, and so does its rollback',
    async (scope) => {
      await using scene = await openHere(quarantined, revoked, widened);
      const there = await incident(scene);
      expect(there).toEqual({ quarantines: QUARANTINES, revocations: 1 });
      await repair(scene, { inputs: { 'fix-scope': scope } });
      const report = await reportOf(scene);
      expect(repairs(report)).toEqual([
        `hub-user-key-compromised ${HUB} none`,
        `role-policy-extra ${TWO} ${scope === 'grant' ? 'none' : 'verified'}`,
        `role-sessions-revoked ${ONE} none`,
      ]);
      expect(report.findings.map(({ fix }) => fix.reason)).toContainEqual(expect.stringContaining('follow the support case of AWS'));
      expect(await incident(scene)).toEqual(there);
      await rollback(scene);
      expect((await reportOf(scene, ROLLED_BACK)).findings[0]?.rule).toBe('hub-user-key-compromised');
      expect(await incident(scene)).toEqual(there);
    },
    120_000,
  );

  test('is left out of a captured file', async () => {
    await using scene = await openHere(quarantined, revoked);
    const inputs = { mode: 'capture', 'hub-user': 'micetro', 'desired-state': 'captured.yml' };
    const { exitCode, summary, stdout } = await scene.run({ event: 'workflow_dispatch', inputs });
    const text = await readFile(join(scene.workspace, 'captured.yml'), 'utf8');
    expect([exitCode, text.includes('Quarantine'), text.includes(REVOCATION.name)]).toEqual([0, false, false]);
    expect(summary).toMatch(/^## 🚨 /);
    expect(summary.match(/does not contain that policy, because it is temporary/g)).toHaveLength(2);
    expect(stdout).toContain('review 111111111111: The hub user micetro has');
  }, 120_000);
});

describe('a leaked key is the first thing that is said', () => {
  const FIRST = /^## 🚨 An access key of the hub user has leaked\n/;
  const REACHES = 'An active key of this user reaches 2 of 2 targets';

  const logOf = ({ stdout }: StepResult) => stdout.split('\n').filter((line) => line !== '' && !line.startsWith('::'));
  const visible = (body: string) => body.replace(/^(?:<!--.*-->\n+)+/, '');

  test.each(['drift', 'widened', 'never'])(
    'with fail-on: %s',
    async (failOn) => {
      await using scene = await open(undefined, quarantined);
      const result = await scene.run({ inputs: { 'fail-on': failOn, 'sarif-path': 'drift.sarif' } });
      expect(result.exitCode).toBe(failOn === 'never' ? 0 : 1);
      const [issue] = scene.github.repository.issues;
      for (const page of [result.summary, visible(issue?.body ?? '')]) {
        expect(page).toMatch(FIRST);
        expect(page).toContain(REACHES);
      }
      expect(logOf(result)[0]).toMatch(/^urgent {3}An access key of the hub user has leaked\. /);
      expect(result.annotations[0]).toMatchObject({ level: 'error', message: expect.stringContaining(REACHES) });
      const sarif = JSON.parse(await readFile(join(scene.workspace, 'drift.sarif'), 'utf8'));
      expect(sarif.runs[0].results[0].ruleId).toBe('hub-user-key-compromised');
      expect(result.outputs.get('widened-count')).toBe('0');
    },
    60_000,
  );

  test('where an account was widened, and another could not be read', async () => {
    await using scene = await open(undefined, quarantined, widened);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'GetRole', account: ONE }]);
    const result = await scene.run();
    expect(result.summary).toMatch(FIRST);
    expect(result.summary).toContain('reaches 1 of 2 targets: the quarantine does not deny sts:AssumeRole.');
    expect(result.summary).toContain('For 1 more, the access could not be determined.');
    expect(logOf(result)[0]).toMatch(/^urgent/);
    expect(result.annotations.map(({ properties }) => /title=(\w+)/.exec(properties)?.[1]).slice(0, 3)).toEqual([
      'urgent',
      'widened',
      'unreadable',
    ]);
    expect((await reportOf(scene)).findings.map(({ rule }) => rule)).toEqual(['hub-user-key-compromised', 'role-policy-extra']);
  }, 60_000);

  test('on a pull request that has nothing to do with it, which does not fail', async () => {
    await using scene = await open(undefined, quarantined);
    const result = await scene.run(openPull(scene, { base: scene.guide.desiredYaml }).step());
    expect(result.exitCode).toBe(0);
    for (const page of [result.summary, visible(scene.github.repository.comments[0]?.body ?? '')]) {
      expect(page).toMatch(FIRST);
      expect(page).toContain(REACHES);
    }
    expect(result.annotations[0]).toMatchObject({ level: 'error', message: expect.stringContaining(REACHES) });
  }, 60_000);

  test('in a public repository, without account and key ids', async () => {
    await using scene = await open(undefined, quarantined);
    scene.github.repository.visibility = 'public';
    const { summary } = await scene.run();
    expect(summary).toMatch(FIRST);
    expect(summary).toMatch(/--user-name=micetro --access-key-id AKIA…\w{4} --status Inactive/);
    expect(summary).not.toMatch(/\d{12}|AKIA\w{16}/);
  }, 60_000);

  test('night after night in one issue: the same drift whatever it reaches, news once, gone when the policy is', async () => {
    await using scene = await open(undefined, quarantined);
    const { issues, comments } = scene.github.repository;
    const hub = scene.aws.account(HUB);
    const membership = { UserName: 'micetro', GroupName: 'micetro-targets' };
    await scene.run();
    await scene.run();
    expect([issues.length, comments.length]).toEqual([1, 0]);

    hub.call('RemoveUserFromGroup', membership);
    await scene.run();
    expect(comments).toHaveLength(1);
    expect(comments[0]?.body).toMatch(FIRST);
    expect(comments[0]?.body).toContain('reaches 0 of 2 targets');
    expect(comments[0]?.body).toContain('**1 new finding (1 narrowed).**');

    hub.call('AddUserToGroup', membership);
    for (const PolicyArn of QUARANTINES) hub.call('DetachUserPolicy', { UserName: 'micetro', PolicyArn });
    await scene.run();
    expect([issues[0]?.state, issues[0]?.body.includes('🚨')]).toEqual(['closed', false]);
  }, 60_000);
});

describe('a policy that only bears such a name', () => {
  test('is taken away like any other', async () => {
    await using scene = await open(undefined, (draft) => {
      roleIn(draft, ONE, 'Micetro').inlinePolicies.push({ name: REVOCATION.name, document: allow('s3:*') });
    });
    const own = scene.aws.account(HUB).call('CreatePolicy', {
      PolicyName: 'AWSCompromisedKeyQuarantineV3',
      PolicyDocument: JSON.stringify(allow('iam:*')),
    });
    expect(own).toBeDefined();
    const PolicyArn = `arn:aws:iam::${HUB}:policy/AWSCompromisedKeyQuarantineV3`;
    scene.aws.account(HUB).call('AttachUserPolicy', { UserName: 'micetro', PolicyArn });
    const { exitCode, summary } = await repair(scene);
    expect([exitCode, written(scene), summary.includes('🚨')]).toEqual([0, [`DetachUserPolicy ${HUB}`, `DeleteRolePolicy ${ONE}`], false]);
  }, 60_000);
});
