import { describe, expect, test } from '@jest/globals';
import type { Group, Lookup, State } from '../../src/state/state.ts';
import { assume, desiredOf, driftOf, editGroup, HUB, inlineOf, liveOf, ONE, roleArn, SMALL, TWO, type WrittenPolicies } from './estate.ts';

/** A name in the file that may be a typing error: what is live in its place is suggested. */

interface Case {
  readonly name: string;
  readonly file?: string;
  readonly edit: (live: State) => State;
  /** Of the only finding that something does not exist. */
  readonly suggested: readonly string[];
}

const member = (name: string) => ({ name, arn: `arn:aws:iam::${HUB}:user/${name}` });
const withMembers = (live: State, ...names: string[]) => editGroup(live, { members: names.map(member) });
const withoutUser = (live: State): State => ({ ...live, hub: { ...live.hub, user: { name: 'micetro', value: null } } });
const withoutGroup = (live: State): State => ({ ...live, hub: { ...live.hub, groups: [{ name: 'micetro-targets', value: null }] } });
const withoutRole = (live: State, account = ONE): State => ({
  ...live,
  targets: live.targets.map((target) => (target.account === account ? { ...target, role: { ...target.role, value: null } } : target)),
});
const granting = (...resources: string[]): WrittenPolicies =>
  resources.map((resource, index) => ({ name: `p${index}`, document: assume(resource) }));

function withOthers(live: State, groups: Readonly<Record<string, WrittenPolicies | undefined>>): State {
  const otherGroups = Object.entries(groups).map(
    ([name, policies]): Lookup<Group> => ({
      name,
      value: {
        path: undefined,
        arn: `arn:aws:iam::${HUB}:group/${name}`,
        members: undefined,
        managedPolicies: { required: [], optional: [] },
        inlinePolicies: policies && inlineOf(policies),
      },
    }),
  );
  return { ...live, hub: { ...live.hub, otherGroups } };
}

const SEVERAL = SMALL.replace('  group: micetro-targets', '  group: { name: micetro-targets, members: [micetro, Backup] }');
const ALLOWING = SMALL.replace('  user: micetro', '  user: { name: micetro, otherGroups: [Operators] }');
const FOREIGN = 'arn:aws:iam::444444444444:role/Other';
const DENYING = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn(ONE) }] };
const ALL_BUT = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: roleArn(ONE) }] };

const USERS: readonly Case[] = [
  { name: 'the member of the group', edit: (live) => withMembers(withoutUser(live), 'micetr0'), suggested: ['micetr0'] },
  {
    name: 'members that the file does not name',
    file: SEVERAL,
    edit: (live) => withMembers(withoutUser(live), 'backup', 'a', 'b'),
    suggested: ['a', 'b'],
  },
  { name: 'nobody, if nobody is in the group', edit: (live) => withMembers(withoutUser(live)), suggested: [] },
  { name: 'nobody, if the members could not be read', edit: (live) => editGroup(withoutUser(live), { members: undefined }), suggested: [] },
];

const GROUPS: readonly Case[] = [
  {
    name: 'the group that grants the most targets first',
    edit: (live) =>
      withOthers(withoutGroup(live), {
        foreign: granting(FOREIGN),
        one: granting(roleArn(ONE)),
        both: granting(roleArn(ONE), roleArn(TWO)),
        pattern: granting('arn:aws:iam::*:role/Micetro'),
      }),
    suggested: ['both', 'one', 'foreign', 'pattern'],
  },
  {
    name: 'none that grants no role of its own',
    edit: (live) =>
      withOthers(withoutGroup(live), {
        unread: undefined,
        empty: [],
        all: granting('*'),
        denying: [{ name: 'p', document: DENYING }],
        allBut: [{ name: 'p', document: ALL_BUT }],
        passing: [
          {
            name: 'p',
            document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn(ONE) }] },
          },
        ],
        broken: [{ name: 'p', document: '{' }],
      }),
    suggested: [],
  },
  {
    name: 'none that the file names as another, unless it grants a target',
    file: ALLOWING,
    edit: (live) => withOthers(withoutGroup(live), { operators: granting(FOREIGN) }),
    suggested: [],
  },
  {
    name: 'one that the file names as another and that grants a target',
    file: ALLOWING,
    edit: (live) => withOthers(withoutGroup(live), { operators: granting(roleArn(TWO)) }),
    suggested: ['operators'],
  },
  { name: 'none, if the groups were not read', edit: withoutGroup, suggested: [] },
];

