import type { AccessKey, User } from '../accounts/entities.ts';
import { accessKeyId, secret, timestamp } from '../accounts/ids.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { noSuchEntity, validationError } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Action, type Actions, arnOf, type Call, existing, seen, store, userName } from './call.ts';
import { page } from './page.ts';

const resource = arnOf('User');

const ownerOfKey: NonNullable<Action['resource']> = (call) => {
  const owner = call.cloud.keyOwners.get(call.params.text('AccessKeyId') ?? '');
  const user = owner === undefined ? undefined : call.cloud.account(owner.account).tables.User.newest(owner.userName);
  return user?.arn ?? call.cloud.iamArn(call.account.id, 'user/*');
};

export const keyActions: Actions = {
  ListAccessKeys: { resource, run: listAccessKeys },
  GetAccessKeyLastUsed: { resource: ownerOfKey, run: getAccessKeyLastUsed },
  CreateAccessKey: { resource, run: createAccessKey },
  UpdateAccessKey: { resource, run: updateAccessKey },
  DeleteAccessKey: { resource, run: deleteAccessKey },
};

function keyXml(user: User, key: AccessKey): string {
  return (
    element('UserName', user.name) +
    element('AccessKeyId', key.id) +
    element('Status', key.active ? 'Active' : 'Inactive') +
    element('CreateDate', key.createdAt)
  );
}

function listAccessKeys(call: Call): string {
  const user = seen(call, 'User', userName(call));
  const { items, xml } = page(call, user.keys);
  return `<AccessKeyMetadata>${items.map((key) => `<member>${keyXml(user, key)}</member>`).join('')}</AccessKeyMetadata>${xml}`;
}

/** A key that was never used has no date, and `N/A` for service and region. */
function getAccessKeyLastUsed(call: Call): string {
  const id = call.params.required('AccessKeyId');
  const owner = call.cloud.keyOwners.get(id);
  if (owner?.account !== call.account.id) throw noSuchKey(id);
  const use = call.cloud.keyUses.get(id);
  const last =
    (use === undefined ? '' : element('LastUsedDate', timestamp(use.at))) +
    element('ServiceName', use?.service ?? 'N/A') +
    element('Region', use?.region ?? 'N/A');
  return `${element('UserName', owner.userName)}<AccessKeyLastUsed>${last}</AccessKeyLastUsed>`;
}

function createAccessKey(call: Call): string {
  const user = existing(call, 'User', userName(call));
  checkQuota(user.keys.length + 1, call.account.quotas.accessKeysPerUser, 'AccessKeysPerUser');
  const key: AccessKey = { id: accessKeyId('AKIA'), secret: secret(30), active: true, createdAt: timestamp(call.now) };
  store(call, 'User', { ...user, keys: [...user.keys, key] });
  call.cloud.keyOwners.set(key.id, { account: call.account.id, userName: user.name });
  return `<AccessKey>${keyXml(user, key)}${element('SecretAccessKey', key.secret)}</AccessKey>`;
}

function updateAccessKey(call: Call): undefined {
  const status = call.params.required('Status');
  if (status !== 'Active' && status !== 'Inactive') {
    throw validationError(
      `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
    );
  }
  const { user, id } = keyOf(call);
  store(call, 'User', { ...user, keys: user.keys.map((key) => (key.id === id ? { ...key, active: status === 'Active' } : key)) });
  return undefined;
}

function deleteAccessKey(call: Call): undefined {
  const { user, id } = keyOf(call);
  store(call, 'User', { ...user, keys: user.keys.filter((key) => key.id !== id) });
  call.cloud.keyOwners.delete(id);
  return undefined;
}

function keyOf(call: Call): { user: User; id: string } {
  const user = existing(call, 'User', userName(call));
  const id = call.params.required('AccessKeyId');
  if (!user.keys.some((key) => key.id === id)) throw noSuchKey(id);
  return { user, id };
}

function noSuchKey(id: string): Error {
  return noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}
