import { describe, expect, test } from '@jest/globals';
import type { TargetDrift } from '../../src/drift/drift.ts';
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
  inlineOf,
  keys,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  TWO,
  trust,
} from './estate.ts';

const desired = desiredOf(SMALL);
const clean = liveOf(desired);
const ROLE = roleArn(ONE);
const S3 = assume('*', { Action: 's3:GetObject' });
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const other = { name: 'other', document: assume(roleArn(TWO)) };
const TRUSTED = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${HUB}:root` }, Action: 'sts:AssumeRole' };
const trustOf = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const withoutUser = (found: null | undefined): State => ({ ...clean, hub: { ...clean.hub, user: { name: 'micetro', value: found } } });
const withoutRole = (found: null | undefined): State => ({
  ...clean,
  targets: clean.targets.map((target) => (target.account === ONE ? { ...target, role: { name: 'Micetro', value: found } } : target)),
});
const grants = (...documents: readonly Readonly<Record<string, unknown>>[]) =>
  editGroup(clean, { inlinePolicies: [other, ...documents.map((document, index) => ({ name: `p${index}`, document }))] });

/** Managed policies that may let the user in could not be read. */
function unreadWays({ hub: { managedDocuments: _unread, ...hub }, ...live }: State): State {
  return { ...live, hub };
}

function targetOf(live: State): TargetDrift | undefined {
  return driftOf(desired, live).targets.find(({ account }) => account === ONE);
}

describe('connection', () => {
  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['all is well', clean, 'works'],
    ['the user is gone', withoutUser(null), 'broken'],
    ['the user could not be read', withoutUser(undefined), 'unknown'],
    ['the user left the group', editGroup(clean, { members: [] }), 'broken'],
    ['the members could not be read', editGroup(clean, { members: undefined }), 'unknown'],
    ['the group is gone', { ...clean, hub: { ...clean.hub, groups: [{ name: 'micetro-targets', value: null }] } }, 'broken'],
    [
      'the group could not be read',
      { ...clean, hub: { ...clean.hub, groups: [{ name: 'micetro-targets', value: undefined }] } },
      'unknown',
    ],
    ['no grant', grants(), 'broken'],
    ["a grant that can't be understood", grants(assume(ROLE, { Action: 'sts:AssumeRole,sts:TagSession' })), 'unknown'],
    ["a grant, and what can't be understood", grants(assume(ROLE), assume('*', { Action: 'sts:AssumeRole ' })), 'works'],
    ["a grant, and a denial that can't be understood", grants(assume(ROLE), assume('*', { Action: 'sts:a b', Effect: 'Deny' })), 'unknown'],
    [
      "a grant, and a denial of something else that can't be understood",
      grants(assume(ROLE), assume('*', { Action: 's3:a b', Effect: 'Deny' })),
      'works',
    ],
    [
      "a trust that can't be understood beside",
      editRole(clean, { trust: trustOf(TRUSTED, { ...TRUSTED, Action: 'sts:AssumeRole ' }) }),
      'works',
    ],
    ["a trust that can't be understood", editRole(clean, { trust: trustOf({ ...TRUSTED, Action: 'sts:AssumeRole ' }) }), 'unknown'],
    ['a wildcard in place of the grant', grants(assume('*')), 'broken'],
    ['no grant, and what else lets the user in could not be read', unreadWays(grants()), 'broken'],
    [
      'a denial that names the role under a condition, in place of the grant',
      grants(assume(ROLE, { Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })),
      'broken',
    ],
    ['a grant under a condition', grants(assume(ROLE, { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })), 'unknown'],
    ['a grant, and a denial of everything', grants(assume(ROLE), assume('*', { Effect: 'Deny' })), 'broken'],
    [
      'a grant, and a denial under a condition',
      grants(assume(ROLE), assume('*', { Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })),
      'unknown',
    ],
    ['a grant, and the user’s own policies could not be read', editUser(clean, { inlinePolicies: undefined }), 'unknown'],
    [
      'a grant, and a denial to the user',
      editUser(clean, { inlinePolicies: [{ name: 'no', document: assume('*', { Effect: 'Deny' }) }] }),
      'broken',
    ],
    ['the grants could not be read', editGroup(clean, { inlinePolicies: undefined }), 'unknown'],
    ['the role is gone', withoutRole(null), 'broken'],
    ['the role could not be read', withoutRole(undefined), 'unknown'],
    ['the role has another path', editRole(clean, { path: '/x/', arn: roleArn(ONE, 'x/Micetro') }), 'broken'],
    ['the trust is wider', editRole(clean, { trust: trust({ AWS: '*' }) }), 'works'],
    ['the trust is in the user alone', editRole(clean, { trust: trust({ AWS: USER }) }), 'works'],
    ['the trust is in somebody else', editRole(clean, { trust: trust({ AWS: 'arn:aws:iam::999999999999:root' }) }), 'broken'],
    [
      'the trust hangs on a condition',
      editRole(clean, { trust: trust({ AWS: USER }, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }) }),
      'unknown',
    ],
    ['the trust could not be read', editRole(clean, { trust: undefined }), 'unknown'],
    ['a policy is detached', editRole(clean, { managedPolicies: { required: [managed('AmazonEC2FullAccess')], optional: [] } }), 'broken'],
    ['the policies could not be read', editRole(clean, { managedPolicies: undefined }), 'unknown'],
    [
      'one link broken, another not known',
      editRole(editGroup(clean, { members: undefined }), { managedPolicies: { required: [], optional: [] } }),
      'broken',
    ],
  ])('%s', (_name, live, connection) => {
    expect(targetOf(live)?.connection).toBe(connection);
  });
});

const DAY = '2026-11-01T00:00:00Z';
const EVERYTHING = assume('*', { Action: '*' });
const DENIED = assume('*', { Effect: 'Deny' });
const HUB_GROUP = 'micetro-targets';
const POLICY = `arn:aws:iam::${HUB}:policy/some`;

const under = (condition: Readonly<Record<string, unknown>>) => assume('*', { Effect: 'Deny', Condition: condition });
const BY_MFA = under({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } });
const BY_ADDRESS = under({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } });

/** A document that a policy may have; `undefined`: it was not read. */
type Content = Readonly<Record<string, unknown>> | string | undefined;

/** A managed policy's content as it was read, for the reason that is named. */
function reading(live: State, content: Content, why: 'managedDocuments' | 'driftedDocuments' = 'driftedDocuments'): State {
  const read = content === undefined ? [] : [{ arn: POLICY, document: identityPolicy(content) }];
  return { ...live, hub: { ...live.hub, [why]: [...(live.hub[why] ?? []), ...read] } };
}

const attached = (content: Content, why?: 'managedDocuments' | 'driftedDocuments') =>
  reading(editUser(clean, { managedPolicies: { required: [POLICY], optional: [] } }), content, why);
const attachedToGroup = (content: Content) => reading(editGroup(clean, { managedPolicies: { required: [POLICY], optional: [] } }), content);
const bounded = (content: Content, live = clean) => reading(editUser(live, { boundary: POLICY }), content);
const ofUser = (...documents: readonly Exclude<Content, undefined>[]) =>
  editUser(clean, { inlinePolicies: documents.map((document, index) => ({ name: `u${index}`, document })) });
const withGrant = (document: Readonly<Record<string, unknown>>) => grants(assume(ROLE), document);

/** The user in a group beside the hub's own. */
function inOther(inline: Content, managedPolicies: readonly string[] = []): State {
  const joined = { name: 'others', arn: `arn:aws:iam::${HUB}:group/others` };
  const attached = { required: managedPolicies, optional: [] };
  const inlinePolicies = inline === undefined ? undefined : inlineOf([{ name: 'own', document: inline }]);
  const live = editUser(clean, { groups: { required: [HUB_GROUP, 'others'], optional: [] }, groupArns: [joined] });
  const value = { path: undefined, arn: joined.arn, members: undefined, managedPolicies: attached, inlinePolicies };
  return { ...live, hub: { ...live.hub, otherGroups: [{ name: joined.name, value }] } };
}

describe('an active access key', () => {
  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['none', editUser(clean, { accessKeys: keys() }), 'broken'],
    ['an inactive one alone', editUser(clean, { accessKeys: keys({ inactive: DAY }) }), 'broken'],
    ['two, one of them active', editUser(clean, { accessKeys: keys({ inactive: DAY }, DAY) }), 'works'],
    ['two active ones', editUser(clean, { accessKeys: keys(DAY, DAY) }), 'works'],
    ['not read', editUser(clean, { accessKeys: undefined }), 'unknown'],
    ['not read, and not in the group', editUser(editGroup(clean, { members: [] }), { accessKeys: undefined }), 'broken'],
  ])('%s', (_name, live, connection) => {
    expect(targetOf(live)?.connection).toBe(connection);
  });
});

describe('a denial', () => {
  const toOthers = assume(roleArn(TWO), { Effect: 'Deny' });
  const ofOthers = assume('*', { Effect: 'Deny', Action: 'sts:AssumeRoleWithSAML' });
  const allBut = (...roles: readonly string[]) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 'sts:*', NotResource: roles }],
  });

  test.each<readonly [string, (document: Readonly<Record<string, unknown>>) => State]>([
    ["in the user's inline policy", (document) => ofUser(S3, document)],
    ["in the hub group's inline policy", withGrant],
    ['in an inline policy of another group', inOther],
    ['in a managed policy of the user', attached],
    ['in a managed policy of the user that the file names', (document) => attached(document, 'managedDocuments')],
    ['in a managed policy of the hub group', attachedToGroup],
    ['in a managed policy of another group', (document) => reading(inOther(S3, [POLICY]), document)],
  ])('%s', (_name, holding) => {
    const results = [
      [assume(ROLE, { Effect: 'Deny' }), 'broken'],
      [DENIED, 'broken'],
      [assume(`arn:aws:iam::${ONE}:role/*`, { Effect: 'Deny', Action: 'sts:*' }), 'broken'],
      [allBut(roleArn(TWO)), 'broken'],
      [BY_MFA, 'unknown'],
      [BY_ADDRESS, 'unknown'],
      [assume(`arn:aws:iam::*:role/\${aws:PrincipalTag/role}`, { Effect: 'Deny' }), 'unknown'],
      [{ Version: '2012-10-17', Statement: [] }, 'unknown'],
      [toOthers, 'works'],
      [allBut(ROLE), 'works'],
      [ofOthers, 'works'],
      [S3, 'works'],
    ] as const;
    const told = results.map(([document]) => [document, targetOf(holding(document))?.connection]);
    expect(told).toEqual(results);
  });

  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['in a managed policy that was not read', attached(undefined), 'works'],
    ['in another group that was not read', inOther(undefined), 'works'],
    ['a certain one beside one under a condition', ofUser(BY_MFA, DENIED), 'broken'],
    ['which groups the user is in could not be read', editUser(clean, { groups: undefined }), 'unknown'],
    ['what is attached to the user could not be read', editUser(clean, { managedPolicies: undefined }), 'unknown'],
    ['what is attached to the group could not be read', editGroup(clean, { managedPolicies: undefined }), 'unknown'],
  ])('%s', (_name, live, connection) => {
    expect(targetOf(live)?.connection).toBe(connection);
  });

  test('binds one target, and leaves the other alone', () => {
    const live = ofUser(assume([ROLE, roleArn('999999999999')], { Effect: 'Deny' }));
    expect(driftOf(desired, live).targets.map(({ connection }) => connection)).toEqual(['broken', 'works']);
  });
});

describe('several hub groups', () => {
  const wanted = desiredOf(
    SMALL.replace('group: micetro-targets', 'groups: [one, two]').replace(`"${ONE}"`, `{ account: "${ONE}", group: one }`),
  );
  const both = liveOf(wanted);
  const connectionOf = (live: State) => driftOf(wanted, live).targets.find(({ account }) => account === ONE)?.connection;
  const inTwo = (document: Readonly<Record<string, unknown>>, live = both) =>
    editGroup(live, { inlinePolicies: [{ name: 'x', document }] }, 'two');

  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['the user is in both', both, 'works'],
    ['the user is in the one that names the role', editGroup(both, { members: [] }, 'two'), 'works'],
    ['the user is in the other one', editGroup(both, { members: [] }, 'one'), 'broken'],
    ['a denial in the other one', inTwo(DENIED), 'broken'],
    ['a denial in the other one, which the user is not in', inTwo(DENIED, editGroup(both, { members: [] }, 'two')), 'works'],
    [
      'a denial in the other one, whose members could not be read',
      inTwo(DENIED, editGroup(both, { members: undefined }, 'two')),
      'unknown',
    ],
    ['no denial in the other one, whose members could not be read', editGroup(both, { members: undefined }, 'two'), 'works'],
    ['the policies of the other one could not be read', editGroup(both, { inlinePolicies: undefined }, 'two'), 'unknown'],
    [
      'the policies of the other one, which the user is not in, could not be read',
      editGroup(both, { inlinePolicies: undefined, members: [] }, 'two'),
      'works',
    ],
  ])('%s', (_name, live, connection) => {
    expect(connectionOf(live)).toBe(connection);
  });

  test('a grant under a condition where the user is, and one without where it is not, is not known to work', () => {
    const anywhere = desiredOf(SMALL.replace('group: micetro-targets', 'groups: [one, two]'));
    const bound = { name: 'g', document: assume(ROLE, { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } }) };
    const free = { name: 'g', document: assume(ROLE) };
    const live = editGroup(editGroup(liveOf(anywhere), { inlinePolicies: [bound] }, 'one'), { inlinePolicies: [free], members: [] }, 'two');
    expect(driftOf(anywhere, live).targets[0]?.connection).toBe('unknown');
  });
});

describe("the user's permissions boundary", () => {
  const bothWays = (more: Readonly<Record<string, unknown>>) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 'sts:AssumeRole', Resource: '*', ...more },
    ],
  });

  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['allows everything', bounded(EVERYTHING), 'works'],
    ['allows the role', bounded(assume(ROLE)), 'works'],
    ['allows other roles', bounded(assume(roleArn(TWO))), 'broken'],
    ['allows something else', bounded(S3), 'broken'],
    ['allows the role under a condition', bounded(assume(ROLE, { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), 'unknown'],
    ['denies it', bounded(bothWays({})), 'broken'],
    ['denies other roles', bounded(bothWays({ Resource: roleArn(TWO) })), 'works'],
    ['denies it under a condition', bounded(bothWays({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })), 'unknown'],
    ['can’t be understood', bounded('{"Statement":[]}'), 'unknown'],
    ['was not read', bounded(undefined), 'works'],
    ['is there or not, which could not be read', editUser(clean, { boundary: undefined }), 'unknown'],
  ])('%s', (_name, live, connection) => {
    expect(targetOf(live)?.connection).toBe(connection);
  });

  test('a role of the hub’s own account that names the user in its trust needs no allowance, and heeds a denial', () => {
    const own = desiredOf(SMALL.replace(`"${ONE}"`, `"${HUB}"`));
    const named = editRole(liveOf(own), { trust: trust({ AWS: USER }) }, HUB);
    const connectionOf = (live: State) => driftOf(own, live).targets[0]?.connection;
    expect([bounded(S3, named), bounded(S3, liveOf(own)), bounded(DENIED, named), bounded(BY_MFA, named)].map(connectionOf)).toEqual([
      'works',
      'broken',
      'broken',
      'unknown',
    ]);
  });
});

describe("the role's trust", () => {
  const of = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
    editRole(clean, { trust: { Version: '2012-10-17', Statement: statements.map((one) => ({ Action: 'sts:AssumeRole', ...one })) } });
  const root = { Effect: 'Allow', Principal: { AWS: HUB } };

  test.each<readonly [string, State, TargetDrift['connection']]>([
    ['denies everybody', of(root, { Effect: 'Deny', Principal: { AWS: '*' } }), 'broken'],
    ['denies the user', of(root, { Effect: 'Deny', Principal: { AWS: USER } }), 'broken'],
    ['denies somebody else', of(root, { Effect: 'Deny', Principal: { AWS: `arn:aws:iam::${HUB}:user/other` } }), 'works'],
    [
      'denies under a condition',
      of(root, { Effect: 'Deny', Principal: { AWS: '*' }, Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }),
      'unknown',
    ],
    ['asks for an external id', of({ ...root, Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }), 'unknown'],
    ['is in a user that was deleted', of({ Effect: 'Allow', Principal: { AWS: 'AIDACKCEVSQ6C2EXAMPLE' } }), 'unknown'],
    ['is in another account, one digit off', of({ Effect: 'Allow', Principal: { AWS: '111111111112' } }), 'broken'],
    ['lets in by SAML alone', of({ ...root, Action: 'sts:AssumeRoleWithSAML' }), 'broken'],
    ['is in a service', of({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }), 'broken'],
  ])('%s', (_name, live, connection) => {
    expect(targetOf(live)?.connection).toBe(connection);
  });
});

describe('checks', () => {
  const ok = { grant: 'ok', trust: 'ok', permissions: 'ok' };
  test.each<readonly [string, State, Partial<TargetDrift['checks']>]>([
    ['all is well', clean, {}],
    ['no grant', grants(), { grant: 'drifted' }],
    ['the group is gone', { ...clean, hub: { ...clean.hub, groups: [{ name: 'micetro-targets', value: null }] } }, { grant: 'drifted' }],
    ['a denial elsewhere, which is a finding of the hub', grants(assume(ROLE), assume('*', { Effect: 'Deny' })), {}],
    [
      'a grant under a condition',
      grants(assume(ROLE, { Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })),
      { grant: 'drifted' },
    ],
    [
      'a denial under a condition',
      grants(assume(ROLE), assume('*', { Effect: 'Deny', Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y' } } })),
      {},
    ],
    ['no grant, and what else lets the user in could not be read', unreadWays(grants()), { grant: 'unknown' }],
    ['the grants could not be read', editGroup(clean, { inlinePolicies: undefined }), { grant: 'unknown' }],
    ['the role could not be read', withoutRole(undefined), { trust: 'unknown', permissions: 'unknown' }],
    ['the inline policies could not be read', editRole(clean, { inlinePolicies: undefined }), { permissions: 'unknown' }],
    ['the trust is wider', editRole(clean, { trust: trust({ AWS: '*' }) }), { trust: 'drifted' }],
    ['the role is gone', withoutRole(null), { trust: 'drifted', permissions: 'drifted' }],
    [
      'a policy is attached',
      editRole(clean, {
        managedPolicies: { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'ReadOnlyAccess'].map(managed), optional: [] },
      }),
      { permissions: 'drifted' },
    ],
  ])('%s', (_name, live, checks) => {
    expect(targetOf(live)?.checks).toEqual({ ...ok, ...checks });
  });

  test('nothing is said of a grant while what else lets the user in is not known', () => {
    expect(driftOf(desired, unreadWays(grants())).findings).toEqual([]);
  });

  test('a trust that is as wanted, and shuts the user out, is no connection', () => {
    const strange = desiredOf(`${SMALL}defaults: { trust: ${JSON.stringify(trust({ AWS: 'arn:aws:iam::999999999999:root' }))} }\n`);
    expect(driftOf(strange, liveOf(strange)).targets[0]).toMatchObject({ connection: 'broken', checks: ok });
    const bound = desiredOf(
      `${SMALL}defaults: { trust: ${JSON.stringify(trust({ AWS: USER }, { Condition: { StringEquals: { 'sts:ExternalId': 'x-1' } } }))} }\n`,
    );
    expect(driftOf(bound, liveOf(bound)).targets[0]).toMatchObject({ connection: 'works' });
  });

  test('what an exception accepts is ok', () => {
    const accepting = (rule: string) =>
      desiredOf(`${SMALL}exceptions: [{ ${rule}, account: "${ONE}", owner: me, reason: x, expires: 2027-01-31 }]\n`);
    expect(driftOf(accepting('rule: grant-missing'), grants()).targets[0]?.checks).toEqual(ok);
    const open = editRole(clean, { trust: trust({ AWS: '*' }) });
    const id = driftOf(desiredOf(SMALL), open).findings[0]?.id;
    expect(driftOf(accepting(`rule: trust-changed, finding: "${id}"`), open).targets[0]?.checks).toEqual(ok);
  });
});

describe('ways in', () => {
  const file = SMALL.replace('group: micetro-targets', 'group: { name: micetro-targets, managedPolicies: [policy/assume] }').replace(
    'user: micetro',
    `user: { name: micetro, inlinePolicies: { stated: ${JSON.stringify(assume('*', { Effect: 'Deny' }))} } }`,
  );
  const wanted = desiredOf(file);
  const way = (...documents: readonly unknown[]): State => {
    const edited = editGroup(liveOf(wanted), { inlinePolicies: [other] });
    return {
      ...edited,
      hub: {
        ...edited.hub,
        managedDocuments: documents.map((document) => ({ arn: 'x', document: identityPolicy(JSON.stringify(document)) })),
      },
    };
  };

  test('a denial that the file states shuts the way', () => {
    const rules = (live: State) => driftOf(wanted, live).findings.map(({ rule }) => rule);
    expect(rules(way(assume('*')))).toEqual(['grant-missing']);
    expect(
      rules(
        editUser(way(assume('*')), { inlinePolicies: [{ name: 'stated', document: assume('arn:aws:iam::1:role/x', { Effect: 'Deny' }) }] }),
      ),
    ).toContain('grant-indirect');
  });

  test('an inline policy of the user that is extra is no way in', () => {
    const live = editUser(editGroup(clean, { inlinePolicies: [other] }), { inlinePolicies: [{ name: 'extra', document: assume('*') }] });
    expect(driftOf(desired, live).findings.map(({ rule }) => rule)).toEqual(['hub-user-inline-policy-extra', 'grant-missing']);
  });
});
