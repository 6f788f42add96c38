import type { Policy } from '../../policy/index.ts';
import type { QuotaUse } from '../../state/desired.ts';
import { entityLabel, roleOfTarget } from '../../state/entity.ts';
import type { Target } from '../../state/state.ts';
import { capital } from '../../text/visible.ts';
import { type Kinds, TITLE_VERB, VERB } from './kind.ts';

/** An inline policy of a hub group. */
export interface PolicyPlace {
  readonly group: string;
  readonly policy: string;
}

/** The grants in the hub groups' inline policies. */
export interface GrantParts {
  /** `live: null`: no inline policy of these groups names the role; `by` says whether something else lets the user in. */
  readonly grant: {
    readonly target: Target;
    readonly groups: readonly string[];
    readonly desired: Policy;
    readonly live: null;
    readonly by: 'nothing' | 'other-policy';
  };
  readonly 'grant-content': {
    readonly target: Target;
    readonly places: readonly PolicyPlace[];
    readonly desired: Policy;
    readonly live: Policy;
  };
  /** What allows or denies assuming something that no target wants there. `wantedIn` is the group in which the file wants it. */
  readonly 'extra-grant': {
    readonly hubAccount: string;
    readonly pattern: string;
    readonly places: readonly PolicyPlace[];
    readonly wantedIn: string | undefined;
    readonly desired: null;
    readonly live: Policy;
  };
  readonly quota: { readonly use: QuotaUse; readonly desired: Pick<QuotaUse, 'used' | 'limit' | 'unit'>; readonly live: null };
}

export const GRANTS: Kinds<GrantParts> = {
  grant: {
    rule: ({ by }) => (by === 'nothing' ? 'grant-missing' : 'grant-indirect'),
    title: ({ target: { roleName }, by }) =>
      by === 'nothing' ? `No grant for ${roleName}` : `${roleName} is granted only by a wildcard or a managed policy`,
    message: ({ target, groups, by }) => {
      const role = entityLabel(roleOfTarget(target));
      return by === 'nothing'
        ? `No inline policy of ${groupNames(groups)} names the ${role}, and nothing else that the file allows lets the hub user assume it.`
        : `The hub user reaches the ${role} only by a managed policy or a wildcard, so a product that discovers its targets in inline policies does not find it.`;
    },
  },
  'grant-content': {
    rule: () => 'grant-changed',
    title: ({ target: { roleName } }, access) => `The grant for ${roleName} ${TITLE_VERB[access]}`,
    message: ({ target, places }, access) =>
      `The grant for ${entityLabel(roleOfTarget(target))} (inline policy ${placeNames(places)}) ${VERB[access]}.`,
  },
  'extra-grant': {
    rule: () => 'grant-extra',
    title: ({ pattern, places, live }) =>
      `Hub group ${[...new Set(places.map(({ group }) => group))].join(', ')} ${effectsOf(live)} assuming ${pattern}`,
    message: ({ pattern, places, wantedIn, live }) => {
      const why =
        wantedIn === undefined
          ? 'no target in the file declares'
          : `the file declares in group ${wantedIn}: add it there before you remove it here`;
      return `The inline policy ${placeNames(places)} ${effectsOf(live)} assuming ${pattern}, which ${why}.`;
    },
  },
  quota: {
    rule: () => 'quota-exceeded',
    title: ({ use: { what, used, limit, unit } }) => `${capital(what)} would be ${used} ${unit}, ${limit} allowed`,
    message: ({ use: { what, used, limit, unit } }) =>
      `The desired state exceeds a quota: ${what} would be ${used} ${unit}, and AWS allows ${limit}.`,
  },
};

/** In words; what can't be understood may have no effect. */
function effectsOf({ statements }: Policy): string {
  const words = { Allow: ['allows', 'may allow'], Deny: ['denies', 'may deny'] } as const;
  const certain = new Set(statements?.filter(({ doubt }) => doubt === null).map(({ effect }) => effect));
  return [...new Set(statements?.map(({ effect }) => words[effect][certain.has(effect) ? 0 : 1]))].join(' and ');
}

function groupNames(groups: readonly string[]): string {
  return groups.length === 1 ? `the hub group ${groups[0]}` : `the hub groups ${groups.join(', ')}`;
}

function placeNames(places: readonly PolicyPlace[]): string {
  return [...new Set(places.map(({ group, policy }) => `${policy} of group ${group}`))].join(', ');
}
