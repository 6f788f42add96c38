import { describe, expect, test } from '@jest/globals';
import { type GrantedRoles, grantedRoles, remarksOf } from '../../src/capture/index.ts';
import { findDrift } from '../../src/drift/drift.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { Group, Lookup } from '../../src/state/state.ts';
import { credentials } from '../drift/estate.ts';
import {
  AT,
  arnOf,
  assume,
  captureOf,
  denied,
  grant,
  group,
  HUB,
  type LiveHub,
  managed,
  role,
  stateOf,
  trust,
  tryCapture,
  VARIABLE,
} from './live.ts';

const ONE = '222222222222';
const TWO = '333333333333';
const THREE = '444444444444';

const hubWith = (...roles: LiveHub['roles']): LiveHub => ({
  groups: [group(roles.map(({ arn }) => grant(arn.split(':')[4] ?? '')))],
  roles,
});

const twice = (edit: Parameters<typeof role>[1]): LiveHub => hubWith(role(ONE, edit), role(TWO, edit));

describe('a new file', () => {
  test('by the guide: the smallest one', () => {
    expect(captureOf(hubWith(role(TWO), role(ONE))).text).toBe(`# Captured.
version: 1
hub:
  account: "${HUB}"
  user: micetro
  group: micetro-targets
targets:
  - "${ONE}"
  - "${TWO}"
`);
  });

  test.each<[string, LiveHub, string]>([
    [
      'a policy that all have',
      twice({ managedPolicies: { required: [managed('ReadOnlyAccess')], optional: [] } }),
      'defaults:\n  managedPolicies: [ ReadOnlyAccess ]\n',
    ],
    [
      'a boundary of each account',
      { ...hubWith(role(ONE, { boundary: `arn:aws:iam::${ONE}:policy/b` }), role(TWO, { boundary: `arn:aws:iam::${TWO}:policy/b` })) },
      '  permissionsBoundary: policy/b\n',
    ],
    ['trust in the user', twice({ trust: trust(`arn:aws:iam::${HUB}:user/micetro`) }), '  trust: hub-user\n'],
    [
      'trust in a user with a path',
      {
        ...twice({ trust: trust(`arn:aws:iam::${HUB}:user/ddi/micetro`) }),
        user: { path: '/ddi/', arn: `arn:aws:iam::${HUB}:user/ddi/micetro` },
      },
      '  trust: hub-user\n',
    ],
    [
      'the path of the user and of the group',
      {
        ...twice({}),
        user: { path: '/ddi/', arn: `arn:aws:iam::${HUB}:user/ddi/micetro` },
        groups: [group([grant(ONE)], { path: '/eu/', arn: `arn:aws:iam::${HUB}:group/eu/micetro-targets` })],
      },
      '  user: ddi/micetro\n  group: eu/micetro-targets\n',
    ],
    [
      'the name alone where the file could not hold the path',
      { ...twice({}), user: { path: '/{account}/', arn: `arn:aws:iam::${HUB}:user/{account}/micetro` } },
      '  user: micetro\n',
    ],
    [
      'a path',
      { groups: [group([{ name: 'x', document: assume(arnOf(ONE, 'Micetro', '/ddi/')) }])], roles: [role(ONE, { path: '/ddi/' })] },
      '  path: /ddi/\n',
    ],
    [
      'one that differs',
      hubWith(role(ONE), role(TWO), role(THREE, { boundary: managed('PowerUserAccess') })),
      `  - { account: "${THREE}", permissionsBoundary: PowerUserAccess }\n`,
    ],
    [
      'no key',
      { ...hubWith(role(ONE)), user: { accessKeys: { min: 0, max: 0, maxAgeDays: undefined, listed: [] } } },
      '    accessKeys:\n      min: 0\n',
    ],
    [
      'an SSH public key',
      { ...hubWith(role(ONE)), user: { otherCredentials: credentials('ssh-public-key') } },
      '    otherCredentials: true\n',
    ],
    [
      'another group',
      { ...hubWith(role(ONE)), user: { groups: { required: ['micetro-targets', 'billing'], optional: [] } } },
      '    otherGroups: [ billing ]\n',
    ],
    [
      'another group with its policies',
      {
        ...hubWith(role(ONE)),
        user: { groups: { required: ['micetro-targets', 'billing'], optional: [] } },
        otherGroups: [
          group(
            [{ name: 'go', document: assume('*') }],
            { managedPolicies: { required: [managed('ReadOnlyAccess')], optional: [] } },
            'billing',
          ),
        ],
      },
      `    otherGroups:
      - name: billing
        managedPolicies: [ ReadOnlyAccess ]
        inlinePolicies:
          go: { Version: "2012-10-17", Statement: [ { Effect: Allow, Action: sts:AssumeRole, Resource: "*" } ] }
`,
    ],
    [
      'another group without policies',
      {
        ...hubWith(role(ONE)),
        user: { groups: { required: ['micetro-targets', 'billing'], optional: [] } },
        otherGroups: [group([], {}, 'billing')],
      },
      '    otherGroups:\n      - name: billing\n        managedPolicies: []\n',
    ],
    [
      'further members',
      {
        ...hubWith(role(ONE)),
        groups: [group([grant(ONE)], { members: ['micetro', 'yes'].map((name) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` })) })],
      },
      '    members: [ micetro, "yes" ]\n',
    ],
    [
      'a wildcard',
      { ...hubWith(role(ONE)), groups: [group([grant(ONE), { name: 'wild', document: assume('*') }])] },
      '      wild: { Version:',
    ],
    ['policies called otherwise', { ...hubWith(role(ONE)), groups: [group([grant(ONE, `to-${ONE}`)])] }, '    policyName: to-{account}\n'],
    [
      'a packed policy',
      { groups: [group([{ name: 'all', document: assume([arnOf(ONE), arnOf(TWO)]) }])], roles: [role(ONE), role(TWO)] },
      '    policyName: all\n    layout: packed\n',
    ],
  ])('%s', (_name, hub, says) => {
    const captured = captureOf(hub);
    expect(captured.text).toContain(says);
    expect(captured.findings).toEqual([]);
  });

  test('what most share stands before the targets', () => {
    const { text } = captureOf(twice({ boundary: managed('PowerUserAccess') }));
    expect(text).toMatch(/\ndefaults:\n {2}permissionsBoundary: PowerUserAccess\ntargets:\n/);
  });

  test('grants that fit only as they are written now: packed', () => {
    const accounts = Array.from({ length: 40 }, (_value, index) => String(200_000_000_001 + index));
    const captured = captureOf(hubWith(...accounts.map((account) => role(account))));
    expect(captured.text).toContain('layout: packed');
    expect(captured.findings).toEqual([]);
  });

  test('a document that looks like a placeholder is JSON text in which it does not', () => {
    const document = assume(`arn:aws:s3:::{account}/${VARIABLE}/{x}`, { Action: 's3:*' });
    const { text, findings } = captureOf(hubWith(role(ONE, { inlinePolicies: [{ name: 'own', document }] })));
    expect(text).toContain(`\\u007baccount}/${VARIABLE}/\\u007bx}`);
    expect(findings).toEqual([]);
  });
});

describe('what can’t be captured', () => {
  test('is a comment on a line of its own, whatever AWS says', () => {
    const hub = { ...hubWith(role(ONE), role(TWO)), errors: [{ ...denied(TWO), code: 'Bad\n- "999999999999"\u2028\u0007' }] };
    const { text, findings, leftOut } = captureOf(hub);
    expect(text).toContain(
      `  # - "${TWO}" # not captured: Micetro: Bad\\u000a- "999999999999"\\u2028\\u0007 at sts:AssumeRole\n  - "${ONE}"\n`,
    );
    expect(leftOut.map(({ kind, isKept }) => [kind, isKept])).toEqual([['unread', false]]);
    expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([['grant-extra', arnOf(TWO)]]);
  });

  test.each<[string, LiveHub, string]>([
    ['a role that does not exist', { ...hubWith(role(ONE), role(TWO)), roles: [role(ONE)] }, 'dangling'],
    [
      'a role with another path than the grant names',
      { ...hubWith(role(ONE), role(TWO)), roles: [role(ONE), role(TWO, { path: '/x/' })] },
      'dangling',
    ],
    [
      'a path that would be a placeholder',
      {
        groups: [group([grant(ONE), { name: 'x', document: assume(arnOf(TWO, 'Micetro', '/{x}/')) }])],
        roles: [role(ONE), role(TWO, { path: '/{x}/' })],
      },
      'unwritable',
    ],
  ])('%s', (_name, hub, kind) => {
    const captured = captureOf(hub);
    expect(captured.leftOut.map((left) => [left.target.account, left.kind])).toEqual([[TWO, kind]]);
    expect(captured.findings.map(({ rule }) => rule)).toEqual(['grant-extra']);
    expect(captureOf(hub, captured.text).isChanged).toBe(false);
  });

  test('a principal that was deleted goes on being reported', () => {
    const gone = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: [`arn:aws:iam::${HUB}:root`, 'AIDAQQQQQQQQQQQQQQQQQ'] }, Action: 'sts:AssumeRole' }],
    };
    const { text, findings } = captureOf(hubWith(role(ONE, { trust: gone })));
    expect(text).not.toContain('AIDA');
    expect(findings.map(({ rule }) => rule)).toEqual(['trust-orphaned']);
  });

  test('a policy that is none is left out, and nothing else is', () => {
    const { findings } = captureOf(
      hubWith(
        role(ONE, {
          inlinePolicies: [
            { name: 'none', document: '{"a":1}' },
            { name: 'own', document: assume('*', { Action: 's3:*' }) },
          ],
        }),
      ),
    );
    expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([['role-inline-policy-extra', `${arnOf(ONE)}/policy/none`]]);
  });
});

