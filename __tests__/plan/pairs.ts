import fc from 'fast-check';
import type { PolicySource } from '../../src/policy/index.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { Group, InlinePolicy, Member, NameSet, Role, State, User } from '../../src/state/state.ts';
import { desiredOf, HUB, inlineOf, liveOf, managed, ONE, roleArn, TWO, trustPolicy } from '../drift/estate.ts';

/** Pairs of a file and a live state, rich in everything that a repair touches: packed, renamed, broken and foreign policies, several groups, what is missing whole. */

export interface Pair {
  readonly desired: Desired;
  readonly live: State;
}

const THREE = '444444444444';
export const ACCOUNTS = [ONE, TWO, THREE] as const;
const FOREIGN = '999999999999';
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const ROOT = `arn:aws:iam::${HUB}:root`;

const POLICIES = ['AmazonEC2FullAccess', 'AmazonRoute53FullAccess', 'AdministratorAccess', 'ReadOnlyAccess'];
const boundaryName = fc.constantFrom('none', 'ReadOnlyAccess', 'SecurityAudit');
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** Statements that have nothing to do with grants. */
const other = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
  { Effect: 'Allow', Action: ['s3:*'], Resource: 'arn:aws:s3:::a/*' },
  { Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' },
  { Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } } },
);
const allowing = other.filter(({ Effect }) => Effect === 'Allow');

/** What documents the states may hold. */
export interface Vocabulary {
  /** No document that is no policy, and none (beside the grants) that denies: one that both allows and denies counts by what it allows. */
  readonly simple: boolean;
}

const statements = ({ simple }: Vocabulary) => (simple ? allowing : other);

function documentsOf(statement: typeof other) {
  return fc.uniqueArray(statement, { minLength: 1, maxLength: 2, selector: (one) => JSON.stringify(one) }).map(documentOf);
}

function documentOf(statements: readonly unknown[]): Readonly<Record<string, unknown>> {
  return { Version: '2012-10-17', Statement: statements };
}

const roles = ACCOUNTS.map((account) => roleArn(account));
const patterns = [...roles, roleArn(FOREIGN), roleArn(ONE, 'Other'), '*', 'arn:aws:iam::*:role/Micetro'];
const assumes = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    action: fc.constantFrom<unknown>(
      'sts:AssumeRole',
      'sts:AssumeRole',
      'sts:assumerole',
      'sts:*',
      ['sts:AssumeRole', 's3:GetObject'],
      '*',
    ),
    resources: fc.subarray(patterns, { minLength: 1, maxLength: 4 }),
    scalar: fc.boolean(),
    negated: fc.integer({ min: 0, max: 9 }),
    condition: fc.constantFrom(undefined, undefined, undefined, { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    sid: fc.constantFrom(undefined, '', 'Grant'),
  })
  .map(({ effect, action, resources, scalar, negated, condition, sid }) => ({
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    Action: action,
    [negated === 0 ? 'NotResource' : 'Resource']: scalar ? resources[0] : resources,
    ...(condition === undefined ? {} : { Condition: condition }),
  }));

/** What may stand in a live group: grants of all forms among other things, as objects and as text, of either version. */
const groupDocument = (words: Vocabulary): fc.Arbitrary<PolicySource> =>
  fc
    .record({
      list: fc.array(fc.oneof({ weight: 3, arbitrary: assumes }, { weight: 1, arbitrary: statements(words) }), {
        minLength: 1,
        maxLength: 3,
      }),
      form: fc.constantFrom('object', 'text', 'pretty', 'single', 'old'),
    })
    .map(({ list, form }) => {
      const unique = list.filter(
        (one, index) => !('Sid' in one && one.Sid) || list.findIndex((earlier) => 'Sid' in earlier && earlier.Sid === one.Sid) === index,
      );
      const document = { Version: form === 'old' ? '2008-10-17' : '2012-10-17', Statement: form === 'single' ? unique[0] : unique };
      if (form === 'object') return document;
      return JSON.stringify(document, null, form === 'pretty' ? 2 : 0);
    });
const brokenDocument = fc.constantFrom(
  '{"Statement":[]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Resource":"x"}]}',
);

const stated = (words: Vocabulary) =>
  fc.dictionary(fc.constantFrom('base', 'more', 'packed'), documentsOf(statements(words)), { maxKeys: 2, noNullPrototype: true });

