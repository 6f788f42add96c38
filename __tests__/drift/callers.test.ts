import { describe, expect, test } from '@jest/globals';
import type { HubPrincipal } from '../../src/state/principals.ts';
import type { State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  HUB,
  liveOf,
  managed,
  ONE,
  principal,
  roleArn,
  SMALL,
  TWO,
  trust,
  trustPolicy,
  type WrittenPrincipal,
  withPrincipals,
} from './estate.ts';

const ROLES = [roleArn(ONE), roleArn(TWO)];
const ADMIN = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const READ = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['s3:Get*', 'sts:GetCallerIdentity'], Resource: '*' }] };
const DENY = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'sts:Assume*', Resource: '*' }] };
const on = (Resource: unknown, more: object = {}) => assume(Resource, { ...more });
const when = (Condition: object) => assume('*', { Condition });
const denyWhen = (Condition: object) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: '*', Condition },
  ],
});
const byRole = (name: string) => `arn:aws:iam::${HUB}:role/${name}`;

function filed(...otherCallers: readonly string[]): string {
  return SMALL.replace('group: micetro-targets', `group: micetro-targets\n  otherCallers: ${JSON.stringify(otherCallers)}`);
}

function found(file: string, edit: (live: State) => State) {
  const desired = desiredOf(file);
  return driftOf(desired, edit(liveOf(desired))).findings.filter(({ rule }) => rule === 'hub-caller-extra');
}

/** The accounts into which one principal gets that the file does not list. */
function reached(who: HubPrincipal, edit: (live: State) => State = (live) => live): readonly string[] {
  const findings = found(filed(), (live) => withPrincipals(edit(live), who));
  return findings.flatMap(({ difference }) => (difference.kind === 'caller' ? difference.targets.map(({ account }) => account) : []));
}

const BOTH = [ONE, TWO];
const own = (policies: WrittenPrincipal['policies'], more: Omit<WrittenPrincipal, 'policies'> = {}): WrittenPrincipal => ({
  ...more,
  policies: policies ?? {},
});

describe('a user or role of the hub gets into the targets', () => {
  test.each<[string, string, WrittenPrincipal, readonly string[]]>([
    ['as an administrator', 'role/Admin', own({ [managed('AdministratorAccess')]: ADMIN }), BOTH],
    ['by a policy of its group', 'user/ann', { ofGroup: { all: on('*') } }, BOTH],
    ['into one of them, by its ARN', 'role/Deploy', own({ one: on(ROLES[0]) }), [ONE]],
    ['into one of them, by a pattern', 'role/Deploy', own({ one: on(`arn:aws:iam::${TWO}:role/Mic*`) }), [TWO]],
    ['by an action with wildcards in other case', 'role/Deploy', own({ sts: on('*', { Action: 'STS:assume*' }) }), BOTH],
    [
      'by NotAction and NotResource',
      'role/Deploy',
      own({ not: { Version: '2012-10-17', Statement: { Effect: 'Allow', NotAction: 's3:*', NotResource: ROLES[0] } } }),
      [TWO],
    ],
    ['as a service-linked role', 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX', own({ all: on('*') }), BOTH],
    ['by a policy of which nothing can be understood', 'role/Odd', own({ odd: 'no policy' }), BOTH],
    ['not by another action', 'role/Reader', own({ read: READ }), []],
    ['not without any policy', 'role/Reader', {}, []],
    ['not into the role of another name', 'role/Deploy', own({ other: on(roleArn(ONE, 'Other')) }), []],
    ['not by a policy that was not read', 'role/Deploy', own({ [managed('AdministratorAccess')]: undefined }), []],
  ])('%s', (_, entity, written, accounts) => {
    expect(reached(principal(entity, written))).toEqual(accounts);
  });
});

describe('what keeps a user or role out', () => {
  test.each<[string, WrittenPrincipal, readonly string[]]>([
    ['a denial in another policy', own({ all: ADMIN, deny: DENY }), []],
    ['a denial of one role', own({ all: ADMIN, deny: on(ROLES[0], { Effect: 'Deny' }) }), [TWO]],
    ['a denial in its group', { policies: { all: ADMIN }, ofGroup: { deny: DENY } }, []],
    [
      'a denial whose conditions the caller may avoid',
      own({ all: ADMIN, deny: denyWhen({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } }) }),
      BOTH,
    ],
    ['a boundary that does not allow it', own({ all: ADMIN }, { boundary: READ }), []],
    ['a boundary that denies it', own({ all: ADMIN }, { boundary: denyWhen({}) }), []],
    ['a boundary that allows one role', own({ all: ADMIN }, { boundary: on(ROLES[1]) }), [TWO]],
    [
      'a boundary that allows it under conditions',
      own({ all: ADMIN }, { boundary: when({ Bool: { 'aws:SecureTransport': 'true' } }) }),
      BOTH,
    ],
    ['a boundary of which nothing can be understood', own({ all: ADMIN }, { boundary: 'no policy' }), BOTH],
    ['a boundary that was not read: nobody knows', own({ all: ADMIN }, { boundary: undefined }), []],
  ])('%s', (_, written, accounts) => {
    expect(reached(principal('role/Admin', written))).toEqual(accounts);
  });
});

