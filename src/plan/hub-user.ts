import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { User } from '../state/state.ts';
import type { Attempt } from './draft.ts';
import type { Entity } from './part.ts';
import type { Broken, RepairRule } from './repair-context.ts';
import { labelOf, setPolicies, sharedRepair } from './shared-repair.ts';

/** Repairs of the rules `hub-user-…`. */
export const hubUserRepair: RepairRule = (broken, attempt) => {
  const { finding, desired, phase } = broken;
  const { account, user } = desired.state.hub;
  if (!user.value || !finding.rule.startsWith('hub-user-')) return undefined;
  const entity: Entity = { kind: 'User', account, name: user.name };
  switch (finding.rule) {
    case 'hub-user-missing':
      return createUser(broken, entity, user.value, attempt);
    case 'hub-user-group-extra': {
      const group: Entity = { kind: 'Group', account, name: nameOf(finding.resource) };
      attempt.set(phase, { kind: 'member', of: group, user: user.name }, null, `Take ${labelOf(entity)} out of the group ${group.name}`);
      return '';
    }
    default:
      return sharedRepair(entity, broken, attempt, user.value.inlinePolicies ?? []);
  }
};

/**
 * The user without a key, as what a key opens is a decision of people. It is there before anything else, since a role can't trust a user that does
 * not exist; what makes it more than a name comes last.
 */
function createUser({ desired, phase }: Broken, entity: Entity, user: User, attempt: Attempt): string {
  const label = labelOf(entity);
  const value = { path: user.path ?? '/', boundary: user.boundary ?? null };
  attempt.set('hub-first', { kind: 'entity', of: entity }, value, `Create the ${label}, without an access key`);
  setPolicies(phase, entity, user, attempt);
  for (const { name, value: found } of desired.state.hub.groups) {
    const isMember = found?.members?.some((member) => sameName(member.name, entity.name));
    const isThere = attempt.state.hub.groups.some((group) => sameName(group.name, name) && group.value);
    if (!isMember || !isThere) continue;
    const part = { kind: 'member', of: { kind: 'Group', account: entity.account, name }, user: entity.name } as const;
    attempt.set(phase, part, true, `Put the ${label} into the hub group ${name}`);
  }
  return `The user gets no access key from a repair: create one for ${entity.name} by hand, and give it to the product that uses it.`;
}
