import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, userIn } from '../../dev/aws/estate.ts';
import { assume } from '../../dev/aws/guide.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { State } from '../../src/state/state.ts';
import { sorted, startLive, wanting } from './hub.ts';

const HUB = '111111111111';
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const GROUP = `arn:aws:iam::${HUB}:group/micetro-targets`;
const AUDITOR = `arn:aws:iam::${HUB}:role/DriftAuditor`;
const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' }] };

const user = (draft: Estate) => userIn(draft, HUB, 'micetro');
const group = (draft: Estate) => groupIn(draft, HUB, 'micetro-targets');

const USER_CALLS = ['GetLoginProfile', 'GetUser', 'ListAccessKeys', 'ListAttachedUserPolicies', 'ListGroupsForUser', 'ListUserPolicies'];
const CREDENTIAL_CALLS = ['ListSSHPublicKeys', 'ListServiceSpecificCredentials', 'ListSigningCertificates'];
const GROUP_CALLS = ['GetGroup', 'ListAttachedGroupPolicies', 'ListGroupPolicies'];

describe('the user and the group', () => {
  test('are read whole', async () => {
    await using live = await startLive({
      edit(draft) {
        Object.assign(user(draft), {
          path: '/tools/',
          boundary: READ_ONLY,
          login: true,
          accessKeys: ['Active', 'Inactive'],
          inlinePolicies: [{ name: 'x', document: POLICY }],
        });
        accountIn(draft, HUB).users.push({ name: 'guest', path: '/people/', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
        Object.assign(group(draft), { path: '/tools/', members: ['micetro', 'guest'], managedPolicies: [READ_ONLY] });
      },
    });
    live.aws.account(HUB).dateAccessKeys('micetro', '2026-01-02T03:04:05Z');
    const { state, errors } = await live.read();
    expect(errors).toEqual([]);
    expect(state.hub).toEqual({
      account: HUB,
      user: {
        name: 'micetro',
        value: {
          path: '/tools/',
          arn: `arn:aws:iam::${HUB}:user/tools/micetro`,
          boundary: READ_ONLY,
          managedPolicies: { required: [READ_ONLY], optional: [] },
          inlinePolicies: [{ name: 'x', document: parsePolicy(JSON.stringify(POLICY), 'identity') }],
          groups: { required: ['micetro-targets'], optional: [] },
          groupArns: [{ name: 'micetro-targets', arn: `arn:aws:iam::${HUB}:group/tools/micetro-targets` }],
          accessKeys: {
            min: 1,
            max: 1,
            maxAgeDays: undefined,
            listed: [
              { id: expect.stringMatching(/^AKIA/), active: true, createdAt: '2026-01-02T03:04:05.000Z' },
              { id: expect.stringMatching(/^AKIA/), active: false, createdAt: '2026-01-02T03:04:05.000Z' },
            ],
          },
          otherCredentials: { any: false, listed: [] },
          consoleLogin: true,
          uniqueId: expect.stringMatching(/^AIDA/),
        },
      },
      groups: [
        {
          name: 'micetro-targets',
          value: {
            path: '/tools/',
            arn: `arn:aws:iam::${HUB}:group/tools/micetro-targets`,
            members: expect.arrayContaining([
              { name: 'micetro', arn: `arn:aws:iam::${HUB}:user/tools/micetro` },
              { name: 'guest', arn: `arn:aws:iam::${HUB}:user/people/guest` },
            ]),
            managedPolicies: { required: [READ_ONLY], optional: [] },
            inlinePolicies: live.guide.targets.map((account) => ({
              name: `assume-${account}-Micetro`,
              document: parsePolicy(JSON.stringify(assume([`arn:aws:iam::${account}:role/Micetro`])), 'identity'),
            })),
          },
        },
      ],
      driftedDocuments: [{ arn: READ_ONLY, document: expect.objectContaining({ source: expect.stringContaining('iam:Get*') }) }],
    });
  });

  test('are read page by page', async () => {
    await using live = await startLive({
      pageSize: 1,
      guide: { targets: 5 },
      edit(draft) {
        Object.assign(user(draft), {
          accessKeys: ['Active', 'Active'],
          inlinePolicies: ['x', 'y'].map((name) => ({ name, document: POLICY })),
        });
        user(draft).managedPolicies.push('arn:aws:iam::aws:policy/SecurityAudit');
        accountIn(draft, HUB).users.push({ name: 'guest', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
        accountIn(draft, HUB).groups.push({ name: 'other', members: ['micetro'], managedPolicies: [], inlinePolicies: [] });
        Object.assign(group(draft), {
          members: ['micetro', 'guest'],
          managedPolicies: [READ_ONLY, 'arn:aws:iam::aws:policy/SecurityAudit'],
        });
      },
    });
    const { state, errors } = await live.read();
    expect(errors).toEqual([]);
    const found = state.hub.user.value;
    expect(
      [found?.accessKeys?.listed, found?.inlinePolicies, found?.managedPolicies?.required, found?.groups?.required].map(
        (list) => list?.length,
      ),
    ).toEqual([2, 2, 2, 2]);
    const first = state.hub.groups[0]?.value;
    expect([first?.members, first?.managedPolicies?.required, first?.inlinePolicies].map((list) => list?.length)).toEqual([2, 2, 5]);
  });

  test('that are not there are known not to be there, without errors', async () => {
    await using live = await startLive();
    const desired: State = {
      ...live.desired,
      hub: { ...live.desired.hub, user: { ...live.desired.hub.user, name: 'nobody' }, groups: [{ name: 'nothing', value: undefined }] },
    };
    const { state, errors } = await live.read({}, desired);
    expect(errors).toEqual([]);
    expect(state.hub).toMatchObject({ user: { name: 'nobody', value: null }, groups: [{ name: 'nothing', value: null }] });
  });

  test('a user without a password has no login', async () => {
    await using live = await startLive();
    expect((await live.read()).state.hub.user.value?.consoleLogin).toBe(false);
  });
});

describe('what the hub costs', () => {
  const hubCalls = (live: Awaited<ReturnType<typeof startLive>>) =>
    sorted(live.aws.calls.filter(({ account }) => account === HUB).map(({ action }) => action));

  test('thirteen calls, and one for each inline policy', async () => {
    await using live = await startLive({
      edit: (draft) => Object.assign(user(draft), { inlinePolicies: [{ name: 'x', document: POLICY }] }),
    });
    await live.read();
    expect(hubCalls(live)).toEqual(
      sorted(['AssumeRole', ...USER_CALLS, ...CREDENTIAL_CALLS, ...GROUP_CALLS, 'GetGroupPolicy', 'GetGroupPolicy', 'GetUserPolicy']),
    );
  });

  test('three more for each further group', async () => {
    await using live = await startLive({ guide: { targets: 60 } });
    expect(live.guide.groups).toHaveLength(2);
    await live.read();
    const policies = Array.from({ length: 60 }, () => 'GetGroupPolicy');
    expect(hubCalls(live)).toEqual(sorted(['AssumeRole', ...USER_CALLS, ...CREDENTIAL_CALLS, ...GROUP_CALLS, ...GROUP_CALLS, ...policies]));
  });
});

describe('a refused read leaves its part open, says what is missing where, and takes nothing else along', () => {
  test.each<[string, string, string, object]>([
    ['GetUser', USER, 'user', { arn: USER, path: undefined, boundary: undefined, consoleLogin: false }],
    ['ListAccessKeys', USER, 'user', { accessKeys: undefined, path: '/' }],
    ['ListGroupsForUser', USER, 'user', { groups: undefined, path: '/' }],
    ['ListUserPolicies', USER, 'user', { inlinePolicies: undefined, path: '/' }],
    ['GetUserPolicy', USER, 'user', { inlinePolicies: undefined, path: '/' }],
    ['ListAttachedUserPolicies', USER, 'user', { managedPolicies: undefined, path: '/' }],
    ['GetLoginProfile', USER, 'user', { consoleLogin: undefined, path: '/' }],
    ['GetGroup', GROUP, 'group', { arn: GROUP, path: undefined, members: undefined, managedPolicies: { optional: [] } }],
    ['ListGroupPolicies', GROUP, 'group', { inlinePolicies: undefined, path: '/' }],
    ['GetGroupPolicy', GROUP, 'group', { inlinePolicies: undefined, path: '/' }],
    ['ListAttachedGroupPolicies', GROUP, 'group', { managedPolicies: undefined, path: '/' }],
  ])('%s', async (action, resource, of, partial) => {
    await using live = await startLive({
      edit: (draft) => Object.assign(user(draft), { inlinePolicies: [{ name: 'x', document: POLICY }] }),
    });
    live.aws.faults.add({ action, effect: 'access-denied' });
    const { state, errors } = await live.read();
    expect(of === 'user' ? state.hub.user.value : state.hub.groups[0]?.value).toMatchObject(partial);
    expect(state.targets.every(({ role }) => role.value?.path === '/')).toBe(true);
    expect(errors).toEqual([
      expect.objectContaining({
        scope: 'hub',
        account: HUB,
        code: 'AccessDenied',
        call: `iam:${action}`,
        advice: expect.stringContaining(`Allow ${AUDITOR} to call iam:${action} on ${resource}.`),
      }),
    ]);
  });

  test("GetUser: the user's path is still told by the group's list of members", async () => {
    await using live = await startLive({ edit: (draft) => Object.assign(user(draft), { path: '/tools/' }) });
    live.aws.faults.add({ action: 'GetUser', effect: 'access-denied' });
    expect((await live.read()).state.hub.user.value?.arn).toBe(`arn:aws:iam::${HUB}:user/tools/micetro`);
  });

  test('all reads: nothing is known, and the targets are read all the same', async () => {
    await using live = await startLive();
    live.aws.faults.add({ service: 'iam', account: HUB, effect: 'access-denied' });
    const { state, errors } = await live.read();
    expect(state.hub).toEqual({
      account: HUB,
      user: { name: 'micetro', value: undefined },
      groups: [{ name: 'micetro-targets', value: undefined }],
    });
    expect(errors.map(({ call }) => call)).toEqual(
      expect.arrayContaining([...USER_CALLS, ...GROUP_CALLS].map((action) => `iam:${action}`)),
    );
    expect(state.targets.every(({ role }) => role.value)).toBe(true);
  });
});

describe('other ways in', () => {
  const CUSTOM = `arn:aws:iam::${HUB}:policy/assume-all`;
  const WIDE = assume(['arn:aws:iam::*:role/Micetro']);
  const documents = async (live: Awaited<ReturnType<typeof startLive>>, desired: State) => {
    const { state, errors } = await live.read({}, desired);
    return { documents: state.hub.managedDocuments, errors };
  };
  const withoutGrants = (draft: Estate) => void Object.assign(group(draft), { inlinePolicies: [] });
  const withCustom = (draft: Estate) => {
    withoutGrants(draft);
    accountIn(draft, HUB).policies.push({ name: 'assume-all', document: WIDE });
    user(draft).managedPolicies.push(CUSTOM);
  };

  test('are not read while each target is named by an inline grant', async () => {
    const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
    await using live = await startLive({ edit: (draft) => void user(draft).managedPolicies.push(ADMINISTRATOR) });
    const allowing = wanting(live.desired, { managedPolicies: { required: [READ_ONLY], optional: [ADMINISTRATOR] } });
    expect((await documents(live, allowing)).documents).toBeUndefined();
    expect(live.asked()).not.toContain('GetPolicy');
  });

  test.each<[string, Record<string, unknown>]>([
    ['a wildcard', assume(['arn:aws:iam::200000000001:role/*'])],
    [
      'a denial',
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::200000000001:role/Micetro' }],
      },
    ],
    [
      'another action',
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::200000000001:role/Micetro' }],
      },
    ],
    [
      'all but it',
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', NotResource: 'arn:aws:iam::200000000001:role/Micetro' }],
      },
    ],
  ])('are read where a role is met by no more than %s', async (_, document) => {
    await using live = await startLive({
      guide: { targets: 1 },
      edit: (draft) => Object.assign(group(draft), { inlinePolicies: [{ name: 'x', document }] }),
    });
    expect((await documents(live, live.desired)).documents).toEqual([
      { arn: READ_ONLY, document: expect.objectContaining({ source: expect.stringContaining('iam:Get*') }) },
    ]);
  });

  test('hold what the desired state requires or allows, and not what is extra', async () => {
    await using live = await startLive({ edit: withCustom });
    expect((await documents(live, live.desired)).documents?.map(({ arn }) => arn)).toEqual([READ_ONLY]);
    const allowing = wanting(live.desired, { managedPolicies: { required: [READ_ONLY], optional: [CUSTOM] } });
    expect(await documents(live, allowing)).toEqual({
      errors: [],
      documents: [
        { arn: READ_ONLY, document: expect.objectContaining({ source: expect.any(String) }) },
        { arn: CUSTOM, document: parsePolicy(JSON.stringify(WIDE), 'identity') },
      ],
    });
  });

  test("read each policy once, in the version that is in force, and the group's as well", async () => {
    await using live = await startLive({
      edit(draft) {
        withCustom(draft);
        Object.assign(group(draft), { managedPolicies: [CUSTOM] });
      },
    });
    const newer = JSON.stringify(assume(['arn:aws:iam::200000000002:role/Micetro']));
    live.aws.account(HUB).call('CreatePolicyVersion', { PolicyArn: CUSTOM, PolicyDocument: newer, SetAsDefault: 'true' });
    const groups = [
      {
        name: 'micetro-targets',
        value: { path: undefined, arn: GROUP, members: [], inlinePolicies: [], managedPolicies: { required: [CUSTOM], optional: [] } },
      },
    ];
    const desired = wanting(live.desired, { managedPolicies: { required: [CUSTOM], optional: [] } });
    const read = await documents(live, { ...desired, hub: { ...desired.hub, groups } });
    expect(read).toEqual({ errors: [], documents: [{ arn: CUSTOM, document: parsePolicy(newer, 'identity') }] });
    const asked = live.aws.calls.filter(({ params }) => params.PolicyArn === CUSTOM && params.PolicyDocument === undefined);
    expect(asked.map(({ action }) => action)).toEqual(['GetPolicy', 'GetPolicyVersion']);
  });

  test('hold all policies of the other groups that the user may be in, and is', async () => {
    await using live = await startLive({
      edit(draft) {
        withCustom(draft);
        accountIn(draft, HUB).groups.push(
          {
            name: 'Allowed',
            path: '/x/',
            members: ['micetro'],
            managedPolicies: [CUSTOM],
            inlinePolicies: [{ name: 'wide', document: WIDE }],
          },
          { name: 'not-in', members: [], managedPolicies: ['arn:aws:iam::aws:policy/PowerUserAccess'], inlinePolicies: [] },
          { name: 'extra', members: ['micetro'], managedPolicies: ['arn:aws:iam::aws:policy/PowerUserAccess'], inlinePolicies: [] },
        );
      },
    });
    const desired = wanting(live.desired, { groups: { required: ['micetro-targets'], optional: ['allowed', 'not-in'] } });
    const read = await documents(live, desired);
    expect(read.errors).toEqual([]);
    expect(read.documents).toEqual([
      { arn: `arn:aws:iam::${HUB}:group/x/Allowed/policy/wide`, document: parsePolicy(JSON.stringify(WIDE), 'identity') },
      { arn: READ_ONLY, document: expect.objectContaining({ source: expect.any(String) }) },
      { arn: CUSTOM, document: parsePolicy(JSON.stringify(WIDE), 'identity') },
    ]);
  });

  test.each(['GetPolicy', 'GetPolicyVersion'])('are open where %s is refused, and the error says so', async (action) => {
    await using live = await startLive({ edit: withoutGrants });
    live.aws.faults.add({ action, effect: 'access-denied' });
    expect(await documents(live, live.desired)).toEqual({
      documents: undefined,
      errors: [
        expect.objectContaining({
          scope: 'hub',
          call: `iam:${action}`,
          advice: expect.stringContaining(`Allow ${AUDITOR} to call iam:${action} on ${READ_ONLY}.`),
        }),
      ],
    });
  });
});
