import { describe, expect, test } from '@jest/globals';
import { type Drift, driftScene } from '../../dev/aws/drifts/drift.ts';
import { HUB_DRIFTS } from '../../dev/aws/drifts/hub.ts';
import { TARGET_DRIFTS } from '../../dev/aws/drifts/target.ts';
import type { Cause } from '../../src/attribution/cause.ts';
import { RULE_NAMES } from '../../src/state/rules.ts';
import { ACTORS, DEPLOYER, startChanged } from './attributed.ts';

/** Every drift of the catalogue, made by somebody: that is who is found. */

const ofHub = HUB_DRIFTS.filter(({ afterSeeding }) => afterSeeding === undefined);

/** Rules of which no event of an account is the cause, or of which the catalogue's drift comes from no call. */
const WITHOUT_EVENT = [
  ...['quota-exceeded', 'policy-missing', 'hub-user-key-old'],
  // The events of AWS Organizations are in the management account.
  ...['target-undeclared', 'target-not-active', 'target-left-organization'],
];

test('the catalogue has a drift of each rule', () => {
  const rules = new Set([...[...ofHub, ...TARGET_DRIFTS].map(({ rule }) => rule), ...WITHOUT_EVENT]);
  expect(RULE_NAMES.filter((rule) => !rules.has(rule))).toEqual([]);
});

/** Whose turn it is to make a drift. */
const actorOf = (index: number) => ACTORS[index % ACTORS.length] ?? DEPLOYER;

function expectCausedBy(cause: Cause, index: number): void {
  const turn = index % ACTORS.length;
  expect(cause).toMatchObject({ match: 'exact', reason: '', via: ['console', 'cli', 'CloudFormation'][turn] });
  const actors = [/:user\/joan$/, /:assumed-role\/deployer\/max@example\.com$/, /:assumed-role\/stacks\/AWSCloudFormation$/];
  expect(cause.actor).toMatch(actors[turn] ?? '');
}

describe('in the hub', () => {
  test.each(ofHub.map((drift, index) => [`${drift.rule}: ${drift.name}`, drift, index] as const))('%s', async (_, drift, index) => {
    await using scene = await startChanged({ guide: { stated: drift.stated } });
    const { guide } = scene.live;
    await scene.change(actorOf(index), 0, (draft) => drift.edit(driftScene(draft, guide, guide.targets[0] ?? '')));
    const { of, errors } = await scene.audit();
    expect(errors).toEqual([]);
    expectCausedBy(of(drift.rule).cause, index);
  });
});

describe.each(['least', 'everything'] as const)('in targets of which the file states %s', (stated) => {
  test('of each its own', async () => {
    const drifts = TARGET_DRIFTS.filter((drift: Drift) => drift.stated === stated);
    await using scene = await startChanged({ guide: { stated, targets: drifts.length } });
    const { guide } = scene.live;
    // Whether a policy that was deleted held the grant, only the event that wrote it tells.
    scene.rewriteGrants(DEPLOYER, 60);
    for (const [index, drift] of drifts.entries()) {
      await scene.change(actorOf(index), 0, (draft) => drift.edit(driftScene(draft, guide, guide.targets[index] ?? '')));
    }
    const { of, errors } = await scene.audit();
    expect(errors).toEqual([]);
    for (const [index, { rule }] of drifts.entries()) expectCausedBy(of(rule, guide.targets[index]).cause, index);
  });
});
