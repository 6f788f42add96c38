import { describe, expect, test } from '@jest/globals';
import { RULES, type Rule } from '../../src/state/rules.ts';
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
  keys,
  liveOf,
  managed,
  ONE,
  principal,
  roleArn,
  SMALL,
  TWO,
  told,
  trust,
  type WrittenPolicies,
  type WrittenPolicy,
  withPrincipals,
} from './estate.ts';
import { ORGANIZATION } from './organization-cases.ts';

const USER = `arn:aws:iam::${HUB}:user/micetro`;
const GROUP = `arn:aws:iam::${HUB}:group/micetro-targets`;
const ROLE = roleArn(ONE);
const ROOT = { AWS: `arn:aws:iam::${HUB}:root` };
const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const DENY_S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };
const REVOKE_SESSIONS = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-20T10:00:00.000Z' } } },
  ],
};
const quarantine = (version: string) => managed(`AWSCompromisedKeyQuarantine${version}`);
const named = (required: readonly string[]) => ({ required, optional: [] });

/** A file, what is done to the live state of it, and all that must be found then. */
interface Case {
  readonly name: string;
  readonly file?: string;
  readonly edit: (live: State) => State;
  readonly finds: readonly string[];
}

const STRICT = `
version: 1
hub:
  account: "${HUB}"
  user:
    name: micetro
    managedPolicies: { required: [IAMReadOnlyAccess], optional: [SecurityAudit] }
    inlinePolicies: { extra: ${JSON.stringify(S3)} }
    accessKeys: { min: 1, max: 2, maxAgeDays: 90 }
    otherGroups: [readers]
    permissionsBoundary: policy/limit
  group:
    name: micetro-targets
    managedPolicies: [ReadOnlyAccess]
    inlinePolicies: { base: ${JSON.stringify(S3)} }
defaults:
  permissionsBoundary: policy/limit
  inlinePolicies: { dns: ${JSON.stringify(S3)} }
  maxSessionDuration: 3600
  description: DNS by Micetro
  tags: { team: ddi }
targets:
  - "${ONE}"
  - "${TWO}"
`;

const REVOKED = `${SMALL}defaults: { inlinePolicies: { AWSRevokeOlderSessions: ${JSON.stringify(REVOKE_SESSIONS)} } }\n`;