const FILE = `# ours
version: 1   # of the format
hub:
    account: "${HUB}"   # the hub
    user: micetro
    group: {name: micetro-targets}
targets:
    # Europe
    - {account: "${TWO}", name: two, owner: "@acme/ddi"} # second first
    # America
    - "${ONE}"

# accepted
exceptions:
    - rule: role-policy-extra # for now
      account: "${ONE}"
      owner: ddi
      reason: move
      expires: 2030-01-31
`;

describe('over a file', () => {
  test('that says it already: not a byte', () => {
    expect(captureOf(hubWith(role(ONE), role(TWO)), FILE)).toMatchObject({ text: FILE, isChanged: false, findings: [] });
  });

  test('only the line that differs is written anew', () => {
    const { text } = captureOf(hubWith(role(ONE), role(TWO, { boundary: managed('PowerUserAccess') }), role(THREE)), FILE);
    const [before, after] = [FILE, text].map((one) => one.split('\n'));
    expect(after?.filter((line) => !before?.includes(line))).toEqual([
      `    - {account: "${TWO}", name: two, owner: "@acme/ddi", permissionsBoundary: PowerUserAccess} # second first`,
      `    - "${THREE}"`,
    ]);
    expect(before?.filter((line) => !after?.includes(line))).toEqual([
      `    - {account: "${TWO}", name: two, owner: "@acme/ddi"} # second first`,
    ]);
  });

  test('what an exception accepts stays one', () => {
    const attached = { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'ReadOnlyAccess'].map(managed), optional: [] };
    expect(captureOf(hubWith(role(ONE, { managedPolicies: attached }), role(TWO)), FILE)).toMatchObject({ isChanged: false, findings: [] });
  });

  test('a target that no grant names goes, and the heading before it stays', () => {
    const { text, desired } = captureOf(hubWith(role(ONE)), FILE);
    expect(desired.state.targets.map(({ account }) => account)).toEqual([ONE]);
    expect(text).toMatch(/# Europe\n *# was 333333333333: second first\n *# America\n.*"222222222222"/s);
  });

  test('a target that can’t be read stays as it was', () => {
    const captured = captureOf({ ...hubWith(role(ONE), role(TWO)), errors: [denied(TWO)] }, FILE);
    expect(captured).toMatchObject({ isChanged: false, leftOut: [{ kind: 'unread', isKept: true }] });
  });

  test('a target that can’t be read stays what it was, however alike all others have become', () => {
    const file = `version: 1\nhub: { account: "${HUB}", user: micetro, group: micetro-targets }\ntargets: ["${ONE}", "${TWO}", "${THREE}"]\n`;
    const everybody = { trust: trust('*') };
    const hub = { ...hubWith(role(ONE), role(TWO, everybody), role(THREE, everybody)), errors: [denied(ONE)] };
    const { desired, text, findings } = captureOf(hub, file);
    const known = captureOf(hubWith(role(ONE), role(TWO), role(THREE)), file).desired;
    expect(text).not.toContain('defaults');
    expect(desired.state.targets[0]).toEqual(known.state.targets[0]);
    expect(findings).toEqual([]);
  });

  test('a role of another name in the same account: name and owner stay', () => {
    const hub = {
      groups: [group([grant(ONE), { name: 'x', document: assume(arnOf(TWO, 'Other')) }])],
      roles: [role(ONE), role(TWO, {}, 'Other')],
    };
    expect(captureOf(hub, FILE).text).toContain(`{account: "${TWO}", name: two, owner: "@acme/ddi", roleName: Other}`);
  });

  test('a second group that carries grants', () => {
    const hub = { groups: [group([grant(ONE)]), group([grant(TWO)], {}, 'second')], roles: [role(ONE), role(TWO)] };
    const { text, findings } = captureOf(hub, FILE);
    expect(text).toContain('groups:');
    expect(text).toContain('micetro-targets');
    expect(findings).toEqual([]);
  });

  test('what it states of descriptions and tags follows, what it does not state stays out', () => {
    const stated = `version: 1\nhub: { account: "${HUB}", user: micetro, group: micetro-targets }\ntargets:\n  - { account: "${ONE}", description: old, tags: { team: a } }\n  - "${TWO}"\n`;
    const hub = hubWith(
      role(ONE, {
        description: 'new: # x',
        tags: [
          { key: 'Team', value: 'b' },
          { key: 'z', value: '1' },
        ],
      }),
      role(TWO, { description: 'unsaid' }),
    );
    const { text, findings } = captureOf(hub, stated);
    expect(text).toContain('description: "new: # x", tags: { Team: b }');
    expect(text).not.toMatch(/unsaid|z: /);
    expect(findings).toEqual([]);
  });

  test('aliases are written out where one of them changes', () => {
    const aliased = `version: 1\nhub: { account: "${HUB}", user: micetro, group: micetro-targets }\ntargets:\n  - { account: "${ONE}", managedPolicies: &p [ReadOnlyAccess] }\n  - { account: "${TWO}", managedPolicies: *p }\n`;
    const live = (name: string) => ({ managedPolicies: { required: [managed(name)], optional: [] } });
    const outcome = tryCapture(hubWith(role(ONE, live('ReadOnlyAccess')), role(TWO, live('SecurityAudit'))), aliased);
    expect('errors' in outcome ? outcome.errors : outcome.findings).toEqual([]);
  });
});

