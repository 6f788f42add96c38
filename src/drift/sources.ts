import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { Group, InlinePolicy, Lookup, OtherGroup, State } from '../state/state.ts';

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
  return new Map(sourcesOf('user', user?.managedPolicies?.required, user?.inlinePolicies, state));
}

/** The policies of a hub group, or of another group of the user. */
export function groupSources(name: string, state: State): Sources {
  const place = `group ${name.toLowerCase()}`;
  const found = state.hub.groups.find((group) => sameName(group.name, name));
  if (found?.value === null) return new Map();
  const { managed, inline } = found === undefined ? ofOther(state.hub.otherGroups, name) : ofHub(found.value);
  return new Map(sourcesOf(place, managed, inline, state));
}

interface Policies {
  readonly managed: readonly string[] | undefined;
  readonly inline: readonly InlinePolicy[] | undefined;
}

function ofHub(group: Group | undefined): Policies {
  return { managed: group?.managedPolicies?.required, inline: group?.inlinePolicies };
}

function ofOther(groups: readonly OtherGroup[] | undefined, name: string): Policies {
  const group = groups?.find((other) => sameName(other.name, name));
  return { managed: group?.managedPolicies, inline: group?.inlinePolicies };
}

type Source = readonly [string, Policy | undefined];

function sourcesOf(place: string, managed: Policies['managed'], inline: Policies['inline'], state: State): Source[] {
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