describe('a condition counts as met unless what is known of the caller proves otherwise', () => {
  const like = (key: string, value: unknown) => ({ StringLike: { [key]: value } });
  const notLike = (key: string, value: unknown) => ({ StringNotLike: { [key]: value } });
  test.each<[string, string, Readonly<Record<string, unknown>>, boolean]>([
    ['a second factor', 'user/ann', when({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }), true],
    ['an external id', 'user/ann', when({ StringEquals: { 'sts:ExternalId': 'x' } }), true],
    ['an address', 'user/ann', when({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }), true],
    ['its own ARN', 'role/team/Admin', when({ ArnLike: { 'aws:PrincipalArn': byRole('team/*') } }), true],
    ["another one's ARN", 'role/team/Admin', when({ ArnEquals: { 'aws:PrincipalArn': byRole('Admin') } }), false],
    ["all but another one's ARN denied", 'role/Admin', denyWhen({ ArnNotLike: { 'aws:PrincipalArn': byRole('Deploy') } }), false],
    ['all but its own ARN denied', 'role/Admin', denyWhen({ ArnNotLike: { 'aws:principalarn': byRole('Ad*') } }), true],
    ['its user name', 'user/ann', when(like('aws:username', 'an*')), true],
    ["another one's user name", 'user/ann', when(like('aws:username', 'bob')), false],
    ['a user name, of a role', 'role/ann', when(like('aws:username', 'ann')), false],
    ['a role with the name of the user', 'user/cetro', on(`arn:aws:iam::*:role/Mi\${aws:username}`), true],
    ['a role with the name of another user', 'user/ann', on(`arn:aws:iam::*:role/\${aws:username}`), false],
    ['a role with the name of a user, of a role', 'role/Micetro', on(`arn:aws:iam::*:role/\${aws:username}`), false],
    ['a tag of the user', 'user/ann', when({ StringEquals: { 'aws:PrincipalTag/Team': 'ddi' } }), true],
    ['another value of its tag', 'user/ann', when({ StringEquals: { 'aws:PrincipalTag/team': 'web' } }), false],
    ['a tag that the user does not have', 'user/ann', when({ StringEquals: { 'aws:PrincipalTag/env': 'prod' } }), false],
    ['a tag that a session may bring', 'role/Admin', when({ StringEquals: { 'aws:PrincipalTag/env': 'prod' } }), true],
    ['its unique id', 'user/ann', when(like('aws:userid', 'AROAEXAMPLE')), true],
    ["another one's unique id", 'user/ann', when(like('aws:userid', 'AROAOTHER*')), false],
    ['any session of it', 'role/Admin', when(like('aws:userid', 'AROAEXAMPLE:*')), true],
    ['one session of it', 'role/Admin', when(like('aws:userid', 'AROAEXAMPLE:alice')), true],
    ["another one's sessions", 'role/Admin', when(like('aws:userid', ['AROAOTHER:*', 'AIDA1'])), false],
    ['all but its own sessions denied', 'role/Admin', denyWhen(notLike('aws:userid', ['AROAOTHER:*', 'AROAEXAMPLE:*'])), true],
    ["all but another one's sessions denied", 'role/Admin', denyWhen(notLike('aws:userid', ['AROAOTHER:*'])), false],
    ['all but one of its sessions denied', 'role/Admin', denyWhen(notLike('aws:userid', ['AROAEXAMPLE:alice'])), true],
    ['its type', 'role/Admin', when({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }), true],
    ['another type', 'role/Admin', when({ StringEquals: { 'aws:PrincipalType': 'User' } }), false],
    ['its account', 'role/Admin', when({ StringEquals: { 'aws:PrincipalAccount': HUB } }), true],
    ['another account', 'role/Admin', when({ StringNotEquals: { 'aws:PrincipalAccount': HUB } }), false],
    ['roles of another account', 'role/Admin', when({ StringEquals: { 'aws:ResourceAccount': '999999999999' } }), false],
    ['a service', 'role/Admin', when({ Bool: { 'aws:PrincipalIsAWSService': 'true' } }), false],
  ])('%s', (_, entity, document, isIn) => {
    expect(reached(principal(entity, { policies: { own: document }, tags: { team: 'ddi' } }))).toEqual(isIn ? BOTH : []);
  });
});