const HUB_USER: Case[] = [
  {
    name: 'the user is gone: one finding, without its parts',
    edit: (live) => ({
      ...editGroup(live, { members: [] }),
      hub: { ...editGroup(live, { members: [] }).hub, user: { name: 'micetro', value: null } },
    }),
    finds: [`hub-user-missing narrowed ${USER}`],
  },
  {
    name: 'the user has another path',
    edit: (live) => editUser(live, { path: '/svc/', arn: `arn:aws:iam::${HUB}:user/svc/micetro` }),
    finds: [],
  },
  {
    name: 'a policy of the user is detached',
    edit: (live) => editUser(live, { managedPolicies: named([]) }),
    finds: [`hub-user-policy-missing narrowed ${managed('IAMReadOnlyAccess')}`],
  },
  {
    name: 'a policy is attached to the user',
    edit: (live) => editUser(live, { managedPolicies: named([managed('AdministratorAccess'), managed('IAMReadOnlyAccess')]) }),
    finds: [`hub-user-policy-extra widened ${managed('AdministratorAccess')}`],
  },
  {
    name: "AWS's quarantine is attached to the user: a leaked key, and no extra policy",
    edit: (live) => editUser(live, { managedPolicies: named([managed('IAMReadOnlyAccess'), quarantine('')]) }),
    finds: [`hub-user-key-compromised narrowed ${USER}`],
  },
  {
    name: 'several quarantines are one finding, and stand before everything else',
    edit: (live) =>
      editUser(live, {
        consoleLogin: true,
        managedPolicies: named([quarantine('V3'), managed('AdministratorAccess'), quarantine('V2'), managed('IAMReadOnlyAccess')]),
      }),
    finds: [
      `hub-user-key-compromised narrowed ${USER}`,
      `hub-user-policy-extra widened ${managed('AdministratorAccess')}`,
      `hub-user-login-extra widened ${USER}`,
    ],
  },
  {
    name: "AWS's quarantine in another partition",
    file: SMALL.replace('hub:', 'hub:\n  partition: aws-us-gov'),
    edit: (live) =>
      editUser(live, {
        managedPolicies: named(
          ['IAMReadOnlyAccess', 'AWSCompromisedKeyQuarantineV10'].map((name) => `arn:aws-us-gov:iam::aws:policy/${name}`),
        ),
      }),
    finds: [`hub-user-key-compromised narrowed ${USER.replace('aws', 'aws-us-gov')}`],
  },
  ...['[IAMReadOnlyAccess, AWSCompromisedKeyQuarantineV3]', '{ optional: [AWSCompromisedKeyQuarantineV3] }'].map(
    (listed): Case => ({
      name: `a file that lists the quarantine accepts no leaked key: ${listed}`,
      file: SMALL.replace('user: micetro', `user: { name: micetro, managedPolicies: ${listed} }`),
      edit: (live) =>
        editUser(live, {
          managedPolicies: named([...(live.hub.user.value?.managedPolicies?.required ?? []), quarantine('V3'), quarantine('V2')]),
        }),
      finds: [`hub-user-key-compromised narrowed ${USER}`],
    }),
  ),
  {
    name: 'a quarantine that the file lists and AWS did not attach is not missing',
    file: SMALL.replace('user: micetro', 'user: { name: micetro, managedPolicies: [AWSCompromisedKeyQuarantineV3] }'),
    edit: (live) => editUser(live, { managedPolicies: named([]) }),
    finds: [],
  },
  ...[
    `arn:aws:iam::${HUB}:policy/AWSCompromisedKeyQuarantineV3`,
    `arn:aws:iam::${HUB}:policy/aws/AWSCompromisedKeyQuarantine`,
    managed('job-function/AWSCompromisedKeyQuarantineV3'),
    managed('AWSCompromisedKeyQuarantineV'),
    managed('AWSCompromisedKeyQuarantineV3Exempt'),
    managed('NotAWSCompromisedKeyQuarantine'),
  ].map(
    (arn): Case => ({
      name: `a policy that only looks like the quarantine is any other: ${arn}`,
      edit: (live) => editUser(live, { managedPolicies: named([managed('IAMReadOnlyAccess'), arn]) }),
      finds: [`hub-user-policy-extra widened ${arn}`],
    }),
  ),
  {
    name: 'a quarantine on the group is a policy of the group',
    edit: (live) => editGroup(live, { managedPolicies: named([quarantine('V3')]) }),
    finds: [`hub-group-policy-extra widened ${quarantine('V3')}`],
  },
  {
    name: 'an optional policy of the user is attached',
    file: STRICT,
    edit: (live) => editUser(live, { managedPolicies: named([managed('SecurityAudit'), managed('IAMReadOnlyAccess')]) }),
    finds: [],
  },
  {
    name: 'an inline policy of the user is gone',
    file: STRICT,
    edit: (live) => editUser(live, { inlinePolicies: [] }),
    finds: [`hub-user-inline-policy-missing narrowed ${USER}/policy/extra`],
  },
  {
    name: 'the user has an inline policy',
    edit: (live) => editUser(live, { inlinePolicies: [{ name: 'test', document: S3 }] }),
    finds: [`hub-user-inline-policy-extra widened ${USER}/policy/test`],
  },
  {
    name: 'the user has an inline policy that only denies',
    edit: (live) => editUser(live, { inlinePolicies: [{ name: 'test', document: DENY_S3 }] }),
    finds: [`hub-user-inline-policy-extra narrowed ${USER}/policy/test`],
  },
  {
    name: 'the user has an inline policy named like a property of every object',
    edit: (live) => editUser(live, { inlinePolicies: [{ name: '__proto__', document: S3 }] }),
    finds: [`hub-user-inline-policy-extra widened ${USER}/policy/__proto__`],
  },
  {
    name: 'an inline policy of the user allows more',
    file: STRICT,
    edit: (live) =>
      editUser(live, {
        inlinePolicies: [{ name: 'extra', document: { ...S3, Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }],
      }),
    finds: [`hub-user-inline-policy-changed widened ${USER}/policy/extra`],
  },
  {
    name: 'an inline policy of the user is no policy',
    file: STRICT,
    edit: (live) => editUser(live, { inlinePolicies: [{ name: 'extra', document: '{"Statement": [' }] }),
    finds: [`hub-user-inline-policy-changed changed ${USER}/policy/extra`],
  },
  {
    name: 'an inline policy of the user is written otherwise',
    file: STRICT,
    edit: (live) =>
      editUser(live, {
        inlinePolicies: [
          {
            name: 'extra',
            document: '{"Statement":{"Sid":"x","Resource":["*"],"Action":["S3:getobject"],"Effect":"Allow"},"Version":"2012-10-17"}',
          },
        ],
      }),
    finds: [],
  },
  {
    name: 'the boundary of the user is gone',
    file: STRICT,
    edit: (live) => editUser(live, { boundary: null }),
    finds: [`hub-user-boundary-missing widened ${USER}`],
  },
  {
    name: 'the user has a boundary',
    edit: (live) => editUser(live, { boundary: managed('ReadOnlyAccess') }),
    finds: [`hub-user-boundary-extra narrowed ${USER}`],
  },
  {
    name: 'the user has another boundary',
    file: STRICT,
    edit: (live) => editUser(live, { boundary: managed('ReadOnlyAccess') }),
    finds: [`hub-user-boundary-changed changed ${USER}`],
  },
  {
    name: 'the user is in another group',
    edit: (live) =>
      editUser(live, {
        groups: named(['admins', 'micetro-targets']),
        groupArns: [{ name: 'admins', arn: `arn:aws:iam::${HUB}:group/x/admins` }],
      }),
    finds: [`hub-user-group-extra widened arn:aws:iam::${HUB}:group/x/admins`],
  },
  {
    name: 'the user is in a group that is allowed',
    file: STRICT,
    edit: (live) => editUser(live, { groups: named(['Readers', 'micetro-targets']) }),
    finds: [],
  },
  {
    name: 'the user has a console password',
    edit: (live) => editUser(live, { consoleLogin: true }),
    finds: [`hub-user-login-extra widened ${USER}`],
  },
  {
    name: 'the user may have a console password',
    file: SMALL.replace('user: micetro', 'user: { name: micetro, consoleLogin: true }'),
    edit: (live) => editUser(live, { consoleLogin: true }),
    finds: [],
  },
  {
    name: 'the user has no active key',
    edit: (live) => editUser(live, { accessKeys: keys({ inactive: '2026-11-01T00:00:00Z' }) }),
    finds: [`hub-user-key-missing narrowed ${USER}`],
  },
  {
    name: 'the user has a key too many: the newest',
    file: SMALL.replace('user: micetro', 'user: { name: micetro, accessKeys: { max: 1 } }'),
    edit: (live) => editUser(live, { accessKeys: keys('2026-11-02T00:00:00Z', '2026-11-01T00:00:00Z') }),
    finds: [`hub-user-key-extra widened ${USER}/key/AKIA0000000000000000`],
  },
  {
    name: 'the user has two keys',
    edit: (live) => editUser(live, { accessKeys: keys('2026-11-02T00:00:00Z', '2020-11-01T00:00:00Z') }),
    finds: [],
  },
  {
    name: 'a key is older than allowed, another is exactly as old as allowed',
    file: STRICT,
    edit: (live) => editUser(live, { accessKeys: keys('2026-08-23T03:00:00Z', '2026-08-23T03:00:01Z') }),
    finds: [`hub-user-key-old none ${USER}/key/AKIA0000000000000000`],
  },
  {
    name: 'the user has other credentials: one finding for each that is active',
    edit: (live) => editUser(live, { otherCredentials: credentials('ssh-public-key', 'signing-certificate', 'service-specific') }),
    finds: [0, 1, 2].map((index) => `hub-user-credential-extra widened ${USER}/credential/ID${index}`),
  },
  {
    name: 'other credentials that are not active',
    edit: (live) => editUser(live, { otherCredentials: credentials({ inactive: 'ssh-public-key' }, { inactive: 'service-specific' }) }),
    finds: [],
  },
  {
    name: 'one of the lists of credentials could not be read: what the others hold is found',
    edit: (live) => editUser(live, { otherCredentials: { ...credentials('ssh-public-key'), isPartial: true } }),
    finds: [`hub-user-credential-extra widened ${USER}/credential/ID0`],
  },
  {
    name: 'the user may have other credentials',
    file: SMALL.replace('user: micetro', 'user: { name: micetro, otherCredentials: true }'),
    edit: (live) => editUser(live, { otherCredentials: credentials('ssh-public-key') }),
    finds: [],
  },
];

const grant = { name: 'assume-222222222222-Micetro', document: assume(ROLE) };
const other = { name: 'assume-333333333333-Micetro', document: assume(roleArn(TWO)) };
const both =
  (more: WrittenPolicies, first: WrittenPolicies[number] | null = grant) =>
  (live: State) =>
    editGroup(live, { inlinePolicies: [...(first === null ? [] : [first]), other, ...more] });

const HUB_GROUP: Case[] = [
  {
    name: 'the group is gone: one finding, without its members and grants',
    edit: (live) => ({ ...live, hub: { ...live.hub, groups: [{ name: 'micetro-targets', value: null }] } }),
    finds: [`hub-group-missing narrowed ${GROUP}`],
  },
  {
    name: 'the user left the group',
    edit: (live) => editGroup(live, { members: [] }),
    finds: [`hub-group-member-missing narrowed ${USER}`],
  },
  {
    name: 'somebody else joined the group',
    edit: (live) =>
      editGroup(live, {
        members: [
          { name: 'eve', arn: `arn:aws:iam::${HUB}:user/x/eve` },
          { name: 'Micetro', arn: USER },
        ],
      }),
    finds: [`hub-group-member-extra widened arn:aws:iam::${HUB}:user/x/eve`],
  },
  {
    name: 'a policy of the group is detached, another attached',
    file: STRICT,
    edit: (live) => editGroup(live, { managedPolicies: named([managed('PowerUserAccess')]) }),
    finds: [
      `hub-group-policy-extra widened ${managed('PowerUserAccess')}`,
      `hub-group-policy-missing narrowed ${managed('ReadOnlyAccess')}`,
    ],
  },
  {
    name: 'an inline policy of the group is gone',
    file: STRICT,
    edit: (live) => editGroup(live, { inlinePolicies: [grant, other] }),
    finds: [`hub-group-inline-policy-missing narrowed ${GROUP}/policy/base`],
  },
  {
    name: 'an inline policy of the group differs',
    file: STRICT,
    edit: (live) => editGroup(live, { inlinePolicies: [grant, other, { name: 'base', document: DENY_S3 }] }),
    finds: [`hub-group-inline-policy-changed narrowed ${GROUP}/policy/base`],
  },
  {
    name: 'an inline policy of the group holds a grant as well',
    file: STRICT,
    edit: (live) =>
      editGroup(live, {
        inlinePolicies: [other, { name: 'base', document: { ...S3, Statement: [...S3.Statement, ...(assume(ROLE).Statement as [])] } }],
      }),
    finds: [],
  },
  {
    name: 'the group has another inline policy that is no grant',
    edit: both([{ name: 'test', document: S3 }]),
    finds: [`hub-group-inline-policy-extra widened ${GROUP}/policy/test`],
  },
  {
    name: 'a grant that allows something else beside: only that is extra',
    edit: both([], { name: 'mixed', document: { ...S3, Statement: [...S3.Statement, ...(assume(ROLE).Statement as [])] } }),
    finds: [`hub-group-inline-policy-extra widened ${GROUP}/policy/mixed`],
  },
];

const packed = (resources: readonly string[], more = {}) => ({ name: 'packed', document: assume(resources, more) });
const FOREIGN = roleArn('999999999999');
const only =
  (...policies: WrittenPolicies) =>
  (live: State) =>
    editGroup(live, { inlinePolicies: policies });

/** A grant with a statement beside it that can't be understood. */
const beside = (statement: object) => [
  other,
  {
    name: 'one',
    document: { ...assume(ROLE), Statement: [...(assume(ROLE).Statement as []), { Effect: 'Allow', Resource: '*', ...statement }] },
  },
];
const ODD_S3 = { Effect: 'Allow', Action: 's3:Get Object', Resource: '*' };
const ofRole =
  (...statements: readonly object[]) =>
  (live: State) =>
    editRole(live, { inlinePolicies: [{ name: 'x', document: { Version: '2012-10-17', Statement: statements } }] });

/** Statements that can't be understood, and what cannot be combined with them. */
const STATED_CALLERS = SMALL.replace('group: micetro-targets', 'group: micetro-targets\n  otherCallers: [role/Admin]');

const CALLERS: Case[] = [
  {
    name: 'a role of the hub may assume the roles, and the file does not list it',
    file: STATED_CALLERS,
    edit: (live) => withPrincipals(live, principal('role/Deploy', { policies: { jump: assume('*') } })),
    finds: [`hub-caller-extra widened arn:aws:iam::${HUB}:role/Deploy`],
  },
  {
    name: 'a role that may is listed, and others may not',
    file: STATED_CALLERS,
    edit: (live) =>
      withPrincipals(
        live,
        principal('role/Admin', { policies: { jump: assume('*') } }),
        principal('role/Deploy', { policies: { jump: assume(roleArn(ONE, 'Other')), get: S3 } }),
      ),
    finds: [],
  },
];

const UNDECIDED: Case[] = [
  {
    name: 'actions with a comma beside a grant',
    edit: both([{ name: 'x', document: assume('*', { Action: 'sts:AssumeRole,sts:TagSession' }) }]),
    finds: ['grant-extra changed *'],
  },
  {
    name: 'in the same policy as a grant',
    edit: (live) => editGroup(live, { inlinePolicies: beside({ Action: 'sts:AssumeRole,sts:TagSession' }) }),
    finds: ['grant-extra changed *'],
  },
  {
    name: 'that may deny',
    edit: (live) => editGroup(live, { inlinePolicies: beside({ Effect: 'Deny', Action: 'sts:AssumeRole ' }) }),
    finds: ['grant-extra changed *'],
  },
  {
    name: 'that certainly is no grant',
    edit: (live) => editGroup(live, { inlinePolicies: beside({ Action: 's3:Get Object' }) }),
    finds: [`hub-group-inline-policy-extra changed ${GROUP}/policy/one`],
  },
  {
    name: 'the grant itself',
    edit: (live) => editGroup(live, { inlinePolicies: [other, { name: 'one', document: assume(ROLE, { Action: 'sts:AssumeRole ' }) }] }),
    finds: [`grant-changed changed ${ROLE}`],
  },
  {
    name: 'a second statement for the same role',
    edit: both([{ name: 'x', document: assume(ROLE, { Condition: { 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } } }) }]),
    finds: [],
  },
  { name: 'alone in a policy of a role', edit: ofRole(ODD_S3), finds: [`role-inline-policy-extra changed ${ROLE}/policy/x`] },
  {
    name: 'beside one that allows as well',
    edit: ofRole(ODD_S3, ...S3.Statement),
    finds: [`role-inline-policy-extra widened ${ROLE}/policy/x`],
  },
  {
    name: 'beside one that denies',
    edit: ofRole(ODD_S3, ...DENY_S3.Statement),
    finds: [`role-inline-policy-extra changed ${ROLE}/policy/x`],
  },
  {
    name: 'which may deny, beside one that denies',
    edit: ofRole({ ...ODD_S3, Effect: 'Deny' }, ...DENY_S3.Statement),
    finds: [`role-inline-policy-extra narrowed ${ROLE}/policy/x`],
  },
];

