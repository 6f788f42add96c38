import { expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { JOAN, startChanged } from './attributed.ts';

/** The time to read is over, or the run is cancelled, before anything was looked up. */

const TARGETS = ['200000000001', '200000000002'];

test('nothing is looked up, which is no error of the accounts, and said once', async () => {
  await using scene = await startChanged({ guide: { targets: 2 } });
  await scene.change(JOAN, 30, (draft) => {
    for (const target of TARGETS) roleIn(draft, target, 'Micetro').managedPolicies = []; // two findings each
  });
  const { findings, errors, notes } = await scene.cancelledAudit();
  const reason = 'CloudTrail was not read in this account: the run was cancelled.';
  expect([...findings.values()].map(({ cause }) => [cause.match, cause.reason])).toEqual(
    Array.from({ length: 4 }, () => ['not-looked-up', reason]),
  );
  expect(errors.map(({ account, call, code }) => [account, call, code])).toEqual(
    TARGETS.map((account) => [account, 'cloudtrail:LookupEvents', 'RunCancelled']),
  );
  expect(notes).toEqual(['The cause of drift was not looked up in 2 accounts: the run was cancelled.']);
  expect(scene.live.asked()).not.toContain('LookupEvents');
});
