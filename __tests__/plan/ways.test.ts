import { describe, expect, test } from '@jest/globals';
import { changeToJson } from '../../src/state/property.ts';
import type { Group, Lookup, State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  editUser,
  HUB,
  identityPolicy,
  inlineOf,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  TWO,
  trust,
} from '../drift/estate.ts';
import { planOf } from './planning.ts';

/** What a plan does where a repair would cut off a target, or open one too far. */

const SCENE = desiredOf(SMALL);
const CLEAN = liveOf(SCENE);
const ADMIN = managed('AdministratorAccess');
const WILDCARD = `arn:aws:iam::${TWO}:role/*`;
const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const named = (required: readonly string[]) => ({ required, optional: [] });

type Policies = readonly (readonly [string, Readonly<Record<string, unknown>> | string])[];

/** The group with these policies beside the grant of the first target. */
function withPolicies(...list: Policies): State {
  const own = (CLEAN.hub.groups[0]?.value?.inlinePolicies ?? []).filter(({ name }) => name.includes(ONE));
  return editGroup(CLEAN, { inlinePolicies: [...own, ...list.map(([name, document]) => ({ name, document }))] });
}

const noGrants = (live: State) => editGroup(live, { inlinePolicies: [] });

const withoutRole = (live: State, account = ONE): State => ({
  ...live,
  targets: live.targets.map((target) => (target.account === account ? { ...target, role: { ...target.role, value: null } } : target)),
});

/** The user in another group, which holds these policies. */
function inOtherGroup(live: State, policies: Policies | undefined, managedPolicies: readonly string[] = []): State {
  const joined = { name: 'other', arn: `arn:aws:iam::${HUB}:group/other` };
  const content = policies && inlineOf(policies.map(([name, document]) => ({ name, document })));
  const value: Group = {
    path: undefined,
    arn: joined.arn,
    members: undefined,
    managedPolicies: named(managedPolicies),
    inlinePolicies: content,
  };
  const other: Lookup<Group> = { name: joined.name, value };
  const names = [...(live.hub.user.value?.groups?.required ?? []), 'other'];
  const state = editUser(live, { groups: named(names), groupArns: [joined] });
  return { ...state, hub: { ...state.hub, otherGroups: [other] } };
}

type Options = Parameters<typeof planOf>[3];

function planned(live: State, options: Options = {}, desired = SCENE) {
  const { findings } = driftOf(desired, live, options.errors);
  const plan = planOf(findings, desired, live, options);
  const label = ({ action, input: { PolicyName, UserName, PolicyArn } }: (typeof plan.calls)[number]) =>
    [action.slice(4), PolicyName ?? UserName ?? PolicyArn].join(' ');
  return {
    plan,
    calls: plan.calls.map(label),
    reasons: findings.flatMap((finding) => {
      const { status, reason } = plan.repairOf(finding);
      return status === 'refused' ? [`${finding.rule}: ${reason}`] : [];
    }),
  };
}

const UNREAD = { scope: 'target', account: TWO, code: 'AccessDenied', message: 'no', call: 'sts:AssumeRole', advice: '' } as const;
const unseen = (live: State): State => ({
  ...live,
  targets: live.targets.map((target) => (target.account === TWO ? { ...target, role: { ...target.role, value: undefined } } : target)),
});

