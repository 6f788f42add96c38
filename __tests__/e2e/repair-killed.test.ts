import { describe, expect, test } from '@jest/globals';
import type { Scene } from '../../dev/runner/scene.ts';
import type { ReportChange } from '../../src/report/model/schema.ts';
import { repair, reportOf, rollback } from './repairing.ts';
import { contentOf, openDrifted } from './sweep-estate.ts';
import {
  AccessWatch,
  ALL,
  byName,
  CASES,
  effective,
  expectOpen,
  faultAt,
  gist,
  nameOf,
  repairUndisturbed,
  told,
  type Undisturbed,
  WRITES,
  type Write,
} from './sweeping.ts';

/** A long repair is killed at each of its writes: it still comes to the same end, its account is true, and no target is cut off on the way. */

let undisturbed: Promise<Undisturbed> | undefined;
const atBest = () => (undisturbed ??= repairUndisturbed());

/** Kills a run when it makes a write, before that takes effect or after. */
async function killAt(scene: Scene, write: Write, when: 'before' | 'after', watch: AccessWatch): Promise<void> {
  let kill: () => void = () => undefined;
  const before = () => {
    watch.look();
    kill();
  };
  const fault = { ...faultAt(write), times: 1, before };
  scene.aws.faults.set([when === 'before' ? { ...fault, effect: 'reset' } : fault, watch.fault]);
  const onStart = (send: (signal: 'SIGKILL') => void) => {
    kill = () => send('SIGKILL');
  };
  const earlier = effective(scene).length;
  expect((await repair(scene, { onStart })).exitCode).toBeNull();
  watch.look();
  const { changes } = await reportOf(scene);
  await expectTrueAccount(changes, effective(scene).slice(earlier), nameOf(write));
}

/** Of a run that had no time to read anything back: what took effect is there, and what is there was on its way. */
async function expectTrueAccount(changes: readonly ReportChange[], done: readonly string[], last: string): Promise<void> {
  expect(told(changes)).toEqual(expect.arrayContaining([...done, last]));
  expect(done).toEqual(expect.arrayContaining(told(changes.filter(({ requestId }) => requestId !== null))));
  expect(changes.find((change) => told([change]).includes(last))?.requestId).toBeNull();
  expect(gist((await atBest()).changes)).toEqual(expect.arrayContaining(gist(changes)));
  expect(new Set(changes.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(new Set(['unverified ']));
}

describe('killed before a write, then after it: the third run comes to the end', () => {
  test.concurrent.each(CASES)(
    '%s',
    async (_name, write) => {
      await using scene = await openDrifted();
      const watch = new AccessWatch(scene);
      await killAt(scene, write, 'before', watch);
      await killAt(scene, write, 'after', watch);
      scene.aws.faults.set([watch.fault]);
      expect((await repair(scene)).exitCode).toBe(0);
      expectOpen(watch);
      expect(effective(scene).toSorted(byName)).toEqual(ALL.toSorted(byName));
      expect(contentOf(scene)).toEqual((await atBest()).content);
    },
    120_000,
  );
});

test('killed late: its report is enough to take back all that it wrote', async () => {
  await using scene = await openDrifted();
  const atFirst = contentOf(scene);
  // The writes after this one delete a document that IAM would not take back.
  const [late] = WRITES.filter(({ action }) => action === 'DetachGroupPolicy');
  if (late === undefined) throw new RangeError('no such write');
  await killAt(scene, late, 'after', new AccessWatch(scene));
  scene.aws.faults.clear();
  expect((await rollback(scene)).exitCode).toBe(0);
  expect(contentOf(scene)).toEqual(atFirst);
}, 120_000);
