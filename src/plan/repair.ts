import type { Difference } from '../drift/difference.ts';
import type { Owner } from '../drift/differences/kind.ts';
import { nameOf, shortName } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { type Entity, entityLabel, roleOfTarget, targetLabel } from '../state/entity.ts';
import { readProperty } from '../state/property.ts';
import { targetOfRole } from '../state/targets.ts';
import { createGroup, createRole } from './create.ts';
import { changeGrant, placeGrant, removeExtraGrant } from './grant.ts';
import { onlyAssume, withStated } from './grant-policy.ts';
import { type PlanTransaction, Refused } from './plan-builder.ts';
import { repairContent } from './repair-content.ts';
import type { RepairInput } from './repair-input.ts';

export const NO_CALL = 'No IAM call can repair this.';

/**
 * Plans the repair of one finding: the call for its difference, or the calls where it takes several.
 *
 * @returns what is left to do by hand, mostly nothing
 * @throws {Refused}
 */
export function planRepair(input: RepairInput, transaction: PlanTransaction): string {
  const { difference } = input;
  switch (difference.kind) {
    case 'existence':
      return create({ ...input, difference }, transaction);
    case 'attached':
    case 'inline':
    case 'boundary':
      return repairPolicies({ ...input, difference }, transaction);
    case 'policy-content':
      return repairContent({ ...input, difference }, transaction);
    case 'trust':
    case 'orphans':
    case 'session-duration':
    case 'description':
    case 'tag':
      return repairRole({ ...input, difference }, transaction);
    case 'member':
    case 'other-group':
      return repairMembership({ ...input, difference }, transaction);
    case 'grant':
      return placeGrant(input, difference.target, transaction);
    case 'grant-content':
      return changeGrant(input, difference.target, transaction);
    case 'extra-grant':
      return removeExtraGrant(input, difference.pattern, transaction);
    default:
      throw new Refused(NO_CALL);
  }
}

function create(input: RepairInput<'existence'>, transaction: PlanTransaction): string {
  const { state } = input.desired;
  const { of, suggested } = input.difference;
  const [meant] = suggested;
  if (meant !== undefined) throw new Refused(maybeMeant(of.kind, meant));
  switch (of.kind) {
    case 'User':
      break;
    case 'Group': {
      const unread = input.live.hub.otherGroups?.find(({ value }) => value !== null && value?.inlinePolicies === undefined);
      if (unread !== undefined)
        throw new Refused(
          `The name may be wrong: the user is in the group ${unread.name}, which could not be read. Allow the auditor role to read that group, or correct hub.group.`,
        );
      const group = state.hub.groups.find(({ name }) => name === of.name)?.value;
      if (group) return createGroup(input, writtenAs(of), group, transaction);
      break;
    }
    case 'Role': {
      const target = targetOfRole(state, of);
      if (target?.role.value) return createRole(input, target, target.role.value, transaction);
      break;
    }
  }
  throw new Refused(NO_CALL);
}

/** What is live in its place may be what is meant: a second one beside it helps nobody. */
function maybeMeant(kind: Entity['kind'], name: string): string {
  return kind === 'Group'
    ? `The hub user has grants through the group ${name}, which may be the intended group. Correct hub.group. If both groups are intended, create this one by hand.`
    : `The hub user has a grant for the role ${name} in this account, which may be the intended role. Correct roleName. If both roles are intended, create this one by hand.`;
}

/** IAM takes the name of a group in any case; a call names it as it is. */
function writtenAs({ kind, account, name, arn }: Owner): Entity {
  return { kind, account, name: kind === 'Group' ? nameOf(arn) : name };
}

