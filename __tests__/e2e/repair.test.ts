import { afterAll, expect, test } from '@jest/globals';
import { comparable } from '../../dev/aws/comparable.ts';
import type { AccountEstate } from '../../dev/aws/estate.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { openScene } from '../../dev/runner/scene.ts';
import { describePlaces } from '../places.ts';
import { openCatalogue } from '../run/catalogue-estate.ts';
import { ROLLED_BACK, repair, reportOf, rollback, writes } from '../run/repairing.ts';

/** All of the catalogue at once: repaired by one run, undone by another, both looked at by a reader that shares nothing with the action. */

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

describePlaces(moto, (endpoint) => {
  test.each(['least', 'everything'] as const)(
    'every repairable drift at once, in an estate that states %s',
    async (stated) => {
      const { scene, clean, drifted, read } = await openCatalogue(openScene, stated, endpoint);
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
});
