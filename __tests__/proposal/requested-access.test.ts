import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DefaultsContent, GroupContent, UserContent } from '../../src/desired/schema.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { RequestedAccess, RequestKind } from '../../src/proposal/request.ts';
import { requestedAccess } from '../../src/proposal/requested-access.ts';
import { AT, desiredOf, HUB, ONE, TWO } from '../drift/estate.ts';
import { runs } from '../runs.ts';
import { filesOf } from './files.ts';

/** What the base's file has and what the head's has in its place, and all that it asks for: `kind where what accounts`. */
interface Change {
  readonly name: string;
  readonly base: string;
  readonly head: string;
  readonly asks: readonly string[];
}

const file = (targets: readonly unknown[], { hub = {}, ...more }: { hub?: object; [key: string]: unknown } = {}) =>
  JSON.stringify({ version: 1, hub: { account: HUB, user: 'micetro', group: 'micetro-targets', ...hub }, targets, ...more });

const FULL =
  'role Micetro, trusting the whole hub account, with AmazonRoute53FullAccess, AmazonEC2FullAccess and optionally IAMReadOnlyAccess';
const s3 = (Action: string) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: 'arn:aws:s3:::{account}/*' } });
const all = (Action: string) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });
const deny = { Version: '2012-10-17', Statement: { Effect: 'Deny', Action: '*', Resource: '*' } };
const trust = (Principal: object, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more },
});
const both = [ONE, TWO];
const small = file(both);
const withHub = (hub: object) => file(both, { hub });
const withOtherGroups = (...otherGroups: unknown[]) => withHub({ user: { name: 'micetro', otherGroups } });
const of = (role: object) => file([{ account: ONE, ...role }, TWO]);

const withContents = (policies: object, more: object = {}) =>
  file(both, { defaults: { managedPolicies: { required: ['policy/dns'], optional: ['policy/maybe'] }, ...more }, policies });

