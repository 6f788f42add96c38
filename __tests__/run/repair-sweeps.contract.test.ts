import { describe, expect, test } from '@jest/globals';
import { openInProcess } from './in-process.ts';
import { repair, reportOf, writes } from './repairing.ts';
import { contentOf, expectMended, openDrifted } from './sweep-estate.ts';
import {
  AccessWatch,
  ALL,
  byName,
  CASES,
  effective,
  expectOpen,
  faultAt,
  gist,
  madeBy,
  repairUndisturbed,
  told,
  type Undisturbed,
} from './sweeping.ts';
import { HUB } from './target-cases.ts';

/** The same goes wrong at each write of a long repair in turn: its account is true, and no target is cut off on the way. */

/** Milliseconds until AWS shows a write. */
const LATE = 2_000;

let undisturbed: Promise<Undisturbed> | undefined;
const atBest = () => (undisturbed ??= repairUndisturbed(openInProcess));

test('nothing goes wrong: all is as the file has it, and nothing left to do', async () => {
  await using scene = await openDrifted(openInProcess);
  const watch = new AccessWatch(scene);
  watch.look();
  expect(watch.open).toBe('12347');
  scene.aws.faults.set([watch.fault]);
  expect((await repair(scene, { inputs: { concurrency: '1' } })).exitCode).toBe(0);
  expectOpen(watch);
  expect(effective(scene)).toEqual(ALL);
  const { changes } = await reportOf(scene);
  expect(told(changes)).toEqual(ALL);
  expect(new Set(changes.map(({ outcome }) => outcome))).toEqual(new Set(['verified']));
  await expectMended(scene);
  scene.aws.calls.length = 0;
  expect([(await repair(scene)).exitCode, writes(scene)]).toEqual([0, []]);
}, 120_000);

test('AWS shows every write late: what takes a way waits for the other one to be seen', async () => {
  await using scene = await openDrifted(openInProcess);
  scene.aws.settings.visibilityDelayMs = LATE;
  const watch = new AccessWatch(scene);
  scene.aws.faults.set([watch.fault]);
  expect((await repair(scene)).exitCode).toBe(0);
  expectOpen(watch);
  expect(effective(scene).toSorted(byName)).toEqual(ALL.toSorted(byName));
  expect(contentOf(scene)).toEqual((await atBest()).content);
  const sentAt = (name: string) => writes(scene).find((call) => madeBy(call) === name)?.at ?? Number.NaN;
  const waited = sentAt(`RemoveUserFromGroup ${HUB} before-micetro`) - sentAt(`PutGroupPolicy ${HUB} assume-200000000004-Micetro`);
  expect(waited).toBeGreaterThanOrEqual(LATE);
}, 120_000);

describe('the answer to a write is lost: it is told once, and has one effect', () => {
  test.each(CASES)(
    '%s',
    async (_name, write) => {
      await using scene = await openDrifted(openInProcess);
      const watch = new AccessWatch(scene);
      scene.aws.faults.set([{ ...faultAt(write), effect: 'lost-reply', times: 1, before: watch.look }, watch.fault]);
      expect((await repair(scene)).exitCode).toBe(0);
      expectOpen(watch);
      const { changes } = await reportOf(scene);
      const { content, changes: best } = await atBest();
      expect(gist(changes)).toEqual(gist(best));
      expect(new Set(changes.map(({ outcome }) => outcome))).toEqual(new Set(['verified']));
      expect(contentOf(scene)).toEqual(content);
    },
    120_000,
  );
});
