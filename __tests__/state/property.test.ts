import { describe, expect, test } from '@jest/globals';
import { Comparer } from '../../src/policy/index.ts';
import { withContents } from '../../src/state/edit.ts';
import { type Entity, policyEntity } from '../../src/state/entity.ts';
import {
  changeToJson,
  type IamProperty,
  isSameValue,
  type PropertyKind,
  type PropertyValue,
  propertyKey,
  readProperty,
  valueFromJson,
  valueToJson,
  writeProperty,
} from '../../src/state/property.ts';
import type { State, TargetAccount } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
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
  trustPolicy,
} from '../drift/estate.ts';

/** The one way to read and to write a property of a state, for each kind of property and of entity that has it. */

const READ = managed('ReadOnlyAccess');
const AUDIT = managed('SecurityAudit');
const S3 = identityPolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] });
const EC2 = identityPolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] });
const HUB_ONLY = trustPolicy(trust({ AWS: `arn:aws:iam::${HUB}:root` }));
const ANYBODY = trustPolicy(trust({ AWS: '*' }));
const TAGS = [
  { key: 'cost', value: '1' },
  { key: 'Team', value: 'dns' },
];

const common = {
  managedPolicies: { required: [READ], optional: [] },
  inlinePolicies: [
    { name: 'own', document: S3 },
    { name: '__proto__', document: EC2 },
  ],
};
const settings = { description: 'for Micetro', maxSessionDuration: 3600 };

const POLICY = policyEntity(`arn:aws:iam::${ONE}:policy/team/dns`, ONE, HUB);
const CONTENT = {
  version: 'v1',
  document: S3,
  standing: {
    versions: [
      { id: 'v1', document: S3 },
      { id: 'v2', document: EC2 },
    ],
    users: [],
  },
};

/** In which all is known. */
const STATE = withContents(
  editRole(editGroup(editUser(liveOf(desiredOf(SMALL)), { ...common, boundary: READ, groupArns: [] }), { ...common, path: '/' }), {
    ...common,
    ...settings,
    boundary: READ,
    trust: HUB_ONLY,
    tags: TAGS,
  }),
  POLICY,
  [{ arn: POLICY.arn, content: CONTENT }],
);

const USER: Entity = { kind: 'User', account: HUB, name: 'micetro' };
const GROUP: Entity = { kind: 'Group', account: HUB, name: 'micetro-targets' };
const ROLE: Entity = { kind: 'Role', account: ONE, name: 'Micetro' };
const roleCreation = { kind: 'Role', path: '/', trust: HUB_ONLY, ...settings, boundary: READ, tags: TAGS } as const;

/** A property, its value in the state, another that it may get, and what is read where it is taken away. */
type Case = readonly [string, IamProperty, PropertyValue, PropertyValue, PropertyValue];