function repairPolicies(
  { phase, difference, desired }: RepairInput<'attached' | 'inline' | 'boundary'>,
  transaction: PlanTransaction,
): string {
  const of = writtenAs(difference.of);
  const label = entityLabel(of);
  switch (difference.kind) {
    case 'attached': {
      const policy = shortName(difference.arn);
      const purpose = difference.desired === null ? `Detach ${policy} from ${label}` : `Attach ${policy} to ${label}`;
      transaction.set(phase, { kind: 'attached', of, arn: difference.arn }, difference.desired, purpose);
      return '';
    }
    case 'boundary': {
      const { desired: arn } = difference;
      const purpose =
        arn === null ? `Remove the permissions boundary of ${label}` : `Set the permissions boundary of ${label} to ${shortName(arn)}`;
      transaction.set(phase, { kind: 'boundary', of }, arn, purpose);
      return '';
    }
    case 'inline': {
      if (desired.state.hub.groups.some((group) => isGroup(of, group.name))) {
        return repairBesideGrants({ phase, difference, desired }, of, transaction);
      }
      const { name } = difference;
      transaction.set(phase, { kind: 'inline', of, name }, difference.desired, inlinePurpose(difference, label));
      return '';
    }
  }
}

function inlinePurpose({ name, desired, live }: Difference<'inline'>, label: string): string {
  if (desired === null) return `Delete the inline policy ${name} of ${label}`;
  return live === null ? `Add the inline policy ${name} to ${label}` : `Restore the inline policy ${name} of ${label}`;
}

function isGroup({ kind, name }: Entity, group: string): boolean {
  return kind === 'Group' && sameName(name, group);
}

/** What is no grant in a policy of a hub group becomes what the file states, or goes; the grants in it stay. */
function repairBesideGrants(
  { phase, difference: { name, desired: isStated }, desired }: Pick<RepairInput<'inline'>, 'phase' | 'difference' | 'desired'>,
  of: Entity,
  transaction: PlanTransaction,
): string {
  const live = readProperty({ kind: 'inline', of, name }, transaction.state) ?? undefined;
  const stated = readProperty({ kind: 'inline', of, name }, desired.state);
  const after = isStated === null || !stated ? live && onlyAssume(live) : withStated(live, stated);
  const what =
    isStated === null
      ? `Remove everything but the grants from the inline policy ${name}`
      : `Restore the statements in the file in the inline policy ${name}`;
  transaction.set(phase, { kind: 'inline', of, name }, after ?? null, `${what} of the ${entityLabel(of)}`);
  return '';
}

function repairRole(
  { phase, difference, desired }: RepairInput<'trust' | 'orphans' | 'session-duration' | 'description' | 'tag'>,
  transaction: PlanTransaction,
): string {
  const target = targetOfRole(desired.state, difference.of);
  if (target === undefined) throw new Refused(NO_CALL);
  const of = roleOfTarget(target);
  const label = targetLabel(target);
  switch (difference.kind) {
    case 'trust':
    case 'orphans':
      transaction.set(phase, { kind: 'trust', of }, difference.desired, `Restore the trust policy of the ${label}`);
      return '';
    case 'tag': {
      const { desired: tag } = difference;
      transaction.set(phase, { kind: 'tags', of, keys: [tag.key] }, [tag], `Set the tag ${tag.key}=${tag.value} on the ${label}`);
      return '';
    }
    default: {
      // One call sets both, so the one that is as it should be is sent as it is.
      const settings = readProperty({ kind: 'settings', of }, transaction.state);
      if (!settings) throw new Refused('The live state could not be read.');
      const isDescription = difference.kind === 'description';
      const after = isDescription
        ? { ...settings, description: difference.desired }
        : { ...settings, maxSessionDuration: difference.desired };
      const what = isDescription ? 'description' : 'maximum session duration';
      transaction.set(phase, { kind: 'settings', of }, after, `Restore the ${what} of the ${label}`);
      return '';
    }
  }
}

function repairMembership({ phase, difference }: RepairInput<'member' | 'other-group'>, transaction: PlanTransaction): string {
  if (difference.kind === 'other-group') {
    const { of: user, group } = difference;
    const of: Entity = { kind: 'Group', account: user.account, name: nameOf(group.arn) };
    transaction.set(phase, { kind: 'member', of, user: user.name }, null, `Remove ${entityLabel(user)} from the group ${of.name}`);
    return '';
  }
  const of = writtenAs(difference.of);
  const user = nameOf(difference.user.arn);
  const purpose = difference.desired
    ? `Add the user ${user} to the ${entityLabel(of)}`
    : `Remove the user ${user} from the ${entityLabel(of)}`;
  transaction.set(phase, { kind: 'member', of, user }, difference.desired ? true : null, purpose);
  return '';
}
