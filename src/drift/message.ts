import { shortName } from '../iam/arn.ts';
import { entityLabel, roleOfTarget } from '../state/entity.ts';
import type { Access } from './access.ts';
import type { Difference, DifferenceOf, PolicyPlace } from './difference.ts';

/** One line for a person, unescaped: what differs, where. */
export function messageOf(difference: Difference, access: Access): string {
  switch (difference.kind) {
    case 'existence':
      return existence(difference);
    case 'attached': {
      const [owner, policy] = [entityLabel(difference.of), shortName(difference.arn)];
      return difference.live === null
        ? `The ${owner} lacks the managed policy ${policy}.`
        : `The ${owner} has the managed policy ${policy} attached, which the file does not allow.`;
    }
    case 'inline':
      return inline(difference, access);
    case 'boundary':
      return boundary(difference);
    case 'trust': {
      const isPart = difference.judged !== difference.live;
      return `${isPart ? 'Apart from that, the' : 'The'} trust policy of ${entityLabel(difference.of)} ${VERB[access]}.`;
    }
    case 'orphans':
      return `The trust policy of ${entityLabel(difference.of)} names ${difference.ids.join(', ')}: a principal that was deleted (re-creating it does not heal the trust) or was created just now.`;
    case 'path':
    case 'session-duration':
    case 'description':
    case 'tag':
      return ofRole(difference);
    case 'member': {
      const [user, group] = [difference.user.name, entityLabel(difference.of)];
      return difference.live
        ? `The user ${user} is in the ${group} and gets all its grants; the file does not name this member.`
        : `The user ${user} is not in the ${group}.`;
    }
    case 'other-group':
    case 'console-login':
    case 'key-count':
    case 'key':
    case 'key-age':
      return ofUser(difference);
    case 'grant':
    case 'grant-content':
    case 'extra-grant':
      return ofGrant(difference, access);
    case 'quota': {
      const { what, used, limit, unit } = difference.use;
      return `The desired state does not fit: ${what} would be ${used} ${unit}, and AWS allows ${limit}.`;
    }
  }
}

/** How a document that differs is described in a sentence. */
const VERB: Readonly<Record<Access, string>> = {
  widened: 'allows more than it should',
  narrowed: 'allows less than it should',
  changed: 'differs from what it should be',
  none: 'differs in form only',
};

function existence({ of }: DifferenceOf<'existence'>): string {
  if (of.kind === 'Group') return `The ${entityLabel(of)} does not exist; neither do its memberships and grants.`;
  return of.kind === 'Role' ? `The role ${of.name} does not exist in ${of.account}.` : `The ${entityLabel(of)} does not exist.`;
}

function inline({ of, name, desired, live }: DifferenceOf<'inline'>, access: Access): string {
  const owner = entityLabel(of);
  if (live === null) return `The ${owner} lacks the inline policy ${name}.`;
  if (desired !== null) return `The inline policy ${name} of the ${owner} ${VERB[access]}.`;
  const remark = access === 'changed' ? ' It is no valid policy.' : '';
  return `The ${owner} has the inline policy ${name}, which the file does not name.${remark}`;
}

function boundary({ of, desired, live }: DifferenceOf<'boundary'>): string {
  const owner = entityLabel(of);
  if (live === null) return `The ${owner} has no permissions boundary; ${shortName(desired ?? '')} is wanted.`;
  if (desired === null) return `The ${owner} has the permissions boundary ${shortName(live)}; none is wanted.`;
  return `The ${owner} has the permissions boundary ${shortName(live)} in place of ${shortName(desired)}.`;
}

function ofRole(difference: DifferenceOf<'path' | 'session-duration' | 'description' | 'tag'>): string {
  const role = entityLabel(difference.of);
  switch (difference.kind) {
    case 'path':
      return `The ${role} is ${difference.live}; wanted is ${difference.desired}. A role's path can't be changed: it has to be created anew by hand.`;
    case 'session-duration':
      return `Sessions of the ${role} may last ${difference.live} seconds; wanted are ${difference.desired}.`;
    case 'description':
      return `The ${role} is described as "${difference.live}"; wanted is "${difference.desired}".`;
    case 'tag': {
      const { desired, live } = difference;
      return live === null
        ? `The ${role} lacks the tag ${desired.key}=${desired.value}.`
        : `The tag ${desired.key} of the ${role} is ${live.value}; wanted is ${desired.value}.`;
    }
  }
}

function ofUser(difference: DifferenceOf<'other-group' | 'console-login' | 'key-count' | 'key' | 'key-age'>): string {
  const user = entityLabel(difference.of);
  switch (difference.kind) {
    case 'other-group':
      return `The ${user} is in the group ${difference.group.name}, which the file does not allow.`;
    case 'console-login':
      return `The ${user} has a console password; this user is for programs only.`;
    case 'key-count':
      return `The ${user} has ${keyCount(difference.live.active)}; at least ${difference.desired.min} wanted, or nothing can connect as this user.`;
    case 'key':
      return `The ${user} has the active access key ${difference.live.id} beyond the ${difference.desired.max} that may be there.`;
    case 'key-age':
      return `The access key ${difference.live.id} of the ${user} is ${difference.days} days old; ${difference.desired.maxAgeDays} are allowed.`;
  }
}

function keyCount(keys: number): string {
  if (keys === 0) return 'no active access key';
  return keys === 1 ? '1 active access key' : `${keys} active access keys`;
}

function ofGrant(difference: DifferenceOf<'grant' | 'grant-content' | 'extra-grant'>, access: Access): string {
  switch (difference.kind) {
    case 'grant': {
      const role = entityLabel(roleOfTarget(difference.target));
      return difference.by === 'nothing'
        ? `No inline policy of ${groupNames(difference.groups)} lets the hub user assume the ${role}.`
        : `The hub user reaches the ${role} only by a managed policy or a wildcard, so a product that discovers its targets in inline policies won't find it.`;
    }
    case 'grant-content': {
      const role = entityLabel(roleOfTarget(difference.target));
      return `The grant for ${role} (inline policy ${placeNames(difference.places)}) ${VERB[access]}.`;
    }
    case 'extra-grant': {
      const { pattern, places, wantedIn, live } = difference;
      const effects = new Set(live.statements?.map(({ effect }) => (effect === 'Allow' ? 'allows' : 'denies')));
      const why =
        wantedIn === undefined ? 'no target in the file wants' : `the file wants in group ${wantedIn}: add it there before it goes here`;
      return `The inline policy ${placeNames(places)} ${[...effects].join(' and ')} assuming ${pattern}, which ${why}.`;
    }
  }
}

function groupNames(groups: readonly string[]): string {
  return groups.length === 1 ? `the hub group ${groups[0]}` : `the hub groups ${groups.join(', ')}`;
}

function placeNames(places: readonly PolicyPlace[]): string {
  return [...new Set(places.map(({ group, policy }) => `${policy} of group ${group}`))].join(', ');
}