const CASES: readonly Case[] = [
  [
    'a user',
    { kind: 'entity', of: USER },
    { kind: 'User', path: '/', boundary: READ },
    { kind: 'User', path: '/x/', boundary: null },
    null,
  ],
  ['a group', { kind: 'entity', of: GROUP }, { kind: 'Group', path: '/' }, { kind: 'Group', path: '/x/' }, null],
  [
    'a role',
    { kind: 'entity', of: ROLE },
    roleCreation,
    { ...roleCreation, path: '/x/', trust: ANYBODY, description: '', maxSessionDuration: 7200, boundary: null, tags: [] },
    null,
  ],
  // Nothing takes these two away from a role.
  ['the trust', { kind: 'trust', of: ROLE }, HUB_ONLY, ANYBODY, HUB_ONLY],
  ['the settings', { kind: 'settings', of: ROLE }, settings, { description: '', maxSessionDuration: 43_200 }, settings],
  ['the boundary of a user', { kind: 'boundary', of: USER }, READ, AUDIT, null],
  ['the boundary of a role', { kind: 'boundary', of: ROLE }, READ, AUDIT, null],
  ...[USER, GROUP, ROLE].flatMap((of): Case[] => [
    [`a managed policy of a ${of.kind}`, { kind: 'attached', of, arn: READ }, READ, READ, null],
    [`another managed policy of a ${of.kind}`, { kind: 'attached', of, arn: AUDIT }, null, AUDIT, null],
    [`an inline policy of a ${of.kind}`, { kind: 'inline', of, name: 'own' }, S3, EC2, null],
    [`an inline policy of a ${of.kind} that is none`, { kind: 'inline', of, name: 'own' }, S3, identityPolicy('{"Statement":['), null],
    [`an inline policy of a strange name, of a ${of.kind}`, { kind: 'inline', of, name: '__proto__' }, EC2, S3, null],
    [`another inline policy of a ${of.kind}`, { kind: 'inline', of, name: 'more' }, null, EC2, null],
  ]),
  ['a tag', { kind: 'tags', of: ROLE, keys: ['team'] }, [{ key: 'Team', value: 'dns' }], [{ key: 'team', value: 'web' }], []],
  ['two tags', { kind: 'tags', of: ROLE, keys: ['team', 'cost'] }, TAGS, [{ key: 'cost', value: '2' }], []],
  ['another tag', { kind: 'tags', of: ROLE, keys: ['env'] }, [], [{ key: 'env', value: 'prod' }], []],
  ['the membership of the hub user', { kind: 'member', of: GROUP, user: 'micetro' }, true, true, null],
  ['the membership of another user', { kind: 'member', of: GROUP, user: 'eve' }, null, true, null],
  ['what a managed policy says', { kind: 'content', of: POLICY }, { id: 'v1', document: S3 }, { id: 'v3', document: EC2 }, null],
  ['a version of a managed policy', { kind: 'version', of: POLICY, id: 'v2' }, EC2, S3, null],
  ['the membership in a group of others', { kind: 'member', of: { ...GROUP, name: 'admins' }, user: 'micetro' }, null, true, null],
];

function ownedBy(property: IamProperty, of: Entity): IamProperty {
  return property.kind === 'content' || property.kind === 'version' ? property : { ...property, of };
}

function inCapitals(property: IamProperty): IamProperty {
  const name = property.of.name.toUpperCase();
  if (property.kind === 'content' || property.kind === 'version') return { ...property, of: { ...property.of, name } };
  return { ...property, of: { ...property.of, name } };
}

test('every kind of property has a case', () => {
  const kinds: Record<PropertyKind, true> = {
    entity: true,
    trust: true,
    boundary: true,
    settings: true,
    attached: true,
    inline: true,
    tags: true,
    member: true,
    content: true,
    version: true,
  };
  expect(new Set(CASES.map(([, { kind }]) => kind))).toEqual(new Set(Object.keys(kinds)));
});

describe.each(CASES)('%s', (_name, property, now, other, none) => {
  test('is read', () => {
    expect(readProperty(property, STATE)).toEqual(now);
  });

  test.each([
    ['its own value', now, now ?? none],
    ['another value', other, other],
    ['nothing', null, none],
  ])('once written as %s, is read as that', (_value, value, expected) => {
    const written = writeProperty(property, STATE, value);
    expect(readProperty(property, written)).toEqual(expected);
    // Over what was written before, too, and the state that it was written to is as it was.
    expect(readProperty(property, writeProperty(property, written, other))).toEqual(other);
    expect(readProperty(property, STATE)).toEqual(now);
  });

  test.each([now, other, null])('is the same value once it was JSON', (value) => {
    const json: unknown = JSON.parse(JSON.stringify(valueToJson(property, value)));
    const back = valueFromJson(property, json, 'aws');
    expect(back).toEqual(value);
    expect(isSameValue(property, value, back, new Comparer())).toBe(true);
    expect(valueToJson(property, back ?? null)).toEqual(json);
    expect(json === null).toBe(value === null);
  });

  test.each([other, null])('is written without a change to any other property', (value) => {
    // What something is created with is all that it is, and two properties may be about the same tag.
    const isPart = ({ kind, of }: IamProperty) =>
      (['entity', 'content'] as const).some((whole) => [kind, property.kind].includes(whole)) && of === property.of;
    const isTag = ({ kind }: IamProperty) => kind === 'tags' && property.kind === 'tags';
    const untouched = CASES.filter(([, own]) => propertyKey(own) !== propertyKey(property) && !isPart(own) && !isTag(own));
    const written = writeProperty(property, STATE, value);
    expect(untouched.map(([name, own]) => [name, readProperty(own, written)])).toEqual(untouched.map(([name, , known]) => [name, known]));
  });

  test('goes by its name in any case', () => {
    const shouted = inCapitals(property);
    expect(propertyKey(shouted)).toBe(propertyKey(property));
    expect(readProperty(shouted, STATE)).toEqual(now);
    expect(readProperty(property, writeProperty(shouted, STATE, other))).toEqual(other);
  });
});