const GRANTS: Case[] = [
  { name: 'a grant is gone', edit: both([], null), finds: [`grant-missing narrowed ${ROLE}`] },
  { name: 'a grant is renamed', edit: both([], { ...grant, name: 'prod' }), finds: [] },
  {
    name: 'grants are merged into one policy',
    edit: only({
      name: 'all',
      document: { Version: '2012-10-17', Statement: [assume(ROLE).Statement, assume(roleArn(TWO)).Statement].flat() },
    }),
    finds: [],
  },
  { name: 'grants are packed into one statement', edit: only(packed([ROLE, roleArn(TWO)])), finds: [] },
  { name: 'a grant is there twice', edit: both([{ ...grant, name: 'again' }]), finds: [] },
  {
    name: 'a packed policy with a foreign role: only that is extra',
    edit: only(packed([ROLE, FOREIGN, roleArn(TWO)])),
    finds: [`grant-extra widened ${FOREIGN}`],
  },
  {
    name: 'a foreign role in two policies: one finding',
    edit: both([packed([FOREIGN]), { ...packed([FOREIGN]), name: 'b' }]),
    finds: [`grant-extra widened ${FOREIGN}`],
  },
  {
    name: 'a grant for another role of a target',
    edit: both([packed([roleArn(ONE, 'Admin')])]),
    finds: [`grant-extra widened ${roleArn(ONE, 'Admin')}`],
  },
  { name: 'an extra grant that denies', edit: both([packed(['*'], { Effect: 'Deny' })]), finds: ['grant-extra narrowed *'] },
  {
    name: 'a wildcard in place of a grant is extra, and no way in',
    edit: only(packed(['arn:aws:iam::*:role/Micetro']), other),
    finds: ['grant-extra widened arn:aws:iam::*:role/Micetro', `grant-missing narrowed ${ROLE}`],
  },
  {
    name: 'everything but some roles',
    edit: both([
      {
        name: 'not',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: FOREIGN }] },
      },
    ]),
    finds: ['grant-extra widened *'],
  },
  {
    name: 'a grant with a wildcard action',
    edit: both([], { ...grant, document: assume(ROLE, { Action: 'sts:*' }) }),
    finds: [`grant-changed widened ${ROLE}`],
  },
  {
    name: 'a grant with another action beside',
    edit: both([], { ...grant, document: assume(ROLE, { Action: ['sts:AssumeRole', 'sts:TagSession'] }) }),
    finds: [`grant-changed widened ${ROLE}`],
  },
  {
    name: 'a grant with a condition',
    edit: both([], { ...grant, document: assume(ROLE, { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }) }),
    finds: [`grant-changed narrowed ${ROLE}`],
  },
  {
    name: 'a grant that denies',
    edit: both([], { ...grant, document: assume(ROLE, { Effect: 'Deny' }) }),
    finds: [`grant-changed narrowed ${ROLE}`],
  },
  {
    name: 'a grant by a managed policy that the file requires',
    file: SMALL.replace('group: micetro-targets', 'group: { name: micetro-targets, managedPolicies: [policy/assume] }'),
    edit: (live) => {
      const edited = editGroup(live, { inlinePolicies: [other] });
      return {
        ...edited,
        hub: {
          ...edited.hub,
          managedDocuments: [{ arn: `arn:aws:iam::${HUB}:policy/assume`, document: identityPolicy(assume('arn:aws:iam::*:role/Micetro')) }],
        },
      };
    },
    finds: [`grant-indirect none ${ROLE}`],
  },
  {
    name: 'a managed policy that does not reach the role is no way in',
    file: SMALL.replace('group: micetro-targets', 'group: { name: micetro-targets, managedPolicies: [policy/assume] }'),
    edit: (live) => {
      const edited = editGroup(live, { inlinePolicies: [other] });
      return {
        ...edited,
        hub: { ...edited.hub, managedDocuments: [{ arn: `arn:aws:iam::${HUB}:policy/assume`, document: identityPolicy(assume(FOREIGN)) }] },
      };
    },
    finds: [`grant-missing narrowed ${ROLE}`],
  },
  {
    name: 'a grant in another group than the file says',
    file: SMALL.replace('group: micetro-targets', 'groups: [a, b]').replace(`- "${ONE}"`, `- { account: "${ONE}", group: a }`),
    edit: (live) => editGroup(editGroup(live, { inlinePolicies: [other] }, 'a'), { inlinePolicies: [grant] }, 'b'),
    finds: [`grant-extra widened ${ROLE}`, `grant-missing narrowed ${ROLE}`],
  },
  {
    name: 'a grant in any of the groups',
    file: SMALL.replace('group: micetro-targets', 'groups: [a, b]'),
    edit: (live) => editGroup(editGroup(live, { inlinePolicies: [] }, 'a'), { inlinePolicies: [grant, other] }, 'b'),
    finds: [],
  },
  {
    name: 'the grants could not be read: nothing is said of them',
    edit: (live) => editGroup(live, { inlinePolicies: undefined }),
    finds: [],
  },
];

