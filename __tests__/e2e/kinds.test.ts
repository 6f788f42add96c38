import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { kindsEstate, UNIT } from '../../dev/aws/kinds-estate.ts';
import { seedEstate } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { runAction, type StepResult } from '../../dev/runner/run-action.ts';
import { type ReportFile, reportSchema } from '../../src/report/model/schema.ts';

/** An estate of three kinds, with second roles, boundaries, paths and packed grants: captured in few lines by the shipped bundle, and audited with them. */

const aws = await startAws();
const workspace = await mkdtemp(join(tmpdir(), 'kinds-'));
afterAll(async () => {
  await aws.close();
  await rm(workspace, { recursive: true, force: true });
});

const kinds = kindsEstate({ accounts: 40, withTwoRoles: 10, groups: 3, newcomers: 2 });
const file = join(workspace, 'access.yml');
let key = { accessKeyId: '', secretAccessKey: '' };
beforeAll(async () => {
  key = (await seedEstate(aws.url, kinds.estate)).key(kinds.hub, kinds.workflowUser);
  aws.organize(kinds.organization);
}, 60_000);

function run(more: Readonly<Record<string, string>>): Promise<StepResult> {
  const env = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey };
  const roles = { 'auditor-role': kinds.auditorRole, 'organization-role': kinds.organizationRole };
  const inputs = { 'desired-state': 'access.yml', issue: 'never', attribution: 'off', 'mask-accounts': 'false', ...roles, ...more };
  return runAction({ workspace, event: 'workflow_dispatch', env, inputs });
}

async function report(): Promise<ReportFile> {
  return reportSchema.parse(JSON.parse(await readFile(join(workspace, 'assume-role-report.json'), 'utf8')));
}

describe('an estate of three kinds', () => {
  test('is captured in a line for each target and a class for each kind, and its audit is clean', async () => {
    const captured = await run({ mode: 'capture', 'hub-user': kinds.user });
    expect([captured.exitCode, captured.stdout.split('\n').filter((line) => line.length > 400)]).toEqual([0, []]);
    const [head = '', rest = ''] = (await readFile(file, 'utf8')).split('\ntargets:\n');
    const [targets = '', contents = ''] = rest.split('\npolicies:\n');
    expect(head.split('\n').length).toBeLessThan(30);
    expect(targets.split('\n')).toHaveLength(kinds.roles.length);
    expect(contents.split('\n').length).toBeLessThan(12);
    const classes = [...head.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name);
    expect(classes).toEqual(expect.arrayContaining(['micetro-reader', 'sandbox', 'staging']));
    const audit = await run({});
    const { summary, targets: audited, notCompared } = await report();
    expect([audit.exitCode, audited.length, notCompared]).toEqual([0, kinds.roles.length, []]);
    expect(summary).toMatchObject({ findings: 0, connections: { works: kinds.roles.length } });
  }, 120_000);

  test('what is new in its organization is proposed, each account in its class', async () => {
    const before = await readFile(file, 'utf8');
    await writeFile(file, `${before}organization:\n  include: [ ${UNIT} ] # all of ours\n`);
    const result = await run({ mode: 'capture', overwrite: 'true' });
    const after = await readFile(file, 'utf8');
    const added = after.split('\n').filter((line) => !before.split('\n').includes(line));
    const [first, second] = kinds.targets.slice(-2);
    expect(added).toEqual([
      `  - "${first}"`,
      `  - { account: "${second}", class: staging }`,
      'organization:',
      `  include: [ ${UNIT} ] # all of ours`,
    ]);
    const { capture, findings } = await report();
    expect(capture?.taken.map(({ account }) => account)).toEqual([first, second]);
    expect(capture?.notTakenIn).toEqual([{ account: '300000000001', reason: expect.stringContaining('AccessDenied at sts:AssumeRole') }]);
    const found = findings.map(({ rule, account, message }) =>
      `${rule} ${account} ${message.includes('300000000001') ? 'stranger' : ''}`.trim(),
    );
    expect(found).toEqual([`grant-missing ${first}`, `grant-missing ${second}`, `target-undeclared ${kinds.hub} stranger`]);
    expect([result.exitCode, result.summary]).toEqual([0, expect.stringContaining('No hub group grants this role there yet')]);
    expect(result.stdout).toContain(`taken in ${first}, ${second}: found in the organization, and not granted yet`);
  }, 120_000);
});
