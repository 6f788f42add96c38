import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import { repair } from '../../src/run/repair.ts';
import { startLive } from '../live/hub.ts';
import { TestClock } from '../test-clock.ts';
import { repairTask } from './repair-task.ts';

/** The time limit ends what is read for the plan, and nothing that a repair does after that. */

const ONE = '200000000001';

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
  const report = await repair(repairTask(live, clock, workspace, cancelling.signal));
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
