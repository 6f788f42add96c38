import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { kindsEstate } from '../../dev/aws/kinds-estate.ts';
import { seedEstate } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { runAction } from '../../dev/runner/run-action.ts';
import { reportSchema } from '../../src/report/model/schema.ts';

/** An estate of three kinds, with second roles, boundaries, paths and packed grants: captured in few lines by the shipped bundle, and audited with them. */

const aws = await startAws();
const workspace = await mkdtemp(join(tmpdir(), 'kinds-'));
afterAll(async () => {
  await aws.close();
  await rm(workspace, { recursive: true, force: true });
});

test('a line for each target, a class for each kind, and a clean audit', async () => {
  const kinds = kindsEstate({ accounts: 40, withTwoRoles: 10, groups: 3 });
  const { accessKeyId, secretAccessKey } = (await seedEstate(aws.url, kinds.estate)).key(kinds.hub, kinds.workflowUser);
  const env = { AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const inputs = { 'desired-state': 'access.yml', 'auditor-role': kinds.auditorRole, issue: 'never', attribution: 'off' };
  const run = (more: Readonly<Record<string, string>>) =>
    runAction({ workspace, event: 'workflow_dispatch', env, inputs: { ...inputs, ...more } });
  const captured = await run({ mode: 'capture', 'hub-user': kinds.user });
  expect([captured.exitCode, captured.stdout.split('\n').filter((line) => line.length > 400)]).toEqual([0, []]);
  const text = await readFile(join(workspace, 'access.yml'), 'utf8');
  const [head = '', rest = ''] = text.split('\ntargets:\n');
  const [targets = '', contents = ''] = rest.split('\npolicies:\n');
  expect(head.split('\n').length).toBeLessThan(30);
  expect(targets.split('\n')).toHaveLength(kinds.roles.length);
  expect(contents.split('\n').length).toBeLessThan(12);
  expect([...head.matchAll(/^ {2}([\w-]+):/gm)].map(([, name]) => name)).toEqual(
    expect.arrayContaining(['micetro-reader', 'sandbox', 'staging']),
  );
  const audit = await run({});
  const {
    summary,
    targets: audited,
    notCompared,
  } = reportSchema.parse(JSON.parse(await readFile(join(workspace, 'assume-role-report.json'), 'utf8')));
  expect([audit.exitCode, audited.length, notCompared]).toEqual([0, kinds.roles.length, []]);
  expect(summary).toMatchObject({ findings: 0, connections: { works: kinds.roles.length } });
}, 120_000);
