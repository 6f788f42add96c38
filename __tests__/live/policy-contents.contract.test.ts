import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, roleIn, userIn } from '../../dev/aws/estate.ts';
import type { PolicyContent, State } from '../../src/state/state.ts';
import { type Live, sorted, startLive } from './hub.ts';

const HUB = '111111111111';
const FIRST = '200000000001';
const own = (account: string, name: string) => `arn:aws:iam::${account}:policy/${name}`;
const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

/** The same policies in the hub and the first target. */
function withPolicies(draft: Estate): void {
  for (const account of [HUB, FIRST]) {
    accountIn(draft, account).policies.push(
      { name: 'dns', document: allow('route53:*') },
      { name: 'limit', path: '/team/', document: allow('*') },
      { name: 'maybe', document: allow('s3:*') },
    );
  }
  roleIn(draft, FIRST, 'Micetro').managedPolicies.push(own(FIRST, 'dns'));
  Object.assign(roleIn(draft, FIRST, 'Micetro'), { boundary: own(FIRST, 'team/limit') });
  groupIn(draft, HUB, 'micetro-targets').managedPolicies.push(own(HUB, 'dns'));
  Object.assign(userIn(draft, HUB, 'micetro'), { boundary: own(HUB, 'team/limit') });
}

function attachDns(draft: Estate, account: string): void {
  accountIn(draft, account).policies.push({ name: 'dns', document: allow('route53:*') });
  roleIn(draft, account, 'Micetro').managedPolicies.push(own(account, 'dns'));
}

const content = (version: string | undefined): PolicyContent => ({ version, document: undefined });

/** A desired state that states the contents of these policies of the hub, and of these of the first target. */
function stating(desired: State, ofHub: readonly (readonly [string, string?])[], ofFirst: readonly string[] = []): State {
  return {
    ...desired,
    hub: { ...desired.hub, policies: ofHub.map(([arn, version]) => ({ arn, content: content(version) })) },
    accounts: desired.accounts.map((account) =>
      account.account === FIRST ? { ...account, policies: ofFirst.map((arn) => ({ arn, content: content(undefined) })) } : account,
    ),
  };
}

async function contents(live: Live, desired: State) {
  live.aws.calls.length = 0;
  const { state, errors } = await live.read({}, desired);
  const shown = ({ policies = [] }: Pick<State['hub'], 'policies'>) =>
    policies.map(({ arn, content: found }) => [arn, found && { ...found, document: found.document?.json, reviewed: found.reviewed?.json }]);
  const policyCalls = live.aws.calls
    .filter(({ action }) => action.startsWith('GetPolicy'))
    .map(({ account, action }) => `${account} ${action}`);
  return { ofHub: shown(state.hub), ofTargets: state.accounts.map(shown), errors, policyCalls: sorted(policyCalls) };
}

describe('contents of managed policies', () => {
  test("of the hub's account and of a target's are read where these use them, by two calls each", async () => {
    await using live = await startLive({ edit: withPolicies });
    const stated = stating(
      live.desired,
      [[own(HUB, 'dns')], [own(HUB, 'team/limit')]],
      [own(FIRST, 'dns'), own(FIRST, 'team/limit'), own(FIRST, 'maybe')],
    );
    const found = await contents(live, stated);
    const both = (account: string) => [
      [own(account, 'dns'), { version: 'v1', document: allow('route53:*') }],
      [own(account, 'team/limit'), { version: 'v1', document: allow('*') }],
    ];
    expect(found).toEqual({
      ofHub: both(HUB),
      // What is stated as optional is not read where it is not attached.
      ofTargets: [both(FIRST), []],
      errors: [],
      policyCalls: [HUB, FIRST].flatMap((account) =>
        ['GetPolicy', 'GetPolicy', 'GetPolicyVersion', 'GetPolicyVersion'].map((action) => `${account} ${action}`),
      ),
    });
  });

  test('that are not stated are not read', async () => {
    await using live = await startLive({ edit: (draft) => attachDns(draft, FIRST) });
    expect(await contents(live, live.desired)).toMatchObject({ ofHub: [], ofTargets: [[], []], policyCalls: [] });
  });

  test("of AWS's own take one call, once, as long as the reviewed version is in force, and three otherwise", async () => {
    await using live = await startLive();
    const stated = stating(live.desired, [
      [ofAws('AmazonEC2FullAccess'), 'v1'],
      [ofAws('AmazonRoute53FullAccess'), 'v4'],
      [ofAws('IAMReadOnlyAccess'), 'v99'],
      [ofAws('NoSuchPolicy'), 'v1'],
    ]);
    const { ofHub, errors, policyCalls } = await contents(live, stated);
    expect(ofHub).toMatchObject([
      [ofAws('AmazonEC2FullAccess'), { version: 'v1', document: undefined, reviewed: undefined }],
      [
        ofAws('AmazonRoute53FullAccess'),
        { version: 'v7', document: { Statement: [{ Action: expect.arrayContaining(['tag:GetResources']) }] } },
      ],
      [ofAws('IAMReadOnlyAccess'), { version: 'v1', document: { Version: '2012-10-17' } }],
      [ofAws('NoSuchPolicy'), null],
    ]);
    expect(JSON.stringify(ofHub[1])).toMatch(/"reviewed":\{"Version"/);
    expect(errors).toEqual([]);
    expect(policyCalls).toEqual([...Array(4).fill(`${HUB} GetPolicy`), ...Array(4).fill(`${HUB} GetPolicyVersion`)]);
  });

  test('that may not be read are an error of their account, and not known', async () => {
    await using live = await startLive({ edit: withPolicies });
    live.aws.faults.add({ account: FIRST, action: 'GetPolicyVersion', effect: 'access-denied' });
    live.aws.faults.add({ account: HUB, action: 'GetPolicy', effect: 'access-denied' });
    const { ofHub, ofTargets, errors } = await contents(
      live,
      stating(live.desired, [[ofAws('AmazonEC2FullAccess'), 'v1']], [own(FIRST, 'dns')]),
    );
    expect([ofHub, ofTargets[0]]).toEqual([[[ofAws('AmazonEC2FullAccess'), undefined]], [[own(FIRST, 'dns'), undefined]]]);
    expect(errors.map(({ scope, account, code, call }) => [scope, account, code, call])).toEqual([
      ['hub', HUB, 'AccessDenied', 'iam:GetPolicy'],
      ['target', FIRST, 'AccessDenied', 'iam:GetPolicyVersion'],
    ]);
  });

  test('that the file requires and that do not exist are known not to', async () => {
    await using live = await startLive();
    const stated = stating(live.desired, [], [own(FIRST, 'dns')]);
    const role = (await live.read()).state.targets[0]?.role.value;
    const requiring = role && { ...role, managedPolicies: { required: [own(FIRST, 'dns')], optional: [] } };
    const targets = stated.targets.map((target) =>
      target.account === FIRST ? { ...target, role: { ...target.role, value: requiring } } : target,
    );
    const { ofTargets, errors } = await contents(live, { ...stated, targets });
    expect([ofTargets, errors]).toEqual([[[[own(FIRST, 'dns'), null]], []], []]);
  });
});
