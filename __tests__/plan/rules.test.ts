import { expect, test } from '@jest/globals';
import type { PlannedCall } from '../../src/plan/call.ts';
import { changeToJson } from '../../src/state/property.ts';
import { RULES } from '../../src/state/rules.ts';
import type { State } from '../../src/state/state.ts';
import {
  assume,
  credentials,
  desiredOf,
  driftOf,
  editContent,
  editGroup,
  editRole,
  editToolTrust,
  editUser,
  HUB,
  identityPolicy,
  liveOf,
  managed,
  ONE,
  principal,
  roleArn,
  SMALL,
  TWO,
  trust,
  withPrincipals,
} from '../drift/estate.ts';
import { planOf } from './planning.ts';

/** Which calls repair what each rule finds, in their order: phase, effect, action and what tells it from others, before → after where these are short. */

const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
const ANY_S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const EC2 = managed('AmazonEC2FullAccess');
const DNS = managed('AmazonRoute53FullAccess');
const ADMIN = managed('AdministratorAccess');
const READ = managed('IAMReadOnlyAccess');
const FOREIGN = roleArn('999999999999');

/** Everything stated. */
const STRICT = `
version: 1
hub:
  account: "${HUB}"
  user: { name: micetro, inlinePolicies: { own: ${JSON.stringify(S3)} }, permissionsBoundary: PowerUserAccess }
  group: { name: micetro-targets, managedPolicies: [SecurityAudit], inlinePolicies: { own: ${JSON.stringify(S3)} } }
defaults:
  inlinePolicies: { own: ${JSON.stringify(S3)} }
  permissionsBoundary: PowerUserAccess
  maxSessionDuration: 3600
  description: for Micetro
  tags: { team: ddi, cost: "1" }
targets: ["${ONE}", "${TWO}"]
`;

/** It lets the user assume roles. */
const BOUNDARY = managed('PowerUserAccess');
const named = (required: readonly string[]) => ({ required, optional: [] });
const policies = (...list: readonly (readonly [string, Readonly<Record<string, unknown>> | string])[]) => ({
  inlinePolicies: list.map(([name, document]) => ({ name, document })),
});
const withoutUser = (live: State): State => {
  const state = editGroup(live, { members: [] });
  return { ...state, hub: { ...state.hub, user: { ...state.hub.user, value: null } } };
};
const withoutGroup = (live: State): State => ({
  ...live,
  hub: { ...live.hub, groups: live.hub.groups.map((group) => ({ ...group, value: null })) },
});
const withoutRole = (live: State): State => ({
  ...live,
  targets: live.targets.map((target) => (target.account === ONE ? { ...target, role: { ...target.role, value: null } } : target)),
});
const grants = (live: State, keep: (name: string) => boolean) =>
  (live.hub.groups[0]?.value?.inlinePolicies ?? []).filter(({ name }) => keep(name));
const withoutGrant = (live: State) => editGroup(live, { inlinePolicies: grants(live, (name) => !name.includes(ONE)) });

/** A policy whose content is stated, attached nowhere but a boundary, and one of AWS's own. */
const CONTENTS = `${SMALL}defaults: { managedPolicies: [], permissionsBoundary: policy/dns }
policies: { policy/dns: ${JSON.stringify(S3)}, AmazonRoute53FullAccess: v5 }
`.replace('user: micetro', 'user: { name: micetro, managedPolicies: [AmazonRoute53FullAccess] }');
const OWN = `arn:aws:iam::${ONE}:policy/dns`;
const standing = (...versions: readonly (readonly [string, Readonly<Record<string, unknown>>])[]) => ({
  versions: versions.map(([id, document]) => ({ id, document: identityPolicy(document) })),
  users: [{ kind: 'Role', account: ONE, name: 'Micetro' } as const],
});

interface Case {
  readonly rule: string;
  readonly file?: string;
  readonly edit: (live: State) => State;
  readonly calls: readonly string[];
  /** Of the finding's repair, where there is no call or something is left to do. */
  readonly reason?: RegExp;
}

