import {
  GetLoginProfileCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAccessKeysCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupsForUserCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { allPages } from '../aws/pages.ts';
import { pathOf } from '../iam/arn.ts';
import type { AccessKeys, Member, User } from '../state/state.ts';
import { type AccountReader, readOrUndefined } from './account-reader.ts';
import { nameSet, readInlinePolicies, readInlinePolicy, readManagedPolicies } from './policies.ts';

/**
 * Reads the hub user, without its other credentials: six concurrent calls, and one for each inline policy.
 *
 * @param arn the presumed ARN, with the path `/`: for errors, and for a user whose GetUser is refused
 * @returns `null` when the user does not exist, `undefined` when nothing could be read
 */
export async function readUser(reader: AccountReader, UserName: string, arn: string): Promise<User | null | undefined> {
  const { session } = reader;
  const [facts, keys, groups, inline, managed, login] = await Promise.all([
    readUserFacts(reader, UserName, arn),
    readAccessKeys(reader, UserName, arn),
    readGroupsOf(reader, UserName, arn),
    readInlinePolicies(
      reader,
      'User',
      arn,
      (Marker) => session.iam(new ListUserPoliciesCommand({ UserName, Marker })),
      getPolicy(reader, UserName),
    ),
    readUserManagedPolicies(reader, UserName, arn),
    reader.read('iam:GetLoginProfile', arn, () => session.iam(new GetLoginProfileCommand({ UserName }))),
  ]);
  // Without GetLoginProfile, which also answers NoSuchEntity for a user without a console password.
  const outcomes = [facts, keys, groups, inline, managed];
  if (outcomes.some((outcome) => outcome.kind === 'missing')) return null;
  if (outcomes.every((outcome) => outcome.kind === 'failed')) return undefined;
  const groupArns = readOrUndefined(groups);
  return {
    ...(readOrUndefined(facts) ?? { path: undefined, arn, boundary: undefined }),
    managedPolicies: readOrUndefined(managed),
    inlinePolicies: readOrUndefined(inline),
    groups: groupArns && nameSet(groupArns.map((group) => group.name)),
    ...(groupArns === undefined ? {} : { groupArns }),
    accessKeys: readOrUndefined(keys),
    otherCredentials: undefined,
    consoleLogin: login.kind === 'failed' ? undefined : login.kind === 'read',
  };
}

type Facts = Pick<User, 'path' | 'arn' | 'boundary' | 'uniqueId'>;

/** What GetUser tells. */
export function readUserFacts(reader: AccountReader, UserName: string, arn: string) {
  return reader.read('iam:GetUser', arn, async (): Promise<Facts> => {
    const user = present((await reader.session.iam(new GetUserCommand({ UserName }))).User, 'user');
    checkAnsweredBy(reader.session.account, user.Arn);
    const found = present(user.Arn, 'ARN');
    const boundary = user.PermissionsBoundary?.PermissionsBoundaryArn ?? null;
    return { path: user.Path ?? pathOf(found), arn: found, boundary, ...(user.UserId === undefined ? {} : { uniqueId: user.UserId }) };
  });
}

export function readUserInlinePolicy(reader: AccountReader, UserName: string, arn: string, name: string) {
  return readInlinePolicy(reader, 'User', arn, name, getPolicy(reader, UserName));
}

function getPolicy({ session }: AccountReader, UserName: string) {
  return (PolicyName: string) => session.iam(new GetUserPolicyCommand({ UserName, PolicyName }));
}

export function readUserManagedPolicies(reader: AccountReader, UserName: string, arn: string) {
  const list = (Marker: string | undefined) => reader.session.iam(new ListAttachedUserPoliciesCommand({ UserName, Marker }));
  return readManagedPolicies(reader, 'User', arn, list);
}

function readAccessKeys(reader: AccountReader, UserName: string, arn: string) {
  return reader.read('iam:ListAccessKeys', arn, async (): Promise<AccessKeys> => {
    const keys = await allPages(
      (Marker) => reader.session.iam(new ListAccessKeysCommand({ UserName, Marker })),
      (page) => page.AccessKeyMetadata,
    );
    const listed = keys.map((key) => ({
      id: present(key.AccessKeyId, 'access key id'),
      active: key.Status === 'Active',
      createdAt: present(key.CreateDate, 'creation date').toISOString(),
    }));
    const active = listed.filter((key) => key.active).length;
    return { min: active, max: active, maxAgeDays: undefined, listed };
  });
}

export function readGroupsOf(reader: AccountReader, UserName: string, arn: string) {
  return reader.read('iam:ListGroupsForUser', arn, async (): Promise<Member[]> => {
    const groups = await allPages(
      (Marker) => reader.session.iam(new ListGroupsForUserCommand({ UserName, Marker })),
      (page) => page.Groups,
    );
    return groups.map((group) => ({ name: present(group.GroupName, 'group name'), arn: present(group.Arn, 'group ARN') }));
  });
}
