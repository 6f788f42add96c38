import { sameName } from '../iam/names.ts';
import type { Target } from '../state/state.ts';
import type { Connection } from './access.ts';
import { type GrantStatus, grantsOf, groupsFor } from './grants.ts';
import type { GroupPair } from './group-policies.ts';
import type { Sides } from './sides.ts';
import { trustStatus } from './trust.ts';

/** Whether one link of the chain holds; `undefined`: not known. */
type Holds = boolean | undefined;

/**
 * Whether the hub user can get in, as far as can be read: it is in the group, the group's inline policy names the role, the role exists, its trust lets the
 * user in, and the required policies are attached. If one link is known to be broken, so is the connection; else, if one is not known, it is unknown.
 */
export function connection(sides: Sides, pairs: readonly GroupPair[], target: Target, live: Target, grant: GrantStatus): Connection {
  const links = [memberOf(sides, pairs, target), isNamed(grant), ...roleLinks(sides, target, live)];
  if (links.includes(false)) return 'broken';
  return links.includes(undefined) ? 'unknown' : 'works';
}

function isNamed(grant: GrantStatus): Holds {
  return grant === 'unseen' || grant === 'undecided' ? undefined : grant === 'named';
}

/** The user is in a group that names the role, or, if none does, in one that may. */
function memberOf({ desired, live }: Sides, pairs: readonly GroupPair[], target: Target): Holds {
  const { name, value: user } = live.hub.user;
  if (user === null) return false;
  const naming = new Set(grantsOf(target, pairs).map(({ group }) => group));
  const groups = groupsFor(target, pairs).filter((pair) => naming.size === 0 || naming.has(pair.name));
  const held = groups.map(({ live: group }): Holds => {
    if (group === null) return false;
    return group?.members?.some((member) => sameName(member.name, name || desired.hub.user.name));
  });
  if (held.includes(true)) return user === undefined ? undefined : true;
  return held.includes(undefined) ? undefined : false;
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
