import { describe, expect, test } from '@jest/globals';
import type { ArnDocument, State } from '../../src/state/state.ts';
import { desiredOf, driftOf, editGroup, editRole, editUser, identityPolicy, liveOf, managed, ONE, SMALL } from './estate.ts';

/** What an extra attached policy says decides what it does to access. */

const EXTRA = `arn:aws:iam::${ONE}:policy/extra`;
const statement = (Effect: string, Action: string) => ({ Effect, Action, Resource: '*' });
const document = (...statements: object[]): ArnDocument => ({
  arn: EXTRA,
  document: identityPolicy({ Version: '2012-10-17', Statement: statements }),
});

const desired = desiredOf(SMALL);
const having = (arns: readonly string[]) => ({ managedPolicies: { required: [...arns, EXTRA], optional: [] } });
const drifted = (live: State, documents: readonly ArnDocument[]): State => ({ ...live, hub: { ...live.hub, driftedDocuments: documents } });

const OWNERS: readonly (readonly [string, (documents: readonly ArnDocument[]) => State])[] = [
  ['hub-user', (documents) => drifted(editUser(liveOf(desired), having([managed('IAMReadOnlyAccess')])), documents)],
  ['hub-group', (documents) => drifted(editGroup(liveOf(desired), having([])), documents)],
  [
    'role',
    (extraDocuments) =>
      editRole(liveOf(desired), { ...having(['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map(managed)), extraDocuments }),
  ],
];

describe.each(OWNERS)('%s', (owner, live) => {
  test.each<[string, readonly ArnDocument[], string, readonly string[]]>([
    ['only allows', [document(statement('Allow', '*'))], 'widened', ['Allows every action on everything.']],
    ['only denies', [document(statement('Deny', '*'))], 'narrowed', ['It only denies.', 'Denies every action on everything.']],
    [
      'both: it can allow',
      [document(statement('Deny', 's3:*'), statement('Allow', 'ec2:*'))],
      'widened',
      ['Allows `ec2:*` on everything.', 'Denies `s3:*` on everything.'],
    ],
    ['was not read', [], 'widened', []],
    ["can't be understood", [{ arn: EXTRA, document: identityPolicy('{"Statement": [') }], 'widened', []],
  ])('a policy that %s', (_name, documents, access, explanation) => {
    const [finding, ...more] = driftOf(desired, live(documents)).findings;
    expect(more).toEqual([]);
    expect([finding?.rule, finding?.resource, finding?.access, finding?.explanation]).toEqual([
      `${owner}-policy-extra`,
      EXTRA,
      access,
      explanation,
    ]);
  });
});

test('it is the same drift, whether the policy could be read or not', () => {
  const ids = OWNERS.map(([, live]) =>
    [[], [document(statement('Deny', '*'))]].map((documents) => driftOf(desired, live(documents)).findings[0]?.id),
  );
  for (const [unread, read] of ids) expect(read).toBe(unread);
});

const GUARD_STATED = desiredOf(
  `${SMALL.replace('user: micetro', 'user: { name: micetro, managedPolicies: [policy/guard] }').replace(
    'group: micetro-targets',
    'group: { name: micetro-targets, managedPolicies: [policy/guard] }',
  )}
defaults: { managedPolicies: [policy/guard] }
policies: { policy/guard: { Version: "2012-10-17", Statement: [{ Effect: Deny, Action: "iam:*", Resource: "*" }] } }
`,
);
const NONE = { managedPolicies: { required: [], optional: [] } };

test('a missing policy that the file states, and that only denies, leaves more allowed', () => {
  const live = liveOf(GUARD_STATED);
  const bare = editRole(editGroup(editUser(live, NONE), NONE), NONE);
  expect(driftOf(GUARD_STATED, bare).findings.map(({ rule, access }) => `${rule} ${access}`)).toEqual([
    'hub-user-policy-missing widened',
    'hub-group-policy-missing widened',
    'role-policy-missing widened',
  ]);
});
