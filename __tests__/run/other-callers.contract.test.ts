import { afterAll, expect, test } from '@jest/globals';
import { accountIn, type Estate } from '../../dev/aws/estate.ts';
import { startMoto } from '../../dev/aws/moto.ts';
import type { SceneOptions } from '../../dev/runner/set-scene.ts';
import { describePlaces } from '../places.ts';
import { openInProcess } from './in-process.ts';
import { repair, repairs, reportOf, written } from './repairing.ts';

/** Who else in the hub account may assume the targets' roles. */

const HUB = '111111111111';
const [ONE, TWO] = ['200000000001', '200000000002'];
const aws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const role = (account: string) => `arn:aws:iam::${account}:role/Micetro`;
const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' }],
};
const statements = (...Statement: readonly object[]) => ({ Version: '2012-10-17', Statement });
const assume = (Resource: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource });
const RESERVED = '/aws-reserved/sso.amazonaws.com/';

function withCallers(draft: Estate): void {
  const hub = accountIn(draft, HUB);
  const plain = { trust: TRUST, managedPolicies: [], inlinePolicies: [] };
  hub.policies.push({ name: 'jump', document: statements(assume('arn:aws:iam::*:role/Mic*')) });
  hub.roles.push(
    { ...plain, name: 'AWSReservedSSO_Admin', path: RESERVED, managedPolicies: [aws('AdministratorAccess')] },
    { ...plain, name: 'Deploy', path: '/ci/', inlinePolicies: [{ name: 'one', document: statements(assume(role(ONE))) }] },
    { ...plain, name: 'Bounded', managedPolicies: [aws('AdministratorAccess')], boundary: aws('ReadOnlyAccess') },
    { ...plain, name: 'Reader', managedPolicies: [aws('ReadOnlyAccess')] },
  );
  hub.users.push(
    { name: 'ann', managedPolicies: [], inlinePolicies: [], accessKeys: [] },
    {
      name: 'bob',
      managedPolicies: [],
      inlinePolicies: [{ name: 'never', document: statements({ ...assume('*'), Effect: 'Deny' }) }],
      accessKeys: [],
    },
  );
  hub.groups.push({ name: 'ops', members: ['ann', 'bob'], managedPolicies: [`arn:aws:iam::${HUB}:policy/jump`], inlinePolicies: [] });
}

const moto = await startMoto();
afterAll(() => moto?.close());

async function open(endpoint: string | undefined, options: SceneOptions) {
  if (endpoint !== undefined) await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
  return openInProcess({ guide: { fixer: true }, edit: withCallers, ...options, ...(endpoint === undefined ? {} : { endpoint }) });
}

const fileWith = (...callers: readonly string[]) => `version: 1
hub:
  account: "${HUB}"
  user: micetro
  group: micetro-targets
  otherCallers: [${callers.join(', ')}]
targets: [{ account: "${ONE}", name: production }, "${TWO}"]
`;

describePlaces(moto, (endpoint) => {
  test('those that the file does not list are found and left alone, and with them listed the night is clean', async () => {
    await using scene = await open(endpoint, { file: fileWith(`role${RESERVED}AWSReservedSSO_Admin`) });
    const { exitCode, summary } = await repair(scene);
    const report = await reportOf(scene);
    expect(exitCode).toBe(1);
    expect(repairs(report)).toEqual([`hub-caller-extra ${HUB} none`, `hub-caller-extra ${HUB} none`]);
    expect(report.findings.map(({ resource, access, message, live }) => ({ resource, access, message, live }))).toEqual([
      {
        resource: `arn:aws:iam::${HUB}:role/ci/Deploy`,
        access: 'widened',
        message: `The role ci/Deploy of the hub account can assume the role Micetro in production (${ONE}) through the inline policy one; hub.otherCallers does not list it.`,
        live: { policies: [`arn:aws:iam::${HUB}:role/ci/Deploy/policy/one`], roles: [role(ONE)] },
      },
      {
        resource: `arn:aws:iam::${HUB}:user/ann`,
        access: 'widened',
        message: `The user ann of the hub account can assume the role Micetro in production (${ONE}) and the role Micetro in ${TWO} through jump of the group ops; hub.otherCallers does not list it.`,
        live: { policies: [`arn:aws:iam::${HUB}:policy/jump`], roles: [role(ONE), role(TWO)] },
      },
    ]);
    expect(report.notCompared.filter(({ what }) => what === 'callers')).toEqual([]);
    expect(summary).toContain('hub-caller-extra');
    if (endpoint === undefined) expect(written(scene)).toEqual([]);

    await scene.write('.github/assume-role.yml', fileWith('AWSReservedSSO_Admin', 'role/Deploy', 'user/ann', 'role/Gone'));
    expect((await scene.run()).exitCode).toBe(0);
    expect((await reportOf(scene)).findings).toEqual([]);
  });
});

test('an auditor that may not read them: the hub is unreadable if the file states them, else they are not compared', async () => {
  await using scene = await open(undefined, { file: fileWith() });
  scene.aws.faults.add({ action: 'GetAccountAuthorizationDetails', effect: 'access-denied' });
  expect((await scene.run()).exitCode).toBe(1);
  const stated = await reportOf(scene);
  expect([stated.hub.status, stated.findings.length, stated.errors.map(({ call }) => call)]).toEqual([
    'unreadable',
    0,
    ['iam:GetAccountAuthorizationDetails'],
  ]);
  scene.aws.calls.length = 0;
  await scene.write('.github/assume-role.yml', fileWith().replace(/ {2}otherCallers.*\n/, ''));
  expect((await scene.run()).exitCode).toBe(0);
  expect((await reportOf(scene)).notCompared).toContainEqual({ resource: `arn:aws:iam::${HUB}:root`, what: 'callers', accounts: 1 });
  expect(scene.aws.calls.filter(({ action }) => action === 'GetAccountAuthorizationDetails')).toEqual([]);
});
