import { DIRECT } from '../../dev/network/direct.ts';
import { parseDesired } from '../../src/desired/index.ts';
import { parseInputs } from '../../src/inputs/inputs.ts';
import { permissionsOf } from '../../src/inputs/run-permissions.ts';
import { Comparer } from '../../src/policy/index.ts';
import { runContext } from '../../src/publish/run-context.ts';
import { actionsRunner } from '../../src/publish/runner.ts';
import type { Task } from '../../src/run/task.ts';
import { deadlineIn } from '../deadlines.ts';
import type { Live } from '../live/hub.ts';
import type { TestClock } from '../test-clock.ts';

/** A nightly repair of a guide's estate, with ten minutes to read. */
export function repairTask({ aws, guide, options }: Live, clock: TestClock, workspace: string, cancelled: AbortSignal): Task {
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
