import { describe, expect, test } from '@jest/globals';
import type { Scene } from '../../dev/runner/scene.ts';
import type { ReportChange } from '../../src/report/model/schema.ts';
import { repair, reportOf, writes } from './repairing.ts';
import {
  AccessWatch,
  contentOf,
  effective,
  expectMended,
  faultAt,
  madeBy,
  nameOf,
  openDrifted,
  told,
  WRITES,
  type Write,
} from './sweeping.ts';
import { HUB } from './target-cases.ts';

/** The same goes wrong at each write of a long repair in turn: it comes to the same end, its account is true, and no target is cut off on the way. */

/** Milliseconds. */
const LATE = 2_000;

const ALL = WRITES.map(nameOf);
const byName = (one: string, other: string): number => one.localeCompare(other);
const CASES = WRITES.map((write) => [nameOf(write), write] as const);

/** What a run leads to when nothing goes wrong. */
async function repairUndisturbed(): Promise<{ readonly content: unknown; readonly changes: readonly ReportChange[] }> {
  await using scene = await openDrifted();
  expect((await repair(scene)).exitCode).toBe(0);
  return { content: contentOf(scene), changes: (await reportOf(scene)).changes };
}

let undisturbed: ReturnType<typeof repairUndisturbed> | undefined;
const atBest = () => (undisturbed ??= repairUndisturbed());

/** What was written, in whatever order. */
function gist(changes: readonly ReportChange[]): string[] {
  return changes.map(({ account, action, input, before, after }) => JSON.stringify({ account, action, input, before, after })).toSorted();
}

/** All targets are open, and none that was open was ever shut. */
function expectOpen(watch: AccessWatch): void {
  watch.look();
  expect([watch.open, watch.lost]).toEqual(['1234567', []]);
}

test('nothing goes wrong: all is as the file has it, and nothing left to do', async () => {
  await using scene = await openDrifted();
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
  await using scene = await openDrifted();
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

describe('the answer to a write is lost: it is told once, and has one effect', () => {
  test.concurrent.each(CASES)(
    '%s',
    async (_name, write) => {
      await using scene = await openDrifted();
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

describe('a write is refused: it alone is told as failed, and what depends on it is not made', () => {
  test.concurrent.each(CASES)(
    '%s',
    async (name, write) => {
      await using scene = await openDrifted();
      const watch = new AccessWatch(scene);
      scene.aws.faults.set([{ ...faultAt(write), effect: 'access-denied', before: watch.look }, watch.fault]);
      expect((await repair(scene, { inputs: { 'verify-timeout': '1' } })).exitCode).toBe(1);
      watch.look();
      expect(watch.lost).toEqual([]);
      const { changes, notMade } = await reportOf(scene);
      const [failed, made] = [true, false].map((is) => told(changes.filter(({ outcome }) => (outcome === 'failed') === is)));
      expect(failed).toEqual([name]);
      expect(made?.toSorted(byName)).toEqual(effective(scene).toSorted(byName));
      expect([...told(changes), ...told(notMade)].toSorted(byName)).toEqual(ALL.toSorted(byName));
    },
    120_000,
  );
});
