import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, roleIn, userIn } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import { adminClient } from '../../dev/aws/seed.ts';
import { openPull } from '../../dev/runner/pull-request.ts';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { Step } from '../../dev/runner/step.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { openInProcess } from './in-process.ts';
import { managed, trust } from './target-cases.ts';

/** What later steps of a workflow get. */

const ONE = '200000000001';
const TWO = '200000000002';

/** Two findings: anybody gets in, and the hub user lacks a policy. */
function drift(estate: Estate): void {
  roleIn(estate, ONE, 'Micetro').trust = trust({ AWS: '*' });
  roleIn(estate, TWO, 'Micetro').managedPolicies = [managed('AmazonRoute53FullAccess')];
}

const HEADLINE = '1 of 2 targets can be reached. Drift: 2 findings in 2 accounts (1 widened, 1 narrowed). 3 of 3 accounts read.';

async function repairTrust({ endpoint, guide }: Scene): Promise<void> {
  const document = trust({ AWS: `arn:aws:iam::${guide.hub}:root` });
  await adminClient(endpoint, ONE)('UpdateAssumeRolePolicy', { RoleName: 'Micetro', PolicyDocument: JSON.stringify(document) });
}

async function attach({ endpoint }: Scene, policy: string): Promise<void> {
  await adminClient(endpoint, TWO)('AttachRolePolicy', { RoleName: 'Micetro', PolicyArn: managed(policy) });
}

async function outputsOf(scene: Scene, step: Partial<Step> = {}): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await scene.run(step)).outputs);
}

describe('a night', () => {
  test('with drift: all outputs', async () => {
    await using scene = await openInProcess({ edit: drift });
    const outputs = await outputsOf(scene, { inputs: { 'sarif-path': 'drift.sarif', 'html-path': 'out/report.html' } });
    expect(outputs).toEqual({
      drift: 'true',
      'drift-count': '2',
      'widened-count': '1',
      'broken-count': '1',
      'unreadable-count': '0',
      'fixed-count': '0',
      'new-count': '2',
      'gone-count': '0',
      headline: HEADLINE,
      'report-path': 'assume-role-report.json',
      'sarif-path': 'drift.sarif',
      'issue-number': '1',
      'issue-url': `${scene.github.url}/acme/access/issues/1`,
    });
    expect(new Set(Object.keys(outputs))).toEqual(new Set(OUTPUT_NAMES));
    const html = await readFile(join(scene.workspace, 'out/report.html'), 'utf8');
    const sha256 = createHash('sha256').update(await readFile(join(scene.workspace, 'assume-role-report.json')));
    for (const text of ['can assume Micetro', sha256.digest('hex'), `arn:aws:iam::${TWO}:role/Micetro`]) expect(html).toContain(text);
  });

  test('without drift', async () => {
    await using scene = await openInProcess();
    expect(await outputsOf(scene)).toEqual({
      drift: 'false',
      'drift-count': '0',
      'widened-count': '0',
      'broken-count': '0',
      'unreadable-count': '0',
      'fixed-count': '0',
      'new-count': '0',
      'gone-count': '0',
      headline: 'No drift in what was compared. 2 of 2 targets can be reached. 3 of 3 accounts read.',
      'report-path': 'assume-role-report.json',
      'sarif-path': '',
    });
  });

  test('on which the groups of the hub are gone: one finding, and nobody gets in anywhere', async () => {
    const edit = (draft: Estate, { hub }: Guide) => {
      accountIn(draft, hub).groups = [];
    };
    await using scene = await openInProcess({ guide: { targets: 20 }, edit });
    const outputs = await outputsOf(scene);
    expect(outputs).toMatchObject({ 'drift-count': '1', 'broken-count': '20' });
    expect(outputs.headline).toMatch(/^0 of 20 targets can be reached\. /);
  });

  test('after a key leaked: the headline begins with it', async () => {
    const edit = (draft: Estate, { hub, user }: Guide) => {
      userIn(draft, hub, user).managedPolicies.push(managed('AWSCompromisedKeyQuarantineV3'));
    };
    await using scene = await openInProcess({ edit });
    expect((await outputsOf(scene)).headline).toMatch(/^An access key of the hub user has leaked\. Drift: 1 finding /);
  });

  test('on which an account was refused: nothing that it would have to say counts, and no SARIF file closes its alerts', async () => {
    await using scene = await openInProcess({ edit: drift });
    scene.aws.faults.set([{ effect: 'access-denied', action: 'AssumeRole', account: ONE }]);
    const outputs = await outputsOf(scene, { inputs: { 'sarif-path': 'drift.sarif' } });
    expect(outputs).toMatchObject({
      'drift-count': '1',
      'widened-count': '0',
      'broken-count': '1',
      'unreadable-count': '1',
      'sarif-path': '',
    });
    expect(outputs.headline).toMatch(/^0 of 2 targets can be reached, 1 unknown\. Incomplete: 2 of 3 accounts read, /);
  });

  test('in a public repository: no account id, masked or not', async () => {
    await using scene = await openInProcess({ edit: drift });
    scene.github.repository.visibility = 'public';
    const outputs = await outputsOf(scene);
    expect(outputs).toMatchObject({ headline: HEADLINE, 'new-count': '2' });
    for (const value of Object.values(outputs)) expect(value).not.toMatch(/\d{12}|…/);
  });

  test('on which a file can’t be written: everything else', async () => {
    await using scene = await openInProcess({ edit: drift });
    await scene.write('out/kept', '');
    const { outputs, exitCode, annotations, summary } = await scene.run({ inputs: { 'sarif-path': '.github', 'html-path': 'out' } });
    expect([exitCode, outputs.get('drift-count'), outputs.get('issue-number')]).toEqual([1, '2', '1']);
    expect(annotations.at(-1)?.message).toMatch(/\.github" could not be written: .*\/out" could not be written: /);
    expect(summary).toMatch(/Drift: 2 findings/);
  });

  test('with a file that is wrong: no counts, as nothing was compared', async () => {
    await using scene = await openInProcess({ file: 'version: 1\nhub: { account: "222222222222" }\ntargets: [555555555555]\n' });
    const inputs = { 'mask-accounts': 'true', 'sarif-path': 'drift.sarif', 'html-path': 'report.html' };
    const { outputs, stdout, exitCode } = await scene.run({ inputs });
    expect([exitCode, [...outputs.keys()]]).toEqual([1, ['report-path']]);
    const html = await readFile(join(scene.workspace, 'report.html'), 'utf8');
    expect(html).toContain('Nothing was compared.');
    expect(stdout + html).not.toMatch(/5{12}/);
  });
});

