import { shown } from '../drift/documents.ts';
import { grantsOf } from '../drift/grants.ts';
import { groupPairs } from '../drift/group-policies.ts';
import { nameOf } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { Group, Target } from '../state/state.ts';
import { type Attempt, Refused } from './draft.ts';
import { placeGrant } from './grant.ts';
import { onlyAssume, withStated } from './group-policy.ts';
import type { Entity } from './part.ts';
import type { Broken, RepairRule } from './repair-context.ts';
import { inlineNameOf, labelOf, setPolicies, sharedRepair } from './shared-repair.ts';

/** Repairs of the rules `hub-group-…`. */
export const hubGroupRepair: RepairRule = (broken, attempt) => {
  const { finding, desired, phase } = broken;
  if (!finding.rule.startsWith('hub-group-')) return undefined;
  const { hub } = desired.state;
  const name = nameOf(finding.entity);
  const wanted = hub.groups.find((group) => sameName(group.name, name))?.value;
  if (!wanted) return undefined;
  const entity: Entity = { kind: 'Group', account: hub.account, name };
  const user = nameOf(finding.resource);
  switch (finding.rule) {
    case 'hub-group-missing':
      return createGroup(broken, entity, wanted, attempt);
    case 'hub-group-member-missing':
      attempt.set(phase, { kind: 'member', of: entity, user }, true, `Put the user ${user} into the ${labelOf(entity)}`);
      return '';
    case 'hub-group-member-extra':
      attempt.set(phase, { kind: 'member', of: entity, user }, null, `Take the user ${user} out of the ${labelOf(entity)}`);
      return '';
    case 'hub-group-inline-policy-missing':
    case 'hub-group-inline-policy-changed':
    case 'hub-group-inline-policy-extra':
      return mendOthers(broken, entity, wanted, attempt);
    default:
      return sharedRepair(entity, broken, attempt, []);
  }
};

/** What is no grant in a policy becomes what the file states, or goes; the grants in it stay. */
function mendOthers({ finding, phase }: Broken, entity: Entity, wanted: Group, attempt: Attempt): string {
  const name = inlineNameOf(finding);
  const group = attempt.state.hub.groups.find((other) => sameName(other.name, entity.name))?.value;
  const document = group?.inlinePolicies?.find((policy) => policy.name === name)?.document;
  const stated = wanted.inlinePolicies?.find((policy) => policy.name === name);
  const isExtra = finding.rule === 'hub-group-inline-policy-extra';
  const left = isExtra || stated === undefined ? document && onlyAssume(document) : withStated(document, stated.document);
  const purpose = isExtra
    ? `Take what is no grant out of the inline policy ${name} of the ${labelOf(entity)}`
    : `Put what the file states into the inline policy ${name} of the ${labelOf(entity)}`;
  attempt.set(phase, { kind: 'inline', of: entity, name }, left === undefined ? null : shown(left), purpose);
  return '';
}

/** With its policies, its members, and the grants that are nowhere else. A user that is missing, too, gets its memberships by its own repair. */
function createGroup(broken: Broken, entity: Entity, group: Group, attempt: Attempt): string {
  const { desired, live, phase, isSeen } = broken;
  const { state } = desired;
  attempt.set(phase, { kind: 'entity', of: entity }, { path: group.path ?? '/' }, `Create the ${labelOf(entity)}`);
  const stated = groupPairs(state, live).find((pair) => sameName(pair.name, entity.name))?.wanted.others ?? [];
  const inlinePolicies = group.inlinePolicies?.filter(({ name }) => stated.some((policy) => policy.name === name));
  setPolicies(phase, entity, { ...group, inlinePolicies }, attempt);
  for (const { name } of group.members ?? []) {
    const isGone = sameName(name, state.hub.user.name) && attempt.state.hub.user.value === null;
    if (!isGone) attempt.set(phase, { kind: 'member', of: entity, user: name }, true, `Put the user ${name} into the ${labelOf(entity)}`);
  }
  const pairs = groupPairs(state, attempt.state);
  const left = state.targets.filter((target) => mayCarry(target, entity.name) && grantsOf(target, pairs).length === 0);
  const seen = left.filter(({ account }) => live.targets.some((target) => target.account === account) && isSeen(account));
  const refused = seen.filter((target) => !isPlaced(broken, target, attempt));
  const without = [...left.filter((target) => !seen.includes(target)), ...refused].map(({ account }) => account);
  return without.length === 0
    ? ''
    : `Without the grants for ${without.join(', ')}: their roles were not seen, or are not as they should be.`;
}

function mayCarry({ grantGroup }: Target, group: string): boolean {
  return grantGroup === undefined || sameName(grantGroup, group);
}

function isPlaced(broken: Broken, target: Target, attempt: Attempt): boolean {
  try {
    placeGrant(broken, target, attempt);
    return true;
  } catch (error) {
    if (error instanceof Refused) return false;
    throw error;
  }
}