const CASES: readonly Case[] = [
  {
    rule: 'hub-user-missing',
    file: STRICT,
    edit: withoutUser,
    calls: [],
    reason: /never creates a user.*Correct hub\.user in the file/,
  },
  {
    rule: 'hub-group-missing',
    file: STRICT,
    edit: withoutGroup,
    calls: [
      'hub-last grant CreateGroup null → {"path":"/"}',
      'hub-last grant AddUserToGroup micetro null → true',
      `hub-last grant AttachGroupPolicy null → "${managed('SecurityAudit')}"`,
      'hub-last grant PutGroupPolicy own',
      `hub-last grant PutGroupPolicy assume-${ONE}-Micetro`,
      `hub-last grant PutGroupPolicy assume-${TWO}-Micetro`,
    ],
  },
  {
    rule: 'hub-user-policy-missing',
    edit: (live) => editUser(live, { managedPolicies: named([]) }),
    calls: [`hub-last grant AttachUserPolicy null → "${READ}"`],
  },
  {
    rule: 'hub-user-policy-extra',
    edit: (live) => editUser(live, { managedPolicies: named([READ, ADMIN]) }),
    calls: [`hub-first revoke DetachUserPolicy "${ADMIN}" → null`],
  },
  {
    rule: 'hub-user-inline-policy-missing',
    file: STRICT,
    edit: (live) => editUser(live, policies()),
    calls: ['hub-last grant PutUserPolicy own'],
  },
  {
    rule: 'hub-user-inline-policy-extra',
    edit: (live) => editUser(live, policies(['x', S3])),
    calls: ['hub-first revoke DeleteUserPolicy x'],
  },
  {
    rule: 'hub-user-inline-policy-extra',
    edit: (live) => editUser(live, policies(['x', DENY])),
    calls: ['hub-last grant DeleteUserPolicy x'],
  },
  {
    rule: 'hub-user-inline-policy-changed',
    file: STRICT,
    edit: (live) => editUser(live, policies(['own', ANY_S3])),
    calls: ['hub-first revoke PutUserPolicy own'],
  },
  {
    rule: 'hub-user-inline-policy-changed',
    file: STRICT,
    edit: (live) => editUser(live, policies(['own', '{"Statement":['])),
    calls: ['hub-first both PutUserPolicy own'],
  },
  {
    rule: 'hub-user-boundary-missing',
    file: STRICT,
    edit: (live) => editUser(live, { boundary: null }),
    calls: [`hub-first revoke PutUserPermissionsBoundary null → "${BOUNDARY}"`],
  },
  {
    rule: 'hub-user-boundary-extra',
    edit: (live) => editUser(live, { boundary: ADMIN }),
    calls: [`hub-last grant DeleteUserPermissionsBoundary "${ADMIN}" → null`],
  },
  {
    rule: 'hub-user-boundary-changed',
    file: STRICT,
    edit: (live) => editUser(live, { boundary: ADMIN }),
    calls: [`hub-first both PutUserPermissionsBoundary "${ADMIN}" → "${BOUNDARY}"`],
  },
  {
    rule: 'hub-user-group-extra',
    edit: (live) =>
      editUser(live, {
        groups: named(['admins', 'micetro-targets']),
        groupArns: [{ name: 'admins', arn: `arn:aws:iam::${HUB}:group/x/admins` }],
      }),
    calls: ['hub-first revoke RemoveUserFromGroup admins true → null'],
  },
  {
    rule: 'hub-user-key-compromised',
    edit: (live) => editUser(live, { managedPolicies: named([READ, managed('AWSCompromisedKeyQuarantineV2')]) }),
    calls: [],
    reason: /asks not to detach it/,
  },
  {
    rule: 'hub-user-login-extra',
    edit: (live) => editUser(live, { consoleLogin: true }),
    calls: [],
    reason: /never deletes a console password/,
  },
  {
    rule: 'hub-user-key-missing',
    edit: (live) => editUser(live, { accessKeys: { min: 0, max: 0, maxAgeDays: undefined, listed: [] } }),
    calls: [],
    reason: /never changes access keys/,
  },
  {
    rule: 'hub-user-credential-extra',
    edit: (live) => editUser(live, { otherCredentials: credentials('ssh-public-key') }),
    calls: [],
    reason: /never changes credentials/,
  },
  {
    rule: 'hub-caller-extra',
    file: SMALL.replace('group: micetro-targets', 'group: micetro-targets\n  otherCallers: []'),
    edit: (live) => withPrincipals(live, principal('role/Admin', { policies: { all: assume('*') } })),
    calls: [],
    reason: /never changes other users and roles/,
  },
  {
    rule: 'hub-group-member-missing',
    edit: (live) => editGroup(live, { members: [] }),
    calls: ['hub-last grant AddUserToGroup micetro null → true'],
  },
  {
    rule: 'hub-group-member-extra',
    edit: (live) => editGroup(live, { members: ['micetro', 'eve'].map((name) => ({ name, arn: `arn:aws:iam::${HUB}:user/x/${name}` })) }),
    calls: ['hub-first revoke RemoveUserFromGroup eve true → null'],
  },
  {
    rule: 'hub-group-policy-missing',
    file: STRICT,
    edit: (live) => editGroup(live, { managedPolicies: named([]) }),
    calls: [`hub-last grant AttachGroupPolicy null → "${managed('SecurityAudit')}"`],
  },
  {
    rule: 'hub-group-policy-extra',
    edit: (live) => editGroup(live, { managedPolicies: named([ADMIN]) }),
    calls: [`hub-first revoke DetachGroupPolicy "${ADMIN}" → null`],
  },
  {
    rule: 'hub-group-inline-policy-missing',
    file: STRICT,
    edit: (live) => editGroup(live, { inlinePolicies: grants(live, (name) => name !== 'own') }),
    calls: ['hub-last grant PutGroupPolicy own'],
  },
  {
    rule: 'hub-group-inline-policy-extra',
    edit: (live) => editGroup(live, { inlinePolicies: [...grants(live, () => true), { name: 'x', document: S3 }] }),
    calls: ['hub-first revoke DeleteGroupPolicy x'],
  },
  {
    rule: 'hub-group-inline-policy-changed',
    file: STRICT,
    edit: (live) => editGroup(live, { inlinePolicies: [...grants(live, (name) => name !== 'own'), { name: 'own', document: DENY }] }),
    calls: ['hub-last grant PutGroupPolicy own'],
  },
  { rule: 'grant-missing', edit: withoutGrant, calls: [`hub-last grant PutGroupPolicy assume-${ONE}-Micetro`] },
  {
    rule: 'grant-indirect',
    file: STRICT,
    edit: (live) => ({
      ...withoutGrant(live),
      hub: { ...withoutGrant(live).hub, managedDocuments: [{ arn: ADMIN, document: identityPolicy(assume('*')) }] },
    }),
    calls: [`hub-last neither PutGroupPolicy assume-${ONE}-Micetro`],
  },
  {
    rule: 'grant-changed',
    edit: (live) => editGroup(live, policies(['a', assume(roleArn(ONE), { Action: 'sts:*' })], ['b', assume(roleArn(TWO))])),
    calls: ['hub-first revoke PutGroupPolicy a'],
  },
  {
    rule: 'grant-changed',
    edit: (live) =>
      editGroup(live, policies(['a', assume(roleArn(ONE))], ['b', assume(roleArn(TWO))], ['c', assume(roleArn(ONE), { Effect: 'Deny' })])),
    calls: ['hub-last grant DeleteGroupPolicy c'],
  },
  {
    rule: 'grant-extra',
    edit: (live) => editGroup(live, { inlinePolicies: [...grants(live, () => true), { name: 'x', document: assume(FOREIGN) }] }),
    calls: ['hub-first revoke DeleteGroupPolicy x'],
  },
  {
    rule: 'grant-extra',
    edit: (live) =>
      editGroup(live, { inlinePolicies: [...grants(live, () => true), { name: 'x', document: assume('*', { Effect: 'Deny' }) }] }),
    calls: ['hub-last grant DeleteGroupPolicy x'],
  },
  {
    rule: 'role-missing',
    file: STRICT,
    edit: withoutRole,
    calls: [
      `targets grant CreateRole null → ${JSON.stringify({
        path: '/',
        trust: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' }],
        },
        description: 'for Micetro',
        maxSessionDuration: 3600,
        boundary: BOUNDARY,
        tags: [
          { key: 'cost', value: '1' },
          { key: 'team', value: 'ddi' },
        ],
      })}`,
      `targets grant AttachRolePolicy null → "${DNS}"`,
      `targets grant AttachRolePolicy null → "${EC2}"`,
      'targets grant PutRolePolicy own',
    ],
  },
  {
    rule: 'trust-changed',
    edit: (live) => editRole(live, { trust: trust({ AWS: '*' }) }),
    calls: ['targets revoke UpdateAssumeRolePolicy'],
  },
  {
    rule: 'trust-orphaned',
    edit: (live) => editRole(live, { trust: trust({ AWS: 'AIDAAAAAAAAAAAAAAAAAA' }) }),
    calls: ['targets both UpdateAssumeRolePolicy'],
  },
  {
    rule: 'role-path-changed',
    edit: (live) => editRole(live, { path: '/x/', arn: roleArn(ONE, 'x/Micetro') }),
    calls: [],
    reason: /never deletes a role/,
  },
  {
    rule: 'role-policy-missing',
    edit: (live) => editRole(live, { managedPolicies: named([EC2]) }),
    calls: [`targets grant AttachRolePolicy null → "${DNS}"`],
  },
  {
    rule: 'role-policy-extra',
    edit: (live) => editRole(live, { managedPolicies: named([EC2, DNS, ADMIN]) }),
    calls: [`targets revoke DetachRolePolicy "${ADMIN}" → null`],
  },
  {
    rule: 'role-inline-policy-missing',
    file: STRICT,
    edit: (live) => editRole(live, policies()),
    calls: ['targets grant PutRolePolicy own'],
  },
  { rule: 'role-inline-policy-extra', edit: (live) => editRole(live, policies(['x', S3])), calls: ['targets revoke DeleteRolePolicy x'] },
  {
    rule: 'role-inline-policy-changed',
    file: STRICT,
    edit: (live) => editRole(live, policies(['own', ANY_S3])),
    calls: ['targets revoke PutRolePolicy own'],
  },
  {
    rule: 'role-sessions-revoked',
    edit: (live) => editRole(live, policies(['AWSRevokeOlderSessions', DENY])),
    calls: [],
    reason: /never undoes the revocation/,
  },
  {
    rule: 'role-boundary-missing',
    file: STRICT,
    edit: (live) => editRole(live, { boundary: null }),
    calls: [`targets revoke PutRolePermissionsBoundary null → "${BOUNDARY}"`],
  },
  {
    rule: 'role-boundary-extra',
    edit: (live) => editRole(live, { boundary: ADMIN }),
    calls: [`targets grant DeleteRolePermissionsBoundary "${ADMIN}" → null`],
  },
  {
    rule: 'role-boundary-changed',
    file: STRICT,
    edit: (live) => editRole(live, { boundary: ADMIN }),
    calls: [`targets both PutRolePermissionsBoundary "${ADMIN}" → "${BOUNDARY}"`],
  },
  {
    rule: 'role-session-duration-changed',
    file: STRICT,
    edit: (live) => editRole(live, { maxSessionDuration: 7200 }),
    calls: [
      'targets neither UpdateRole {"description":"for Micetro","maxSessionDuration":7200} → {"description":"for Micetro","maxSessionDuration":3600}',
    ],
  },
  {
    rule: 'role-description-changed',
    file: STRICT,
    edit: (live) => editRole(live, { description: '', maxSessionDuration: 7200 }),
    calls: [
      'targets neither UpdateRole {"description":"","maxSessionDuration":7200} → {"description":"for Micetro","maxSessionDuration":3600}',
    ],
  },
  {
    rule: 'role-tag-missing',
    file: STRICT,
    edit: (live) => editRole(live, { tags: [{ key: 'x', value: 'y' }] }),
    calls: ['targets neither TagRole [] → [{"key":"cost","value":"1"},{"key":"team","value":"ddi"}]'],
  },
  {
    rule: 'role-tag-changed',
    file: STRICT,
    edit: (live) => editRole(live, { tags: [{ key: 'Team', value: 'web' }] }),
    calls: [
      'targets neither TagRole [] → [{"key":"cost","value":"1"}]',
      'targets neither TagRole [{"key":"Team","value":"web"}] → [{"key":"team","value":"ddi"}]',
    ],
  },
  {
    rule: 'tool-role-trust-changed',
    file: `${SMALL}fixer: { trustedBy: "arn:aws:iam::${HUB}:role/Fixer" }\n`,
    edit: (live) => editToolTrust(live, 'fixer', trust('*')),
    calls: [],
    reason: /could lock itself out/,
  },
  {
    rule: 'policy-missing',
    file: CONTENTS,
    edit: (live) => editContent(editRole(live, { managedPolicies: named([]), boundary: null }), OWN, null),
    calls: ['targets grant CreatePolicy dns', `targets revoke PutRolePermissionsBoundary null → "${OWN}"`],
  },
  {
    rule: 'policy-changed',
    file: CONTENTS,
    edit: (live) => editContent(live, OWN, { version: 'v3', document: identityPolicy(ANY_S3), standing: standing(['v3', ANY_S3]) }),
    calls: ['targets revoke CreatePolicyVersion'],
  },
  {
    rule: 'policy-changed',
    file: CONTENTS,
    edit: (live) =>
      editContent(live, OWN, {
        version: 'v3',
        document: identityPolicy(DENY),
        standing: standing(['v3', DENY], ['v2', ANY_S3], ['v1', S3]),
      }),
    calls: [
      `targets grant SetDefaultPolicyVersion ${JSON.stringify({ version: 'v3', document: DENY })} → ${JSON.stringify({ version: 'v1', document: S3 })}`,
    ],
  },
  {
    rule: 'policy-changed',
    file: CONTENTS,
    edit: (live) => editContent(live, DNS, { version: 'v7', document: identityPolicy(ANY_S3), reviewed: identityPolicy(S3) }),
    calls: [],
    reason: /Only AWS can change an AWS managed policy/,
  },
];

