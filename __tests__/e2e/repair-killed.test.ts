import { expect, test } from '@jest/globals';
import { openScene } from '../../dev/runner/scene.ts';
import { expectThirdRunEnds, killAt } from '../run/killing.ts';
import { rollback } from '../run/repairing.ts';
import { contentOf, openDrifted } from '../run/sweep-estate.ts';
import { AccessWatch, repairUndisturbed, WRITES, type Write } from '../run/sweeping.ts';

/** The process of a long repair is killed. `__tests__/run/repair-killed.contract.test.ts` does it at each of the writes, in process. */

const best = await repairUndisturbed(openScene);

function writeOf(action: string): Write {
  const write = WRITES.find((one) => one.action === action);
  if (write === undefined) throw new RangeError('no such write');
  return write;
}

test('killed before a write, then after it: the third run comes to the end', async () => {
  await expectThirdRunEnds(openScene, writeOf('CreateRole'), best);
}, 120_000);

test('killed late: its report is enough to take back all that it wrote', async () => {
  await using scene = await openDrifted(openScene);
  const atFirst = contentOf(scene);
  // The writes after this one delete a document that IAM would not take back.
  await killAt(scene, writeOf('DetachGroupPolicy'), 'after', { watch: new AccessWatch(scene), best });
  scene.aws.faults.clear();
  expect((await rollback(scene)).exitCode).toBe(0);
  expect(contentOf(scene)).toEqual(atFirst);
}, 120_000);
