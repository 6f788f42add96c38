import { expect, test } from '@jest/globals';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { expectConverged, HUB, ONE, openFew, TWO } from '../run/few-drifts.ts';
import { repair, reportOf, written } from '../run/repairing.ts';

/** A process that is told to end, or killed, while it repairs. `run/repair-killed` kills a run at each of many writes, in process. */

/** Ends the run while its second write is on its way. */
async function ended(scene: Scene, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') {
  let kill: (name: typeof signal) => void = () => undefined;
  let at = 0;
  const before = () => {
    at = scene.aws.calls.length;
    kill(signal);
  };
  scene.aws.faults.set([
    { action: 'DetachRolePolicy', account: ONE, after: 1, times: 1, before, delayMs: 300 },
    { action: 'DetachRolePolicy', account: TWO, effect: 'throttling' },
  ]);
  const onStart = (send: typeof kill) => {
    kill = send;
  };
  return { ...(await repair(scene, { onStart })), since: scene.aws.calls.slice(at).map(({ action }) => action) };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'by %s: what is on its way is awaited, nothing more is begun, all is told',
  async (signal) => {
    await using scene = await openFew(openScene);
    const result = await ended(scene, signal);
    const report = await reportOf(scene);
    expect(result.exitCode).toBe(1);
    // There is no time to read anything back: GitHub kills the run after some seconds.
    expect(result.since.filter((action) => /^(Get|List|Assume)/.test(action))).toEqual([]);
    const done = report.changes.map(({ account, outcome, requestId }) => [account, outcome, typeof requestId]);
    expect(done).toEqual(Array(2).fill([ONE, 'unverified', 'string']));
    expect(report.notMade.map(({ account, reason }) => `${account} ${reason}`)).toEqual([
      expect.stringMatching(`^${TWO} Not attempted: the run was cancelled`),
      expect.stringMatching(`^${HUB} Not attempted: the run was cancelled`),
    ]);
    expect(written(scene).filter((line) => !line.endsWith(TWO))).toEqual(Array(2).fill(`DetachRolePolicy ${ONE}`));
    expect(result.outputs.get('report-path')).toBe('assume-role-report.json');
    await expectConverged(scene);
  },
  120_000,
);

test('by SIGKILL: the report has every write that was sent, and says of the last ones that nothing is known', async () => {
  await using scene = await openFew(openScene);
  const result = await ended(scene, 'SIGKILL');
  const report = await reportOf(scene);
  expect(result.exitCode).toBeNull();
  const ofOne = report.changes.filter(({ account }) => account === ONE);
  expect(ofOne.map(({ outcome, requestId }) => [outcome, requestId === null])).toEqual([
    ['unverified', false],
    ['unverified', true],
  ]);
  expect(report.changes.length).toBeGreaterThanOrEqual(new Set(written(scene)).size);
  expect(report.plan?.calls).toHaveLength(4);
  await expectConverged(scene);
}, 120_000);