/** The file, as JSON. */
export const files = (words: Vocabulary): fc.Arbitrary<Desired> =>
  fc
    .record({
      user: fc.record({
        managedPolicies: fc.subarray(POLICIES),
        inlinePolicies: stated(words),
        permissionsBoundary: boundaryName,
        otherGroups: fc.subarray(['readers']),
      }),
      groups: fc.array(
        fc.record({ managedPolicies: fc.subarray(POLICIES), inlinePolicies: stated(words), others: fc.subarray(['eve', 'bob']) }),
        {
          minLength: 1,
          maxLength: 2,
        },
      ),
      layout: fc.constantFrom('one-per-account', 'packed'),
      targets: fc.tuple(...ACCOUNTS.map(() => targetContent(words))),
    })
    .map(({ user, groups, layout, targets }) =>
      desiredOf(
        JSON.stringify({
          version: 1,
          hub: {
            account: HUB,
            user: { name: 'micetro', ...user },
            groups: groups.map(({ others, ...group }, index) => ({ name: `targets-${index}`, ...group, members: ['micetro', ...others] })),
            grants: { layout },
          },
          targets: targets.map(({ pinned, ...target }, index) => ({
            account: ACCOUNTS[index],
            ...target,
            ...(pinned === undefined ? {} : { group: `targets-${pinned % groups.length}` }),
          })),
        }),
      ),
    );

function targetContent(words: Vocabulary) {
  return fc.record(
    {
      pinned: maybe(fc.nat({ max: 1 })),
      trust: fc.constantFrom<unknown>('hub-account', 'hub-user', trustIn([ROOT], { Bool: { 'aws:MultiFactorAuthPresent': 'true' } })),
      managedPolicies: fc.record({ required: fc.subarray(POLICIES.slice(0, 2)), optional: fc.subarray(POLICIES.slice(3)) }),
      inlinePolicies: stated(words),
      permissionsBoundary: boundaryName,
      maxSessionDuration: fc.constantFrom(3600, 7200),
      description: fc.constantFrom('', 'for Micetro'),
      tags: fc.dictionary(fc.constantFrom('team', 'cost'), fc.constantFrom('ddi', 'web'), { noNullPrototype: true }),
    },
    { requiredKeys: ['pinned', 'trust', 'managedPolicies', 'inlinePolicies', 'permissionsBoundary'] },
  );
}

function trustIn(principals: readonly string[], condition?: unknown): Readonly<Record<string, unknown>> {
  const more = condition === undefined ? {} : { Condition: condition };
  return documentOf([{ Effect: 'Allow', Principal: { AWS: principals }, Action: 'sts:AssumeRole', ...more }]);
}

const policySet: fc.Arbitrary<NameSet> = fc.subarray(POLICIES.map(managed)).map((required) => ({ required, optional: [] }));
const boundary = fc.constantFrom(null, managed('ReadOnlyAccess'), managed('SecurityAudit'));
const ownInline = (words: Vocabulary) =>
  fc
    .uniqueArray(fc.record({ name: fc.constantFrom('base', 'more', 'own'), document: documentsOf(statements(words)) }), {
      maxLength: 2,
      selector: ({ name }) => name,
    })
    .map(inlineOf);

