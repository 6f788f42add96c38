import { expect, test } from '@jest/globals';
import { allow } from '../../dev/aws/drifts/drift.ts';
import { accountIn, type Estate } from '../../dev/aws/estate.ts';
import { assume, awsPolicy } from '../../dev/aws/guide.ts';
import { readEstate } from '../../dev/aws/read.ts';
import { openInProcess } from './in-process.ts';
import { ROLLED_BACK, repair, reportOf, rollback, written } from './repairing.ts';

/** A group beside the hub's own whose policies the file states: repaired and rolled back. */

const HUB = '111111111111';
const OBJECTS = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const STATED = `{ name: readers, managedPolicies: [ReadOnlyAccess], inlinePolicies: { objects: ${JSON.stringify(OBJECTS)} } }`;

function drift(draft: Estate): void {
  accountIn(draft, HUB).groups.push({
    name: 'readers',
    path: '/staff/',
    members: ['micetro'],
    managedPolicies: [awsPolicy('aws', 'AdministratorAccess')],
    inlinePolicies: [
      { name: 'objects', document: allow('s3:*') },
      { name: 'go', document: assume(['arn:aws:iam::999999999999:role/Other']) },
    ],
  });
}

const open = async () => {
  const scene = await openInProcess({ guide: { fixer: true }, edit: drift });
  const file = scene.guide.desiredYaml.replace('user: micetro', `user: { name: micetro, otherGroups: [${STATED}] }`);
  await scene.write('.github/assume-role.yml', file);
  return scene;
};

test('attached, detached, put and deleted: afterwards it is clean', async () => {
  await using scene = await open();
  expect((await repair(scene)).exitCode).toBe(0);
  const calls = ['DetachGroupPolicy', 'DeleteGroupPolicy', 'PutGroupPolicy', 'AttachGroupPolicy'];
  expect(written(scene)).toEqual(calls.map((action) => `${action} ${HUB}`));
  expect((await scene.run()).exitCode).toBe(0);
  const { findings, notCompared } = await reportOf(scene);
  expect([findings, notCompared.filter(({ what }) => what === 'group-policies')]).toEqual([[], []]);
}, 60_000);

test('all of it is taken back', async () => {
  await using scene = await open();
  const drifted = await readEstate(scene.endpoint, [HUB]);
  await repair(scene);
  expect((await rollback(scene)).exitCode).toBe(0);
  expect((await reportOf(scene, ROLLED_BACK)).changes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 4 }, () => 'verified'));
  expect(await readEstate(scene.endpoint, [HUB])).toEqual(drifted);
}, 60_000);
