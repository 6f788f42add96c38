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

const ONE = '200000000001';

test('a role that the auditor may not read keeps no other role of its account from being repaired', async () => {
  const clock = new TestClock();
  const workspace = await mkdtemp(join(tmpdir(), 'repair-'));
  await using live = await startLive({
    clock: clock.now,
    guide: { fixer: true, targets: 1, furtherRoles: { [ONE]: ['Dns'] } },
    edit: (draft) => void roleIn(draft, ONE, 'Micetro').managedPolicies.push(awsPolicy('aws', 'AdministratorAccess')),
  });
  live.aws.faults.add({ action: 'GetRole', params: { RoleName: 'Dns' }, effect: 'access-denied' });
  const report = await repair(repairTask(live, clock, workspace, new AbortController().signal));
  await rm(workspace, { recursive: true });
  expect([report.notMade, report.findings.map(({ fix }) => fix)]).toMatchObject([[], [{ status: 'verified' }]]);
  expect(report.targets.map(({ roleName, status }) => [roleName, status])).toEqual([
    ['Micetro', 'clean'],
    ['Dns', 'unreadable'],
  ]);
});
