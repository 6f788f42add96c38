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
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const other = { name: 'other', document: assume(roleArn(TWO)) };
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
    ['a wildcard in place of the grant', grants(assume('*')), 'broken'],
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
