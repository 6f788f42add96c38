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
import { actionsRunner } from '../../src/publish/runner.ts';
import { repair } from '../../src/run/repair.ts';
import type { Task } from '../../src/run/task.ts';
import { deadlineIn } from '../deadlines.ts';
import { type Live, startLive } from '../live/hub.ts';
import { TestClock } from '../test-clock.ts';

/** The time limit ends what is read for the plan, and nothing that a repair does after that. */

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
    job: { env, event: { payload: undefined, problem: '' }, input: () => '', runner: actionsRunner, clock, cancelled },
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

/** Repairs a policy too many, with something that happens at the calls of an action. */
async function repairing(action: string, happen: (clock: TestClock, cancel: () => void) => void) {
  const clock = new TestClock();
  const cancelling = new AbortController();
  const workspace = await mkdtemp(join(tmpdir(), 'repair-'));
  const edit = { account: ONE, policy: awsPolicy('aws', 'AdministratorAccess') };
  await using live = await startLive({
    clock: clock.now,
    guide: { fixer: true },
    edit: (draft) => void roleIn(draft, edit.account, 'Micetro').managedPolicies.push(edit.policy),
  });
  live.aws.faults.add({ action, times: 1, before: () => happen(clock, () => cancelling.abort()) });
  const report = await repair(taskOf(live, clock, workspace, cancelling.signal));
  await rm(workspace, { recursive: true });
  return { report, writes: live.aws.calls.filter(({ service, action: made }) => service === 'iam' && !/^(Get|List)/.test(made)) };
}

test('the time is over at the first write: it is made, read back and verified', async () => {
  const { report } = await repairing('DetachRolePolicy', (clock) => clock.forward(11 * 60_000));
  expect(report.findings.map(({ fix }) => fix.status)).toEqual(['verified']);
  expect([report.errors, report.summary.unreadable]).toEqual([[], 0]);
});

test('cancelled while the hub is read: nothing is written', async () => {
  const { report, writes } = await repairing('GetUser', (_, cancel) => cancel());
  expect(writes).toEqual([]);
  expect([report.hub.status, report.hub.error?.code]).toEqual(['unreadable', 'RunCancelled']);
});