const contentOf = ({ policies = [] }: TargetAccount, content: null | undefined) => policies.map(({ arn }) => ({ arn, content }));

describe('where there is no user, group or role', () => {
  const gone: State = {
    ...STATE,
    hub: { ...STATE.hub, user: { name: 'micetro', value: null }, groups: STATE.hub.groups.map(({ name }) => ({ name, value: null })) },
    targets: STATE.targets.map((target) => ({ ...target, role: { ...target.role, value: null } })),
    accounts: STATE.accounts.map((account) => ({ ...account, policies: contentOf(account, null) })),
  };
  const unread: State = {
    ...STATE,
    hub: {
      ...STATE.hub,
      user: { name: 'micetro', value: undefined },
      groups: STATE.hub.groups.map(({ name }) => ({ name, value: undefined })),
    },
    targets: STATE.targets.map((target) => ({
      ...target,
      role: { ...target.role, value: undefined },
    })),
    accounts: STATE.accounts.map((account) => ({ ...account, policies: contentOf(account, undefined) })),
  };

  test.each(CASES)('%s is null, and undefined where that was not read', (_name, property) => {
    expect(readProperty(property, gone)).toBeNull();
    expect(readProperty(property, unread)).toBeUndefined();
  });

  test.each(CASES)('%s comes only with it', (_name, property, _now, other) => {
    if (property.kind === 'entity' || property.kind === 'content') {
      return expect(readProperty(property, writeProperty(property, gone, other))).toEqual(other);
    }
    expect(writeProperty(property, gone, other)).toEqual(gone);
    expect(writeProperty(property, unread, other)).toEqual(unread);
  });
});

describe('undefined', () => {
  const unknown = { managedPolicies: undefined, inlinePolicies: undefined };
  const blind = withContents(
    editRole(
      editGroup(editUser(STATE, { ...unknown, boundary: undefined, groups: undefined, path: undefined }), {
        ...unknown,
        members: undefined,
        path: undefined,
      }),
      { ...unknown, boundary: undefined, trust: undefined, description: undefined, tags: undefined },
    ),
    POLICY,
    [{ arn: POLICY.arn, content: undefined }],
  );

  test.each(CASES)('is %s where the state does not know it', (_name, property) => {
    expect(readProperty(property, blind)).toBeUndefined();
  });

  test.each<readonly [string, Parameters<typeof editRole>[1]]>([
    ['trust', { trust: undefined }],
    ['description', { description: undefined }],
    ['duration', { maxSessionDuration: undefined }],
    ['boundary', { boundary: undefined }],
    ['tags', { tags: undefined }],
  ])('is what a role was created with where its %s is not known', (_name, edit) => {
    expect(readProperty({ kind: 'entity', of: ROLE }, editRole(STATE, edit))).toBeUndefined();
  });

  test.each([{ description: undefined }, { maxSessionDuration: undefined }])('are settings of which one is not known', (edit) => {
    expect(readProperty({ kind: 'settings', of: ROLE }, editRole(STATE, edit))).toBeUndefined();
  });

  test('is a user’s boundary that was not read, where what it was created with is asked for', () => {
    expect(readProperty({ kind: 'entity', of: USER }, editUser(STATE, { boundary: undefined }))).toBeUndefined();
  });
});