const UNPLANNED = [
  ...['hub-user-key-extra', 'hub-user-key-old', 'policy-missing', 'policy-changed', 'quota-exceeded'],
  ...['target-undeclared', 'target-not-active', 'target-left-organization'],
];

function told({ phase, effect, action, input, change }: PlannedCall): string {
  const which = /User(?:To|From)Group$/.test(action)
    ? input.GroupName === 'micetro-targets'
      ? input.UserName
      : input.GroupName
    : input.PolicyName;
  const { before, after } = changeToJson(change);
  const values =
    input.PolicyDocument !== undefined || /Delete\w+Policy$/.test(action) ? [] : [JSON.stringify(before), '→', JSON.stringify(after)];
  return [phase, effect, action.replace('iam:', ''), ...(typeof which === 'string' ? [which] : []), ...values].join(' ');
}

test.each(CASES.map((one, index) => [`${one.rule} (${index})`, one] as const))(
  '%s',
  (_name, { rule, file = SMALL, edit, calls, reason }) => {
    const desired = desiredOf(file);
    const live = edit(liveOf(desired));
    const { findings } = driftOf(desired, live);
    const plan = planOf(findings, desired, live);
    expect(plan.calls.map(told)).toEqual(calls);
    const found = findings.find((finding) => finding.rule === rule);
    if (found === undefined) throw new Error(`not found: ${findings.map((finding) => finding.rule)}`);
    const repair = plan.repairOf(found);
    expect(repair.status).toBe(calls.length === 0 ? 'none' : 'planned');
    expect(repair.reason).toMatch(reason ?? /^$/);
    expect(repair.calls.length > 0).toBe(calls.length > 0);
  },
);

test('every rule has a case, or is one that only people repair', () => {
  const covered = new Set([...CASES.map(({ rule }) => rule), ...UNPLANNED]);
  expect(Object.keys(RULES).filter((rule) => !covered.has(rule))).toEqual([]);
});
