import { afterAll, expect, test } from '@jest/globals';
import { comparable } from '../../dev/aws/comparable.ts';
import { driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { describePlaces } from '../places.ts';
import { ALONE, openCatalogue } from './catalogue-estate.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, reportOf, rollback } from './repairing.ts';

/** What takes other drifts of the hub with it, each in an estate of its own: repaired by one run, undone by another. The rest is in `e2e/repair`, all at once. */

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

describePlaces(moto, (endpoint) => {
  const alone = HUB_DRIFTS.filter(({ rule, onMoto }) => ALONE.test(rule) && (onMoto || endpoint === undefined));
  test.each(alone.map((drift) => [drift.name, drift] as const))(
    '%s',
    async (_drift, { edit, stated }) => {
      const { scene, clean, drifted, read } = await openCatalogue(openInProcess, stated, endpoint, (draft, guide) =>
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
