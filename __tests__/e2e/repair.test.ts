import { afterAll, describe, expect, test } from '@jest/globals';
import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import type { AccountEstate, Estate } from '../../dev/aws/estate.ts';
import type { Guide } from '../../dev/aws/guide.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { canonical, readEstate } from '../../dev/aws/read.ts';
import { openScene, type Scene } from '../../dev/runner/scene.ts';
import { comparable } from './comparable.ts';
import { ROLLED_BACK, repair, reportOf, rollback, writes } from './repairing.ts';

/** All of the catalogue at once: repaired by one run, undone by another, both looked at by a reader that shares nothing with the action. */

/** By people alone. */
const BY_PEOPLE = /^(hub-user-(login|key|credential)-|hub-caller-|role-(path|sessions)-|tool-role-)/;
/** These take what other drifts of the hub are about with them, so that each has an estate of its own. */
const ALONE = /^hub-(user|group)-((inline-policy|boundary)-)?missing$/;

function drifts(stated: Drift['stated'], onMoto: boolean) {
  const fits = (drift: Drift) => drift.stated === stated && !BY_PEOPLE.test(drift.rule) && (drift.onMoto || !onMoto);
  return { hub: HUB_DRIFTS.filter((drift) => fits(drift) && !ALONE.test(drift.rule)), targets: TARGET_DRIFTS.filter(fits) };
}

interface Estates {
  readonly scene: Scene;
  readonly clean: readonly AccountEstate[];
  readonly drifted: readonly AccountEstate[];
  read(): Promise<readonly AccountEstate[]>;
}

async function openDrifted(
  stated: Drift['stated'],
  endpoint: string | undefined,
  more?: (draft: Estate, guide: Guide) => void,
): Promise<Estates> {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  const { hub, targets } = drifts(stated, endpoint !== undefined);
  const edit = (draft: Estate, guide: Guide) => {
    if (more !== undefined) return more(draft, guide);
    for (const [index, drift] of targets.entries()) drift.edit(driftScene(draft, guide, guide.targets[index] ?? ''));
    // The last target is the one whose grant the hub's drifts are about.
    for (const drift of hub) drift.edit(driftScene(draft, guide, guide.targets.at(-1) ?? ''));
  };
  const guide = { stated, fixer: true, userBoundary: endpoint === undefined, targets: targets.length + 2 };
  const scene = await openScene({ guide, edit, ...(endpoint === undefined ? {} : { endpoint }) });
  const accounts = [scene.guide.hub, ...scene.guide.targets];
  const read = () => readEstate(scene.endpoint, accounts);
  return { scene, clean: canonical(scene.guide.estate.accounts), drifted: await read(), read };
}

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

const places: readonly (readonly [string, string | undefined])[] = [
  ['the embedded AWS', undefined],
  ...(moto === undefined ? [] : [['moto', moto.url] as const]),
];

describe.each(places)('on %s', (_name, endpoint) => {
  test.each(['least', 'everything'] as const)(
    'every repairable drift at once, in an estate that states %s',
    async (stated) => {
      const { scene, clean, drifted, read } = await openDrifted(stated, endpoint);
      await using _scene = scene;

      const first = await repair(scene);
      const report = await reportOf(scene);
      expect(
        report.findings.filter(({ fix }) => fix.status !== 'verified').map(({ rule, fix }) => `${rule} ${fix.status} ${fix.reason}`),
      ).toEqual([]);
      expect(report.changes.filter(({ outcome }) => outcome !== 'verified')).toEqual([]);
      expect(first.exitCode).toBe(0);
      const repaired = await read();
      // Beside the drift people made a user and a group, which are nobody's to delete.
      const made = ({ name }: { name: string }) => name !== 'mallory' && name !== 'dns-admins';
      const kept = repaired.map((account) => ({ ...account, users: account.users.filter(made), groups: account.groups.filter(made) }));
      expect(kept.map(comparable)).toEqual(clean.map(comparable));

      scene.aws.calls.length = 0;
      const second = await repair(scene, { inputs: { 'report-path': 'second.json' } });
      expect([
        second.exitCode,
        endpoint === undefined ? writes(scene).length : (await reportOf(scene, 'second.json')).changes.length,
      ]).toEqual([0, 0]);
      expect(await read()).toEqual(repaired);

      const undone = await rollback(scene);
      const undoing = await reportOf(scene, ROLLED_BACK);
      const orphaned = report.findings.filter(({ rule }) => rule === 'trust-orphaned').map(({ account }) => account);
      expect(undoing.changes.filter(({ outcome }) => outcome === 'failed').map(({ account }) => account)).toEqual(orphaned);
      expect(undoing.notMade).toEqual([]);
      // What IAM does not take back: the trust in a user that is gone.
      expect(undone.exitCode).toBe(orphaned.length > 0 ? 1 : 0);
      const others = ({ id }: AccountEstate) => !orphaned.includes(id);
      expect((await read()).filter(others)).toEqual(drifted.filter(others));
    },
    300_000,
  );

  const alone = HUB_DRIFTS.filter(({ rule, onMoto }) => ALONE.test(rule) && (onMoto || endpoint === undefined));
  test.each(alone.map((drift) => [drift.name, drift] as const))(
    '%s',
    async (_drift, { edit, stated }) => {
      const { scene, clean, drifted, read } = await openDrifted(stated, endpoint, (draft, guide) =>
        edit(driftScene(draft, guide, guide.targets[0] ?? '')),
      );
      await using _scene = scene;
      await repair(scene);
      const report = await reportOf(scene);
      const isUserGone = report.findings.some(({ rule }) => rule === 'hub-user-missing');
      expect(report.findings.filter(({ fix }) => fix.status !== 'verified').map(({ rule }) => rule)).toEqual(
        isUserGone ? ['hub-user-missing'] : [],
      );
      expect((await read()).map(comparable)).toEqual((isUserGone ? drifted : clean).map(comparable));

      await rollback(scene);
      const { notMade } = await reportOf(scene, ROLLED_BACK);
      expect(await read()).toEqual(drifted);
      expect(notMade).toEqual([]);
    },
    120_000,
  );
});