function grantedBy(groups: readonly Lookup<Group>[]): GrantedRoles {
  return grantedRoles(groups, 'aws', { known: [], accepts: () => false, comparer: new Comparer() });
}

describe('which roles are targets', () => {
  const targets = (...policies: Parameters<typeof group>[0]) => grantedBy([group(policies)]).targets.map(({ roleArn }) => roleArn);

  test.each<[string, Parameters<typeof assume>, boolean]>([
    ['as the guide has it', [arnOf(ONE)], true],
    ['in other letters', [arnOf(ONE), { Action: ['STS:assumeRole'] }], true],
    ['with a condition', [arnOf(ONE), { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }], false],
    ['with other actions as well', [arnOf(ONE), { Action: 'sts:*' }], false],
    ['denied', [arnOf(ONE), { Effect: 'Deny' }], false],
    ['a pattern', [`arn:aws:iam::${ONE}:role/*`], false],
    ['of another partition', [`arn:aws-cn:iam::${ONE}:role/Micetro`], false],
  ])('%s', (_name, given, isTarget) => {
    expect(targets({ name: 'p', document: assume(...given) })).toEqual(isTarget ? [arnOf(ONE)] : []);
  });

  test('allowed in one policy and denied in another: none', () => {
    expect(targets(grant(ONE), { name: 'no', document: assume(arnOf(ONE), { Effect: 'Deny' }) })).toEqual([]);
  });

  test('all that are granted in an account', () => {
    const policies = [grant(ONE), { name: 'b', document: assume(arnOf(TWO, 'Another')) }, grant(TWO)];
    expect(targets(...policies)).toEqual([arnOf(ONE), arnOf(TWO, 'Another'), arnOf(TWO)]);
  });
});

