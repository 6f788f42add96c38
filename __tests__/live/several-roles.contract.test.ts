import { expect, test } from '@jest/globals';
import { accountIn, type Estate, roleIn } from '../../dev/aws/estate.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { State } from '../../src/state/state.ts';
import { sorted, startLive } from './hub.ts';

/** An account with two roles is read by one session, and what it has once is read once. */

const ONE = '200000000001';
const ZONES = `arn:aws:iam::${ONE}:policy/zones`;
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'route53:*', Resource: '*' }] };
const guide = { targets: 1, furtherRoles: { [ONE]: ['Dns'] } };

const withZones = (draft: Estate) => {
  accountIn(draft, ONE).policies.push({ name: 'zones', document: DOCUMENT });
  for (const name of ['Micetro', 'Dns']) roleIn(draft, ONE, name).managedPolicies.push(ZONES);
};

const statingZones = (desired: State): State => ({
  ...desired,
  accounts: [
    {
      account: ONE,
      policies: [{ arn: ZONES, content: { version: undefined, document: parsePolicy(DOCUMENT, 'identity') } }],
      toolTrusts: [
        {
          tool: 'auditor',
          roleName: 'AssumeRoleAuditor',
          roleArn: `arn:aws:iam::${ONE}:role/AssumeRoleAuditor`,
          trust: parsePolicy(DOCUMENT, 'trust'),
        },
      ],
    },
  ],
});

test('by one session, with one reading of the policy and of the trust that both roles share', async () => {
  await using live = await startLive({ guide, edit: withZones });
  const { state, errors } = await live.read({}, statingZones(live.desired));
  expect(errors).toEqual([]);
  expect(state.targets.map(({ roleName, role: { value } }) => [roleName, value?.arn])).toEqual(
    ['Micetro', 'Dns'].map((name) => [name, `arn:aws:iam::${ONE}:role/${name}`]),
  );
  expect(state.accounts).toMatchObject([
    { account: ONE, policies: [{ arn: ZONES, content: { version: 'v1' } }], toolTrusts: [{ trust: {} }] },
  ]);
  const calls = live.aws.calls.filter(({ account }) => account === ONE).map(({ action }) => action);
  expect(sorted(calls)).toEqual([
    'AssumeRole',
    'GetPolicy',
    'GetPolicyVersion',
    'GetRole',
    'GetRole',
    'GetRole',
    'ListAttachedRolePolicies',
    'ListAttachedRolePolicies',
    'ListRolePolicies',
    'ListRolePolicies',
  ]);
});

test('what could not be read of one role is an error of that role', async () => {
  await using live = await startLive({ guide });
  live.aws.faults.add({ action: 'ListRolePolicies', account: ONE, params: { RoleName: 'Dns' }, effect: 'access-denied' });
  const { state, errors } = await live.read();
  expect(errors.map(({ account, roleName, call }) => [account, roleName, call])).toEqual([[ONE, 'Dns', 'iam:ListRolePolicies']]);
  expect(state.targets.map(({ role: { value } }) => value?.inlinePolicies)).toEqual([[], undefined]);
});

test('an account that lets nobody in is one error, and nothing is known of its roles', async () => {
  await using live = await startLive({ guide });
  live.aws.faults.add({ action: 'AssumeRole', account: ONE, effect: 'access-denied' });
  const { state, errors } = await live.read();
  expect(errors.map(({ account, roleName, call }) => [account, roleName, call])).toEqual([[ONE, undefined, 'sts:AssumeRole']]);
  expect(state.targets.map(({ role: { value } }) => value)).toEqual([undefined, undefined]);
});
