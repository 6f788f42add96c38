import { describe, expect, test } from '@jest/globals';
import { SEVERITIES, type Severity } from '../../src/drift/severity.ts';
import type { State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  editUser,
  HUB,
  identityPolicy,
  keys,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  trust,
  type WrittenPolicies,
} from './estate.ts';

/** What is done to the live state, and the one finding's severity and title. */
type Case = readonly [name: string, edit: (live: State) => State, severity: Severity, title: string, file?: string];

const ROOT = `arn:aws:iam::${HUB}:root`;
const STRANGER = 'arn:aws:iam::999999999999';
const TRUSTS_HUB = { Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'sts:AssumeRole' };
const trusting =
  (principal: unknown, more = {}) =>
  (live: State) =>
    editRole(live, { trust: trust(principal, more) });
const identity = (Action: unknown, more = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const attaching =
  (...names: string[]) =>
  (live: State) =>
    editRole(live, {
      managedPolicies: { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', ...names].map(managed), optional: [] },
    });
const inline = (document: Readonly<Record<string, unknown>>) => (live: State) =>
  editRole(live, { inlinePolicies: [{ name: 'debug', document }] });
const EXTERNAL = `${SMALL}defaults: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "${ROOT}" }, Action: sts:AssumeRole, Condition: { StringEquals: { sts:ExternalId: x } } }] } }\n`;
const ORGANIZATION = `${SMALL}defaults: { trust: { Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { AWS: "*" }, Action: sts:AssumeRole, Condition: { StringEquals: { aws:PrincipalOrgID: o-1 } } }] } }\n`;
const denied =
  (...statements: unknown[]) =>
  (live: State) =>
    editRole(live, {
      trust: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: [ROOT, `${STRANGER}:role/ci`] }, Action: 'sts:AssumeRole' }, ...statements],
      },
    });
const USER_ONLY = `${SMALL}defaults: { trust: hub-user }\n`;