const ROLES: Case[] = [
  {
    name: 'the role is gone',
    edit: (live) => ({
      ...live,
      targets: live.targets.map((target) => (target.account === ONE ? { ...target, role: { name: 'Micetro', value: null } } : target)),
    }),
    finds: [`role-missing narrowed ${ROLE}`],
  },
  {
    name: 'the trust is open to everybody',
    edit: (live) => editRole(live, { trust: trust({ AWS: '*' }) }),
    finds: [`trust-changed widened ${ROLE}`],
  },
  {
    name: 'the trust is narrower',
    edit: (live) => editRole(live, { trust: trust({ AWS: USER }) }),
    finds: [`trust-changed narrowed ${ROLE}`],
  },
  {
    name: 'in the hub as its own target, the trust names a user, who needs no policy any more',
    file: `${SMALL}  - "${HUB}"\n`,
    edit: (live) => editRole(live, { trust: trust({ AWS: [ROOT.AWS, `arn:aws:iam::${HUB}:user/mallory`] }) }, HUB),
    finds: [`trust-changed widened ${roleArn(HUB)}`],
  },
  {
    name: 'elsewhere, a user named beside the hub needs a policy of the hub as before',
    file: `${SMALL}  - "${HUB}"\n`,
    edit: (live) => editRole(live, { trust: trust({ AWS: [ROOT.AWS, `arn:aws:iam::${HUB}:user/mallory`] }) }),
    finds: [],
  },
  {
    name: 'in the hub as its own target, a deleted principal and a user beside',
    file: `${SMALL}  - "${HUB}"\n`,
    edit: (live) => editRole(live, { trust: trust({ AWS: ['AIDAJQABLZS4A3QDU576Q', ROOT.AWS, USER] }) }, HUB),
    finds: [`trust-changed widened ${roleArn(HUB)}`, `trust-orphaned changed ${roleArn(HUB)}`],
  },
  {
    name: 'the trust is written otherwise',
    edit: (live) => editRole(live, { trust: JSON.stringify(trust({ AWS: [HUB] }, { Action: ['sts:assumerole'], Sid: 'x' })) }),
    finds: [],
  },
  {
    name: 'the trust names a deleted principal only',
    edit: (live) => editRole(live, { trust: trust({ AWS: 'AIDAJQABLZS4A3QDU576Q' }) }),
    finds: [`trust-orphaned changed ${ROLE}`],
  },
  {
    name: 'the trust names a deleted principal beside',
    edit: (live) => editRole(live, { trust: trust({ AWS: [ROOT.AWS, 'AROAJQABLZS4A3QDU576Q'] }) }),
    finds: [`trust-orphaned changed ${ROLE}`],
  },
  {
    name: 'an orphan in place of a part of the trust: that part is what is missing',
    edit: (live) => editRole(live, { trust: trust({ AWS: ['AIDAJQABLZS4A3QDU576Q', USER] }) }),
    finds: [`trust-orphaned changed ${ROLE}`],
  },
  {
    name: 'an orphan does not hide a trust that was opened',
    edit: (live) => editRole(live, { trust: trust({ AWS: ['AIDAJQABLZS4A3QDU576Q', 'arn:aws:iam::999999999999:root', ROOT.AWS] }) }),
    finds: [`trust-changed widened ${ROLE}`, `trust-orphaned changed ${ROLE}`],
  },
  {
    name: 'trust in the hub user, who has a path',
    file: `${SMALL}defaults: { trust: hub-user }\n`,
    edit: (live) => {
      const arn = `arn:aws:iam::${HUB}:user/svc/micetro`;
      const moved = editUser(editGroup(live, { members: [{ name: 'micetro', arn }] }), { path: '/svc/', arn });
      return editRole(editRole(moved, { trust: trust({ AWS: arn }) }), { trust: trust({ AWS: arn }) }, TWO);
    },
    finds: [],
  },
  {
    name: 'the role has another path',
    edit: (live) => editRole(live, { path: '/x/', arn: roleArn(ONE, 'x/Micetro') }),
    finds: [`role-path-changed narrowed ${roleArn(ONE, 'x/Micetro')}`],
  },
  {
    name: 'a policy of the role is detached, another attached',
    edit: (live) =>
      editRole(live, {
        managedPolicies: named([managed('AmazonRoute53FullAccess'), managed('AdministratorAccess'), managed('IAMReadOnlyAccess')]),
      }),
    finds: [
      `role-policy-extra widened ${managed('AdministratorAccess')}`,
      `role-policy-missing narrowed ${managed('AmazonEC2FullAccess')}`,
    ],
  },
  {
    name: 'policies in another order, and the optional one',
    edit: (live) =>
      editRole(live, { managedPolicies: named(['IAMReadOnlyAccess', 'AmazonEC2FullAccess', 'AmazonRoute53FullAccess'].map(managed)) }),
    finds: [],
  },
  {
    name: 'an inline policy of the role is gone',
    file: STRICT,
    edit: (live) => editRole(live, { inlinePolicies: [] }),
    finds: [`role-inline-policy-missing narrowed ${ROLE}/policy/dns`],
  },
  {
    name: 'the role has an inline policy',
    edit: (live) => editRole(live, { inlinePolicies: [{ name: 'x', document: S3 }] }),
    finds: [`role-inline-policy-extra widened ${ROLE}/policy/x`],
  },
  {
    name: 'an inline policy of the role differs',
    file: STRICT,
    edit: (live) =>
      editRole(live, {
        inlinePolicies: [
          { name: 'dns', document: { ...S3, Statement: [{ Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' }] } },
        ],
      }),
    finds: [`role-inline-policy-changed widened ${ROLE}/policy/dns`],
  },
  {
    name: 'somebody revoked the sessions of the role',
    edit: (live) => editRole(live, { inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document: REVOKE_SESSIONS }] }),
    finds: [`role-sessions-revoked narrowed ${ROLE}/policy/AWSRevokeOlderSessions`],
  },
  {
    name: 'somebody revoked the sessions, and the role has another policy that denies',
    edit: (live) =>
      editRole(live, {
        inlinePolicies: [
          { name: 'AWSRevokeOlderSessions', document: REVOKE_SESSIONS },
          { name: 'AWSRevokeOlderSessions2', document: REVOKE_SESSIONS },
        ],
      }),
    finds: [
      `role-inline-policy-extra narrowed ${ROLE}/policy/AWSRevokeOlderSessions2`,
      `role-sessions-revoked narrowed ${ROLE}/policy/AWSRevokeOlderSessions`,
    ],
  },
  ...(
    [
      ['allows something as well', { ...S3, Statement: [...S3.Statement, ...REVOKE_SESSIONS.Statement] }, 'widened'],
      ['allows alone', S3, 'widened'],
      ["can't be understood", '{"Statement": [', 'changed'],
    ] as const
  ).map(
    ([what, document, access]): Case => ({
      name: `a policy with the name of a revocation that ${what} is any other`,
      edit: (live) => editRole(live, { inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document }] }),
      finds: [`role-inline-policy-extra ${access} ${ROLE}/policy/AWSRevokeOlderSessions`],
    }),
  ),
  {
    name: 'a revocation that the file states is there',
    file: REVOKED,
    edit: (live) => live,
    finds: [],
  },
  {
    name: 'another revocation than the file states',
    file: REVOKED,
    edit: (live) => editRole(live, { inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document: DENY_S3 }] }),
    finds: [`role-inline-policy-changed changed ${ROLE}/policy/AWSRevokeOlderSessions`],
  },
  {
    name: 'a revocation that the file states is gone',
    file: REVOKED,
    edit: (live) => editRole(live, { inlinePolicies: [] }),
    finds: [`role-inline-policy-missing widened ${ROLE}/policy/AWSRevokeOlderSessions`],
  },
  {
    name: 'the boundary of the role is gone',
    file: STRICT,
    edit: (live) => editRole(live, { boundary: null }),
    finds: [`role-boundary-missing widened ${ROLE}`],
  },
  {
    name: 'the role has a boundary',
    edit: (live) => editRole(live, { boundary: managed('ReadOnlyAccess') }),
    finds: [`role-boundary-extra narrowed ${ROLE}`],
  },
  {
    name: 'the role has another boundary',
    file: STRICT,
    edit: (live) => editRole(live, { boundary: managed('ReadOnlyAccess') }),
    finds: [`role-boundary-changed changed ${ROLE}`],
  },
  {
    name: 'sessions may last longer',
    file: STRICT,
    edit: (live) => editRole(live, { maxSessionDuration: 43200 }),
    finds: [`role-session-duration-changed none ${ROLE}`],
  },
  { name: 'sessions may last longer, unstated', edit: (live) => editRole(live, { maxSessionDuration: 43200 }), finds: [] },
  {
    name: 'the description differs',
    file: STRICT,
    edit: (live) => editRole(live, { description: '' }),
    finds: [`role-description-changed none ${ROLE}`],
  },
  { name: 'the description differs, unstated', edit: (live) => editRole(live, { description: 'x' }), finds: [] },
  {
    name: 'a tag is gone, another is nobody’s business',
    file: STRICT,
    edit: (live) => editRole(live, { tags: [{ key: 'other', value: 'x' }] }),
    finds: [`role-tag-missing none ${ROLE}`],
  },
  {
    name: 'a tag has a different value',
    file: STRICT,
    edit: (live) => editRole(live, { tags: [{ key: 'team', value: 'x' }] }),
    finds: [`role-tag-changed none ${ROLE}`],
  },
  { name: 'a tag’s key in other case', file: STRICT, edit: (live) => editRole(live, { tags: [{ key: 'Team', value: 'ddi' }] }), finds: [] },
  {
    name: 'nothing of the role could be read: nothing is said of it',
    edit: (live) => ({ ...live, targets: live.targets.map((target) => ({ ...target, role: { name: 'Micetro', value: undefined } })) }),
    finds: [],
  },
];

