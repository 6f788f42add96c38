import { expect } from '@jest/globals';
import type { Scene } from '../../dev/runner/set-scene.ts';
import type { ReportChange } from '../../src/report/model/schema.ts';
import { repair, reportOf } from './repairing.ts';
import { contentOf, openDrifted } from './sweep-estate.ts';
import { AccessWatch, ALL, byName, effective, expectOpen, faultAt, gist, nameOf, told, type Undisturbed, type Write } from './sweeping.ts';

/** Kills a run when it makes a write, before that takes effect or after, and looks at what it left. */
export async function killAt(
  scene: Scene,
  write: Write,
  when: 'before' | 'after',
  { watch, best }: { readonly watch: AccessWatch; readonly best: Undisturbed },
): Promise<void> {
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
  expectTrueAccount(changes, effective(scene).slice(earlier), nameOf(write));
  expect(gist(best.changes)).toEqual(expect.arrayContaining(gist(changes)));
}

/** Of a run that had no time to read anything back: what took effect is there, and what is there was on its way. */
function expectTrueAccount(changes: readonly ReportChange[], done: readonly string[], last: string): void {
  expect(told(changes)).toEqual(expect.arrayContaining([...done, last]));
  expect(done).toEqual(expect.arrayContaining(told(changes.filter(({ requestId }) => requestId !== null))));
  expect(changes.find((change) => told([change]).includes(last))?.requestId).toBeNull();
  expect(new Set(changes.map(({ outcome, reason }) => `${outcome} ${reason}`))).toEqual(new Set(['unverified ']));
}

/** Kills one run before a write and the next one after it, and looks whether the third comes to the end that an undisturbed one has. */
export async function expectThirdRunEnds(open: Parameters<typeof openDrifted>[0], write: Write, best: Undisturbed): Promise<void> {
  await using scene = await openDrifted(open);
  const watch = new AccessWatch(scene);
  await killAt(scene, write, 'before', { watch, best });
  await killAt(scene, write, 'after', { watch, best });
  scene.aws.faults.set([watch.fault]);
  expect((await repair(scene)).exitCode).toBe(0);
  expectOpen(watch);
  expect(effective(scene).toSorted(byName)).toEqual(ALL.toSorted(byName));
  expect(contentOf(scene)).toEqual(best.content);
}