describe('what AWS or somebody put there in an incident', () => {
  const revocation = {
    name: 'AWSRevokeOlderSessions',
    document: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Deny', Action: '*', Resource: '*', Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-20T10:00:00Z' } } },
      ],
    },
  };
  const own = { name: 'own', document: assume('*', { Action: 's3:GetObject' }) };
  const required = (...names: string[]) => ({ managedPolicies: { required: names.map(managed), optional: [] } });
  const live = (user: readonly string[], inlinePolicies: readonly (typeof own)[]): LiveHub => ({
    ...hubWith(role(ONE, { inlinePolicies })),
    user: required(...user),
  });
  const QUARANTINE = 'AWSCompromisedKeyQuarantineV3';
  const rules = ({ findings }: ReturnType<typeof captureOf>) => findings.map(({ rule }) => rule);

  test.each<[string, LiveHub, LiveHub]>([
    ['alone', live(['IAMReadOnlyAccess', QUARANTINE], [revocation]), live(['IAMReadOnlyAccess'], [])],
    [
      'beside other policies',
      live([QUARANTINE, 'IAMReadOnlyAccess', 'SecurityAudit'], [own, revocation]),
      live(['IAMReadOnlyAccess', 'SecurityAudit'], [own]),
    ],
  ])('is not in the file: %s', (_name, incident, calm) => {
    const captured = captureOf(incident);
    expect(captured.text).toBe(captureOf(calm).text);
    expect(rules(captured)).toEqual(['hub-user-key-compromised', 'role-sessions-revoked']);
    expect(captureOf(incident, captured.text)).toMatchObject({ isChanged: false });
  });

  test('stays in a file that states it by another document of that name', () => {
    const file = `${captureOf(live(['IAMReadOnlyAccess'], [])).text}defaults: { inlinePolicies: { AWSRevokeOlderSessions: ${JSON.stringify(own.document)} } }\n`;
    const captured = captureOf(live(['IAMReadOnlyAccess'], [revocation]), file);
    expect([captured.text.includes('aws:TokenIssueTime'), rules(captured)]).toEqual([true, []]);
  });

  test('is to be reviewed', () => {
    const hub = live(['IAMReadOnlyAccess', QUARANTINE], [revocation]);
    const remarks = remarksOf(stateOf(hub), captureOf(hub), [], AT);
    expect(remarks.map(({ text, accounts }) => `${accounts.join(' ')}: ${text}`)).toEqual([
      `${HUB}: The hub user micetro has AWS's quarantine policy ${QUARANTINE} attached: an access key of this user has leaked. The file leaves that policy out, as it is not to stay.`,
      `${ONE}: The sessions of the role Micetro in ${ONE} were revoked: its inline policy AWSRevokeOlderSessions denies every session issued before 2026-11-20T10:00:00Z. The file leaves that policy out, as it is not to stay.`,
    ]);
  });
});

