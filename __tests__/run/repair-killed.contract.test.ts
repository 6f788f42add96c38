import { describe, expect, test } from '@jest/globals';
import { openInProcess } from './in-process.ts';
import { killAt } from './killing.ts';
import { repair } from './repairing.ts';
import { contentOf, openDrifted } from './sweep-estate.ts';
import { AccessWatch, ALL, byName, CASES, effective, expectOpen, repairUndisturbed, type Undisturbed } from './sweeping.ts';

/** A long repair is killed at each of its writes: it still comes to the same end, its account is true, and no target is cut off on the way. */

let undisturbed: Promise<Undisturbed> | undefined;
const atBest = () => (undisturbed ??= repairUndisturbed(openInProcess));

describe('killed before a write, then after it: the third run comes to the end', () => {
  test.each(CASES)(
    '%s',
    async (_name, write) => {
      await using scene = await openDrifted(openInProcess);
      const watch = new AccessWatch(scene);
      const best = await atBest();
      await killAt(scene, write, 'before', { watch, best });
      await killAt(scene, write, 'after', { watch, best });
      scene.aws.faults.set([watch.fault]);
      expect((await repair(scene)).exitCode).toBe(0);
      expectOpen(watch);
      expect(effective(scene).toSorted(byName)).toEqual(ALL.toSorted(byName));
      expect(contentOf(scene)).toEqual(best.content);
    },
    120_000,
  );
});
