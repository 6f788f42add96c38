import { describe, expect, test } from '@jest/globals';
import { writeProperty } from '../../src/state/property.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { Role, State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editContent,
  editGroup,
  editRole,
  editToolTrust,
  HUB,
  identityPolicy,
  liveOf,
  managed,
  ONE,
  roleArn,
  TWO,
  trust,
  type Written,
} from '../drift/estate.ts';
import { planOf } from './planning.ts';

/** An account with two roles: what drifts at one of them is found at it, and repaired at it, and the other stays as it is. */

const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const ANY_S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

const FILE = `
version: 1
hub: { account: "${HUB}", user: micetro, group: micetro-targets }
fixer: { trustedBy: "arn:aws:iam::${HUB}:role/Fixer" }
defaults:
  managedPolicies: [AmazonRoute53FullAccess, policy/zones]
  inlinePolicies: { own: ${JSON.stringify(S3)} }
  permissionsBoundary: PowerUserAccess
  maxSessionDuration: 3600
  description: for Micetro
  tags: { team: ddi }
policies: { policy/zones: ${JSON.stringify(S3)} }
targets:
  - { account: "${ONE}", name: prod }
  - "${TWO}"
  - { account: "${ONE}", name: prod, roleName: Dns, permissionsBoundary: none }
`;
const DESIRED = desiredOf(FILE);
const LIVE = liveOf(DESIRED);
const ROUTE53 = managed('AmazonRoute53FullAccess');
const ZONES = `arn:aws:iam::${ONE}:policy/zones`;
const ROLES = ['Micetro', 'Dns'] as const;

type Edit = (state: State, role: string) => State;

const role =
  (edit: Written<Role>): Edit =>
  (state, name) =>
    editRole(state, edit, ONE, name);
/** @param document in place of the role's grant; `null`: there is none */
const grant =
  (documentOf: ((name: string) => Readonly<Record<string, unknown>>) | null): Edit =>
  (state, name) => {
    const policies = state.hub.groups[0]?.value?.inlinePolicies ?? [];
    return editGroup(state, {
      inlinePolicies: policies.flatMap((policy) => {
        if (policy.name !== grantOf(name)) return [policy];
        return documentOf === null ? [] : [{ name: policy.name, document: identityPolicy(documentOf(name)) }];
      }),
    });
  };
const grantOf = (name: string) => `assume-${ONE}-${name}`;
const inline = (name: string, document: Readonly<Record<string, unknown>>): Written<Role> => ({
  inlinePolicies: [
    { name: 'own', document: S3 },
    { name, document },
  ],
});
const without: Edit = (state, name) => ({
  ...state,
  targets: state.targets.map((target) =>
    target.account === ONE && target.roleName === name ? { ...target, role: { name, value: null } } : target,
  ),
});

/** By rule, and whether a repair does something about it. */
const CASES: readonly (readonly [rule: string, edit: Edit, isRepaired: boolean])[] = [
  ['grant-missing', grant(null), true],
  ['grant-changed', grant((name) => assume(roleArn(ONE, name), { Effect: 'Deny' })), true],
  ['role-missing', without, true],
  ['trust-changed', role({ trust: trust({ AWS: '*' }) }), true],
  ['trust-orphaned', role({ trust: trust({ AWS: 'AIDAAAAAAAAAAAAAAAAAA' }) }), true],
  ['role-policy-missing', role({ managedPolicies: { required: [ZONES], optional: [] } }), true],
  ['role-policy-extra', role({ managedPolicies: { required: [ROUTE53, ZONES, managed('AdministratorAccess')], optional: [] } }), true],
  ['role-inline-policy-missing', role({ inlinePolicies: [] }), true],
  ['role-inline-policy-extra', role(inline('x', S3)), true],
  ['role-inline-policy-changed', role({ inlinePolicies: [{ name: 'own', document: ANY_S3 }] }), true],
  ['role-sessions-revoked', role(inline('AWSRevokeOlderSessions', DENY)), false],
  ['role-boundary-changed', (state, name) => editRole(state, { boundary: managed('ReadOnlyAccess') }, ONE, name), true],
  ['role-session-duration-changed', role({ maxSessionDuration: 7200 }), true],
  ['role-description-changed', role({ description: 'x' }), true],
  ['role-tag-missing', role({ tags: [] }), true],
  ['role-tag-changed', role({ tags: [{ key: 'team', value: 'web' }] }), true],
];

const cases = CASES.flatMap(([rule, edit, isRepaired]) =>
  ROLES.map((name): [string, string, Edit, boolean] => [
    rule === 'role-boundary-changed' && name === 'Dns' ? 'role-boundary-extra' : rule,
    name,
    edit,
    isRepaired,
  ]),
);

const applied = (state: State, calls: ReturnType<typeof planOf>['calls']): State =>
  calls.reduce((now, { change }) => writeProperty(change.property, now, change.after), state);

test('as the file wants them, the two are clean, and both can be reached', () => {
  const { findings, targets } = driftOf(DESIRED, LIVE);
  expect(findings).toEqual([]);
  expect(targets.map(({ account, roleName, connection }) => [account, roleName, connection])).toEqual([
    [ONE, 'Micetro', 'works'],
    [TWO, 'Micetro', 'works'],
    [ONE, 'Dns', 'works'],
  ]);
});