const manyTargets = Array.from({ length: 60 }, (_, index) => `  - "${200000000000 + index}"`).join('\n');
const QUOTAS: Case[] = [
  {
    name: 'the grants do not fit the group',
    file: SMALL.replace(/targets:\n[\s\S]*/, `targets:\n${manyTargets}\n`),
    edit: (live) => live,
    finds: [`quota-exceeded none ${GROUP}`],
  },
  {
    name: 'packed grants fit the group',
    file: SMALL.replace(/targets:\n[\s\S]*/, `targets:\n${manyTargets}\n`)
      .replace('targets:\n', 'XX')
      .replace('group: micetro-targets', 'group: micetro-targets\n  grants: { layout: packed, policyName: assume }')
      .replace('XX', 'targets:\n'),
    edit: (live) => live,
    finds: [],
  },
];

const POLICIES = `${SMALL}defaults:
  managedPolicies: { required: [policy/dns, AmazonRoute53FullAccess], optional: [policy/maybe] }
  permissionsBoundary: policy/limit
policies:
  policy/dns: ${JSON.stringify(S3)}
  policy/limit: ${JSON.stringify(S3)}
  policy/maybe: ${JSON.stringify(S3)}
  AmazonRoute53FullAccess: v5
`;
const IN_HUB = `${SMALL.replace('user: micetro', 'user: { name: micetro, permissionsBoundary: policy/limit }')}policies: { policy/limit: ${JSON.stringify(S3)} }\n`;
const own = (name: string, account = ONE) => `arn:aws:iam::${account}:policy/${name}`;
const WIDER_S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const NARROWER_S3 = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
};
const EC2 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] };
const SAME_S3 = { Version: '2012-10-17', Statement: { Sid: 'x', Effect: 'Allow', Action: ['S3:getobject'], Resource: ['*'] } };
const says = (document: WrittenPolicy, version = 'v2') => ({ version, document: identityPolicy(document) });

