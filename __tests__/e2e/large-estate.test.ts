import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startMotoToRepeat } from '../../dev/aws/moto.ts';
import { embeddedPlace, motoPlace, type Place } from '../../dev/estate/place.ts';
import { estateStory, type Step } from '../../dev/estate/story.ts';
import { RULE_NAMES } from '../../src/state/rules.ts';

/** The story that `npm run estate` tells of 300 accounts, with as few as have all its kinds. */

const ACCOUNTS = 12;

const moto = await startMotoToRepeat();
const workspace = await mkdtemp(join(tmpdir(), 'estate-'));
afterAll(async () => {
  await moto?.close();
  await rm(workspace, { recursive: true, force: true });
});

/** Each would hide what others are about, in the same estate at the same time: `catalogue.test.ts` has them alone. */
const ALONE = [
  // Nothing else of the user or of the group is compared then.
  ...['hub-user-missing', 'hub-group-missing'],
  // A repair then grants nothing.
  'hub-user-key-compromised',
  // One user has a key too many or none, and one boundary.
  ...['hub-user-key-missing', 'hub-user-boundary-missing', 'hub-user-boundary-extra'],
  // Of the file, not of the accounts.
  'quota-exceeded',
];

async function tell(place: Place): Promise<Step[]> {
  await using there = place;
  const steps: Step[] = [];
  for await (const step of estateStory(there, workspace)) {
    const { name, expected, found } = step;
    expect({ after: steps.length, name, found }).toEqual({ after: steps.length, name, found: expected });
    steps.push(step);
  }
  return steps;
}

test('on the embedded AWS: captured, drifted in every way, found, repaired, fixed by hand, and clean', async () => {
  const steps = await tell(await embeddedPlace(ACCOUNTS));
  expect(steps).toHaveLength(12);
  const rules = new Set(steps.flatMap(({ expected }) => expected.map((line) => line.split(' ')[0])));
  expect(RULE_NAMES.filter((rule) => !rules.has(rule)).toSorted()).toEqual(ALONE.toSorted());
}, 180_000);

const whereMotoIs = moto === undefined ? describe.skip : describe;
whereMotoIs('on moto', () => {
  test('the same', async () => {
    if (moto === undefined) throw new Error('moto did not start');
    expect(await tell(await motoPlace(moto, ACCOUNTS))).toHaveLength(12);
  }, 600_000);
});
