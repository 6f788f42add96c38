import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { accountIn } from '../../dev/aws/estate.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { withoutEach } from '../docs/audit.ts';
import { policy } from '../docs/pages.ts';
import { openInProcess } from './in-process.ts';

/** Captures that meet with something. */

const ONE = '200000000001';
const TWO = '200000000002';
const FILE = '.github/assume-role.yml';
const CAPTURE = { mode: 'capture', 'hub-group': 'micetro-targets' };

async function openEmpty(options: SceneOptions = {}): Promise<Scene> {
  const scene = await openInProcess(options);
  await rm(join(scene.workspace, FILE));
  return scene;
}

async function fileOf({ workspace }: Scene, path = FILE): Promise<string | undefined> {
  return readFile(join(workspace, path), 'utf8').catch(() => undefined);
}

async function reportOf(scene: Scene): Promise<ReportFile> {
  return reportSchema.parse(await scene.report());
}

function without(role: string, account: string): SceneOptions {
  return {
    guide: { targets: 3 },
    edit: (draft) => {
      const roles = accountIn(draft, account).roles;
      roles.splice(
        roles.findIndex(({ name }) => name === role),
        1,
      );
    },
  };
}

describe('what can’t be captured', () => {
  test('an account that can’t be read: the file is written without it, the step fails, and the next audit calls its grant extra', async () => {
    await using scene = await openEmpty(without('AssumeRoleAuditor', TWO));
    const result = await scene.run({ inputs: CAPTURE });
    expect([result.exitCode, result.outputs.get('unreadable-count')]).toEqual([1, '1']);
    expect(await fileOf(scene)).toContain(`  # - "${TWO}" # not captured: Micetro: AccessDenied at sts:AssumeRole\n`);
    const { capture, targets } = await reportOf(scene);
    expect(capture?.leftOut.map(({ account, kind }) => [account, kind])).toEqual([[TWO, 'unread']]);
    expect(targets.find(({ account }) => account === TWO)).toMatchObject({ status: 'unreadable', error: { call: 'sts:AssumeRole' } });
    expect(result.summary).toMatch(/Not captured[\s\S]*a repair run removes it/);
    expect(scene.github.repository.issues).toEqual([]);

    await scene.run({ inputs: { issue: 'never' } });
    expect((await reportOf(scene)).findings.map(({ rule, resource }) => [rule, resource])).toEqual([
      ['grant-extra', `arn:aws:iam::${TWO}:role/Micetro`],
    ]);
  }, 90_000);

  test('a grant whose role does not exist: listed, and no failure', async () => {
    await using scene = await openEmpty(without('Micetro', ONE));
    const result = await scene.run({ inputs: CAPTURE });
    expect([result.exitCode, result.outputs.get('unreadable-count')]).toEqual([0, '0']);
    expect(result.summary).toContain('(dangling): the role does not exist');
    expect(result.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)[0]).toMatch(/1 granted role/);
  }, 60_000);
});

describe('no file', () => {
  test.each([
    ['when a part of the hub is refused', { ...CAPTURE }, 'GetLoginProfile', /to call iam:GetLoginProfile on .*user\/micetro/],
    ['when there is no such group', { mode: 'capture', 'hub-group': 'nowhere' }, undefined, /The group nowhere does not exist/],
    [
      'when its folder is a file',
      { ...CAPTURE, 'desired-state': 'blocked/access.yml' },
      undefined,
      /blocked.access\.yml can't be read \(ENOTDIR\)/,
    ],
    [
      'when its folder leads out of the workspace',
      { ...CAPTURE, 'desired-state': 'out/access.yml' },
      undefined,
      /symbolic link to a file outside the workspace|leads outside the workspace/,
    ],
  ] as const)(
    '%s',
    async (_name, inputs, refused, says) => {
      await using scene = await openEmpty();
      const outside = await mkdtemp(join(tmpdir(), 'outside-'));
      await symlink(outside, join(scene.workspace, 'out'));
      await writeFile(join(scene.workspace, 'blocked'), '');
      if (refused !== undefined) scene.aws.faults.set([{ action: refused, effect: 'access-denied' }]);
      const result = await scene.run({ inputs });
      expect(result.exitCode).toBe(1);
      expect(
        result.annotations
          .filter(({ level }) => level === 'error')
          .map(({ message }) => message)
          .join('\n'),
      ).toMatch(says);
      const path = 'desired-state' in inputs ? inputs['desired-state'] : FILE;
      expect([await fileOf(scene, path), await readFile(join(outside, 'access.yml')).catch(() => undefined)]).toEqual([
        undefined,
        undefined,
      ]);
      expect(reportSchema.safeParse(await scene.report()).success).toBe(true);
      expect(result.summary).toMatch(/^❌/);
      await rm(outside, { recursive: true });
    },
    60_000,
  );
});

test('in a public repository account ids are shortened in all that is shown, and whole in the file', async () => {
  await using scene = await openEmpty();
  scene.github.repository.visibility = 'public';
  const result = await scene.run({ inputs: CAPTURE });
  expect(result.exitCode).toBe(0);
  for (const text of [result.stdout, result.summary]) expect(text).not.toMatch(/111111111111|200000000001/);
  expect(await fileOf(scene)).toMatch(/"111111111111"[\s\S]*"200000000001"/);
}, 60_000);

test('a starter file says what the auditor asks for, and keeps its words', async () => {
  await using scene = await openEmpty({ guide: { targets: 2, externalId: 'drift-audit' } });
  const starter = '# ours\nhub: { account: "111111111111" } # the hub\nauditor: { externalId: drift-audit }\n';
  await scene.write(FILE, starter);
  const result = await scene.run({ inputs: { ...CAPTURE, overwrite: 'true' } });
  expect([result.exitCode, result.outputs.get('drift-count')]).toEqual([0, '0']);
  const text = await fileOf(scene);
  for (const kept of ['# ours', '# the hub', 'auditor: { externalId: drift-audit }']) expect(text).toContain(kept);
  expect((await scene.run({ inputs: { issue: 'never' } })).exitCode).toBe(0);
}, 90_000);

test('on a pull request it writes the file as well, and nothing to AWS or GitHub; it asks AWS for no more than the README allows', async () => {
  await using scene = await openEmpty();
  const result = await scene.run({ inputs: CAPTURE, event: 'pull_request' });
  expect([result.exitCode, typeof (await fileOf(scene))]).toEqual([0, 'string']);
  expect(scene.github.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  const allowed = ['hub-auditor-permissions', 'target-auditor-permissions'].flatMap((name) =>
    withoutEach(policy(name)).map(({ action }) => action),
  );
  const asked = new Set(scene.aws.calls.map(({ service, action }) => `${service}:${action}`));
  expect([...asked].filter((action) => !allowed.includes(action))).toEqual([]);
}, 60_000);
