import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, userIn } from '../../dev/aws/estate.ts';
import { assume } from '../../dev/aws/guide.ts';
import { discoverHub, type HubDiscovery, type HubStart } from '../../src/live/discover-hub.ts';
import { startLive } from './hub.ts';

const HUB = '111111111111';

async function discover(start: Partial<HubStart>, edit: (draft: Estate) => void = () => undefined): Promise<HubDiscovery> {
  await using live = await startLive({ edit });
  // Nobody says which account it is: the credentials do.
  const access = await live.open({ account: undefined, partition: undefined });
  try {
    expect([access.account, access.partition]).toEqual([HUB, 'aws']);
    return await discoverHub(access, { user: undefined, groups: [], ...start });
  } finally {
    access.close();
  }
}

function namesOf(discovery: HubDiscovery): unknown {
  if ('obstacle' in discovery) return discovery.obstacle;
  return { user: discovery.hub.user.name, groups: discovery.hub.groups.map(({ name }) => name), errors: discovery.errors };
}

const found = { user: 'micetro', groups: ['micetro-targets'], errors: [] };

function addGroup(draft: Estate, name: string, resource?: string): void {
  const inlinePolicies = resource === undefined ? [] : [{ name: 'p', document: assume([resource]) }];
  accountIn(draft, HUB).groups.push({ name, members: ['micetro'], managedPolicies: [], inlinePolicies });
}

function addMember(draft: Estate): void {
  accountIn(draft, HUB).users.push({ name: 'backup', managedPolicies: [], inlinePolicies: [], accessKeys: [] });
  groupIn(draft, HUB, 'micetro-targets').members.push('backup');
}

describe('from the one the other is found', () => {
  test.each<[string, Partial<HubStart>, ((draft: Estate) => void) | undefined, unknown]>([
    ['a user', { user: 'micetro' }, undefined, found],
    ['a group', { groups: ['micetro-targets'] }, undefined, found],
    ['both', { user: 'micetro', groups: ['micetro-targets'] }, addMember, found],
    ['a user in a group that names no role', { user: 'micetro' }, (draft) => addGroup(draft, 'billing', '*'), found],
    [
      'a user in several that do',
      { user: 'micetro' },
      (draft) => addGroup(draft, 'more', 'arn:aws:iam::333333333333:role/X'),
      { ...found, groups: ['micetro-targets', 'more'] },
    ],
    [
      'a group with several members',
      { groups: ['micetro-targets'] },
      addMember,
      expect.stringMatching(/^The group micetro-targets has several members: (micetro, backup|backup, micetro)\. .*hub-user/),
    ],
    [
      'a group without',
      { groups: ['micetro-targets'] },
      (draft) => void groupIn(draft, HUB, 'micetro-targets').members.splice(0),
      expect.stringMatching(/No user is in the group micetro-targets.*hub-user/),
    ],
    ['no such user', { user: 'nobody' }, undefined, 'The user nobody does not exist in the hub account 111111111111.'],
    ['no such group', { groups: ['nowhere'] }, undefined, 'The group nowhere does not exist in the hub account 111111111111.'],
    [
      'a user without grants',
      { user: 'micetro' },
      (draft) => void groupIn(draft, HUB, 'micetro-targets').inlinePolicies.splice(0),
      expect.stringMatching(/No grants were found: the user micetro is in micetro-targets.*hub-group/),
    ],
  ])('%s', async (_name, start, edit, expected) => {
    expect(namesOf(await discover(start, edit))).toEqual(expected);
  });
});

test.each(['GetUser', 'GetLoginProfile', 'ListGroupsForUser', 'GetGroup', 'GetGroupPolicy'])(
  'without %s the hub is not read whole: nothing is found, and the error says what to allow',
  async (action) => {
    await using live = await startLive();
    live.aws.faults.set([{ action, effect: 'access-denied' }]);
    const access = await live.open();
    const discovery = await discoverHub(access, { user: 'micetro', groups: [] });
    access.close();
    expect(namesOf(discovery)).toBe('The hub account could not be read completely, so no file was written.');
    expect(discovery.errors[0]?.advice).toContain(`to call iam:${action} on`);
  },
);

test('the other groups of the user come with their policies, which may be ways in', async () => {
  const discovery = await discover({ user: 'micetro' }, (draft) => {
    addGroup(draft, 'billing', '*');
    groupIn(draft, HUB, 'billing').managedPolicies.push('arn:aws:iam::aws:policy/SecurityAudit');
  });
  const hub = 'hub' in discovery ? discovery.hub : undefined;
  expect(hub?.otherGroups?.map(({ name, value }) => [name, value?.managedPolicies?.required, value?.inlinePolicies?.length])).toEqual([
    ['billing', ['arn:aws:iam::aws:policy/SecurityAudit'], 1],
  ]);
  const ways = hub?.managedDocuments?.map(({ arn }) => arn) ?? [];
  expect(ways).toEqual(expect.arrayContaining([`arn:aws:iam::${HUB}:group/billing/policy/p`, 'arn:aws:iam::aws:policy/SecurityAudit']));
});

test('what managed policies say is read as well, and a refusal of it is an error of its own', async () => {
  const own = (draft: Estate) => {
    accountIn(draft, HUB).policies.push({ name: 'wide', document: assume(['*']) });
    userIn(draft, HUB, 'micetro').managedPolicies.push(`arn:aws:iam::${HUB}:policy/wide`);
  };
  const discovery = await discover({ user: 'micetro' }, own);
  const documents = 'hub' in discovery ? discovery.hub.managedDocuments : [];
  expect(documents?.map(({ arn }) => arn)).toContain(`arn:aws:iam::${HUB}:policy/wide`);

  await using live = await startLive({ edit: own });
  live.aws.faults.set([{ action: 'GetPolicy', effect: 'access-denied' }]);
  const access = await live.open();
  const partly = await discoverHub(access, { user: 'micetro', groups: [] });
  access.close();
  expect([namesOf(partly), partly.errors[0]?.call]).toEqual([expect.objectContaining({ user: 'micetro' }), 'iam:GetPolicy']);
});