const CONTENTS: Case[] = [
  {
    name: 'a policy that a role has allows more',
    file: POLICIES,
    edit: (live) => editContent(live, own('dns'), says(WIDER_S3)),
    finds: [`policy-changed widened ${own('dns')}`],
  },
  {
    name: 'a policy that a role has allows less',
    file: POLICIES,
    edit: (live) => editContent(live, own('dns'), says(NARROWER_S3)),
    finds: [`policy-changed narrowed ${own('dns')}`],
  },
  {
    name: 'a policy that a role has allows something else',
    file: POLICIES,
    edit: (live) => editContent(live, own('dns'), says(EC2)),
    finds: [`policy-changed changed ${own('dns')}`],
  },
  {
    name: 'a policy says the same in another way',
    file: POLICIES,
    edit: (live) => editContent(live, own('dns'), says(SAME_S3)),
    finds: [],
  },
  {
    name: "what a role's boundary allows is wider: so is the role's access",
    file: POLICIES,
    edit: (live) => editContent(live, own('limit'), says(WIDER_S3)),
    finds: [`policy-changed widened ${own('limit')}`],
  },
  {
    name: "the boundary of the hub user is narrower: that is the hub's",
    file: IN_HUB,
    edit: (live) => editContent(live, own('limit', HUB), says(NARROWER_S3)),
    finds: [`policy-changed narrowed ${own('limit', HUB)}`],
  },
  {
    name: 'a policy that is required does not exist',
    file: POLICIES,
    edit: (live) => editContent(live, own('dns', TWO), null),
    finds: [`policy-missing narrowed ${own('dns', TWO)}`],
  },
  {
    name: 'a policy that only denies does not exist',
    file: POLICIES.replace(JSON.stringify(S3), JSON.stringify(DENY_S3)),
    edit: (live) => editContent(live, own('dns'), null),
    finds: [`policy-missing widened ${own('dns')}`],
  },
  {
    name: 'an optional policy that is attached nowhere does not exist',
    file: POLICIES,
    edit: (live) => editContent(live, own('maybe'), null),
    finds: [],
  },
  {
    name: 'an optional policy that is attached allows more',
    file: POLICIES,
    edit: (live) =>
      editRole(editContent(live, own('maybe'), says(WIDER_S3)), {
        managedPolicies: named([own('dns'), managed('AmazonRoute53FullAccess'), own('maybe')]),
      }),
    finds: [`policy-changed widened ${own('maybe')}`],
  },
  { name: 'what a policy says could not be read', file: POLICIES, edit: (live) => editContent(live, own('dns'), undefined), finds: [] },
  {
    name: "AWS's policy has a new version that allows more: one finding, at the hub",
    file: POLICIES,
    edit: (live) => editContent(live, managed('AmazonRoute53FullAccess'), { ...says(WIDER_S3, 'v7'), reviewed: identityPolicy(S3) }),
    finds: [`policy-changed widened ${managed('AmazonRoute53FullAccess')}`],
  },
  {
    name: "AWS's policy has a new version that says the same",
    file: POLICIES,
    edit: (live) => editContent(live, managed('AmazonRoute53FullAccess'), { ...says(SAME_S3, 'v7'), reviewed: identityPolicy(S3) }),
    finds: [],
  },
  {
    name: 'AWS has no such version',
    file: POLICIES,
    edit: (live) => editContent(live, managed('AmazonRoute53FullAccess'), { ...says(S3, 'v1'), reviewed: null }),
    finds: [`policy-changed changed ${managed('AmazonRoute53FullAccess')}`],
  },
  {
    name: 'AWS has no such policy',
    file: POLICIES,
    edit: (live) => editContent(live, managed('AmazonRoute53FullAccess'), null),
    finds: [`policy-missing narrowed ${managed('AmazonRoute53FullAccess')}`],
  },
];

