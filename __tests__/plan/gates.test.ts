import { describe, expect, test } from '@jest/globals';
import type { Desired } from '../../src/state/desired.ts';
import { changeToJson } from '../../src/state/property.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { Rule } from '../../src/state/rules.ts';
import type { State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  editUser,
  HUB,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  TWO,
  trust,
} from '../drift/estate.ts';
import { sizeOf } from './iam.ts';
import { planOf } from './planning.ts';

/** What is decided before the first call. */

const FOREIGN = roleArn('999999999999');
const READ = managed('IAMReadOnlyAccess');
const ADMIN = managed('AdministratorAccess');
const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const open = trust({ AWS: '*' });
const named = (required: readonly string[]) => ({ required, optional: [] });
const withPolicy = (live: State, name: string, document: Readonly<Record<string, unknown>> | string, group = live.hub.groups[0]?.name) =>
  editGroup(
    live,
    { inlinePolicies: [...(live.hub.groups.find((other) => other.name === group)?.value?.inlinePolicies ?? []), { name, document }] },
    group,
  );

type Options = Parameters<typeof planOf>[3];

/** Of each finding: rule, status, and how often its plan calls for it. */
function statuses(desired: Desired, live: State, options: Options = {}) {
  const { findings } = driftOf(desired, live, options.errors);
  const plan = planOf(findings, desired, live, options);
  return { plan, told: findings.map((finding) => `${finding.rule} ${plan.repairOf(finding).status}`), of: findings.map(plan.repairOf) };
}

const SCENE = desiredOf(SMALL);
const CLEAN = liveOf(SCENE);
/** Widened (trust), narrowed (policy of the user), changed (trust of the other), none (description is not stated). */
const DRIFTED = editUser(editRole(editRole(CLEAN, { trust: open }), { trust: trust({ AWS: 'AIDAAAAAAAAAAAAAAAAAA' }) }, TWO), {
  managedPolicies: named([]),
});

test.each([
  ['all', ['trust-changed planned', 'trust-orphaned planned', 'hub-user-policy-missing planned']],
  ['grant', ['trust-changed none', 'trust-orphaned none', 'hub-user-policy-missing planned']],
  ['revoke', ['trust-changed planned', 'trust-orphaned none', 'hub-user-policy-missing none']],
] as const)('fix-scope %s', (scope, expected) => {
  const { told, of } = statuses(SCENE, DRIFTED, { scope });
  expect(told).toEqual(expected);
  for (const { status, reason, calls } of of) {
    expect(calls).toHaveLength(status === 'planned' ? 1 : 0);
    if (status === 'none') expect(reason).toContain(`fix-scope: ${scope}`);
  }
});

test.each<readonly [string, Options, RegExp | null]>([
  ['as many as there are', { maxGrants: 2, maxRevocations: 2 }, null],
  [
    'no grants',
    { maxGrants: 0 },
    /^The plan grants access to arn:aws:iam::333333333333:role\/Micetro, arn:aws:iam::111111111111:user\/micetro: 2 in total, 0 allowed \(input max-grants\)/,
  ],
  [
    'one revocation',
    { maxRevocations: 1 },
    /^The plan revokes access from arn:aws:iam::222222222222:role\/Micetro, arn:aws:iam::333333333333:role\/Micetro: 2 in total, 1 allowed \(input max-revocations\)/,
  ],
  ['neither', { maxGrants: 0, maxRevocations: 0 }, /max-grants.*max-revocations/],
  ['revocations alone, counted alone', { maxGrants: 0, maxRevocations: 1, scope: 'revoke' }, null],
])('limits: %s', (_name, options, refusal) => {
  const { plan } = statuses(SCENE, DRIFTED, options);
  expect(plan.refusal).toEqual(refusal === null ? null : expect.stringMatching(refusal));
  // Who shows the refusal says that nothing was written.
  expect(plan.refusal ?? '').not.toMatch(/written/);
  // What is refused is told all the same.
  expect(plan.calls.length).toBeGreaterThan(0);
});