const liveTrust = fc
  .constantFrom<PolicySource>(
    trustIn([ROOT]),
    JSON.stringify(trustIn([USER])),
    trustIn([ROOT, `arn:aws:iam::${FOREIGN}:root`]),
    trustIn(['AIDAAAAAAAAAAAAAAAAAA', ROOT]),
    trustIn(['AIDAAAAAAAAAAAAAAAAAA']),
    trustIn([ROOT], { Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    '{"Statement":[]}',
  )
  .map(trustPolicy);

const roleEdits = (words: Vocabulary): fc.Arbitrary<Partial<Role>> =>
  fc.record(
    {
      trust: liveTrust,
      managedPolicies: policySet,
      inlinePolicies: ownInline(words),
      boundary,
      maxSessionDuration: fc.constantFrom(3600, 43_200),
      description: fc.constantFrom('', 'by hand'),
      tags: fc.constantFrom(
        [],
        [{ key: 'Team', value: 'web' }],
        [
          { key: 'cost', value: 'ddi' },
          { key: 'x', value: 'y' },
        ],
      ),
    },
    { requiredKeys: [] },
  );

const userEdits = (words: Vocabulary): fc.Arbitrary<Partial<User>> =>
  fc.record({ managedPolicies: policySet, inlinePolicies: ownInline(words), boundary }, { requiredKeys: [] });

const groupPolicies = (words: Vocabulary) =>
  fc
    .uniqueArray(
      fc.record({
        name: fc.constantFrom('base', 'more', 'packed', 'assume-roles', `assume-${ONE}-Micetro`),
        document: words.simple
          ? groupDocument(words)
          : fc.oneof({ weight: 9, arbitrary: groupDocument(words) }, { weight: 1, arbitrary: brokenDocument }),
      }),
      { maxLength: 4, selector: ({ name }) => name },
    )
    .map(inlineOf);

const members = fc.subarray(['micetro', 'eve', 'mallory']);

interface LiveEdits {
  readonly user: 'gone' | 'elsewhere' | 'there';
  readonly userEdits: Partial<User>;
  /** Another group that the user is in; `undefined` content: not read. */
  readonly admins: { readonly inlinePolicies: readonly InlinePolicy[] | undefined; readonly managedPolicies: readonly string[] } | null;
  readonly groups: readonly {
    readonly gone: boolean;
    readonly managedPolicies: NameSet | undefined;
    readonly inlinePolicies: readonly InlinePolicy[] | undefined;
    readonly members: readonly string[] | undefined;
  }[];
  readonly roles: readonly { readonly state: 'gone' | 'elsewhere' | 'there'; readonly edits: Partial<Role> }[];
}

const whereabouts = fc.constantFrom('gone', 'elsewhere', 'there', 'there', 'there', 'there');

function liveEdits(words: Vocabulary): fc.Arbitrary<LiveEdits> {
  return fc.record({
    user: whereabouts,
    userEdits: userEdits(words),
    admins: fc.option(fc.record({ inlinePolicies: maybe(groupPolicies(words)), managedPolicies: fc.subarray(POLICIES.map(managed)) })),
    groups: fc.array(
      fc.record({
        gone: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
        managedPolicies: maybe(policySet),
        inlinePolicies: maybe(groupPolicies(words)),
        members: maybe(members),
      }),
      { minLength: 2, maxLength: 2 },
    ),
    roles: fc.array(fc.record({ state: whereabouts, edits: roleEdits(words) }), { minLength: 3, maxLength: 3 }),
  });
}

export function pairs(words: Vocabulary = { simple: false }): fc.Arbitrary<Pair> {
  return fc
    .tuple(files(words), fc.option(files(words)), liveEdits(words))
    .map(([desired, other, edits]) => ({ desired, live: edited(desired, other ?? desired, edits) }));
}

/** What is live: as another file wants it, with edits. */
function edited(desired: Desired, other: Desired, edits: LiveEdits): State {
  const base = liveOf(other);
  const userArn = edits.user === 'elsewhere' ? `arn:aws:iam::${HUB}:user/svc/micetro` : USER;
  const groups = desired.state.hub.groups.map(({ name }, index) => {
    const there = base.hub.groups.find((group) => group.name === name)?.value;
    const { gone = false, ...edit } = edits.groups[index] ?? {};
    return { name, value: gone || !there ? null : groupOf(there, edit, edits.user === 'gone', userArn) };
  });
  const inGroups = groups.filter(({ value: found }) => found?.members?.some(({ name }) => name === 'micetro')).map(({ name }) => name);
  const names = [...inGroups, ...(edits.admins === null ? [] : ['admins'])];
  const user = base.hub.user.value && {
    ...base.hub.user.value,
    path: edits.user === 'elsewhere' ? '/svc/' : '/',
    arn: userArn,
    managedPolicies: lived(base.hub.user.value.managedPolicies),
    ...edits.userEdits,
    groups: { required: names, optional: [] },
    groupArns: names.map((name) => ({ name, arn: `arn:aws:iam::${HUB}:group/${name === 'admins' ? 'staff/' : ''}${name}` })),
  };
  return {
    partition: 'aws',
    hub: {
      account: HUB,
      user: { name: 'micetro', value: edits.user === 'gone' ? null : user },
      groups,
      managedDocuments: [],
      driftedDocuments: base.hub.driftedDocuments ?? [],
    },
    accounts: desired.state.accounts,
    targets: desired.state.targets.map((target, index) => {
      const found = base.targets[index]?.role.value;
      const { state = 'there', edits: edit = {} } = edits.roles[index] ?? {};
      return {
        ...target,
        role: { name: target.roleName, value: state === 'gone' || !found ? null : roleOf(found, edit, state === 'elsewhere') },
      };
    }),
  };
}

type GroupEdits = Partial<Omit<LiveEdits['groups'][number], 'gone'>>;

function groupOf(there: Group, edit: GroupEdits, withoutUser: boolean, userArn: string): Group {
  const wanted = edit.members ?? there.members?.map(({ name }) => name) ?? [];
  const listed = wanted.filter((name) => name !== 'micetro' || !withoutUser);
  return {
    path: '/',
    arn: there.arn,
    members: listed.map((name): Member => ({ name, arn: name === 'micetro' ? userArn : `arn:aws:iam::${HUB}:user/${name}` })),
    managedPolicies: edit.managedPolicies ?? lived(there.managedPolicies),
    inlinePolicies: edit.inlinePolicies ?? there.inlinePolicies,
  };
}

function roleOf(found: Role, edit: Partial<Role>, elsewhere: boolean): Role {
  const path = elsewhere ? '/old/' : found.path;
  return {
    ...found,
    path,
    arn: elsewhere ? found.arn.replace('role/', 'role/old/') : found.arn,
    managedPolicies: lived(found.managedPolicies),
    maxSessionDuration: found.maxSessionDuration ?? 3600,
    description: found.description ?? '',
    tags: found.tags ?? [],
    ...edit,
  };
}

function lived(policies: NameSet | undefined): NameSet {
  return { required: policies?.required ?? [], optional: [] };
}
