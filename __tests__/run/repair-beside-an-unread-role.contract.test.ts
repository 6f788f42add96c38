import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { DIRECT } from '../../dev/network/direct.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { permissionsOf } from '../../src/inputs/run-permissions.ts';
import { Comparer } from '../../src/policy/index.ts';
import { runContext } from '../../src/publish/run-context.ts';
import { repair } from '../../src/run/repair.ts';
import type { Task } from '../../src/run/task.ts';
import { deadlineIn } from '../deadlines.ts';
import { type Live, startLive } from '../live/hub.ts';
import { TestClock } from '../test-clock.ts';

/** The other roles of an account are repaired although one can't be read. */

const ONE = '200000000001';

function taskOf({ aws, guide, options }: Live, clock: TestClock, workspace: string, cancelled: AbortSignal): Task {
  const given: Readonly<Record<string, string>> = { 'auditor-role': guide.auditorRole, 'fixer-role': guide.fixerRole, fix: 'true' };
  const inputs = parseInputs((name) => given[name] ?? '', { event: 'schedule', workspace });
  const parsed = parseDesired(guide.desiredYaml, { path: 'assume-role.yml' });
  if ('errors' in parsed || 'errors' in inputs) throw new Error(JSON.stringify([parsed, inputs]));
  const env = {
    ...options.environment,
    AWS_ENDPOINT_URL: aws.url,
    GITHUB_WORKSPACE: workspace,
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
  };
  const at = new Date(clock.now());
  return {
    job: { env, event: { payload: undefined, problem: '' }, input: () => '', clock, cancelled },
    context: runContext(env, undefined),
    inputs: inputs.inputs,
    permissions: permissionsOf({ event: 'schedule', ref: 'refs/heads/main', branch: 'main', problem: '' }),
    network: DIRECT,
    octokit: undefined,
    comparer: new Comparer(),
    facts: () => ({ mode: 'audit', fix: true, event: 'schedule', proposal: false, startedAt: at, finishedAt: at, toolVersion: '0' }),
    deadline: deadlineIn(10, clock, cancelled),
    desired: parsed.desired,
  };
}

test('a role that the auditor may not read keeps no other role of its account from being repaired', async () => {
  const clock = new TestClock();
  const workspace = await mkdtemp(join(tmpdir(), 'repair-'));
  await using live = await startLive({
    clock: clock.now,
    guide: { fixer: true, targets: 1, furtherRoles: { [ONE]: ['Dns'] } },
    edit: (draft) => void roleIn(draft, ONE, 'Micetro').managedPolicies.push(awsPolicy('aws', 'AdministratorAccess')),
  });
  live.aws.faults.add({ action: 'GetRole', params: { RoleName: 'Dns' }, effect: 'access-denied' });
  const report = await repair(taskOf(live, clock, workspace, new AbortController().signal));
  await rm(workspace, { recursive: true });
  expect([report.notMade, report.findings.map(({ fix }) => fix)]).toMatchObject([[], [{ status: 'verified' }]]);
  expect(report.targets.map(({ roleName, status }) => [roleName, status])).toEqual([
    ['Micetro', 'clean'],
    ['Dns', 'unreadable'],
  ]);
});
