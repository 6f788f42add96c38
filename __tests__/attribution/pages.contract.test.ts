import { expect, test } from '@jest/globals';
import { roleIn } from '../../dev/aws/estate.ts';
import { DEPLOYER, JOAN, startChanged } from './attributed.ts';

/** A history of more than one page, of which at most twenty are read: 1,000 events. */

const TARGET = '200000000001';

test.each([
  ['on the second page', 60, { match: 'exact', actor: expect.stringMatching(/:user\/joan$/) }],
  ['beyond the twentieth page', 1_010, { match: 'unknown', actor: null }],
] as const)('the cause is %s', async (_, later, cause) => {
  await using scene = await startChanged({ guide: { targets: 1 } });
  await scene.change(JOAN, 60, (draft) => {
    roleIn(draft, TARGET, 'Micetro').managedPolicies = ['arn:aws:iam::aws:policy/AmazonRoute53FullAccess'];
  });
  const after = scene.live.aws.account(TARGET).as(DEPLOYER, { at: Date.now() - 60_000 });
  for (let turn = 0; turn < later; turn += 1) after.call('TagRole', { RoleName: 'Micetro', Tags: [{ Key: 'turn', Value: String(turn) }] });
  scene.live.aws.calls.length = 0;
  const { of } = await scene.audit();
  expect(of('role-policy-missing').cause).toMatchObject(cause);
  const lookups = scene.live.aws.calls.filter(({ action }) => action === 'LookupEvents');
  expect(lookups).toHaveLength(Math.min(20, Math.ceil((later + 1) / 50)));
});
