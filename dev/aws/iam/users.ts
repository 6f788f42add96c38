import type { User } from '../accounts/entities.ts';
import { timestamp, uniqueId } from '../accounts/ids.ts';
import { checkName, checkPath } from '../accounts/names.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { alreadyExists, deleteConflict } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { boundaryXml, requireBoundary } from './boundaries.ts';
import { type Actions, arnOf, boundaryContext, type Call, count, discard, existing, isTaken, seen, store, userName } from './call.ts';
import { page } from './page.ts';
import { checkTags, tagging, tagsXml } from './tags.ts';

const resource = arnOf('User');

export const userActions: Actions = {
  GetUser: { resource, run: (call) => `<User>${userXml(seen(call, 'User', userName(call)), true)}</User>` },
  ListUsers: { resource, run: listUsers },
  CreateUser: { resource, context: boundaryContext('User'), besides: tagging('User'), run: createUser },
  DeleteUser: { resource, run: deleteUser },
};

/** Only GetUser and CreateUser show tags and boundary. */
export function userXml(user: User, whole: boolean): string {
  const identity =
    element('Path', user.path) +
    element('UserName', user.name) +
    element('UserId', user.id) +
    element('Arn', user.arn) +
    element('CreateDate', user.createdAt);
  return whole ? identity + boundaryXml(user.boundary) + (user.tags.length === 0 ? '' : tagsXml(user.tags)) : identity;
}

function listUsers(call: Call): string {
  const prefix = call.params.text('PathPrefix') ?? '/';
  const { items, xml } = page(
    call,
    call.account.tables.User.all(call.readAt).filter((user) => user.path.startsWith(prefix)),
  );
  return `<Users>${items.map((user) => `<member>${userXml(user, false)}</member>`).join('')}</Users>${xml}`;
}

function createUser(call: Call): string {
  const name = checkName('userName', call.params.required('UserName'));
  const path = checkPath(call.params.text('Path') ?? '/');
  const boundary = call.params.text('PermissionsBoundary');
  if (boundary !== undefined) requireBoundary(call, boundary);
  const tags = checkTags(call, [], call.params.tags());
  if (isTaken(call, 'User', name)) throw alreadyExists(`User with name ${name} already exists.`);
  checkQuota(count(call, 'User') + 1, call.account.quotas.users, 'UsersPerAccount');
  const user: User = {
    name,
    path,
    id: uniqueId('AIDA'),
    arn: call.cloud.iamArn(call.account.id, `user${path}${name}`),
    createdAt: timestamp(call.now),
    inline: new Map(),
    attached: [],
    boundary,
    tags,
    keys: [],
    credentials: [],
    loginCreatedAt: undefined,
  };
  store(call, 'User', user);
  call.cloud.principals.add(user.arn, user.id, call.shownFrom, call.now);
  return `<User>${userXml(user, true)}</User>`;
}

function deleteUser(call: Call): undefined {
  const user = existing(call, 'User', call.params.required('UserName'));
  const groups = call.account.tables.Group.all(Number.POSITIVE_INFINITY).filter((group) => group.members.includes(user.name));
  if (groups.length > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.');
  if (user.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (user.inline.size > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  if (user.keys.length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.');
  if (user.credentials.length > 0) throw deleteConflict('Cannot delete entity, must delete its other credentials first.');
  if (user.loginCreatedAt !== undefined) throw deleteConflict('Cannot delete entity, must delete login profile first.');
  discard(call, 'User', user);
  call.cloud.principals.remove(user.arn, user.id, call.shownFrom, call.now);
  return undefined;
}