const ROLES: readonly Case[] = [
  {
    name: 'the role that the hub group grants in that account',
    edit: (live) => editGroup(withoutRole(live), { inlinePolicies: granting(roleArn(ONE, 'MicetroProd'), roleArn(TWO)) }),
    suggested: ['MicetroProd'],
  },
  {
    name: 'the role that another group of the user grants, path and all',
    edit: (live) => withOthers(withoutRole(live), { other: granting(`arn:aws:iam::${ONE}:role/ddi/MicetroProd`) }),
    suggested: ['MicetroProd'],
  },
  {
    name: 'no role of another account, no pattern, nor the run’s own or the missing one',
    edit: (live) =>
      withOthers(withoutRole(live), {
        other: granting(
          FOREIGN,
          roleArn(TWO, 'MicetroProd'),
          `arn:aws-cn:iam::${ONE}:role/MicetroProd`,
          `arn:aws:iam::${ONE}:role/*`,
          `arn:aws:iam::${ONE}:role/old/micetro`,
          roleArn(ONE, 'AssumeRoleAuditor'),
          roleArn(ONE, 'assumerolefixer'),
        ),
      }),
    suggested: [],
  },
  {
    name: 'no role that it is denied',
    edit: (live) =>
      withOthers(withoutRole(live), {
        other: [
          {
            name: 'p',
            document: { ...DENYING, Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: roleArn(ONE, 'MicetroProd') }] },
          },
        ],
      }),
    suggested: [],
  },
];

function missing({ file = SMALL, edit }: Pick<Case, 'file' | 'edit'>) {
  const desired = desiredOf(file);
  const { findings } = driftOf(desired, edit(liveOf(desired)));
  return findings.flatMap((finding) => (finding.difference.kind === 'existence' ? [{ finding, difference: finding.difference }] : []));
}

describe.each([
  ['a hub user', USERS],
  ['a hub group', GROUPS],
  ['a role', ROLES],
] as const)('for %s that does not exist', (_of, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_name, one) => {
    const found = missing(one);
    expect(found.map(({ difference }) => difference.suggested)).toEqual([one.suggested]);
  });
});

test.each([
  ['a user', withoutUser, 'The hub user micetro does not exist. If the name in the file is wrong, correct hub.user.'],
  [
    'a user, and who is there',
    (live: State) => withMembers(withoutUser(live), 'micetr0'),
    'The hub user micetro does not exist. A hub group has the member micetr0. If this is the intended one, correct hub.user.',
  ],
  [
    'a user, and many who are there',
    (live: State) => withMembers(withoutUser(live), 'a', 'b', 'c', 'd', 'e'),
    'The hub user micetro does not exist. The hub groups have the members a, b, c and 2 more. If one of them is intended, correct hub.user.',
  ],
  ['a group', withoutGroup, 'The hub group micetro-targets does not exist, and neither do its memberships and grants.'],
  [
    'a group, and another',
    (live: State) => withOthers(withoutGroup(live), { micetro: granting(roleArn(ONE)) }),
    'The hub group micetro-targets does not exist, and neither do its memberships and grants. The hub user can assume roles as a member of the group micetro. If this is the intended one, correct hub.group in the file.',
  ],
  ['a role', withoutRole, `The role Micetro does not exist in ${ONE}.`],
  [
    'a role, and others',
    (live: State) => withOthers(withoutRole(live), { other: granting(roleArn(ONE, 'A'), roleArn(ONE, 'B')) }),
    `The role Micetro does not exist in ${ONE}. The hub user's grants name the roles A, B of that account. If one of them is intended, set it as roleName of the target.`,
  ],
] as const)('the message about %s', (_of, edit, message) => {
  expect(missing({ edit }).map(({ finding }) => finding.message)).toEqual([message]);
});

test.each([
  ['user', withoutUser, (live: State) => withMembers(live, 'micetr0')],
  ['group', withoutGroup, (live: State) => withOthers(live, { other: granting(roleArn(ONE)) })],
  ['role', withoutRole, (live: State) => withOthers(live, { other: granting(roleArn(ONE, 'A')) })],
] as const)('the finding of a missing %s is the same one, whatever is suggested', (_of, edit, suggest) => {
  const ids = [edit, (live: State) => suggest(edit(live))].map((one) => missing({ edit: one }).map(({ finding }) => finding.id));
  expect(ids[1]).toEqual(ids[0]);
});