describe('the last way in', () => {
  const wild = withPolicies(['wild', assume(WILDCARD)]);
  const byManaged = editGroup(withPolicies(), { managedPolicies: named([ADMIN]) });

  test.each<readonly [string, State, Options, readonly string[]]>([
    ['a wildcard', wild, { scope: 'revoke', maxGrants: 0 }, []],
    ['a wildcard, when the target can’t be read', unseen(wild), { errors: [UNREAD] }, []],
    ['a managed policy of the group', byManaged, { scope: 'revoke' }, []],
    [
      'a managed policy of the user',
      editUser(withPolicies(), { managedPolicies: named([managed('IAMReadOnlyAccess'), ADMIN]) }),
      { scope: 'revoke' },
      [],
    ],
    ['a document that is no policy', withPolicies(['broken', '{"Statement":[]}']), { errors: [UNREAD] }, []],
    [
      'a wildcard beside a denial',
      withPolicies(['wild', assume(WILDCARD)], ['no', assume(roleArn(TWO), { Effect: 'Deny' })]),
      { scope: 'revoke' },
      ['DeleteGroupPolicy wild'],
    ],
    [
      'a wildcard beside the grant',
      withPolicies(['wild', assume(WILDCARD)], ['grant', assume(roleArn(TWO))]),
      { scope: 'revoke' },
      ['DeleteGroupPolicy wild'],
    ],
    ['another group', inOtherGroup(withPolicies(), [['grant', assume(roleArn(TWO))]]), { scope: 'revoke' }, []],
    ['a managed policy of another group', inOtherGroup(withPolicies(), [], [ADMIN]), { scope: 'revoke' }, []],
    ['another group that was not read', inOtherGroup(withPolicies(), undefined), { scope: 'revoke' }, []],
    ['another group that lets nobody in', inOtherGroup(withPolicies(), [['s3', S3]]), { scope: 'revoke' }, ['RemoveUserFromGroup micetro']],
  ])('by %s', (_name, live, options, calls) => {
    const { calls: made, reasons } = planned(live, options);
    expect(made).toEqual(calls);
    if (calls.length === 0) {
      expect(reasons.filter((reason) => reason.includes('remove the last proven access'))).toEqual([
        expect.stringMatching(
          new RegExp(
            `^[\\w-]+: It would remove the last proven access of the hub user to the role Micetro in ${TWO}\\. .*(fix-scope: all|This run writes no grant).*exception`,
          ),
        ),
      ]);
    }
  });

  test.each<readonly [string, State, readonly string[]]>([
    ['a wildcard', wild, [`PutGroupPolicy assume-${TWO}-Micetro`, 'DeleteGroupPolicy wild']],
    ['a managed policy', byManaged, [`PutGroupPolicy assume-${TWO}-Micetro`, `DetachGroupPolicy ${ADMIN}`]],
    [
      'a document that is no policy',
      withPolicies([`assume-${TWO}-Micetro`, '{"Statement":[]}']),
      [`PutGroupPolicy assume-${TWO}-Micetro-2`, `DeleteGroupPolicy assume-${TWO}-Micetro`],
    ],
    [
      'another group',
      inOtherGroup(withPolicies(), [['grant', assume(roleArn(TWO))]]),
      [`PutGroupPolicy assume-${TWO}-Micetro`, 'RemoveUserFromGroup micetro'],
    ],
  ])('%s goes when the grant is there', (_name, live, calls) => {
    const { plan, calls: made } = planned(live);
    expect(made).toEqual(calls);
    expect(plan.calls.map(({ phase, keeps }) => [phase, keeps.includes(roleArn(TWO))])).toEqual([
      ['hub-last', false],
      ['hub-last', true],
    ]);
  });

  test('what else is extra in the hub does not wait', () => {
    const { calls } = planned(withPolicies(['wild', assume(WILDCARD)], ['foreign', assume(roleArn('999999999999'))]));
    expect(calls).toEqual(['DeleteGroupPolicy foreign', `PutGroupPolicy assume-${TWO}-Micetro`, 'DeleteGroupPolicy wild']);
  });

  test('the right statement is written before the wrong one goes', () => {
    const wrong = assume(roleArn(TWO), { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } });
    const { calls } = planned(withPolicies(['a', wrong], ['b', assume(roleArn(TWO), { Action: 'sts:*' })]));
    expect(calls).toEqual(['PutGroupPolicy a', 'DeleteGroupPolicy b']);
  });

  test('where there is no room for both, both stay', () => {
    const filler = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${'x'.repeat(4_650)}` }],
    };
    const desired = desiredOf(
      SMALL.replace('group: micetro-targets', `group: { name: micetro-targets, inlinePolicies: { filler: ${JSON.stringify(filler)} } }`),
    );
    const { calls, reasons } = planned(withPolicies(['filler', filler], ['wild', assume(WILDCARD)]), {}, desired);
    expect(calls).toEqual([]);
    expect(reasons).toEqual([
      expect.stringMatching(/^grant-extra: It would remove/),
      expect.stringMatching(/^grant-missing: AWS would reject it/),
    ]);
  });

  test('a trust that the file states without the hub user', () => {
    const desired = desiredOf(
      SMALL.replace(`- "${ONE}"`, `- { account: "${ONE}", trust: ${JSON.stringify(trust({ AWS: `arn:aws:iam::${TWO}:root` }))} }`),
    );
    const { calls, reasons } = planned(editRole(liveOf(desired), { trust: trust({ AWS: '*' }) }), {}, desired);
    expect(calls).toEqual([]);
    expect(reasons).toEqual([
      expect.stringMatching(`trust-changed: It would remove the last proven access of the hub user to the role Micetro in ${ONE}`),
    ]);
  });

  test.each([
    ['ReadOnlyAccess', []],
    ['PowerUserAccess', [`PutUserPermissionsBoundary micetro`]],
  ])('a boundary %s', (boundary, calls) => {
    const desired = desiredOf(SMALL.replace('user: micetro', `user: { name: micetro, permissionsBoundary: ${boundary} }`));
    expect(planned(editUser(liveOf(desired), { boundary: null }), {}, desired).calls).toEqual(calls);
  });
});

describe('what may be a typing error', () => {
  const accounts = [ONE, TWO];

  test('a group: leaving the real one counts for each target that it grants, and is refused', () => {
    const real = inOtherGroup(
      { ...CLEAN, hub: { ...CLEAN.hub, groups: CLEAN.hub.groups.map((group) => ({ ...group, value: null })) } },
      accounts.map((account) => [account, assume(roleArn(account))]),
    );
    const { calls, reasons } = planned(editUser(real, { groups: named(['other']) }), { scope: 'revoke' });
    expect(calls).toEqual([]);
    expect(reasons[0]).toMatch(new RegExp(`hub-user-group-extra: .*role Micetro in ${ONE}, role Micetro in ${TWO}`));
  });

  test('a role: the grant for the other role of the account stays', () => {
    const live = withoutRole(editGroup(CLEAN, { inlinePolicies: [{ name: 'real', document: assume(roleArn(ONE, 'Real')) }] }));
    const { reasons } = planned(live, { scope: 'revoke' });
    expect(reasons).toEqual([expect.stringMatching(/^grant-extra: The role Micetro .* does not exist.*Correct roleName to Real/)]);
  });

  test('a user: nothing is taken from its group', () => {
    const live = editGroup(CLEAN, {
      members: [{ name: 'micetr0', arn: `arn:aws:iam::${HUB}:user/micetr0` }],
      managedPolicies: named([ADMIN]),
    });
    const { calls, reasons } = planned({ ...live, hub: { ...live.hub, user: { ...live.hub.user, value: null } } });
    expect(calls).toEqual([]);
    expect(reasons).toEqual([
      expect.stringMatching(/^hub-group-policy-extra: The hub user micetro does not exist.*Correct hub\.user/),
      expect.stringMatching(/^hub-group-member-extra: The hub user micetro does not exist/),
    ]);
  });
});

describe('an incident', () => {
  test('while a key has leaked nothing is given, and what is too much still goes', () => {
    const quarantine = managed('AWSCompromisedKeyQuarantineV3');
    const live = editUser(withPolicies(['foreign', assume(roleArn('999999999999'))]), {
      managedPolicies: named([managed('IAMReadOnlyAccess'), quarantine]),
    });
    const { calls, reasons } = planned(live);
    expect(calls).toEqual(['DeleteGroupPolicy foreign']);
    expect(reasons).toEqual([expect.stringMatching(/^grant-missing: An access key of the hub user has leaked.*Deactivate the key/)]);
  });

  const DENY_ALL = managed('AWSDenyAll');
  const denied = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] };
  const leaked = (live: State, more: readonly string[] = []): State => {
    const state = editUser(live, {
      managedPolicies: named([managed('IAMReadOnlyAccess'), managed('AWSCompromisedKeyQuarantineV3'), ...more]),
    });
    const documents = [...(state.hub.driftedDocuments ?? []), { arn: DENY_ALL, document: identityPolicy(denied) }];
    return { ...state, hub: { ...state.hub, driftedDocuments: documents } };
  };

  test.each<readonly [string, State]>([
    ['from the user', leaked(CLEAN, [DENY_ALL])],
    ['by a group', leaked(inOtherGroup(CLEAN, [], [DENY_ALL]))],
    ['by a group with an inline policy', leaked(inOtherGroup(CLEAN, [['no', denied]]))],
    [
      'from a role',
      leaked(editRole(CLEAN, { managedPolicies: named([managed('AmazonEC2FullAccess'), managed('AmazonRoute53FullAccess'), DENY_ALL]) })),
    ],
  ])('what a responder took away %s stays away', (_name, live) => {
    const { calls, reasons } = planned(live);
    expect(calls).toEqual([]);
    expect(reasons).toEqual([expect.stringMatching(/has leaked/)]);
  });

  test('revoked sessions stay revoked, though the file states an older revocation', () => {
    const revoked = (at: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': at } } }],
    });
    const stated = JSON.stringify({ AWSRevokeOlderSessions: revoked('2026-01-01T00:00:00Z') });
    const desired = desiredOf(`${SMALL}defaults: { inlinePolicies: ${stated} }\n`);
    const live = editRole(liveOf(desired), {
      inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document: revoked('2026-11-01T00:00:00Z') }],
    });
    const { calls, reasons } = planned(live, {}, desired);
    expect(calls).toEqual([]);
    expect(reasons).toEqual([expect.stringMatching(/^role-inline-policy-changed: The sessions of the role were revoked/)]);
  });
});

describe('what only looks like the last way, or like none', () => {
  const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

  test('a wildcard beside a grant that the same run puts right goes after it', () => {
    const { calls, reasons } = planned(withPolicies(['a', assume(roleArn(TWO), { Action: 'sts:*', ...MFA })], ['wild', assume(WILDCARD)]));
    expect([calls, reasons]).toEqual([['PutGroupPolicy a', 'DeleteGroupPolicy wild'], []]);
  });

  test('a target to which an exception accepts that there is no grant', () => {
    const exception = 'exceptions: [{ rule: grant-missing, owner: me, reason: x, expires: 2027-01-31 }]\n';
    const { calls } = planned(editGroup(withPolicies(), { managedPolicies: named([ADMIN]) }), {}, desiredOf(SMALL + exception));
    expect(calls).toEqual([`DetachGroupPolicy ${ADMIN}`]);
  });

  const hubToo = desiredOf(`${SMALL}  - "${HUB}"\n`);
  const ofHub = roleArn(HUB);

  test('the role in the hub’s own account that names the user: its grant is written first', () => {
    const byTrust = editRole(liveOf(hubToo), { trust: trust({ AWS: `arn:aws:iam::${HUB}:user/micetro` }) }, HUB);
    const live = editGroup(byTrust, {
      inlinePolicies: (byTrust.hub.groups[0]?.value?.inlinePolicies ?? []).filter(
        ({ document }) => !JSON.stringify(document.json).includes(ofHub),
      ),
    });
    const { calls, reasons } = planned(live, {}, hubToo);
    expect(calls).toEqual([`PutGroupPolicy assume-${HUB}-Micetro`]);
    expect(reasons).toEqual([expect.stringMatching(/^trust-changed: It would remove the last proven access/)]);
    expect(planned(byTrust, {}, hubToo).reasons).toEqual([]);
  });

  test('what is wrong in the hub is repaired though the hub’s own role could not be read', () => {
    const errors = [{ scope: 'target', account: HUB, code: 'AccessDenied', message: 'no', call: 'sts:AssumeRole', advice: '' }] as const;
    const { calls } = planned(editGroup(liveOf(hubToo), { members: [] }), { errors }, hubToo);
    expect(calls).toEqual(['AddUserToGroup micetro']);
  });

  test('a role that the file’s own policies name is not the one that is meant', () => {
    const billing = assume(roleArn(ONE, 'Billing'));
    const desired = desiredOf(
      SMALL.replace('group: micetro-targets', `group: { name: micetro-targets, inlinePolicies: { billing: ${JSON.stringify(billing)} } }`),
    );
    expect(planned(withoutRole(liveOf(desired)), {}, desired).calls[0]).toMatch(/^CreateRole/);
  });

  test('a policy that could not be read: the reason says so', () => {
    const desired = desiredOf(SMALL.replace('user: micetro', 'user: { name: micetro, managedPolicies: [policy/gone] }'));
    const { reasons } = planned(editUser(liveOf(desired), { managedPolicies: named([]) }), {}, desired);
    expect(reasons).toEqual([expect.stringMatching(/The content of .*policy\/gone could not be read.*iam:GetPolicy/)]);
  });
});

describe('limits count roles', () => {
  const many = Array.from({ length: 60 }, (_value, index) => String(500_000_000_000 + index));
  const file = (accounts: readonly string[]) =>
    desiredOf(
      `version: 1\nhub: { account: "${HUB}", user: micetro, group: g, grants: { layout: packed } }\ntargets: ${JSON.stringify(accounts)}\n`,
    );

  test.each([
    ['the file lost 59 of 60 targets', file(many), file(many.slice(0, 1)), { grants: 0, revocations: 59 }],
    ['the file gained 59', file(many.slice(0, 1)), file(many), { grants: 59, revocations: 0 }],
  ])('%s', (_name, was, is, expected) => {
    const live = { ...liveOf(is), hub: liveOf(was).hub };
    const { plan } = planned(live, { maxGrants: 1, maxRevocations: 1 }, is);
    expect(plan.calls.map(({ action }) => action)).toEqual(['iam:PutGroupPolicy']);
    expect(plan).toMatchObject(expected);
    expect(plan.refusal).toMatch(/59 in total, 1 allowed \(input max-(grants|revocations)\)/);
  });

  test('a pattern counts every target that it matches, a membership every target that the group grants', () => {
    const wild = planned(
      editGroup(CLEAN, {
        inlinePolicies: [...(CLEAN.hub.groups[0]?.value?.inlinePolicies ?? []), ...inlineOf([{ name: 'wild', document: assume('*') }])],
      }),
    );
    expect(wild.plan).toMatchObject({ grants: 0, revocations: 2 });
    expect(wild.plan.calls[0]?.takes).toEqual([roleArn(ONE), roleArn(TWO)]);
    const member = planned(editGroup(CLEAN, { members: [] }));
    expect(member.plan).toMatchObject({ grants: 2, revocations: 0 });
  });
});

const withEve = (live: State) =>
  editGroup(live, { members: ['micetro', 'eve'].map((name) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` })) });

