import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { Group, Lookup, State, User } from '../state/state.ts';

/** Policies that decide what a user may assume, by where they stand; `undefined`: not read. */
export type Sources = ReadonlyMap<string, Policy | undefined>;

/**
 * All policies by which the hub user may assume roles, or may not.
 *
 * @param isIn whether the user is in a hub group
 */
export function userSources(state: State, isIn: (group: Lookup<Group>) => boolean): Sources {
  const { user, groups } = state.hub;
  if (user.value === null) return new Map();
  const names = user.value?.groups?.required ?? [];
  const others = names.filter((name) => !groups.some((group) => sameName(group.name, name)));
  const joined = [...groups.filter(isIn).map(({ name }) => name), ...others];
  return new Map([...ownSources(state), ...joined.flatMap((name) => [...groupSources(name, state)])]);
}

/** Whether a hub group has the user among its members; `undefined`: they were not read. */
export function isMember(group: Lookup<Group>['value'], user: string): boolean | undefined {
  return group === null ? false : group?.members?.some(({ name }) => sameName(name, user));
}

/** The policies of the hub user itself. */
export function ownSources(state: State): Sources {
  const { value: user } = state.hub.user;
  return new Map(sourcesOf('user', user ?? undefined, state));
}

/** The policies of a hub group, or of another group of the user. */
export function groupSources(name: string, state: State): Sources {
  const { groups, otherGroups = [] } = state.hub;
  const group = [...groups, ...otherGroups].find((other) => sameName(other.name, name))?.value;
  return group === null ? new Map() : new Map(sourcesOf(`group ${name.toLowerCase()}`, group, state));
}

type Source = readonly [string, Policy | undefined];

/** @param owner `undefined`: not known */
function sourcesOf(place: string, owner: Pick<User | Group, 'managedPolicies' | 'inlinePolicies'> | undefined, state: State): Source[] {
  const { managedPolicies, inlinePolicies: inline } = owner ?? {};
  const managed = managedPolicies?.required;
  return [
    ...(managed?.map((arn): Source => [`${place} managed ${arn}`, documentOf(arn, state)]) ?? [[`${place} managed`, undefined] as const]),
    ...(inline?.map(({ name, document }): Source => [`${place} inline ${name}`, document]) ?? [[`${place} inline`, undefined] as const]),
  ];
}

/** What a managed policy says, as far as it was read. */
export function documentOf(
  arn: string,
  { hub: { policies = [], managedDocuments = [], driftedDocuments = [] } }: Pick<State, 'hub'>,
): Policy | undefined {
  const stated = policies.find((one) => one.arn === arn)?.content?.document;
  return stated ?? [...managedDocuments, ...driftedDocuments].find((one) => one.arn === arn)?.document;
}
