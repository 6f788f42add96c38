import { expect } from '@jest/globals';
import { type Estate, groupIn, roleIn } from '../../dev/aws/estate.ts';
import { awsPolicy } from '../../dev/aws/guide.ts';
import type { Scene, SceneOptions } from '../../dev/runner/set-scene.ts';
import { repair, written } from './repairing.ts';

/** Two accounts, in which a repair makes four writes. */

export const HUB = '111111111111';
export const ONE = '200000000001';
export const TWO = '200000000002';
const ADMIN = awsPolicy('aws', 'AdministratorAccess');

/** Two extra policies in the first account, one in the second, and a grant that is gone. */
export function fewDrifts(draft: Estate): void {
  roleIn(draft, ONE, 'Micetro').managedPolicies.push(ADMIN, awsPolicy('aws', 'AmazonS3FullAccess'));
  roleIn(draft, TWO, 'Micetro').managedPolicies.push(ADMIN);
  const group = groupIn(draft, HUB, 'micetro-targets');
  group.inlinePolicies = group.inlinePolicies.filter(({ name }) => !name.includes(TWO));
}

/** @param open opens a scene for the bundle, or in process */
export const openFew = (open: (options: SceneOptions) => Promise<Scene>, options: SceneOptions = {}): Promise<Scene> =>
  open({ guide: { fixer: true }, edit: fewDrifts, ...options });

export const ALL = [
  `grant-missing ${TWO} verified`,
  `role-policy-extra ${ONE} verified`,
  `role-policy-extra ${ONE} verified`,
  `role-policy-extra ${TWO} verified`,
];

/** Nothing is left, nothing was lost, and a run that finds nothing writes nothing. */
export async function expectConverged(scene: Scene): Promise<void> {
  scene.aws.faults.clear();
  expect((await repair(scene)).exitCode).toBe(0);
  scene.aws.calls.length = 0;
  const second = await repair(scene);
  expect([second.exitCode, written(scene)]).toEqual([0, []]);
  expect(scene.aws.account(ONE).role('Micetro')?.attached).toHaveLength(2);
}
