import { afterAll, describe, expect, test } from '@jest/globals';
import { type Drift, driftScene, type NearMiss } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { NEAR_MISSES } from '../../dev/aws/drifts/near-misses.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import type { SceneOptions } from '../../dev/runner/set-scene.ts';
import { reportSchema } from '../../src/report/model/schema.ts';
import { RULE_NAMES, RULES } from '../../src/state/rules.ts';
import { openInProcess } from './in-process.ts';

/**
 * Every way to drift that the catalogue knows, and every near miss, audited: the rule it is told by, and nothing else. Drifts of the
 * hub have an estate each; those of targets have a target each of one estate, and one run finds each where it is. Near misses share an estate, too.
 */

const moto = await startMotoToRepeat();
afterAll(() => moto?.close());

type Listed = Drift | NearMiss;

interface Audit {
  readonly exitCode: number | null;
  readonly findings: readonly { readonly rule: string; readonly access: string; readonly account: string }[];
}

async function audit(
  options: SceneOptions,
  endpoint: string | undefined,
  afterSeeding: Drift['afterSeeding'],
  accounts: number,
): Promise<Audit> {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  await using scene = await openInProcess({ ...options, ...(endpoint === undefined ? {} : { endpoint }) });
  afterSeeding?.(scene.aws, scene.guide);
  const result = await scene.run({ inputs: { issue: 'never' } });
  const { findings, summary } = reportSchema.parse(await scene.report());
  expect(summary).toMatchObject({ expected: accounts, observed: accounts, unreadable: 0 });
  return { exitCode: result.exitCode, findings };
}

const afterSeedingOf = (one: Listed) => ('afterSeeding' in one ? one.afterSeeding : undefined);

async function alone(one: Listed, endpoint: string | undefined) {
  const guide = { stated: one.stated, userBoundary: endpoint === undefined };
  const edit: SceneOptions['edit'] = (draft, made) => one.edit(driftScene(draft, made, made.targets[0] ?? ''));
  const { exitCode, findings } = await audit({ guide, edit }, endpoint, afterSeedingOf(one), 3);
  return { exitCode, found: findings.map(({ rule, access }) => ({ rule, access })) };
}

/** What is found of each, by its name. */
async function together(all: readonly Listed[], stated: Drift['stated'], endpoint: string | undefined) {
  const guide = { stated, userBoundary: endpoint === undefined, targets: all.length };
  const targets: string[] = [];
  const edit: SceneOptions['edit'] = (draft, made) => {
    targets.push(...made.targets);
    for (const [index, one] of all.entries()) one.edit(driftScene(draft, made, made.targets[index] ?? ''));
  };
  const { findings } = await audit({ guide, edit }, endpoint, undefined, all.length + 1);
  const found = Object.fromEntries(
    all.map(({ name }, index) => [
      name,
      findings.filter(({ account }) => account === targets[index]).map(({ rule, access }) => ({ rule, access })),
    ]),
  );
  return { found, elsewhere: findings.filter(({ account }) => !targets.includes(account)).map(({ rule }) => rule) };
}

/** Hub drifts that no repair takes away. */
const BY_PEOPLE = /^hub-user-(login|key|credential)-/;

const named = <T extends Listed>(list: readonly T[]) => list.map((one) => [one.name, one] as const);

const ofTarget = new Set<string>(RULE_NAMES.filter((rule) => RULES[rule].of === 'target'));
const isOfTarget = (one: Listed) => afterSeedingOf(one) === undefined && ofTarget.has('near' in one ? one.near : one.rule);

const places = [
  { place: 'the embedded AWS', endpoint: undefined, describeHere: describe },
  // The reporter at the end of the run says so where this is skipped.
  { place: 'moto', endpoint: moto?.url, describeHere: moto === undefined ? describe.skip : describe },
];

for (const { place, endpoint, describeHere } of places) {
  describeHere(`on ${place}`, () => {
    const drifts = [...HUB_DRIFTS, ...TARGET_DRIFTS].filter(({ onMoto }) => onMoto || endpoint === undefined);

    // What a repair takes away is found on moto by `repair.test.ts` as well.
    const isTriedHere = ({ rule }: Drift) => endpoint === undefined || BY_PEOPLE.test(rule);

    test.each(named(drifts.filter((drift) => !isOfTarget(drift) && isTriedHere(drift))))('%s', async (_name, drift) => {
      expect(await alone(drift, endpoint)).toEqual({ found: [{ rule: drift.rule, access: drift.access }], exitCode: 1 });
    });

    test.each(['least', 'everything'] as const)('all near misses of the hub at once, in an estate that states %s', async (stated) => {
      const all = NEAR_MISSES.filter((nearMiss) => !isOfTarget(nearMiss) && nearMiss.stated === stated);
      const expected = Object.fromEntries(all.map(({ name }) => [name, []]));
      expect(await together(all, stated, endpoint)).toEqual({ found: expected, elsewhere: [] });
    });

    test.each(['least', 'everything'] as const)(
      'a drift in each target of an estate that states %s',
      async (stated) => {
        const all = drifts.filter((drift) => isOfTarget(drift) && drift.stated === stated);
        const expected = Object.fromEntries(all.map(({ name, rule, access }) => [name, [{ rule, access }]]));
        expect(await together(all, stated, endpoint)).toEqual({ found: expected, elsewhere: [] });
      },
      60_000,
    );

    test.each(['least', 'everything'] as const)(
      'a near miss in each target of an estate that states %s',
      async (stated) => {
        const all = NEAR_MISSES.filter((nearMiss) => isOfTarget(nearMiss) && nearMiss.stated === stated);
        const expected = Object.fromEntries(all.map(({ name }) => [name, []]));
        expect(await together(all, stated, endpoint)).toEqual({ found: expected, elsewhere: [] });
      },
      60_000,
    );
  });
}