test('what changes nobody’s access counts against neither', () => {
  const desired = desiredOf(`${SMALL}defaults: { description: x }\n`);
  const { plan } = statuses(desired, editRole(liveOf(desired), { description: 'y', maxSessionDuration: 3600 }), {
    maxGrants: 0,
    maxRevocations: 0,
  });
  expect([plan.calls.length, plan.grants, plan.revocations, plan.refusal]).toEqual([1, 0, 0, null]);
});

const refused = (scope: ReadError['scope'], account: string): ReadError => ({
  scope,
  account,
  code: 'AccessDenied',
  message: 'no',
  call: 'iam:GetRole',
  advice: '',
});

test('a hub that was not read whole: nothing may be done', () => {
  expect(statuses(SCENE, DRIFTED, { errors: [refused('hub', HUB)] }).plan.refusal).toMatch(
    /^The hub account could not be read completely \(iam:GetRole: AccessDenied\)\.$/,
  );
});

test('a target that was not read whole: neither its role nor its grant is touched, the others are', () => {
  const live = editRole(withoutGrants(DRIFTED), { managedPolicies: undefined });
  const { told, plan } = statuses(SCENE, live, { errors: [refused('target', ONE)] });
  expect(told).toEqual([
    'trust-changed refused',
    'trust-orphaned planned',
    'hub-user-policy-missing planned',
    'grant-missing refused',
    'grant-missing planned',
  ]);
  expect(plan.refusal).toBeNull();
  expect(JSON.stringify(plan.calls)).not.toContain(ONE);
});

function withoutGrants(live: State): State {
  return editGroup(live, { inlinePolicies: [] });
}

test('an exception that runs leaves its drift alone; one that ran out does not', () => {
  const ids = new Map(driftOf(SCENE, DRIFTED).findings.map(({ rule, id }) => [rule, id]));
  const exception = (rule: Rule, expires: string) =>
    `  - { rule: ${rule}, finding: "${ids.get(rule)}", owner: me, reason: x, expires: ${expires} }\n`;
  const desired = desiredOf(`${SMALL}exceptions:\n${exception('trust-changed', '2027-01-31')}${exception('trust-orphaned', '2026-01-31')}`);
  const { told, of } = statuses(desired, DRIFTED);
  expect(told).toEqual(['trust-changed none', 'trust-orphaned planned', 'hub-user-policy-missing planned']);
  expect(of[0]?.reason).toBe('Accepted by an exception until 2027-01-31.');
});

describe('grants and their roles', () => {
  const without = (live: State): State => ({
    ...live,
    targets: live.targets.map((target) => (target.account === ONE ? { ...target, role: { ...target.role, value: null } } : target)),
  });

  test('a grant needs the role that the plan makes before it', () => {
    const { plan } = statuses(SCENE, withoutGrants(without(CLEAN)));
    expect(plan.calls.map(({ action, phase, needs }) => [action, phase, needs])).toEqual([
      ['iam:CreateRole', 'targets', []],
      ['iam:AttachRolePolicy', 'targets', []],
      ['iam:AttachRolePolicy', 'targets', []],
      ['iam:PutGroupPolicy', 'hub-last', [{ account: ONE, roleName: 'Micetro' }]],
      ['iam:PutGroupPolicy', 'hub-last', []],
    ]);
  });

  test.each<readonly [string, State, RegExp]>([
    ['accepted as missing', without(CLEAN), /does not exist, and this plan does not create it/],
    ['elsewhere', editRole(CLEAN, { path: '/x/', arn: roleArn(ONE, 'x/Micetro') }), /; expected arn.*State its path in the file/],
  ])('no grant for a role that is %s', (_name, live, reason) => {
    const exceptions = 'exceptions: [{ rule: role-missing, owner: me, reason: x, expires: 2027-01-31 }]\n';
    const { told, of } = statuses(desiredOf(SMALL + exceptions), withPolicy(withoutGrants(live), 'two', assume(roleArn(TWO))));
    const index = told.indexOf('grant-missing refused');
    expect(of[index]?.reason).toMatch(reason);
  });
});