const CHANGES: readonly Change[] = [
  {
    name: 'another document of a managed policy, also where it is optional',
    base: withContents({ 'policy/dns': s3('s3:GetObject'), 'policy/maybe': all('ec2:*') }),
    head: withContents({ 'policy/dns': s3('s3:*'), 'policy/maybe': all('ec2:Describe*') }),
    asks: [
      `widens targets content of the managed policy dns ${ONE},${TWO}`,
      `narrows targets content of the managed policy maybe ${ONE},${TWO}`,
    ],
  },
  {
    name: "another reviewed version of AWS's policy",
    base: file(both, { policies: { AmazonEC2FullAccess: 'v4', IAMReadOnlyAccess: 'v1' } }),
    head: file(both, { policies: { AmazonEC2FullAccess: 'v5', IAMReadOnlyAccess: 'v1' } }),
    asks: [`changes hub reviewed version of the AWS managed policy AmazonEC2FullAccess, from v4 to v5 ${HUB}`],
  },
  {
    name: 'a document that is not stated so far, which a repair would write',
    base: withContents({}),
    head: withContents({ 'policy/dns': all('*') }),
    asks: [`changes targets content of the managed policy dns, not stated before ${ONE},${TWO}`],
  },
  {
    name: 'a reviewed version that is not stated so far',
    base: small,
    head: file(both, { policies: { AmazonRoute53FullAccess: 'v5' } }),
    asks: [`describes hub content of the managed policy AmazonRoute53FullAccess, not stated before ${HUB}`],
  },
  {
    name: 'a document that is no longer stated',
    base: withContents({ 'policy/dns': all('s3:*') }),
    head: withContents({}),
    asks: [`describes targets content of the managed policy dns, no longer stated ${ONE},${TWO}`],
  },
  { name: 'nothing', base: small, head: file([...both].map((account) => ({ account, name: 'x', owner: 'y' }))), asks: [] },
  { name: 'a target', base: file([ONE]), head: small, asks: [`grants added ${FULL} ${TWO}`] },
  {
    name: 'another group with its policies',
    base: small,
    head: withOtherGroups(
      { name: 'readers', managedPolicies: ['ReadOnlyAccess'], inlinePolicies: { list: all('s3:List*') } },
      { name: 'none' },
    ),
    asks: [
      `grants hub membership of hub user micetro in group readers (with the managed policies ReadOnlyAccess, with the inline policies list), which it may be in ${HUB}`,
      `grants hub membership of hub user micetro in group none (without policies), which it may be in ${HUB}`,
    ],
  },
  {
    name: 'policies of another group',
    base: withOtherGroups({ name: 'readers', managedPolicies: ['ReadOnlyAccess'], inlinePolicies: { list: all('s3:List*') } }),
    head: withOtherGroups({ name: 'Readers', managedPolicies: ['SecurityAudit'], inlinePolicies: { list: all('s3:*') } }),
    asks: [
      `grants hub managed policy SecurityAudit on hub group Readers ${HUB}`,
      `widens hub inline policy list of hub group readers ${HUB}`,
      `revokes hub managed policy ReadOnlyAccess on hub group Readers ${HUB}`,
    ],
  },
  {
    name: 'policies of another group that are no longer stated',
    base: withOtherGroups({ name: 'readers', managedPolicies: ['ReadOnlyAccess'] }),
    head: withOtherGroups('readers'),
    asks: [`accepts hub policies of group readers, no longer stated ${HUB}`],
  },
  {
    name: 'policies of another group that are stated from now on',
    base: withOtherGroups('readers'),
    head: withOtherGroups({ name: 'readers', managedPolicies: ['ReadOnlyAccess'] }),
    asks: [`narrows hub policies of group readers (with the managed policies ReadOnlyAccess), not stated before ${HUB}`],
  },
  { name: 'several alike', base: file([]), head: small, asks: [`grants added ${FULL} ${ONE},${TWO}`] },
  { name: 'a target less', base: small, head: file([ONE]), asks: [`revokes removed role Micetro ${TWO}`] },
  {
    name: 'another role in a target',
    base: small,
    head: of({ roleName: 'Other', trust: 'hub-user', managedPolicies: [] }),
    asks: [`grants targets role Other, trusting the hub user, without managed policies ${ONE}`, `revokes targets role Micetro ${ONE}`],
  },
  {
    name: 'a trust that opens',
    base: file(both, { defaults: { trust: 'hub-user' } }),
    head: small,
    asks: [`widens targets trust of role Micetro, from the hub user to the whole hub account ${ONE},${TWO}`],
  },
  {
    name: 'a trust in everybody',
    base: small,
    head: of({ trust: trust({ AWS: '*' }) }),
    asks: [`widens targets trust of role Micetro, from the whole hub account to everybody (*) ${ONE}`],
  },
  {
    name: 'a trust with a condition',
    base: small,
    head: of({ trust: trust({ AWS: HUB }, { Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }) }),
    asks: [`narrows targets trust of role Micetro ${ONE}`],
  },
  {
    name: 'in the hub as its own target, a user of the hub who then needs no policy',
    base: file([HUB]),
    head: file([{ account: HUB, trust: trust({ AWS: [HUB, `arn:aws:iam::${HUB}:user/mallory`] }) }]),
    asks: [
      `widens targets trust of role Micetro, from the whole hub account to the whole hub account and arn:aws:iam::{account}:user/mallory ${HUB}`,
    ],
  },
  {
    name: 'elsewhere, a user of the hub beside the hub',
    base: small,
    head: of({ trust: trust({ AWS: [HUB, `arn:aws:iam::${HUB}:user/mallory`] }) }),
    asks: [],
  },
  { name: 'the same trust in other words', base: small, head: of({ trust: trust({ AWS: [HUB] }) }), asks: [] },
  {
    name: 'managed policies',
    base: small,
    head: of({ managedPolicies: { required: ['AmazonEC2FullAccess', 'IAMReadOnlyAccess'], optional: ['ReadOnlyAccess'] } }),
    asks: [
      `grants targets managed policy IAMReadOnlyAccess on role Micetro, which was optional before ${ONE}`,
      `grants targets managed policy ReadOnlyAccess on role Micetro, which may be attached ${ONE}`,
      `revokes targets managed policy AmazonRoute53FullAccess on role Micetro ${ONE}`,
    ],
  },
  {
    name: 'an inline policy that revokes sessions, and a quarantine',
    base: small,
    head: file([{ account: ONE, inlinePolicies: { AWSRevokeOlderSessions: deny } }, TWO], {
      hub: { user: { name: 'micetro', managedPolicies: ['IAMReadOnlyAccess', 'AWSCompromisedKeyQuarantineV3'] } },
    }),
    asks: [
      `grants hub managed policy AWSCompromisedKeyQuarantineV3 on hub user micetro ${HUB}`,
      `narrows targets inline policy AWSRevokeOlderSessions of role Micetro ${ONE}`,
    ],
  },
  {
    name: 'inline policies',
    base: of({ inlinePolicies: { gone: s3('s3:Get*'), kept: s3('s3:Get*') } }),
    head: of({ inlinePolicies: { kept: s3('s3:*'), new: s3('s3:List*') } }),
    asks: [
      `grants targets inline policy new of role Micetro ${ONE}`,
      `widens targets inline policy kept of role Micetro ${ONE}`,
      `revokes targets inline policy gone of role Micetro ${ONE}`,
    ],
  },
  {
    name: 'a boundary',
    base: small,
    head: of({ permissionsBoundary: 'policy/edge' }),
    asks: [`narrows targets permissions boundary of role Micetro: none → policy/edge ${ONE}`],
  },
  {
    name: 'no boundary any more',
    base: of({ permissionsBoundary: 'policy/edge' }),
    head: small,
    asks: [`widens targets permissions boundary of role Micetro: policy/edge → none ${ONE}`],
  },
  {
    name: 'what describes',
    base: small,
    head: of({ description: 'x', tags: { a: 'b' }, maxSessionDuration: 7200 }),
    asks: [`describes targets description, session duration, tags of role Micetro ${ONE}`],
  },
  {
    name: 'the hub user',
    base: small,
    head: withHub({ user: { name: 'micetro', consoleLogin: true, accessKeys: { max: 1 }, otherGroups: ['readers'], managedPolicies: [] } }),
    asks: [
      `grants hub membership of hub user micetro in group readers, which it may be in ${HUB}`,
      `grants hub console password of hub user micetro, which it may have ${HUB}`,
      `narrows hub access keys of hub user micetro, from 1 to 2 active to 1 to 1 active ${HUB}`,
      `revokes hub managed policy IAMReadOnlyAccess on hub user micetro ${HUB}`,
    ],
  },
  {
    name: 'other credentials of the hub user',
    base: withHub({ user: { name: 'micetro', otherCredentials: false } }),
    head: withHub({ user: { name: 'micetro', otherCredentials: true } }),
    asks: [`grants hub credentials other than access keys of hub user micetro, which it may have ${HUB}`],
  },
  {
    name: 'other credentials of the hub user no more',
    base: withHub({ user: { name: 'micetro', otherCredentials: true } }),
    head: small,
    asks: [`revokes hub credentials other than access keys of hub user micetro, which it may have ${HUB}`],
  },
  {
    name: 'the default of other credentials, stated',
    base: small,
    head: withHub({ user: { name: 'micetro', otherCredentials: false } }),
    asks: [],
  },
  {
    name: "who may assume the action's own roles",
    base: file(both, { fixer: { trustedBy: `arn:aws:iam::${HUB}:role/A` } }),
    head: file(both, { fixer: { trustedBy: `arn:aws:iam::${HUB}:role/B` }, auditor: { trustedBy: `arn:aws:iam::${HUB}:role/C` } }),
    asks: [
      `changes targets who may assume the fixer role, from arn:aws:iam::${HUB}:role/A to arn:aws:iam::${HUB}:role/B ${ONE},${TWO}`,
      `describes targets who may assume the auditor role, from not compared to arn:aws:iam::${HUB}:role/C ${ONE},${TWO}`,
    ],
  },
  {
    name: 'who else in the hub account may assume the roles',
    base: withHub({ otherCallers: ['role/Admin', 'user/ann'] }),
    head: withHub({ otherCallers: ['user/ANN', 'role/team/Admin'] }),
    asks: [
      `accepts hub role/team/Admin of the hub account, which may assume the target roles ${HUB}`,
      `describes hub role/Admin of the hub account, no longer accepted as a caller of the target roles ${HUB}`,
    ],
  },
  {
    name: 'who else may assume the roles, stated',
    base: small,
    head: withHub({ otherCallers: ['Admin'] }),
    asks: [
      `accepts hub Admin of the hub account, which may assume the target roles ${HUB}`,
      `describes hub other users and roles of the hub account that may assume the target roles: now compared ${HUB}`,
    ],
  },
  {
    name: 'who else may assume the roles, stated no more',
    base: withHub({ otherCallers: [] }),
    head: small,
    asks: [`accepts hub other users and roles of the hub account that may assume the target roles: no longer compared ${HUB}`],
  },
  {
    name: 'a member of the group',
    base: small,
    head: withHub({ group: { name: 'micetro-targets', members: ['micetro', 'bob'] } }),
    asks: [`grants hub membership of user bob in hub group micetro-targets ${HUB}`],
  },
  {
    name: 'another group, and a grant in it',
    base: small,
    head: file([ONE, { account: TWO, group: 'more' }], { hub: { group: undefined, groups: ['micetro-targets', 'more'] } }),
    asks: [
      `grants hub hub group more with micetro as members ${HUB}`,
      `changes targets the grant of role Micetro, from any hub group to hub group more ${TWO}`,
    ],
  },
  {
    name: 'assuming something that is no target',
    base: small,
    head: withHub({
      group: {
        name: 'micetro-targets',
        inlinePolicies: { own: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' } } },
      },
    }),
    asks: [`grants hub inline policy own of hub group micetro-targets ${HUB}`],
  },
  {
    name: 'everything, where something was allowed',
    base: withHub({ group: { name: 'micetro-targets', inlinePolicies: { own: all('s3:Get*') } } }),
    head: withHub({
      group: {
        name: 'micetro-targets',
        inlinePolicies: { own: all('*') },
      },
    }),
    asks: [`widens hub inline policy own of hub group micetro-targets ${HUB}`],
  },
  {
    name: 'a group with policies of its own',
    base: small,
    head: withHub({
      group: undefined,
      groups: [
        'micetro-targets',
        { name: 'more', managedPolicies: { required: ['ReadOnlyAccess'], optional: ['policy/own'] }, inlinePolicies: { a: all('s3:*') } },
      ],
    }),
    asks: [
      `grants hub hub group more with micetro as members, with the managed policies ReadOnlyAccess, optionally with policy/own, with the inline policies a ${HUB}`,
    ],
  },
  {
    name: "a customer's policy by the name of one of AWS's",
    base: withHub({ user: { name: 'micetro', managedPolicies: [], permissionsBoundary: 'ReadOnlyAccess' } }),
    head: withHub({ user: { name: 'micetro', managedPolicies: [], permissionsBoundary: 'policy/ReadOnlyAccess' } }),
    asks: [`changes hub permissions boundary of hub user micetro: ReadOnlyAccess → policy/ReadOnlyAccess ${HUB}`],
  },
  {
    name: 'grants packed in place of one each',
    base: small,
    head: withHub({ grants: { layout: 'packed' } }),
    asks: [],
  },
  {
    name: 'another hub',
    base: small,
    head: file(both, { hub: { account: '999999999999' }, defaults: { trust: trust({ AWS: HUB }) } }),
    asks: ['changes hub the hub account, from 111111111111 (aws) to 999999999999 (aws) 999999999999'],
  },
  {
    name: 'who repairs',
    base: small,
    head: file(both, { fixer: { roleName: 'Mine', externalId: 'x1' } }),
    asks: [`changes hub the role that repairs the targets, from AssumeRoleFixer to Mine with an external id ${HUB}`],
  },
  {
    name: 'another external id of who reads',
    base: file(both, { auditor: { roleName: 'Mine', externalId: 'x1' } }),
    head: file(both, { auditor: { roleName: 'Mine', externalId: 'x2' } }),
    asks: [`changes hub the role that reads the targets, from Mine with an external id to Mine with a different external id ${HUB}`],
  },
  {
    name: 'the hub, for a user that is told apart',
    base: withHub({ user: { name: 'micetro', permissionsBoundary: 'policy/a' } }),
    head: file(both, {
      hub: { account: '999999999999', user: { name: 'micetro', permissionsBoundary: 'policy/b' } },
      defaults: { trust: trust({ AWS: HUB }) },
    }),
    asks: [
      'changes hub the hub account, from 111111111111 (aws) to 999999999999 (aws) 999999999999',
      'changes hub permissions boundary of hub user micetro: policy/a → policy/b 999999999999',
    ],
  },
  {
    name: 'an exception',
    base: small,
    head: file(both, {
      exceptions: [{ rule: 'trust-changed', account: ONE, finding: '0123456789abcdef', owner: '@a', reason: 'why', expires: '2027-01-31' }],
    }),
    asks: [`accepts targets trust-changed (one finding only) until 2027-01-31, for @a: why ${ONE}`],
  },
];

const asked = (base: string | undefined, head: string): readonly RequestedAccess[] =>
  requestedAccess(base === undefined ? undefined : desiredOf(base), desiredOf(head), { at: AT, comparer: new Comparer() });

const told = (base: string | undefined, head: string) =>
  asked(base, head).map(({ kind, where, what, accounts }) => `${kind} ${where} ${what} ${accounts.join()}`);

test.each(CHANGES.map((change) => [change.name, change] as const))('%s', (_name, { base, head, asks }) => {
  expect(told(base, head)).toEqual(asks);
});

/** Each key of a role, of the hub user and of a hub group, with a value that is not its default: the compiler asks for those of a new key. */
const OTHER_ROLE: Readonly<Record<keyof DefaultsContent, unknown>> = {
  roleName: 'Other',
  path: '/other/',
  trust: 'hub-user',
  managedPolicies: [],
  inlinePolicies: { other: all('s3:*') },
  permissionsBoundary: 'policy/other',
  maxSessionDuration: 7200,
  description: 'other',
  tags: { other: 'x' },
};
const OTHER_USER: Readonly<Record<keyof UserContent, unknown>> = {
  name: 'other',
  managedPolicies: [],
  inlinePolicies: { other: all('s3:*') },
  accessKeys: { max: 1 },
  otherCredentials: true,
  otherGroups: ['readers'],
  permissionsBoundary: 'policy/other',
  consoleLogin: true,
};
const OTHER_GROUP: Readonly<Record<keyof GroupContent, unknown>> = {
  name: 'other',
  members: ['other'],
  managedPolicies: ['ReadOnlyAccess'],
  inlinePolicies: { other: all('s3:*') },
};

test.each([
  ...Object.entries(OTHER_ROLE).map(([key, value]) => [`${key} of a role`, file(both, { defaults: { [key]: value } })] as const),
  ...Object.entries(OTHER_USER).map(
    ([key, value]) => [`${key} of the user`, withHub({ user: { name: 'micetro', [key]: value } })] as const,
  ),
  ...Object.entries(OTHER_GROUP).map(
    ([key, value]) => [`${key} of a group`, withHub({ group: { name: 'micetro-targets', [key]: value } })] as const,
  ),
])('another %s is seen', (_key, head) => {
  expect(asked(small, head)).not.toEqual([]);
});

test('of a new file all is asked for', () => {
  expect(told(undefined, small)).toEqual([
    `grants added ${FULL} ${ONE},${TWO}`,
    `grants hub hub group micetro-targets with micetro as members ${HUB}`,
    `grants hub hub user micetro, with the managed policies IAMReadOnlyAccess ${HUB}`,
  ]);
});

test('what differs is told with what the comparison says of it, alike accounts as one', () => {
  const head = file(both, { defaults: { inlinePolicies: { a: s3('s3:*') } } });
  const [only, ...more] = asked(file(both, { defaults: { inlinePolicies: { a: s3('s3:Get*') } } }), head);
  expect(more).toEqual([]);
  expect(only).toMatchObject({ kind: 'widens', accounts: both, explanation: [expect.stringContaining('arn:aws:s3:::{account}/*')] });
});

test('of an inline policy that is new, what it says is told', () => {
  const [only] = asked(small, of({ inlinePolicies: { a: s3('s3:*') } }));
  expect(only?.explanation).toEqual(['Allows `s3:*` on `arn:aws:s3:::{account}/*`']);
});

test('of a new file the user is told whole', () => {
  const user = { name: 'micetro', managedPolicies: ['AdministratorAccess'], inlinePolicies: { a: all('s3:*') }, otherCredentials: true };
  expect(told(undefined, withHub({ user }))).toContain(
    `grants hub hub user micetro, with the managed policies AdministratorAccess, with the inline policies a, optionally with credentials other than access keys ${HUB}`,
  );
});

describe('laws', () => {
  const REVERSE: Readonly<Record<RequestKind, RequestKind | undefined>> = {
    grants: 'revokes',
    revokes: 'grants',
    widens: 'narrows',
    narrows: 'widens',
    changes: 'changes',
    accepts: undefined,
    describes: undefined,
  };

  test('a file asks for nothing against itself', () => {
    fc.assert(
      fc.property(filesOf, (one) => expect(told(one, one)).toEqual([])),
      { numRuns: runs(50) },
    );
  });

  test('swapping the files swaps what is given and taken', () => {
    const counted = (base: string, head: string) => {
      const counts = new Map<string, number>();
      for (const { kind, accounts } of asked(base, head)) {
        if (REVERSE[kind] !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + accounts.length);
      }
      return counts;
    };
    fc.assert(
      fc.property(filesOf, filesOf, (one, other) => {
        const [there, back] = [counted(one, other), counted(other, one)];
        for (const [kind, reverse] of Object.entries(REVERSE)) {
          if (reverse !== undefined) expect([kind, there.get(kind)]).toEqual([kind, back.get(reverse)]);
        }
      }),
      { numRuns: runs(100) },
    );
  });
});