const TRUST: readonly Case[] = [
  ['everybody', trusting({ AWS: '*' }), 'everyone', 'Anyone (`*`) can assume Micetro'],
  ['everybody, in place of the hub', trusting('*'), 'everyone', 'Anyone (`*`) can assume Micetro'],
  [
    'everybody, beside others',
    trusting({ AWS: [`${STRANGER}:root`, ROOT, '*'] }),
    'everyone',
    'Anyone (`*`) and 1 more can assume Micetro',
  ],
  [
    'everybody of an organization',
    trusting({ AWS: [ROOT, '*'] }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }),
    'foreign-account',
    'Anyone (`*`) can assume Micetro, under conditions',
  ],
  ['another account', trusting({ AWS: [ROOT, `${STRANGER}:root`] }), 'foreign-account', 'Account 999999999999 can assume Micetro'],
  ['another account, in place of the hub', trusting({ AWS: '999999999999' }), 'foreign-account', 'Account 999999999999 can assume Micetro'],
  [
    'a role of another account',
    trusting({ AWS: [ROOT, `${STRANGER}:role/ci/Deploy`] }),
    'foreign-account',
    '`role/ci/Deploy` of account 999999999999 can assume Micetro',
  ],
  [
    'another account with an external id',
    (live) =>
      editRole(live, {
        trust: {
          Version: '2012-10-17',
          Statement: [
            TRUSTS_HUB,
            {
              Effect: 'Allow',
              Principal: { AWS: `${STRANGER}:root` },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
            },
          ],
        },
      }),
    'foreign-account',
    'Account 999999999999 can assume Micetro, under conditions',
  ],
  [
    'an identity provider',
    (live) =>
      editRole(live, {
        trust: {
          Version: '2012-10-17',
          Statement: [
            TRUSTS_HUB,
            {
              Effect: 'Allow',
              Principal: { Federated: `arn:aws:iam::${ONE}:oidc-provider/token.example.org` },
              Action: 'sts:AssumeRoleWithWebIdentity',
            },
          ],
        },
      }),
    'foreign-account',
    `Identities of \`arn:aws:iam::${ONE}:oidc-provider/token.example.org\` can assume Micetro`,
  ],
  ['a service', trusting({ AWS: ROOT, Service: 'ec2.amazonaws.com' }), 'more', 'The service `ec2.amazonaws.com` can assume Micetro'],
  [
    'a user of the account itself',
    trusting({ AWS: [ROOT, `arn:aws:iam::${ONE}:user/mallory`] }),
    'more',
    '`user/mallory` of the account itself can assume Micetro',
  ],
  ['the account itself', trusting({ AWS: [ROOT, ONE] }), 'more', 'The account itself can assume Micetro'],
  ['the whole hub', (live) => live, 'more', 'The hub account can assume Micetro', USER_ONLY],
  [
    'another user of the hub',
    trusting({ AWS: [`arn:aws:iam::${HUB}:user/micetro`, `arn:aws:iam::${HUB}:user/eve`] }),
    'more',
    '`user/eve` of the hub account can assume Micetro',
    USER_ONLY,
  ],
  ['everybody, no longer of an organization alone', trusting({ AWS: '*' }), 'everyone', 'Anyone (`*`) can assume Micetro', ORGANIZATION],
  [
    'everybody of another organization',
    trusting({ AWS: '*' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-2' } } }),
    'changed',
    'The trust policy of Micetro differs from the file',
    ORGANIZATION,
  ],
  [
    'another account, denied under conditions',
    denied({
      Effect: 'Deny',
      Principal: '*',
      Action: 'sts:AssumeRole',
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': HUB } },
    }),
    'foreign-account',
    '`role/ci` of account 999999999999 can assume Micetro, under conditions',
  ],
  [
    'another account, denied',
    denied({ Effect: 'Deny', Principal: { AWS: `${STRANGER}:root` }, Action: 'sts:AssumeRole' }),
    'less',
    'The trust policy of Micetro allows less than the file',
  ],
  ['a condition is gone', trusting({ AWS: ROOT }), 'more', 'The trust policy of Micetro allows more than the file', EXTERNAL],
  ['narrower', trusting({ AWS: `arn:aws:iam::${HUB}:user/micetro` }), 'less', 'The trust policy of Micetro allows less than the file'],
  [
    'other conditions',
    trusting({ AWS: ROOT }, { Condition: { StringEquals: { 'sts:ExternalId': 'y' } } }),
    'changed',
    'The trust policy of Micetro differs from the file',
    EXTERNAL,
  ],
];

const POLICIES: readonly Case[] = [
  ['AdministratorAccess', attaching('AdministratorAccess'), 'administrator', 'AdministratorAccess attached to Micetro'],
  ['IAMFullAccess', attaching('IAMFullAccess'), 'administrator', 'IAMFullAccess attached to Micetro'],
  ['another policy', attaching('ReadOnlyAccess'), 'more', 'ReadOnlyAccess attached to Micetro'],
  [
    'a policy is detached',
    (live) => editRole(live, { managedPolicies: { required: [managed('AmazonRoute53FullAccess')], optional: [] } }),
    'less',
    'AmazonEC2FullAccess is not attached to Micetro',
  ],
  [
    'an inline policy that allows everything',
    inline(identity('*')),
    'administrator',
    'Micetro has an extra inline policy debug: every action on everything',
  ],
  [
    'the same as `*:*`',
    inline(identity(['s3:Get*', '*:*'])),
    'administrator',
    'Micetro has an extra inline policy debug: every action on everything',
  ],
  [
    'everything but what is denied',
    inline({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 's3:*', Resource: '*' },
      ],
    }),
    'administrator',
    'Micetro has an extra inline policy debug',
  ],
  [
    'everything, under a condition',
    inline(identity('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    'more',
    'Micetro has an extra inline policy debug',
  ],
  [
    'everything but some',
    inline({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] }),
    'more',
    'Micetro has an extra inline policy debug',
  ],
  [
    'everything, denied',
    inline({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }] }),
    'less',
    'Micetro has an extra inline policy debug',
  ],
];