const AUDITOR = `arn:aws:iam::${HUB}:role/DriftAuditor`;
const WATCHED = `${SMALL}auditor: { trustedBy: "${AUDITOR}", externalId: id-1 }\nfixer: { trustedBy: "arn:aws:iam::{hubAccount}:role/ddi/Fixer" }\n`;
const withId = { Condition: { StringEquals: { 'sts:ExternalId': 'id-1' } } };
const auditorTrust = (document: Parameters<typeof editToolTrust>[2]) => (live: State) => editToolTrust(live, 'auditor', document);

const TOOL_ROLES: Case[] = [
  { name: 'the roles of the action are as the file says', file: WATCHED, edit: (live) => live, finds: [] },
  {
    name: 'the file does not say who may assume them',
    edit: auditorTrust(trust('*')),
    finds: [],
  },
  {
    name: 'the same trust in other words',
    file: WATCHED,
    edit: auditorTrust({
      Version: '2008-10-17',
      Statement: [{ Sid: 'x', ...withId, Action: ['STS:AssumeRole'], Principal: { AWS: [AUDITOR] }, Effect: 'Allow' }],
    }),
    finds: [],
  },
  {
    name: 'another account may assume the auditor',
    file: WATCHED,
    edit: auditorTrust(trust({ AWS: [AUDITOR, 'arn:aws:iam::999999999999:root'] }, withId)),
    finds: [`tool-role-trust-changed widened ${roleArn(ONE, 'AssumeRoleAuditor')}`],
  },
  {
    name: 'the whole hub may assume it, in place of one role',
    file: WATCHED,
    edit: auditorTrust(trust(ROOT, withId)),
    finds: [`tool-role-trust-changed widened ${roleArn(ONE, 'AssumeRoleAuditor')}`],
  },
  {
    name: 'no external id is asked for',
    file: WATCHED,
    edit: auditorTrust(trust({ AWS: AUDITOR })),
    finds: [`tool-role-trust-changed widened ${roleArn(ONE, 'AssumeRoleAuditor')}`],
  },
  {
    name: 'another external id is asked for',
    file: WATCHED,
    edit: auditorTrust(trust({ AWS: AUDITOR }, { Condition: { StringEquals: { 'sts:ExternalId': 'id-2' } } })),
    finds: [`tool-role-trust-changed changed ${roleArn(ONE, 'AssumeRoleAuditor')}`],
  },
  {
    name: 'the fixer asks for an external id that the file does not state',
    file: WATCHED,
    edit: (live) => editToolTrust(live, 'fixer', trust({ AWS: `arn:aws:iam::${HUB}:role/ddi/Fixer` }, withId), TWO),
    finds: [`tool-role-trust-changed narrowed ${roleArn(TWO, 'AssumeRoleFixer')}`],
  },
  {
    name: 'there is no fixer in an account',
    file: WATCHED,
    edit: (live) => editToolTrust(live, 'fixer', null, TWO),
    finds: [`tool-role-trust-changed narrowed ${roleArn(TWO, 'AssumeRoleFixer')}`],
  },
  {
    name: 'one could not be read',
    file: WATCHED,
    edit: (live) => editToolTrust(live, 'fixer', undefined, TWO),
    finds: [],
  },
];

