import type { AwsAccess } from '../aws/access.ts';
import type { Policy } from '../policy/index.ts';
import type { HubPrincipal } from '../state/principals.ts';
import type { Group, Member, OtherCredentials, User } from '../state/state.ts';
import { type AccountReader, hubReader } from './account-reader.ts';
import { type DefaultContent, readDefaultVersion, readVersionDocument, withDocument } from './managed-document.ts';
import { Once } from './once.ts';
import { type GroupPolicies, readGroup, readGroupPolicies } from './read-group.ts';
import { readOtherCredentials } from './read-other-credentials.ts';
import { readUser } from './read-user.ts';
import { asNeeded, ifAnswered, type SharedRead, sharedRead } from './shared-read.ts';

/** What was already read of the hub, for the next desired state in the same run. Names of users and groups are not case-sensitive. */
export interface HubCache {
  readonly reader: AccountReader;
  readonly users: Once<User | null | undefined>;
  readonly credentials: Once<SharedRead<OtherCredentials>>;
  readonly groups: Once<Group | null | undefined>;
  readonly groupPolicies: Once<SharedRead<GroupPolicies>>;
  /** Default versions by ARN. `null`: the policy does not exist. `undefined`: it could not be read. */
  readonly versions: Once<SharedRead<string | null | undefined>>;
  /** The users and roles of the account: one entry. */
  readonly principals: Once<SharedRead<readonly HubPrincipal[] | undefined>>;
  /** By ARN and version. */
  readonly documents: Once<SharedRead<Policy | null | undefined>>;
}

export function hubCache(access: AwsAccess): HubCache {
  return {
    reader: hubReader(access),
    users: new Once(),
    credentials: new Once(),
    groups: new Once(),
    groupPolicies: new Once(),
    versions: new Once(),
    principals: new Once(),
    documents: new Once(),
  };
}

/**
 * The hub user. Its other credentials are read where the file does not allow any; an auditor that may not read them is an error only where the file says so.
 *
 * @param user with the presumed ARN
 * @param desired what the file says of the other credentials
 */
export async function userOf(cache: HubCache, user: Member, desired: OtherCredentials | undefined): Promise<User | null | undefined> {
  const { reader, users, credentials } = cache;
  const isRead = desired?.any === false;
  const [found, shared] = await Promise.all([
    users.get(user.name, () => readUser(reader, user.name, user.arn)),
    isRead ? credentials.get(user.name, () => sharedRead(reader, (apart) => readOtherCredentials(apart, user))) : undefined,
  ]);
  const otherCredentials = shared && (desired?.isDefault ? ifAnswered(reader, shared) : asNeeded(reader, shared));
  return found && { ...found, otherCredentials };
}

/** A hub group, all of which has to be known. @param group with the presumed ARN */
export function groupOf(cache: HubCache, group: Member): Promise<Group | null | undefined> {
  const { reader, groups } = cache;
  const policies = async () => asNeeded(reader, await groupPoliciesOf(cache, group));
  return groups.get(group.name.toLowerCase(), () => readGroup(reader, group, policies()));
}

export function groupPoliciesOf({ reader, groupPolicies }: HubCache, group: Member): Promise<SharedRead<GroupPolicies>> {
  return groupPolicies.get(group.name.toLowerCase(), () => sharedRead(reader, (apart) => readGroupPolicies(apart, group)));
}

export async function defaultContentOf(cache: HubCache, arn: string): Promise<SharedRead<DefaultContent | null | undefined>> {
  const { value: version, errors } = await defaultVersionOf(cache, arn);
  if (version === null || version === undefined) return { value: version, errors };
  const document = await versionDocumentOf(cache, arn, version);
  return { value: withDocument(version, document.value), errors: [...errors, ...document.errors] };
}

export function defaultVersionOf({ reader, versions }: HubCache, arn: string): Promise<SharedRead<string | null | undefined>> {
  return versions.get(arn, () => sharedRead(reader, (apart) => readDefaultVersion(apart, arn)));
}

export function versionDocumentOf(
  { reader, documents }: HubCache,
  arn: string,
  version: string,
): Promise<SharedRead<Policy | null | undefined>> {
  return documents.get(`${arn} ${version}`, () => sharedRead(reader, (apart) => readVersionDocument(apart, arn, version)));
}