describe('of one role', () => {
  test.each(cases)('%s of %s is its own finding, and its repair leaves the other as it is', (rule, name, edit, isRepaired) => {
    const state = edit(LIVE, name);
    const { findings, targets } = driftOf(DESIRED, state);
    expect(findings.map((finding) => [finding.rule, finding.targets.map(({ roleArn: arn }) => arn)])).toEqual([
      [rule, [roleArn(ONE, name)]],
    ]);
    const others = targets.filter((target) => target.account !== ONE || target.roleName !== name);
    expect(others.map(({ connection, checks }) => [connection, ...Object.values(checks)])).toEqual(
      others.map(() => ['works', 'ok', 'ok', 'ok']),
    );

    const { calls } = planOf(findings, DESIRED, state);
    expect(calls.length > 0).toBe(isRepaired);
    const after = applied(state, calls);
    if (isRepaired) expect(driftOf(DESIRED, after).findings).toEqual([]);
    expect(besides(name, after)).toEqual(besides(name, state));
  });

  test('a grant waits for its own role, and not for the other', () => {
    const state = without(grant(null)(grant(null)(LIVE, 'Micetro'), 'Dns'), 'Dns');
    const { calls } = planOf(driftOf(DESIRED, state).findings, DESIRED, state);
    const needs = calls.flatMap(({ input, needs: targets }) =>
      input.PolicyName === undefined || 'RoleName' in input ? [] : [[input.PolicyName, targets]],
    );
    expect(needs).toEqual([
      [grantOf('Micetro'), []],
      [grantOf('Dns'), [{ account: ONE, roleName: 'Dns' }]],
    ]);
  });

  test('what could not be read of one keeps only that one from being written', () => {
    const state = role({ description: 'x' })(role({ description: 'x' })(LIVE, 'Micetro'), 'Dns');
    const error = { scope: 'target', account: ONE, code: 'AccessDenied', message: '', call: 'iam:ListRolePolicies', advice: '' } as const;
    const planned = (errors: readonly ReadError[]) =>
      planOf(driftOf(DESIRED, state).findings, DESIRED, state, { errors }).calls.map(({ input }) => input.RoleName);
    expect(planned([{ ...error, roleName: 'micetro' }])).toEqual(['Dns']);
    expect(planned([error])).toEqual([]);
  });

  test('an exception that names it accepts its drift alone', () => {
    const exceptions = `exceptions: [{ rule: role-description-changed, account: "${ONE}", roleName: dns, owner: o, reason: r, expires: 2027-01-31 }]\n`;
    const state = role({ description: 'x' })(role({ description: 'x' })(LIVE, 'Micetro'), 'Dns');
    const { findings } = driftOf(desiredOf(FILE + exceptions), state);
    expect(findings.map(({ targets, exception }) => [targets[0]?.roleName, exception !== null])).toEqual([
      ['Micetro', false],
      ['Dns', true],
    ]);
  });
});

describe('of what an account has once', () => {
  test('the content of a policy is one finding, of each role that uses it, and its repair is one call', () => {
    const standing = {
      versions: [{ id: 'v1', document: identityPolicy(ANY_S3) }],
      users: ROLES.map((name) => ({ kind: 'Role', account: ONE, name }) as const),
    };
    const state = editContent(LIVE, ZONES, { version: 'v1', document: identityPolicy(ANY_S3), standing });
    const { findings, targets } = driftOf(DESIRED, state);
    expect(findings.map((finding) => [finding.rule, finding.resource, finding.targets.map(({ roleName }) => roleName)])).toEqual([
      ['policy-changed', ZONES, ['Micetro', 'Dns']],
    ]);
    expect(targets.map(({ checks }) => checks.permissions)).toEqual(['drifted', 'ok', 'drifted']);
    expect(planOf(findings, DESIRED, state).calls.map(({ action }) => action)).toEqual(['iam:CreatePolicyVersion']);
  });

  test('the content of a policy that one role uses is a finding of that role', () => {
    const file = FILE.replace('roleName: Dns,', 'roleName: Dns, managedPolicies: [AmazonRoute53FullAccess],');
    const desired = desiredOf(file);
    const state = editContent(liveOf(desired), ZONES, { version: 'v1', document: identityPolicy(ANY_S3) });
    const { findings, targets } = driftOf(desired, state);
    expect(findings.map((finding) => finding.targets.map(({ roleName }) => roleName))).toEqual([['Micetro']]);
    expect(targets.map(({ checks }) => checks.permissions)).toEqual(['drifted', 'ok', 'ok']);
  });

  test("the trust of the action's own role is one finding", () => {
    const { findings } = driftOf(DESIRED, editToolTrust(LIVE, 'fixer', trust({ AWS: '*' })));
    expect(findings.map((finding) => [finding.rule, finding.targets.map(({ roleName }) => roleName)])).toEqual([
      ['tool-role-trust-changed', ['Micetro', 'Dns']],
    ]);
  });
});

test('a grant for a role of the account that the file does not declare is extra', () => {
  const policies = LIVE.hub.groups[0]?.value?.inlinePolicies ?? [];
  const state = editGroup(LIVE, { inlinePolicies: [...policies, { name: 'x', document: assume(roleArn(ONE, 'Other')) }] });
  expect(driftOf(DESIRED, state).findings.map(({ rule, resource }) => [rule, resource])).toEqual([['grant-extra', roleArn(ONE, 'Other')]]);
});

/** What a state holds beside one role of the account and its grant. */
function besides(name: string, { hub, targets, accounts }: State) {
  return {
    targets: targets.filter(({ account, roleName }) => account !== ONE || roleName !== name),
    accounts,
    grants: hub.groups[0]?.value?.inlinePolicies?.filter((policy) => policy.name !== grantOf(name)),
  };
}
