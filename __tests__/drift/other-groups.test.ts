import { describe, expect, test } from '@jest/globals';
import type { Group, Lookup, State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editUser,
  HUB,
  identityPolicy,
  inlineOf,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  told,
  type WrittenPolicies,
} from './estate.ts';

/** Groups beside the hub's own that the user is in: their policies are compared where the file states them, and named as not compared where not. */

const GROUP = `arn:aws:iam::${HUB}:group/people/readers`;
const ADMIN = managed('AdministratorAccess');
const READ_ONLY = managed('ReadOnlyAccess');
const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const WIDER = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

const fileWith = (group: unknown) => SMALL.replace('  user: micetro', `  user: { name: micetro, otherGroups: [${JSON.stringify(group)}] }`);
const STATED = fileWith({
  name: 'readers',
  managedPolicies: { required: ['ReadOnlyAccess'], optional: ['SecurityAudit'] },
  inlinePolicies: { objects: S3, switch: assume('arn:aws:iam::444444444444:role/Other') },
});
const EMPTY = fileWith({ name: 'readers' });
const BARE = fileWith('readers');

interface Held {
  readonly managed?: readonly string[];
  readonly inline?: WrittenPolicies;
}

/** The user in the group, which holds this. `undefined`: it was not read. */
function inReaders(live: State, held: Held | undefined): State {
  const joined = { name: 'readers', arn: GROUP };
  const policies = held && { managedPolicies: { required: held.managed ?? [], optional: [] }, inlinePolicies: inlineOf(held.inline ?? []) };
  const unread = { managedPolicies: undefined, inlinePolicies: undefined };
  const value: Group = { path: undefined, arn: GROUP, members: undefined, ...(policies ?? unread) };
  const group: Lookup<Group> = { name: 'readers', value };
  const names = [...(live.hub.user.value?.groups?.required ?? []), 'readers'];
  const state = editUser(live, { groups: { required: names, optional: [] }, groupArns: [joined] });
  return { ...state, hub: { ...state.hub, otherGroups: [group] } };
}

const asStated: Held = {
  managed: [READ_ONLY],
  inline: [
    { name: 'objects', document: S3 },
    { name: 'switch', document: assume('arn:aws:iam::444444444444:role/Other') },
  ],
};

describe('what the file states is compared', () => {
  test.each<[string, string, Held | undefined, readonly string[]]>([
    ['as stated', STATED, asStated, []],
    ['with the optional policy', STATED, { ...asStated, managed: [READ_ONLY, managed('SecurityAudit')] }, []],
    ['an administrator', STATED, { ...asStated, managed: [READ_ONLY, ADMIN] }, [`hub-group-policy-extra widened ${ADMIN}`]],
    ['a policy less', STATED, { ...asStated, managed: [] }, [`hub-group-policy-missing narrowed ${READ_ONLY}`]],
    [
      'an inline policy that is extra, one that is gone',
      STATED,
      { ...asStated, inline: [...(asStated.inline ?? []).slice(1), { name: 'more', document: S3 }] },
      [`hub-group-inline-policy-extra widened ${GROUP}/policy/more`, `hub-group-inline-policy-missing narrowed ${GROUP}/policy/objects`],
    ],
    [
      'an inline policy that is wider',
      STATED,
      { ...asStated, inline: [{ name: 'objects', document: WIDER }, ...(asStated.inline ?? []).slice(1)] },
      [`hub-group-inline-policy-changed widened ${GROUP}/policy/objects`],
    ],
    [
      'one that denies',
      STATED,
      { ...asStated, inline: [...(asStated.inline ?? []), { name: 'no', document: DENY }] },
      [`hub-group-inline-policy-extra narrowed ${GROUP}/policy/no`],
    ],
    [
      'statements about roles, a target among them: ordinary inline policies, and no grant',
      EMPTY,
      { inline: [{ name: 'go', document: assume([roleArn(ONE), roleArn('444444444444')]) }] },
      [`hub-group-inline-policy-extra widened ${GROUP}/policy/go`],
    ],
    ['keys left out mean none', EMPTY, { managed: [ADMIN] }, [`hub-group-policy-extra widened ${ADMIN}`]],
    ['a bare name states nothing', BARE, { managed: [ADMIN] }, []],
    ['what was not read is not compared', EMPTY, undefined, []],
  ])('%s', (_name, file, held, finds) => {
    const desired = desiredOf(file);
    expect(told(driftOf(desired, inReaders(liveOf(desired), held)))).toEqual(finds);
  });

  test('only while the user is in the group', () => {
    const desired = desiredOf(EMPTY);
    const live = liveOf(desired);
    expect(told(driftOf(desired, { ...live, hub: { ...live.hub, otherGroups: [] } }))).toEqual([]);
  });

  test('at their place in the file', () => {
    const desired = desiredOf(STATED);
    const { findings } = driftOf(desired, inReaders(liveOf(desired), { ...asStated, managed: [ADMIN, READ_ONLY] }));
    expect(findings.map(({ location }) => STATED.split('\n')[location.line - 1]?.slice(location.column - 1, location.column + 16))).toEqual(
      ['"managedPolicies"'],
    );
  });
});