test('another group of the user is compared by the next audit, and to be reviewed', () => {
  const hub: LiveHub = {
    ...hubWith(role(ONE)),
    user: { groups: { required: ['micetro-targets', 'billing'], optional: [] } },
    otherGroups: [group([], { managedPolicies: { required: [managed('AdministratorAccess')], optional: [] } }, 'billing')],
  };
  const captured = captureOf(hub);
  const next = findDrift(captured.desired, { state: stateOf(hub), errors: [] }, { at: AT, comparer: new Comparer() });
  expect(next.notCompared.filter(({ what }) => what === 'group-policies')).toEqual([]);
  const remarks = remarksOf(stateOf(hub), captured, [], AT);
  expect(remarks.map(({ text }) => text)).toEqual([
    'The hub user micetro is in the group billing as well.',
    'The group billing, in which the hub user is, has AdministratorAccess attached.',
  ]);
});

test('what to review: told once, with the accounts', () => {
  const attached = { required: ['AmazonRoute53FullAccess', 'AdministratorAccess'].map(managed), optional: [] };
  const hub: LiveHub = {
    user: {
      consoleLogin: true,
      otherCredentials: { ...credentials('ssh-public-key', { inactive: 'signing-certificate' }), isPartial: true },
      accessKeys: {
        min: 2,
        max: 2,
        maxAgeDays: undefined,
        listed: ['2020-01-01', '2026-11-01'].map((day) => ({ id: `AKIA${day}`, active: true, createdAt: `${day}T00:00:00Z` })),
      },
    },
    groups: [group([grant(ONE), grant(TWO), { name: 'wild', document: assume('*') }])],
    roles: [role(ONE, { managedPolicies: attached }), role(TWO, { managedPolicies: attached, trust: trust('*') })],
  };
  const live = stateOf(hub);
  const { others } = grantedBy(live.hub.groups);
  const remarks = remarksOf(live, { captured: live.targets, findings: [] }, others, AT);
  expect(remarks.map(({ text, accounts }) => `${accounts.join(' ')}: ${text}`)).toEqual([
    `${HUB}: The inline policy wild of the group micetro-targets lets the user assume *: a pattern, not one role. It is stated as an inline policy.`,
    `${HUB}: The hub user micetro has a console password.`,
    `${HUB}: The hub user micetro has 2 active access keys.`,
    `${HUB}: The access key AKIA2020-01-01 of the hub user is from 2020-01-01, more than 90 days ago.`,
    `${HUB}: The hub user micetro has the active SSH public key ID0.`,
    `${HUB}: The hub user micetro may have SSH public keys, signing certificates or service-specific credentials that could not be read.`,
    `${ONE} ${TWO}: The role Micetro has AdministratorAccess attached.`,
    `${TWO}: The role Micetro trusts everybody.`,
  ]);
});