describe('giving too much', () => {
  const wide = editRole(noGrants(CLEAN), {
    managedPolicies: named([managed('AmazonEC2FullAccess'), managed('AmazonRoute53FullAccess'), ADMIN]),
  });
  const GRANTS = [ONE, TWO].map((account) => `PutGroupPolicy assume-${account}-Micetro`);

  test('no grant for a role that has more than the file says', () => {
    const { calls, reasons } = planned(wide, { scope: 'grant' });
    expect(calls).toEqual(GRANTS.slice(1));
    expect(reasons).toEqual([
      expect.stringMatching(`grant-missing: It would give somebody access to the role Micetro in ${ONE}.*AdministratorAccess.*exception`),
    ]);
  });

  test('it comes when the same run takes that away first', () => {
    const { plan, calls } = planned(wide);
    expect(calls).toEqual([`DetachRolePolicy ${ADMIN}`, ...GRANTS]);
    expect(plan.calls.map(({ needs }) => needs)).toEqual([[], [{ account: ONE, roleName: 'Micetro' }], []]);
  });

  test('what an exception accepts is not too much', () => {
    const exception = `exceptions: [{ rule: role-policy-extra, owner: me, reason: x, expires: 2027-01-31 }]\n`;
    expect(planned(wide, { scope: 'grant' }, desiredOf(SMALL + exception)).calls).toEqual(GRANTS);
  });

  test.each<readonly [string, State, RegExp]>([
    [
      'a grant into a group with an extra member',
      editGroup(noGrants(CLEAN), { members: ['micetro', 'eve'].map((name) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` })) }),
      /the roles that the hub group micetro-targets grants.*eve/,
    ],
    [
      'a membership in a group with an extra grant',
      editGroup(withPolicies(['x', assume(roleArn('999999999999'))], ['two', assume(roleArn(TWO))]), { members: [] }),
      /the roles that the hub group micetro-targets grants.*999999999999/,
    ],
  ])('%s', (_name, live, reason) => {
    const { calls, reasons } = planned(live, { scope: 'grant' });
    expect(calls).toEqual([]);
    expect(reasons.every((text) => reason.test(text))).toBe(true);
    expect(reasons.length).toBeGreaterThan(0);
  });

  test.each<readonly [string, State]>([
    [
      'a trust',
      editRole(withEve(CLEAN), {
        trust: trust({ AWS: `arn:aws:iam::${HUB}:root` }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }),
      }),
    ],
    ['a new role', withoutRole(withEve(CLEAN))],
  ])('%s does not let in an extra member of the group', (_name, live) => {
    const { calls, reasons } = planned(live, { scope: 'grant' });
    expect([calls, reasons]).toEqual([[], [expect.stringMatching(/eve/)]]);
  });

  test('a trust lets somebody in when the role has lost what it should not have', () => {
    const live = editRole(CLEAN, {
      trust: trust({ AWS: `arn:aws:iam::${TWO}:user/x` }),
      managedPolicies: named([ADMIN, managed('AmazonEC2FullAccess'), managed('AmazonRoute53FullAccess')]),
    });
    const { plan } = planned(live);
    expect(plan.calls.map(({ action }) => action)).toEqual(['iam:DetachRolePolicy', 'iam:UpdateAssumeRolePolicy']);
    expect(changeToJson(plan.calls[0]?.change ?? fail()).after).toBeNull();
  });
});

function fail(): never {
  throw new Error('no call');
}