describe('the live trust', () => {
  const admin = principal('role/team/Admin', own({ all: ADMIN }));
  const session = `arn:aws:sts::${HUB}:assumed-role/Admin/alice`;
  const root = { AWS: `arn:aws:iam::${HUB}:root` };
  const denying = (principals: unknown) => ({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: root, Action: 'sts:AssumeRole' },
      { Effect: 'Deny', Principal: principals, Action: 'sts:AssumeRole' },
    ],
  });
  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['of the hub account', trust(root), true],
    ['of everybody', trust({ AWS: '*' }), true],
    ['of the hub user alone', trust({ AWS: `arn:aws:iam::${HUB}:user/micetro` }), false],
    ['of the role', trust({ AWS: byRole('team/Admin') }), true],
    ['of the role by its unique id', trust({ AWS: 'AROAEXAMPLE' }), true],
    ['of a deleted role', trust({ AWS: 'AROAOTHER' }), false],
    ['of a session of the role', trust({ AWS: session }), true],
    ["of another role's session", trust({ AWS: session.replace('Admin', 'Other') }), false],
    ['of the hub, for its ARN', trust(root, { Condition: { ArnLike: { 'aws:PrincipalArn': byRole('*/Admin') } } }), true],
    ["of the hub, for another one's ARN", trust(root, { Condition: { ArnLike: { 'aws:PrincipalArn': byRole('Deploy') } } }), false],
    ['of the hub with an external id', trust(root, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }), true],
    ['of the hub for another action', trust(root, { Action: 'sts:TagSession' }), false],
    ['of another account', trust({ AWS: `arn:aws:iam::${TWO}:root` }), false],
    ['of an identity provider', trust({ Federated: 'accounts.google.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' }), false],
    ['that denies the role', denying({ AWS: byRole('team/Admin') }), false],
    ['that denies the hub', denying(root), false],
    ['that denies one session of the role', denying({ AWS: session }), true],
  ])('%s', (_, document, isIn) => {
    expect(reached(admin, (live) => editRole(live, { trust: document }))).toEqual(isIn ? BOTH : [TWO]);
  });

  test('that was not read, or of a role that does not exist, lets nobody be reported', () => {
    expect(reached(admin, (live) => editRole(live, { trust: undefined }))).toEqual([TWO]);
    const gone = (live: State) => ({
      ...live,
      targets: live.targets.map((target) => ({ ...target, role: { name: target.roleName, value: null } })),
    });
    expect(reached(admin, gone)).toEqual([]);
  });

  test('of a role with another path counts with the ARN that the role has', () => {
    const arn = `arn:aws:iam::${ONE}:role/team/Micetro`;
    const moved = (live: State) => editRole(live, { path: '/team/', arn });
    expect(reached(principal('role/Deploy', own({ exact: on(arn) })), moved)).toEqual([ONE]);
    expect(reached(principal('role/Deploy', own({ exact: on(ROLES[0]) })), moved)).toEqual([]);
  });
});