describe('something that the state does not hold', () => {
  const elsewhere: readonly Entity[] = [
    { ...USER, name: 'eve' },
    { ...USER, account: ONE },
    { ...GROUP, name: 'admins' },
    { ...GROUP, account: ONE },
    { ...ROLE, name: 'Other' },
    { ...ROLE, account: HUB },
    { ...ROLE, account: '999999999999' },
  ];
  const properties = elsewhere.flatMap((of) =>
    CASES.filter(([, own]) => own.kind !== 'member' && own.of.kind === of.kind).map(
      ([name, own, , other]): readonly [string, IamProperty, PropertyValue] => [
        `${name}, ${of.account} ${of.name}`,
        ownedBy(own, of),
        other,
      ],
    ),
  );

  test.each(properties)('is not known, and not written: %s', (_name, property, other) => {
    expect(readProperty(property, STATE)).toBeUndefined();
    expect(writeProperty(property, STATE, other)).toEqual(STATE);
    expect(writeProperty(property, STATE, null)).toEqual(STATE);
  });

  test.each<readonly [string, IamProperty, PropertyValue]>([
    ['the trust of a user', { kind: 'trust', of: USER }, ANYBODY],
    ['the settings of a group', { kind: 'settings', of: GROUP }, { description: '', maxSessionDuration: 7200 }],
    ['the tags of a user', { kind: 'tags', of: USER, keys: ['team'] }, [{ key: 'team', value: 'web' }]],
  ])('is not known, and not written: %s', (_name, property, value) => {
    expect(readProperty(property, STATE)).toBeUndefined();
    expect(writeProperty(property, STATE, value)).toEqual(STATE);
  });

  test('a group has no boundary, and gets none', () => {
    expect(readProperty({ kind: 'boundary', of: GROUP }, STATE)).toBeNull();
    expect(writeProperty({ kind: 'boundary', of: GROUP }, STATE, READ)).toEqual(STATE);
  });

  test('who is in a group of another account, nobody says', () => {
    const property = { kind: 'member', of: { ...GROUP, account: ONE }, user: 'micetro' } as const;
    expect(readProperty(property, STATE)).toBeUndefined();
    expect(writeProperty(property, STATE, null)).toEqual(STATE);
  });

  test('who is in a group of others, only the hub user says', () => {
    const of = { ...GROUP, name: 'admins' };
    expect(readProperty({ kind: 'member', of, user: 'eve' }, STATE)).toBeUndefined();
    expect(writeProperty({ kind: 'member', of, user: 'eve' }, STATE, true)).toEqual(STATE);
  });
});

test('a membership shows on the group and on the user', () => {
  const property = { kind: 'member', of: GROUP, user: 'Micetro' } as const;
  const out = writeProperty(property, STATE, null);
  expect([out.hub.groups[0]?.value?.members, out.hub.user.value?.groups?.required]).toEqual([[], []]);
  const back = writeProperty(property, out, true);
  expect(back.hub.groups[0]?.value?.members).toEqual([{ name: 'Micetro', arn: `arn:aws:iam::${HUB}:user/micetro` }]);
  expect(back.hub.user.value).toMatchObject({
    groups: { required: ['micetro-targets'], optional: [] },
    groupArns: [{ name: 'micetro-targets', arn: `arn:aws:iam::${HUB}:group/micetro-targets` }],
  });
});