describe('what is new and what is gone', () => {
  const news = async (scene: Scene, step: Partial<Step> = {}) => {
    const { 'new-count': found, 'gone-count': gone } = await outputsOf(scene, step);
    return { found, gone };
  };

  test('night after night', async () => {
    await using scene = await openInProcess({ edit: drift });
    expect(await news(scene)).toEqual({ found: '2', gone: '0' });
    expect(await news(scene)).toEqual({ found: '0', gone: '0' });

    await repairTrust(scene);
    await attach(scene, 'AdministratorAccess');
    expect(await news(scene)).toEqual({ found: '1', gone: '1' });

    await attach(scene, 'AmazonEC2FullAccess');
    expect(await news(scene)).toEqual({ found: '0', gone: '1' });
  });

  test('the night on which the last is gone names the issue that it closed', async () => {
    await using scene = await openInProcess({ edit: drift });
    await outputsOf(scene);
    await repairTrust(scene);
    await attach(scene, 'AmazonEC2FullAccess');
    expect(await outputsOf(scene)).toMatchObject({ drift: 'false', 'new-count': '0', 'gone-count': '2', 'issue-number': '1' });
    expect(scene.github.repository.issues[0]?.state).toBe('closed');
    expect(await news(scene)).toEqual({ found: '0', gone: '0' });
  });

  test('after the issue was closed by hand everything is new, and nothing gone', async () => {
    await using scene = await openInProcess({ edit: drift });
    await outputsOf(scene);
    await repairTrust(scene);
    Object.assign(scene.github.repository.issues[0] ?? {}, { state: 'closed', stateReason: 'completed' });
    expect(await news(scene)).toEqual({ found: '1', gone: '0' });
    expect(await news(scene)).toEqual({ found: '0', gone: '0' });
  });

  test('what an account that is refused had is neither', async () => {
    await using scene = await openInProcess({ edit: drift });
    await outputsOf(scene);
    scene.aws.faults.set([{ effect: 'access-denied', action: 'AssumeRole', account: ONE }]);
    expect(await news(scene)).toEqual({ found: '0', gone: '0' });
    scene.aws.faults.set([]);
    expect(await news(scene)).toEqual({ found: '0', gone: '0' });
  });

  test.each<readonly [string, (scene: Scene) => Partial<Step>]>([
    ['with issue: never', () => ({ inputs: { issue: 'never' } })],
    ['without a token', () => ({ inputs: { 'github-token': '' } })],
    ['in mode validate', () => ({ inputs: { mode: 'validate' } })],
    ['on a pull request', (scene) => openPull(scene, { base: scene.guide.desiredYaml }).step()],
    ['on another branch', () => ({ event: 'push', env: { GITHUB_REF: 'refs/heads/change' } })],
  ])('is not known %s', async (_name, step) => {
    await using scene = await openInProcess({ edit: drift });
    // There is an issue that remembers.
    await outputsOf(scene);
    await attach(scene, 'AdministratorAccess');
    const outputs = await outputsOf(scene, step(scene));
    expect(outputs).toMatchObject({ 'new-count': '', 'gone-count': '' });
    expect(outputs).not.toHaveProperty('issue-url');
    expect(outputs.headline).not.toBe('');
  });

  test('is not known when GitHub refuses to write the issue: the next night has the same news', async () => {
    await using scene = await openInProcess({ edit: drift });
    await outputsOf(scene);
    await attach(scene, 'AdministratorAccess');
    scene.github.faults.push({ when: ({ method }) => method === 'PATCH', times: 1, answer: { status: 403, message: 'Forbidden' } });
    expect(await news(scene)).toEqual({ found: '', gone: '' });
    expect(await news(scene)).toEqual({ found: '1', gone: '0' });
  });
});

test('a capture has a headline of its own: nothing can have drifted from a file that nobody has agreed to', async () => {
  await using scene = await openInProcess({ edit: drift });
  const outputs = await outputsOf(scene, { inputs: { mode: 'capture', overwrite: 'true' } });
  expect(outputs).toMatchObject({ drift: 'false', 'new-count': '', 'gone-count': '' });
  expect(outputs.headline).toMatch(/^Captured 2 targets\. The file was written\. 3 of 3 accounts read\./);
});
