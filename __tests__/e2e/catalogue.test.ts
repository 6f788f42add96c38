import { afterAll, describe, expect, test } from '@jest/globals';
import { type Drift, driftScene, type NearMiss } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { NEAR_MISSES } from '../../dev/aws/drifts/near-misses.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import { openScene } from '../../dev/runner/scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';

/** Every way to drift that the catalogue knows, and every near miss, each alone and audited by the shipped bundle: the rule it is told by, and nothing else. */

const moto = await startMoto();
afterAll(() => moto?.close());

async function audit({ stated, edit, afterSeeding = () => undefined }: Pick<Drift, 'stated' | 'edit' | 'afterSeeding'>, endpoint?: string) {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  await using scene = await openScene({
    guide: { stated, userBoundary: endpoint === undefined },
    edit: (draft, guide) => edit(driftScene(draft, guide, guide.targets[0] ?? '')),
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  afterSeeding(scene.aws, scene.guide);
  const result = await scene.run({ inputs: { issue: 'never' } });
  const { findings, summary } = reportSchema.parse(await scene.report());
  expect(summary).toMatchObject({ expected: 3, observed: 3, unreadable: 0 });
  return { found: findings.map(({ rule, access }) => ({ rule, access })), exitCode: result.exitCode };
}

const named = <T extends Drift | NearMiss>(list: readonly T[]) => list.map((one) => [one.name, one] as const);

describe('on the embedded AWS', () => {
  test.each(named([...HUB_DRIFTS, ...TARGET_DRIFTS]))('%s', async (_name, drift) => {
    expect(await audit(drift)).toEqual({ found: [{ rule: drift.rule, access: drift.access }], exitCode: 1 });
  });

  test.each(named(NEAR_MISSES))('no drift: %s', async (_name, nearMiss) => {
    expect(await audit(nearMiss)).toEqual({ found: [], exitCode: 0 });
  });
});

// The reporter at the end of the run says so where this is skipped.
(moto === undefined ? describe.skip : describe)('on moto', () => {
  test.each(named([...HUB_DRIFTS, ...TARGET_DRIFTS].filter(({ onMoto }) => onMoto)))('%s', async (_name, drift) => {
    expect(await audit(drift, moto?.url)).toEqual({ found: [{ rule: drift.rule, access: drift.access }], exitCode: 1 });
  });

  test.each(named(NEAR_MISSES))('no drift: %s', async (_name, nearMiss) => {
    expect(await audit(nearMiss, moto?.url)).toEqual({ found: [], exitCode: 0 });
  });
});