test('what was just created is bare, and its path is in its ARN', () => {
  const nothing = { managedPolicies: { required: [], optional: [] }, inlinePolicies: [] };
  const created = writeProperty({ kind: 'entity', of: ROLE }, STATE, { ...roleCreation, path: '/x/' });
  const { kind: _kind, ...facts } = roleCreation;
  expect(created.targets[0]?.role.value).toEqual({ ...facts, ...nothing, path: '/x/', arn: roleArn(ONE, 'x/Micetro') });
  expect(created.targets.find(({ account }) => account === TWO)).toBe(STATE.targets.find(({ account }) => account === TWO));
  expect(writeProperty({ kind: 'entity', of: USER }, STATE, { kind: 'User', path: '/', boundary: READ }).hub.user.value).toEqual({
    ...nothing,
    path: '/',
    arn: `arn:aws:iam::${HUB}:user/micetro`,
    boundary: READ,
    groups: { required: [], optional: [] },
    groupArns: [],
    accessKeys: { min: 0, max: 0, maxAgeDays: undefined, listed: [] },
    otherCredentials: { any: false, listed: [] },
    consoleLogin: false,
  });
  expect(writeProperty({ kind: 'entity', of: GROUP }, STATE, { kind: 'Group', path: '/x/' }).hub.groups[0]?.value).toEqual({
    ...nothing,
    path: '/x/',
    arn: `arn:aws:iam::${HUB}:group/x/micetro-targets`,
    members: [],
  });
});

describe('the same value', () => {
  const trusted: IamProperty = { kind: 'trust', of: ROLE };
  const inline: IamProperty = { kind: 'inline', of: GROUP, name: 'p' };
  const role: IamProperty = { kind: 'entity', of: ROLE };
  const tags: IamProperty = { kind: 'tags', of: ROLE, keys: ['team', 'cost'] };

  test.each<readonly [string, IamProperty, PropertyValue | undefined, PropertyValue | undefined, boolean]>([
    ['nothing and nothing', inline, null, null, true],
    ['nothing and something', inline, null, S3, false],
    ['nothing and not known', inline, null, undefined, false],
    ['not known, both', inline, undefined, undefined, true],
    ['a document in another form', inline, S3, identityPolicy(S3.text.replace('"s3:GetObject"', '["S3:getobject"]')), true],
    ['a document that allows something else', inline, S3, EC2, false],
    ['a text that is no policy, and the same', inline, identityPolicy('{"Statement":['), identityPolicy('{"Statement":['), true],
    ['a text that is no policy, and another', inline, identityPolicy('{"Statement":['), identityPolicy('{'), false],
    [
      'a document that is no policy, and the same as text',
      inline,
      identityPolicy({ Statement: [] }),
      identityPolicy('{"Statement": []}'),
      true,
    ],
    ['a trust with an account id as its root', trusted, HUB_ONLY, trustPolicy(trust({ AWS: [HUB] })), true],
    ['a trust in somebody else', trusted, HUB_ONLY, ANYBODY, false],
    ['a role whose trust is in another form', role, roleCreation, { ...roleCreation, trust: trustPolicy(trust({ AWS: HUB })) }, true],
    ['a role with another trust', role, roleCreation, { ...roleCreation, trust: ANYBODY }, false],
    ['a role with its tags in another order', role, roleCreation, { ...roleCreation, tags: TAGS.toReversed() }, true],
    ['a role with another tag', role, roleCreation, { ...roleCreation, tags: [] }, false],
    ['a role with another description', role, roleCreation, { ...roleCreation, description: '' }, false],
    [
      'a role whose trust is no policy',
      role,
      { ...roleCreation, trust: trustPolicy('{') },
      { ...roleCreation, trust: trustPolicy('{') },
      true,
    ],
    ['tags in another order', tags, TAGS, TAGS.toReversed(), true],
    ['a tag of another value', tags, TAGS, TAGS.slice(1), false],
    ['settings', { kind: 'settings', of: ROLE }, settings, { ...settings }, true],
    ['settings of another duration', { kind: 'settings', of: ROLE }, settings, { ...settings, maxSessionDuration: 7200 }, false],
    ['another boundary', { kind: 'boundary', of: ROLE }, READ, AUDIT, false],
  ])('%s', (_name, property, one, other, same) => {
    const comparer = new Comparer();
    expect([isSameValue(property, one, other, comparer), isSameValue(property, other, one, comparer)]).toEqual([same, same]);
  });
});