const all = { HUB_USER, HUB_GROUP, CALLERS, GRANTS, UNDECIDED, ROLES, CONTENTS, TOOL_ROLES, ORGANIZATION, QUOTAS };

describe.each(Object.entries(all))('%s', (_theme, cases) => {
  test.each(cases)('$name', ({ file = SMALL, edit, finds }) => {
    const desired = desiredOf(file);
    expect(told(driftOf(desired, edit(liveOf(desired))))).toEqual(finds);
  });
});

test('every rule has a case', () => {
  const covered = new Set(
    Object.values(all)
      .flat()
      .flatMap(({ finds }) => finds.map((line) => line.split(' ')[0])),
  );
  expect(Object.keys(RULES).filter((rule) => !covered.has(rule as Rule))).toEqual([]);
});

test('a finding that an exception covered says when it ran out', () => {
  const file = (expires: string) => `${SMALL}exceptions: [{ rule: hub-user-login-extra, owner: me, reason: x, expires: ${expires} }]\n`;
  const finding = (expires: string) => {
    const desired = desiredOf(file(expires));
    return driftOf(desired, editUser(liveOf(desired), { consoleLogin: true })).findings[0];
  };
  expect(finding('2026-11-22')?.exception).toMatchObject({ expired: false });
  expect(finding('2026-11-21')?.exception).toMatchObject({ expired: true });
  expect(finding('2026-11-21')?.message).toMatch(/exception expired on 2026-11-21\./);
});