describe('the run’s own path', () => {
  const user = `arn:aws:iam::${HUB}:user/micetro`;
  const bot = `arn:aws:iam::${HUB}:user/bots/bot`;
  const withBot = editGroup(CLEAN, { members: ['micetro', 'bot'].map((name) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` })) });
  const asFixer = desiredOf(`${SMALL}fixer: { roleName: micetro }\n`);
  const asAuditor = desiredOf(`${SMALL}auditor: { roleName: Micetro }\n`);
  const hubToo = desiredOf(`${SMALL}  - "${HUB}"\n`);
  const withoutMember = desiredOf(SMALL.replace('group: micetro-targets', 'group: { name: micetro-targets, members: [eve] }'));
  const openHub = editRole(liveOf(hubToo), { trust: open }, HUB);

  test.each<readonly [string, Desired, State, readonly string[], readonly string[]]>([
    ['the fixer’s own role in a target', asFixer, editRole(liveOf(asFixer), { trust: open }), [], ['trust-changed refused']],
    ['the auditor’s own role in a target', asAuditor, editRole(liveOf(asAuditor), { trust: open }), [], ['trust-changed refused']],
    ['the role in the hub that the run assumes', hubToo, openHub, [`arn:aws:iam::${HUB}:role/x/Micetro`], ['trust-changed refused']],
    ['the same, as a session', hubToo, openHub, [`arn:aws:sts::${HUB}:assumed-role/Micetro/run`], ['trust-changed refused']],
    ['another role in the hub', hubToo, openHub, [`arn:aws:iam::${HUB}:role/Auditor`], ['trust-changed planned']],
    [
      'a role of that name in another account',
      SCENE,
      editRole(CLEAN, { trust: open }),
      [`arn:aws:iam::${HUB}:role/Micetro`],
      ['trust-changed planned'],
    ],
    [
      'the hub’s user, which the file forgot',
      withoutMember,
      liveOf(SCENE),
      [],
      ['hub-group-member-extra refused', 'hub-group-member-missing planned'],
    ],
    [
      'a policy of the hub user that works',
      SCENE,
      editUser(CLEAN, { managedPolicies: named([READ, ADMIN]) }),
      [user],
      ['hub-user-policy-extra refused'],
    ],
    ['a policy that it lacks', SCENE, editUser(CLEAN, { managedPolicies: named([]) }), [user], ['hub-user-policy-missing planned']],
    ['a policy of its group', SCENE, editGroup(CLEAN, { managedPolicies: named([ADMIN]) }), [user], ['hub-group-policy-extra refused']],
    [
      'a policy of a group of others',
      SCENE,
      editGroup(CLEAN, { managedPolicies: named([ADMIN]) }),
      [bot],
      ['hub-group-policy-extra planned'],
    ],
    [
      'a wildcard that reaches the auditors',
      SCENE,
      withPolicy(CLEAN, 'x', assume('arn:aws:iam::*:role/*')),
      [user],
      ['grant-extra refused'],
    ],
    ['a grant that reaches the hub', SCENE, withPolicy(CLEAN, 'x', assume(`arn:aws:iam::${HUB}:role/x`)), [user], ['grant-extra refused']],
    ['a grant that reaches neither', SCENE, withPolicy(CLEAN, 'x', assume(FOREIGN)), [user], ['grant-extra planned']],
    ['another user that works', SCENE, withBot, [bot], ['hub-group-member-extra refused']],
    ['another user that does not', SCENE, withBot, [user], ['hub-group-member-extra planned']],
  ])('%s', (_name, desired, live, own, expected) => {
    const { told, of, plan } = statuses(desired, live, { own });
    expect(told).toEqual(expected);
    expect(of.every(({ status, reason }) => (status === 'refused') === (reason !== ''))).toBe(true);
    expect(plan.calls).toHaveLength(expected.filter((text) => text.endsWith('planned')).length);
  });
});

describe('room', () => {
  const accounts = Array.from({ length: 40 }, (_value, index) => String(500_000_000_000 + index));
  const file = (hub: string, targets: readonly unknown[] = accounts) =>
    desiredOf(`version: 1\nhub: { account: "${HUB}", user: micetro, ${hub} }\ntargets: ${JSON.stringify(targets)}\n`);
  const sizes = (live: State) => live.hub.groups.map(({ value: found }) => sizeOf(found?.inlinePolicies ?? []));
  /** No grant at all. */
  const empty = (desired: Desired) =>
    desired.state.hub.groups.reduce((live, { name }) => editGroup(live, { inlinePolicies: [] }, name), liveOf(desired));

  test.each<readonly [string, Desired, readonly number[]]>([
    ['one a policy: those for which there is no room are refused', file('group: g'), [35]],
    ['packed: all fit one policy', file('group: g, grants: { layout: packed }'), [40]],
    ['into the first group with room, then the next', file('groups: [g, h]'), [35, 5]],
    [
      'into the group that the target names',
      file(
        'groups: [g, h]',
        accounts.map((account) => ({ account, group: 'h' })),
      ),
      [0, 35],
    ],
  ])('%s', (_name, desired, expected) => {
    const { plan, of } = statuses(desired, empty(desired));
    const granted = (group: string) =>
      plan.calls
        .filter(({ input }) => input.GroupName === group)
        .flatMap(({ change }) => JSON.stringify(changeToJson(change).after).match(/:role\//g) ?? []).length;
    expect(desired.state.hub.groups.map(({ name }) => granted(name))).toEqual(expected);
    const left = of.filter(({ status }) => status === 'refused');
    expect(left).toHaveLength(40 - expected.reduce((sum, number) => sum + number, 0));
    for (const { reason } of left)
      expect(reason).toMatch(
        /^AWS would reject it: the inline policies of group \w would be 5,\d+ characters, 5,120 allowed\..*Add a group/,
      );
    expect(sizes(empty(desired)).every((size) => size === 0)).toBe(true);
  });

  test('what goes makes room for what comes', () => {
    const desired = file('group: g', accounts.slice(0, 35));
    const big = { ...S3, Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(300)}` }] };
    const { told } = statuses(desired, withPolicy(empty(desired), 'big', big));
    expect(told.filter((text) => text.endsWith('refused'))).toEqual([]);
  });

  test('a policy that no policy is read from is never added to', () => {
    const exceptions = 'exceptions: [{ rule: hub-group-inline-policy-extra, owner: me, reason: x, expires: 2027-01-31 }]\n';
    const desired = desiredOf(
      `${SMALL.replace('group: micetro-targets', 'group: micetro-targets\n  grants: { layout: packed, policyName: p }')}${exceptions}`,
    );
    const { plan } = statuses(desired, editGroup(liveOf(desired), { inlinePolicies: [{ name: 'p', document: '{"Statement":[' }] }));
    expect(plan.calls.map(({ action, input }) => [action, input.PolicyName])).toEqual([['iam:PutGroupPolicy', 'p-2']]);
  });

  test('a grant that the file wants in another group stays until it is there', () => {
    const desired = file('groups: [g, h]', [{ account: ONE, group: 'h' }]);
    const live = withPolicy(empty(desired), 'old', assume(roleArn(ONE)), 'g');
    const order = ({ plan }: ReturnType<typeof statuses>) => plan.calls.map(({ action, input }) => [action, input.GroupName]);
    expect(order(statuses(desired, live))).toEqual([
      ['iam:PutGroupPolicy', 'h'],
      ['iam:DeleteGroupPolicy', 'g'],
    ]);
    expect(statuses(desired, live, { scope: 'revoke' }).told).toEqual(['grant-extra refused', 'grant-missing none']);
  });
});