describe('what the file does not state is named', () => {
  const notCompared = (file: string, live: (state: State) => State) => {
    const desired = desiredOf(file);
    return driftOf(desired, live(liveOf(desired))).notCompared.filter(({ what }) => what === 'group-policies');
  };
  const entry = { resource: GROUP, what: 'group-policies', accounts: 1 };

  test.each<[string, string, (live: State) => State, readonly unknown[]]>([
    ['a bare name', BARE, (live) => inReaders(live, undefined), [entry]],
    ['a bare name in other case', fileWith('Readers'), (live) => inReaders(live, undefined), [entry]],
    ['a bare name, and the user is not in the group', BARE, (live) => live, []],
    ['stated', STATED, (live) => inReaders(live, asStated), []],
    ['a group that the file does not allow is a finding', SMALL, (live) => inReaders(live, undefined), []],
    ['the user is not known', BARE, (live) => ({ ...live, hub: { ...live.hub, user: { name: 'micetro', value: undefined } } }), []],
    [
      'no ARN is known',
      BARE,
      (live) => editUser(live, { groups: { required: ['readers'], optional: [] } }),
      [{ ...entry, resource: `arn:aws:iam::${HUB}:group/readers` }],
    ],
  ])('%s', (_name, file, live, expected) => {
    expect(notCompared(file, live)).toEqual(expected);
  });
});

describe('what the policies say that a group attaches', () => {
  const OWN = `arn:aws:iam::${HUB}:policy/reads`;
  const attaching = fileWith({ name: 'readers', managedPolicies: ['ReadOnlyAccess', 'policy/reads'] });
  const stating = `${attaching}policies: { ReadOnlyAccess: v1, policy/reads: ${JSON.stringify(S3)} }\n`;
  const held: Held = { managed: [READ_ONLY, OWN] };
  const saying = (live: State, document: Readonly<Record<string, unknown>>): State => {
    const policies = [
      { arn: READ_ONLY, content: { version: 'v1', document: undefined } },
      { arn: OWN, content: { version: 'v3', document: identityPolicy(document) } },
    ];
    return { ...live, hub: { ...live.hub, policies } };
  };
  const uncompared = (file: string, live: (state: State) => State) => {
    const desired = desiredOf(file);
    const { notCompared } = driftOf(desired, live(liveOf(desired)));
    return notCompared
      .filter(({ resource }) => [READ_ONLY, 'policy/reads'].includes(resource))
      .map(({ resource, what }) => [resource, what]);
  };
  const outside = (state: State): State => ({ ...state, hub: { ...state.hub, otherGroups: [] } });

  test('is named where the file does not state it, while the user is in the group', () => {
    const entries = [READ_ONLY, 'policy/reads'].map((resource) => [resource, 'policy-content']);
    expect(uncompared(attaching, (live) => inReaders(live, held))).toEqual(entries);
    expect(uncompared(stating, (live) => inReaders(live, held))).toEqual([]);
    expect(uncompared(attaching, outside)).toEqual([]);
  });

  test('is compared where the file states it, while the user is in the group', () => {
    const desired = desiredOf(stating);
    const drift = (live: State, document: Readonly<Record<string, unknown>>) => told(driftOf(desired, saying(live, document)));
    expect(drift(inReaders(liveOf(desired), held), S3)).toEqual([]);
    expect(drift(inReaders(liveOf(desired), held), WIDER)).toEqual([`policy-changed widened ${OWN}`]);
    expect(drift(outside(liveOf(desired)), WIDER)).toEqual([]);
  });
});

test('a policy that the file does not state of the group is no way into a target', () => {
  const document = assume('arn:aws:iam::*:role/Micetro');
  const access = (file: string, inline: WrittenPolicies) => {
    const desired = desiredOf(file);
    const live = inReaders(editGroup(liveOf(desired), { inlinePolicies: [] }), { inline });
    return told(driftOf(desired, live)).filter((line) => line.startsWith('grant-'));
  };
  expect(access(EMPTY, [{ name: 'wide', document }])).toEqual(
    [ONE, '333333333333'].map((account) => `grant-missing narrowed ${roleArn(account)}`),
  );
});
