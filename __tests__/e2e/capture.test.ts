import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { startAws } from '../../dev/aws/server.ts';
import { startGitHub } from '../../dev/github/server.ts';
import { FULL_TOKEN } from '../../dev/github/tokens.ts';
import { runAction, type StepResult } from '../../dev/runner/run-action.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';
import { ACCOUNTS, call, HUB, roleName, seedByHand } from './forty-accounts.ts';

/** Forty accounts set up by hand, captured by the shipped bundle, audited, drifted, and captured again. */

const moto = await startMotoToRepeat();
const aws = await startAws();
const github = await startGitHub();
github.repository.visibility = 'private';
afterAll(async () => {
  await Promise.all([moto?.close(), aws.close(), github.close()]);
});

const places = [
  ['on the embedded AWS', aws.url, describe],
  ['on moto', moto?.url ?? '', moto === undefined ? describe.skip : describe],
] as const;

describe.each(places.map(([where, url, describeHere]) => ({ where, url, describeHere })))('$where', ({ url, describeHere }) => {
  describeHere('forty accounts', () => {
    let workspace = '';
    let env: Readonly<Record<string, string>> = {};
    const file = () => join(workspace, 'access.yml');
    const read = () => readFile(file(), 'utf8');
    const run = (inputs: Readonly<Record<string, string>>, event = 'workflow_dispatch'): Promise<StepResult> =>
      runAction({ workspace, event, env, inputs: { 'desired-state': 'access.yml', 'github-token': FULL_TOKEN.value, ...inputs } });
    const report = async (): Promise<ReportFile> =>
      reportSchema.parse(JSON.parse(await readFile(join(workspace, 'assume-role-report.json'), 'utf8')));

    beforeAll(async () => {
      workspace = await mkdtemp(join(tmpdir(), 'capture-'));
      const address = { AWS_ENDPOINT_URL: url, GITHUB_API_URL: github.url, GITHUB_SERVER_URL: github.url };
      const action = { GITHUB_ACTION_REPOSITORY: 'acme/assume-role-drift', GITHUB_ACTION_REF: 'v1' };
      env = { ...(await seedByHand(url)), ...address, ...action };
    }, 120_000);
    afterAll(() => rm(workspace, { recursive: true, force: true }));

    test('captured: a file under 80 lines, with what most share said once', async () => {
      const result = await run({ mode: 'capture', 'hub-user': 'ddi-service' });
      expect([result.exitCode, result.annotations.filter(({ level }) => level === 'error')]).toEqual([0, []]);
      const text = await read();
      expect(text.split('\n').length).toBeLessThan(80);
      expect(text.split('\n')[0]).toBe(
        `# yaml-language-server: $schema=${github.url}/acme/assume-role-drift/raw/v1/schema/desired-state.v1.json`,
      );
      expect(text).toContain('zones-{account}');
      expect(text).toContain('  groups: [ ddi-one, ddi-two ]');
      const { capture, summary, findings } = await report();
      expect(findings).toEqual([]);
      expect(summary).toMatchObject({ expected: 41, observed: 41, clean: 41 });
      expect(capture).toMatchObject({ written: true, reason: '', removed: [], leftOut: [] });
      expect(capture?.targets.map(({ account }) => account)).toEqual(ACCOUNTS);
      expect(capture?.review).toContainEqual({ text: 'The role ddi-access has AdministratorAccess attached.', accounts: [ACCOUNTS[12]] });
      expect(result.summary).toContain('## Review before you accept');
      expect(result.summary).toContain('gh pr create');
    }, 120_000);

    test('an audit with it is clean', async () => {
      const result = await run({ issue: 'never' });
      expect([result.exitCode, result.outputs.get('drift'), result.outputs.get('unreadable-count')]).toEqual([0, 'false', '0']);
      expect((await report()).summary).toMatchObject({ expected: 41, clean: 41, findings: 0 });
    }, 120_000);

    test('one account drifts: exactly that finding', async () => {
      const account = ACCOUNTS[31] ?? '';
      await call(url, account, 'DetachRolePolicy', { RoleName: roleName(31), PolicyArn: 'arn:aws:iam::aws:policy/AmazonEC2FullAccess' });
      const result = await run({ issue: 'never' });
      expect(result.exitCode).toBe(1);
      expect((await report()).findings.map(({ rule, account: where, access }) => [rule, where, access])).toEqual([
        ['role-policy-missing', account, 'narrowed'],
      ]);
    }, 120_000);

    test('captured again, only with overwrite: what people wrote is kept, and the drift is what is wanted now', async () => {
      const before = (await read())
        .replace('version: 1', 'version: 1 # of the format')
        .replace(
          `  - "${ACCOUNTS[0]}"`,
          `  # Europe\n  - { account: "${ACCOUNTS[0]}", name: production, owner: "@acme/ddi" }   # the first one`,
        );
      await writeFile(
        file(),
        `${before}exceptions:\n  # until the move\n  - { rule: grant-extra, owner: ddi, reason: move, expires: 2030-01-31 }\n`,
      );
      const refused = await run({ mode: 'capture', 'hub-user': 'ddi-service' });
      expect([refused.exitCode, await read()]).toEqual([
        1,
        `${before}exceptions:\n  # until the move\n  - { rule: grant-extra, owner: ddi, reason: move, expires: 2030-01-31 }\n`,
      ]);
      expect(refused.annotations.map(({ message }) => message).join()).toMatch(/access\.yml already exists\. .*overwrite to true/);

      const result = await run({ mode: 'capture', overwrite: 'true' });
      expect(result.exitCode).toBe(0);
      const after = await read();
      for (const kept of [
        '# of the format',
        '  # Europe\n',
        'name: production, owner: "@acme/ddi" }   # the first one',
        '  # until the move\n',
        'reason: move',
      ]) {
        expect(after).toContain(kept);
      }
      const changed = after
        .split('\n')
        .filter((line) => !before.split('\n').includes(line) && !/exceptions:|until the move|grant-extra/.test(line));
      expect(changed).toHaveLength(1);
      expect(changed[0]).toContain(ACCOUNTS[31]);
      expect((await run({ issue: 'never' })).exitCode).toBe(0);
      expect((await report()).notCompared.filter(({ what }) => what === 'policy-content')).toEqual([]);

      const again = await run({ mode: 'capture', overwrite: 'true' });
      expect([again.exitCode, await read()]).toEqual([0, after]);
      expect((await report()).capture).toMatchObject({ written: false, reason: '' });
    }, 240_000);

    test('nothing is written to AWS, and nothing to GitHub', async () => {
      expect(github.calls.filter(({ method }) => method !== 'GET')).toEqual([]);
      const names = new Set(aws.calls.map(({ action }) => action));
      expect([...names].filter((action) => !/^(Get|List|LookupEvents|AssumeRole)/.test(action))).toEqual([]);
      expect(HUB).toMatch(/^\d{12}$/);
    });
  });
});
