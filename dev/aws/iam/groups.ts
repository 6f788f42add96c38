import type { Group } from '../accounts/entities.ts';
import { timestamp, uniqueId } from '../accounts/ids.ts';
import { checkName, checkPath } from '../accounts/names.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { alreadyExists, deleteConflict } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Actions, arnOf, type Call, count, discard, existing, isTaken, seen, store, userName } from './call.ts';
import { page } from './page.ts';
import { userXml } from './users.ts';

const resource = arnOf('Group');

export const groupActions: Actions = {
  GetGroup: { resource, run: getGroup },
  ListGroups: { resource, run: listGroups },
  ListGroupsForUser: { resource: arnOf('User'), run: listGroupsForUser },
  CreateGroup: { resource, run: createGroup },
  DeleteGroup: { resource, run: deleteGroup },
  AddUserToGroup: { resource, run: addUserToGroup },
  RemoveUserFromGroup: { resource, run: removeUserFromGroup },
};

function groupXml(group: Group): string {
  return (
    element('Path', group.path) +
    element('GroupName', group.name) +
    element('GroupId', group.id) +
    element('Arn', group.arn) +
    element('CreateDate', group.createdAt)
  );
}

function getGroup(call: Call): string {
  const group = seen(call, 'Group', call.params.required('GroupName'));
  const members = group.members.map((name) => call.account.tables.User.seen(name, call.readAt)).filter((user) => user !== undefined);
  const { items, xml } = page(call, members);
  return `<Group>${groupXml(group)}</Group><Users>${items.map((user) => `<member>${userXml(user, false)}</member>`).join('')}</Users>${xml}`;
}

function groupsXml(call: Call, groups: readonly Group[]): string {
  const { items, xml } = page(call, groups);
  return `<Groups>${items.map((group) => `<member>${groupXml(group)}</member>`).join('')}</Groups>${xml}`;
}

function listGroups(call: Call): string {
  const prefix = call.params.text('PathPrefix') ?? '/';
  return groupsXml(
    call,
    call.account.tables.Group.all(call.readAt).filter((group) => group.path.startsWith(prefix)),
  );
}

function listGroupsForUser(call: Call): string {
  const user = seen(call, 'User', userName(call));
  return groupsXml(
    call,
    call.account.tables.Group.all(call.readAt).filter((group) => group.members.includes(user.name)),
  );
}

function createGroup(call: Call): string {
  const name = checkName('groupName', call.params.required('GroupName'));
  const path = checkPath(call.params.text('Path') ?? '/');
  if (isTaken(call, 'Group', name)) throw alreadyExists(`Group with name ${name} already exists.`);
  checkQuota(count(call, 'Group') + 1, call.account.quotas.groups, 'GroupsPerAccount');
  const group: Group = {
    name,
    path,
    id: uniqueId('AGPA'),
    arn: call.cloud.iamArn(call.account.id, `group${path}${name}`),
    createdAt: timestamp(call.now),
    inline: new Map(),
    attached: [],
    members: [],
  };
  store(call, 'Group', group);
  return `<Group>${groupXml(group)}</Group>`;
}

function deleteGroup(call: Call): undefined {
  const group = existing(call, 'Group', call.params.required('GroupName'));
  if (group.members.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
  if (group.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (group.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  discard(call, 'Group', group);
  return undefined;
}

/** Adding a member again is not an error. */
function addUserToGroup(call: Call): undefined {
  const group = existing(call, 'Group', call.params.required('GroupName'));
  const user = existing(call, 'User', call.params.required('UserName'));
  if (group.members.includes(user.name)) return undefined;
  const others = call.account.tables.Group.all(Number.POSITIVE_INFINITY).filter(({ members }) => members.includes(user.name));
  checkQuota(others.length + 1, call.account.quotas.groupsPerUser, 'GroupsPerUser');
  store(call, 'Group', { ...group, members: [...group.members, user.name] });
  return undefined;
}

/** Removing a user who is not a member is not an error. */
function removeUserFromGroup(call: Call): undefined {
  const group = existing(call, 'Group', call.params.required('GroupName'));
  const user = existing(call, 'User', call.params.required('UserName'));
  store(call, 'Group', { ...group, members: group.members.filter((name) => name !== user.name) });
  return undefined;
}