const HUB_CASES: readonly Case[] = [
  [
    'the user has no key',
    (live) => editUser(live, { accessKeys: keys() }),
    'less',
    'Hub user micetro has no active access key, 1 required',
  ],
  [
    'a leaked key',
    (live) =>
      editUser(live, {
        managedPolicies: { required: [managed('IAMReadOnlyAccess'), managed('AWSCompromisedKeyQuarantineV3')], optional: [] },
      }),
    'leaked-key',
    'An access key of hub user micetro has leaked',
  ],
  [
    'another group',
    (live) =>
      editUser(live, {
        groups: { required: ['micetro-targets', 'admins'], optional: [] },
        groupArns: [{ name: 'admins', arn: `arn:aws:iam::${HUB}:group/admins` }],
      }),
    'more',
    'Hub user micetro is in group admins',
  ],
  [
    'an extra member',
    (live) =>
      editGroup(live, {
        members: [
          { name: 'micetro', arn: `arn:aws:iam::${HUB}:user/micetro` },
          { name: 'eve', arn: `arn:aws:iam::${HUB}:user/eve` },
        ],
      }),
    'more',
    'User eve is in hub group micetro-targets',
  ],
  [
    'the group is gone',
    (live) => ({ ...live, hub: { ...live.hub, groups: [{ name: 'micetro-targets', value: null }] } }),
    'less',
    'Hub group micetro-targets does not exist',
  ],
  [
    'a grant that no target wants',
    (live) => addGrants(live, [{ name: 'old', document: assume(roleArn('999999999999')) }]),
    'more',
    `Hub group micetro-targets allows assuming ${roleArn('999999999999')}`,
  ],
];

function addGrants(live: State, added: WrittenPolicies): State {
  const stated = live.hub.groups[0]?.value?.inlinePolicies ?? [];
  return editGroup(live, { inlinePolicies: [...stated, ...added] });
}

describe.each([
  ['trust', TRUST],
  ['policies of the role', POLICIES],
  ['the hub', HUB_CASES],
])('%s', (_part, cases) => {
  test.each(cases)('%s', (_name, edit, severity, title, file = SMALL) => {
    const desired = desiredOf(file);
    const clean = file === USER_ONLY ? editRole(liveOf(desired), { trust: trust({ AWS: ROOT }) }) : liveOf(desired);
    const [first, ...others] = driftOf(desired, edit(clean)).findings;
    expect({ severity: first?.severity, title: first?.title }).toEqual({ severity, title });
    // In the hub a missing key, say, is one finding; nothing else is drifted.
    expect(others).toEqual([]);
  });
});

test.each([
  ['everything', identity('*'), 'administrator', 'extra attached to Micetro: every action on everything'],
  ['something', identity('s3:*'), 'more', 'extra attached to Micetro'],
] as const)('an extra customer policy that allows %s', (_name, document, severity, title) => {
  const desired = desiredOf(SMALL);
  const arn = `arn:aws:iam::${ONE}:policy/extra`;
  const live = editRole(liveOf(desired), {
    managedPolicies: { required: [...['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map(managed), arn], optional: [] },
    extraDocuments: [{ arn, document: identityPolicy(document) }],
  });
  expect(driftOf(desired, live).findings).toMatchObject([{ severity, title }]);
});

test('the worst comes first, whatever its rule and account', () => {
  const desired = desiredOf(SMALL);
  const cases = [...HUB_CASES, ...POLICIES, ...TRUST].filter(([, , , , file]) => file === undefined);
  const order = cases.map(([, edit]) => edit).reduce((live, edit) => edit(live), liveOf(desired));
  const worse = editRole(order, { trust: trust({ AWS: '*' }) }, '333333333333');
  const found = driftOf(desired, worse).findings.map(({ severity }) => SEVERITIES.indexOf(severity));
  expect(found).toEqual(found.toSorted((one, other) => one - other));
  expect(new Set(found).size).toBeGreaterThan(3);
});
