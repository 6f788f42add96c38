import { afterAll, describe, expect, test } from '@jest/globals';
import { driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { NEAR_MISSES } from '../../dev/aws/drifts/near-misses.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import { type AccountEstate, withDrift } from '../../dev/aws/estate.ts';
import { guideEstate } from '../../dev/aws/guide.ts';
import { canonical, readEstate } from '../../dev/aws/read.ts';
import { seedEmbedded } from '../../dev/aws/seed.ts';
import { startAws } from '../../dev/aws/server.ts';
import { RULES } from '../../src/state/rules.ts';

const DRIFTS = [...HUB_DRIFTS, ...TARGET_DRIFTS];

const aws = await startAws();
afterAll(() => aws.close());

let made = 0;
/** A guide whose accounts nobody else uses. */
function ownGuide(stated: 'least' | 'everything') {
  made += 1;
  const base = 300_000_000_000 + made * 10;
  return guideEstate({ hub: String(base), targets: [String(base + 1), String(base + 2)], stated });
}

/** A policy that is missing is also not attached. An organization is no estate of accounts. The quota is told from the file alone. */
const WITHOUT_DRIFT = ['policy-missing', 'target-undeclared', 'target-not-active', 'target-left-organization', 'quota-exceeded'];

test('every other rule has a drift', () => {
  const told = new Set(DRIFTS.map(({ rule }) => rule));
  expect(Object.keys(RULES).filter((rule) => !told.has(rule))).toEqual(WITHOUT_DRIFT);
});

test('names are told apart', () => {
  const names = [...DRIFTS, ...NEAR_MISSES].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe('AWS takes the estate and shows it as it was drifted', () => {
  test.each([...DRIFTS, ...NEAR_MISSES].map((drift) => [drift.name, drift] as const))('%s', async (_name, { stated, edit }) => {
    const guide = ownGuide(stated);
    const [target = ''] = guide.targets;
    const before = structuredClone(guide.estate);
    const drifted = withDrift(guide.estate, (draft) => edit(driftScene(draft, guide, target)));
    expect(guide.estate).toEqual(before);
    await seedEmbedded(aws, drifted);
    const ids = drifted.accounts.map(({ id }) => id);
    expect(await readEstate(aws.url, ids)).toEqual(asShown(canonical(drifted.accounts), guide.hub));
  });
});

/** AWS shows an account id as its root ARN and a deleted user as its unique id. */
function asShown(accounts: readonly AccountEstate[], hub: string): unknown {
  const text = JSON.stringify(accounts)
    .replaceAll(`{"AWS":"${hub}"}`, `{"AWS":"arn:aws:iam::${hub}:root"}`)
    .replaceAll(`"arn:aws:iam::${hub}:user/micetro-old"`, '"DELETED"');
  return JSON.parse(text, (_key, value: unknown) => (value === 'DELETED' ? expect.stringMatching(/^AIDA[A-Z0-9]{17}$/) : value));
}