describe('a target in the hub account', () => {
  const file = filed().replace(`"${ONE}"`, `"${HUB}"`).replace(`  - "${TWO}"\n`, '');
  const into = (who: HubPrincipal, document: Readonly<Record<string, unknown>>) =>
    found(file, (live) => withPrincipals(editRole(live, { trust: trustPolicy(document, HUB) }, HUB), who)).map(({ message }) => message);
  const named = (entity: string) => trust({ AWS: `arn:aws:iam::${HUB}:${entity}` });

  test.each<[string, string, WrittenPrincipal, Readonly<Record<string, unknown>>, boolean]>([
    ['lets in whom its trust names, without a policy', 'user/ann', {}, named('user/ann'), true],
    ['lets in whom its trust names, whatever bounds a user', 'user/ann', { boundary: READ }, named('user/ann'), true],
    ['lets in a role within its boundary', 'role/App', { boundary: READ }, named('role/App'), false],
    ['lets in a role within a boundary that allows it', 'role/App', { boundary: ADMIN }, named('role/App'), true],
    [
      'lets in a session of a role, whatever bounds the role',
      'role/App',
      { boundary: READ },
      trust({ AWS: `arn:aws:sts::${HUB}:assumed-role/App/x` }),
      true,
    ],
    ['does not let in whom a policy denies it', 'user/ann', own({ deny: DENY }), named('user/ann'), false],
    ['does not let in whom a boundary denies it', 'user/ann', { boundary: DENY }, named('user/ann'), false],
    ['leaves the rest of the account to policies', 'user/ann', {}, trust({ AWS: `arn:aws:iam::${HUB}:root` }), false],
    [
      'leaves the rest of the account to policies that allow it',
      'user/ann',
      own({ all: ADMIN }),
      trust({ AWS: `arn:aws:iam::${HUB}:root` }),
      true,
    ],
    ['is not entered by itself', 'role/Micetro', own({ all: ADMIN }), named('role/Micetro'), false],
  ])('%s', (_, entity, written, document, isIn) => {
    expect(into(principal(entity, written), document)).toHaveLength(isIn ? 1 : 0);
  });

  test('says that it is the trust policy', () => {
    expect(into(principal('user/ann'), named('user/ann'))).toEqual([
      `The user ann of the hub account can assume the role Micetro in ${HUB} through the trust policy of the role; hub.otherCallers does not list it.`,
    ]);
  });
});

describe('who is listed', () => {
  const admins = [principal('role/sso/eu/Admin', own({ all: ADMIN })), principal('user/Admin', own({ all: ADMIN }))];
  test.each<[string, readonly string[], readonly string[]]>([
    ['nobody', [], ['role/sso/eu/Admin', 'user/Admin']],
    ['with the path', ['role/sso/eu/Admin'], ['user/Admin']],
    ['in another case', ['USER/x', 'user/ADMIN'].slice(1), ['role/sso/eu/Admin']],
    ['without the path', ['role/Admin', 'user/Admin'], []],
    ['with another path', ['role/sso/Admin', 'user/team/Admin'], ['role/sso/eu/Admin', 'user/Admin']],
    ['by a name that two have', ['Admin'], ['role/sso/eu/Admin', 'user/Admin']],
    ['who does not exist', ['role/Gone', 'role/Admin', 'user/Admin'], []],
  ])('%s', (_, entries, callers) => {
    const resources = found(filed(...entries), (live) => withPrincipals(live, ...admins)).map(({ resource }) => resource);
    expect(resources).toEqual(callers.map((entity) => `arn:aws:iam::${HUB}:${entity}`));
  });

  test('by a name alone that nobody else has', () => {
    expect(found(filed('admin'), (live) => withPrincipals(live, ...admins.slice(0, 1)))).toEqual([]);
  });

  test('a listed name of two says how to write it', () => {
    const [finding] = found(filed('Admin'), (live) => withPrincipals(live, ...admins));
    expect(finding?.message).toMatch(
      /; hub\.otherCallers lists Admin, which is the name of both a user and a role\. If this one is intended, write role\/sso\/eu\/Admin\.$/,
    );
  });

  test('the hub user and members of the hub groups are no callers, by the file or as it is', () => {
    const all = own({ all: ADMIN });
    const file = filed().replace('group: micetro-targets', 'group: { name: micetro-targets, members: [micetro, backup] }');
    const edit = (live: State) =>
      withPrincipals(
        editGroup(live, { members: [{ name: 'Extra', arn: `arn:aws:iam::${HUB}:user/Extra` }] }),
        ...['user/micetro', 'user/backup', 'user/extra', 'role/micetro'].map((entity) => principal(entity, all)),
      );
    expect(found(file, edit).map(({ resource }) => resource)).toEqual([byRole('micetro')]);
  });
});

