import type { AwsAccess } from '../aws/access.ts';
import type { ArnDocument, Group, Member, User } from '../state/state.ts';
import { type AccountReader, hubReader } from './account-reader.ts';
import { readManagedDocument } from './managed-document.ts';
import { Once } from './once.ts';
import { type GroupPolicies, readGroup, readGroupPolicies } from './read-group.ts';
import { asNeeded, type SharedRead, sharedRead } from './shared-read.ts';

/** What was already read of the hub, for the next desired state in the same run. Names of users and groups are not case-sensitive. */
export interface HubCache {
  readonly reader: AccountReader;
  readonly users: Once<User | null | undefined>;
  readonly groups: Once<Group | null | undefined>;
  readonly groupPolicies: Once<SharedRead<GroupPolicies>>;
  /** By ARN. `null`: the policy does not exist. `undefined`: it could not be read. */
  readonly documents: Once<SharedRead<ArnDocument | null | undefined>>;
}

export function hubCache(access: AwsAccess): HubCache {
  return { reader: hubReader(access), users: new Once(), groups: new Once(), groupPolicies: new Once(), documents: new Once() };
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

export function managedDocumentOf({ reader, documents }: HubCache, arn: string): Promise<SharedRead<ArnDocument | null | undefined>> {
  return documents.get(arn, () => sharedRead(reader, (apart) => readManagedDocument(apart, arn)));
}
