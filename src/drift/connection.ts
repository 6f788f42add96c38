import type { Target } from '../state/state.ts';
import type { Connection } from './access.ts';
import { isSure } from './assumes.ts';
import { grantsOf, groupsFor } from './grants.ts';
import type { GroupPair } from './group-policies.ts';
import { allHold, anyHolds, type Holds } from './holds.ts';
import type { Sides } from './sides.ts';
import { isMember } from './sources.ts';
import { trustStatus } from './trust.ts';
import { unstopped } from './unstopped.ts';

/**
 * Whether the hub user can get into a target, as far as can be read: it has an active access key and is in a group whose inline policy names the role, nothing
 * that was read denies it or bounds the user to less, the role exists, its trust lets the user in, and the required policies are attached. If one link is known
 * to be broken, so is the connection; else, if one is not known, it is unknown.
 */
export function connections(sides: Sides, pairs: readonly GroupPair[]): (target: Target, live: Target) => Connections {
  const key = hasActiveKey(sides);
  const isUnstopped = unstopped(sides.live);
  return (target, live) => {
    const links = [isGranted(sides, pairs, target), isUnstopped(target.roleArn, live), ...roleLinks(sides, target, live)];
    return { connection: connectionOf([key, ...links]), ofActiveKey: connectionOf(links) };
  };
}

interface Connections {
  readonly connection: Connection;
  /** The same for an active key, whether the user has one or not. */
  readonly ofActiveKey: Connection;
}

function connectionOf(links: readonly Holds[]): Connection {
  const holds = allHold(links);
  if (holds === undefined) return 'unknown';
  return holds ? 'works' : 'broken';
}

function hasActiveKey({ live }: Sides): Holds {
  const { value: user } = live.hub.user;
  if (user === null) return false;
  return user?.accessKeys?.listed.some(({ active }) => active);
}

/** Some group holds both: the user among its members, and an inline policy that names the role. */
function isGranted({ live }: Sides, pairs: readonly GroupPair[], target: Target): Holds {
  const naming = grantsOf(target, pairs);
  return anyHolds(
    groupsFor(target, pairs).map(({ name, live: group, liveParts }) => {
      const grants = naming.filter((part) => part.group === name && part.statement.effect === 'Allow');
      const isNamed = liveParts && anyHolds(grants.map(({ statement }) => isSure(statement) || undefined));
      return allHold([isMember(group, live.hub.user.name), isNamed]);
    }),
  );
}

function roleLinks(sides: Sides, target: Target, live: Target): Holds[] {
  const [desired, role] = [target.role.value, live.role.value];
  if (!desired || role === undefined) return [undefined];
  if (role === null || role.arn !== desired.arn) return [false];
  const trust = trustStatus(sides, desired, role);
  const attached = role.managedPolicies;
  return [
    trust === 'unknown' ? undefined : trust === 'open',
    attached && (desired.managedPolicies?.required ?? []).every((arn) => attached.required.includes(arn)),
  ];
}