describe('the finding', () => {
  test('says who, by what and into which targets', () => {
    const who = principal('user/ops/ann', {
      policies: { [managed('PowerUserAccess')]: on('*'), read: READ },
      ofGroup: { jump: on(ROLES[0]) },
    });
    const [finding] = found(filed().replace(`- "${ONE}"`, `- { account: "${ONE}", name: production }`), (live) =>
      withPrincipals(live, who),
    );
    expect(finding).toMatchObject({
      rule: 'hub-caller-extra',
      account: HUB,
      access: 'widened',
      severity: 'more',
      resource: `arn:aws:iam::${HUB}:user/ops/ann`,
      title: 'Hub user ann can assume the roles of 2 targets',
      message: `The user ops/ann of the hub account can assume the role Micetro in production (${ONE}) and the role Micetro in ${TWO} through PowerUserAccess and the inline policy jump of the group team; hub.otherCallers does not list it.`,
      witness: `sts:AssumeRole on ${ROLES[0]} by arn:aws:iam::${HUB}:user/ops/ann`,
      location: { line: 7 },
    });
    expect(finding?.difference).toMatchObject({
      desired: null,
      live: { policies: [managed('PowerUserAccess'), `arn:aws:iam::${HUB}:group/team/policy/jump`], roles: ROLES },
    });
  });

  test('names no more than three targets, and five policies', () => {
    const accounts = ['200000000001', '200000000002', '200000000003', '200000000004'];
    const file = `${filed().split('targets:\n')[0]}targets: ${JSON.stringify(accounts)}\n`;
    const policies = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [`arn:aws:iam::${HUB}:policy/${name}`, on('*')]));
    const [finding] = found(file, (live) => withPrincipals(live, principal('role/Admin', own(policies))));
    expect(finding?.message).toBe(
      'The role Admin of the hub account can assume the roles of 4 targets through a, b, c, d, e and 2 more policies; hub.otherCallers does not list it.',
    );
  });

  test('has the id of the caller and its policies, whatever targets the file has', () => {
    const who = principal('role/Admin', own({ all: ADMIN }));
    const idOf = (file: string, ...more: readonly HubPrincipal[]) =>
      found(file, (live) => withPrincipals(live, ...(more.length > 0 ? more : [who])))[0]?.id;
    expect(idOf(filed().replace(`  - "${TWO}"\n`, ''))).toBe(idOf(filed()));
    expect(idOf(filed(), principal('role/Admin', own({ all: ADMIN, more: on('*') })))).not.toBe(idOf(filed()));
  });
});

test('what the file does not state is not compared', () => {
  const live = (file: string) => withPrincipals(liveOf(desiredOf(file)), principal('role/Admin', own({ all: ADMIN })));
  const drift = (file: string) => driftOf(desiredOf(file), live(file));
  const entry = { resource: `arn:aws:iam::${HUB}:root`, what: 'callers', accounts: 1 };
  expect(drift(SMALL).findings).toEqual([]);
  expect(drift(SMALL).notCompared).toContainEqual(entry);
  expect(drift(filed()).notCompared).not.toContainEqual(entry);
});
