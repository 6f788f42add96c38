import type { User } from '../accounts/entities.ts';
import { timestamp } from '../accounts/ids.ts';
import { alreadyExists, noSuchEntity } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Actions, arnOf, type Call, existing, seen, store, userName } from './call.ts';

const resource = arnOf('User');

export const loginActions: Actions = {
  GetLoginProfile: { resource, run: (call) => loginXml(withLogin(seen(call, 'User', userName(call)))) },
  CreateLoginProfile: { resource, run: createLoginProfile },
  DeleteLoginProfile: { resource, run: deleteLoginProfile },
};

/** Throws `NoSuchEntity` for a user without a console password. */
function withLogin(user: User): User {
  if (user.loginCreatedAt === undefined) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return user;
}

function loginXml(user: User): string {
  return `<LoginProfile>${element('UserName', user.name)}${element('CreateDate', user.loginCreatedAt)}${element('PasswordResetRequired', false)}</LoginProfile>`;
}

function createLoginProfile(call: Call): string {
  const user = existing(call, 'User', userName(call));
  if (user.loginCreatedAt !== undefined) throw alreadyExists(`Login Profile for user ${user.name} already exists.`);
  const changed = { ...user, loginCreatedAt: timestamp(call.now) };
  store(call, 'User', changed);
  return loginXml(changed);
}

function deleteLoginProfile(call: Call): undefined {
  const user = withLogin(existing(call, 'User', userName(call)));
  store(call, 'User', { ...user, loginCreatedAt: undefined });
  return undefined;
}