describe('keys', () => {
  test.each<readonly [string, IamProperty, IamProperty, boolean]>([
    ['a user and a group of one name', { kind: 'entity', of: USER }, { kind: 'entity', of: { ...USER, kind: 'Group' } }, false],
    ['roles of two accounts', { kind: 'entity', of: ROLE }, { kind: 'entity', of: { ...ROLE, account: TWO } }, false],
    ['two kinds', { kind: 'trust', of: ROLE }, { kind: 'settings', of: ROLE }, false],
    ['two policies', { kind: 'attached', of: ROLE, arn: READ }, { kind: 'attached', of: ROLE, arn: AUDIT }, false],
    ['inline policies whose names differ in case', { kind: 'inline', of: ROLE, name: 'a' }, { kind: 'inline', of: ROLE, name: 'A' }, false],
    ['the same tags', { kind: 'tags', of: ROLE, keys: ['a', 'B'] }, { kind: 'tags', of: ROLE, keys: ['b', 'A'] }, true],
    ['other tags', { kind: 'tags', of: ROLE, keys: ['a'] }, { kind: 'tags', of: ROLE, keys: ['a', 'b'] }, false],
    ['the same member', { kind: 'member', of: GROUP, user: 'Eve' }, { kind: 'member', of: GROUP, user: 'eve' }, true],
    ['another member', { kind: 'member', of: GROUP, user: 'eve' }, { kind: 'member', of: GROUP, user: 'bob' }, false],
  ])('%s', (_name, one, other, same) => {
    expect(propertyKey(one) === propertyKey(other)).toBe(same);
  });
});

test('JSON is what reports have: documents as objects, tags in the order of their keys', () => {
  const document = assume(roleArn(ONE));
  const inline = { kind: 'inline', of: GROUP, name: 'p' } as const;
  expect(changeToJson({ property: inline, before: null, after: identityPolicy(JSON.stringify(document)) })).toEqual({
    before: null,
    after: document,
  });
  expect(valueToJson(inline, identityPolicy('{"Statement":['))).toBe('{"Statement":[');
  expect(valueToJson({ kind: 'tags', of: ROLE, keys: [] }, TAGS.toReversed())).toEqual(TAGS);
  expect(valueToJson({ kind: 'entity', of: USER }, { kind: 'User', path: '/', boundary: null })).toEqual({ path: '/', boundary: null });
  expect(valueToJson({ kind: 'entity', of: ROLE }, roleCreation)).toEqual({
    path: '/',
    trust: HUB_ONLY.json,
    ...settings,
    boundary: READ,
    tags: TAGS,
  });
});

test.each<readonly [string, IamProperty, readonly unknown[]]>([
  ['a user', { kind: 'entity', of: USER }, [true, 'x', [], {}, { path: 3 }]],
  [
    'a role',
    { kind: 'entity', of: ROLE },
    [{ path: '/' }, { path: '/', trust: 7, ...settings }, { path: '/', trust: {}, description: 'x' }],
  ],
  ['a trust', { kind: 'trust', of: ROLE }, [true, 7, []]],
  ['a boundary', { kind: 'boundary', of: ROLE }, [true, 7, [], {}]],
  [
    'settings',
    { kind: 'settings', of: ROLE },
    [true, 'x', [], { description: 'x' }, { maxSessionDuration: 3600 }, { ...settings, maxSessionDuration: '3600' }],
  ],
  ['a managed policy', { kind: 'attached', of: ROLE, arn: READ }, [true, 7, [], {}]],
  ['an inline policy', { kind: 'inline', of: ROLE, name: 'p' }, [true, 7, []]],
  ['tags', { kind: 'tags', of: ROLE, keys: ['a'] }, [true, 'x', {}]],
  ['a membership', { kind: 'member', of: GROUP, user: 'eve' }, [false, 'x', 1, {}]],
])('JSON that no run writes is undefined: %s', (_name, property, values) => {
  expect(values.map((json) => valueFromJson(property, json, 'aws'))).toEqual(values.map(() => undefined));
});
