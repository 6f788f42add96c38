import type { PolicyPlace } from '../drift/differences/grants.ts';
import { grantsOf } from '../drift/grants.ts';
import { type AssumeStatement, groupPairs } from '../drift/group-policies.ts';
import { grantPolicy } from '../iam/grant-document.ts';
import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import { mayCarryGrant, targetLabel } from '../state/entity.ts';
import type { IamProperty } from '../state/property.ts';
import type { Group, InlinePolicy, Lookup, State, Target } from '../state/state.ts';
import { findTarget } from '../state/targets.ts';
import type { Phase } from './call.ts';
import { isPlainGrant, names, withGrant, withoutPattern } from './grant-policy.ts';
import { type PlanTransaction, Refused } from './plan-builder.ts';
import { quotaProblem } from './quota-check.ts';
import type { RepairContext } from './repair-input.ts';

/** Out of every policy in which it is extra. */
export function removeExtraGrant({ desired, phase }: RepairContext, pattern: string, transaction: PlanTransaction): string {
  const pairs = groupPairs(desired.state, transaction.state);
  const extras = pairs.flatMap(({ liveParts }) => liveParts?.extras ?? []).filter((part) => part.pattern === pattern);
  for (const place of placesOf(extras)) {
    edit(place, phase, transaction, (policy) => withoutPattern(policy, pattern), `Remove ${pattern} from ${placeLabel(place)}`);
  }
  return '';
}

/** What is right stays; else the first policy that names the role gets the right statement in place of the wrong one. The wrong ones go. */
export function changeGrant(input: RepairContext, target: Target, transaction: PlanTransaction): string {
  const { desired, phase } = input;
  const naming = grantsOf(target, groupPairs(desired.state, transaction.state));
  const wrong = naming.filter(({ statement }) => !isPlainGrant(statement));
  const hasRight = wrong.length < naming.length;
  if (!hasRight) checkRole(input, target, transaction.state);
  for (const [index, place] of placesOf(wrong).entries()) {
    const isHome = !hasRight && index === 0;
    const change = (policy: Policy): Policy | undefined => {
      const rest = withoutPattern(policy, target.roleArn, (statement) => !isPlainGrant(statement));
      return isHome ? withGrant(rest, grantPolicy(target.roleArn), true) : rest;
    };
    const purpose = isHome
      ? `Restore the grant of ${targetLabel(target)} in ${placeLabel(place)}`
      : `Remove ${target.roleArn} from ${placeLabel(place)}`;
    edit(place, phase, transaction, change, purpose);
  }
  return '';
}

/**
 * A new grant, as the file lays it out: into the packed policy, or one of its own; into the group that the file names, else the first with room.
 * A live policy of the name that it would get is never written over, nor is one added to that can't be read.
 */
export function placeGrant(input: RepairContext, target: Target, transaction: PlanTransaction): string {
  checkRole(input, target, transaction.state);
  const { desired, phase } = input;
  const name = grantName(desired.state, target);
  const groups = transaction.state.hub.groups.filter((group) => mayCarryGrant(target, group.name) && group.value);
  const problems: string[] = [];
  for (const group of groups) {
    const { property, after } = newGrant(input, target, group, name);
    const problem = quotaProblem(property, transaction.state, after);
    if (problem === undefined) {
      const place = placeLabel({ group: group.name, policy: property.name });
      transaction.set(phase, property, after, `Allow ${desired.state.hub.user.name} to assume ${targetLabel(target)}, in ${place}`);
      return '';
    }
    problems.push(problem);
  }
  const advice = 'Add a group to the file, or set hub.grants.layout: packed.';
  throw new Refused(problems.length === 0 ? 'No hub group in the file can contain this grant.' : `${problems.join(' ')} ${advice}`);
}

function newGrant(
  { desired }: RepairContext,
  target: Target,
  group: Lookup<Group>,
  name: string,
): { readonly property: IamProperty<'inline'>; readonly after: Policy } {
  const packed = desired.grants.layout === 'packed';
  const { policy, document } = homeOf(name, group.value?.inlinePolicies ?? [], packed);
  const of = { kind: 'Group', account: desired.state.hub.account, name: group.name } as const;
  return { property: { kind: 'inline', of, name: policy }, after: withGrant(document, grantPolicy(target.roleArn), packed) };
}

/** The policy of that name if it may be added to, else a name that is free. */
function homeOf(name: string, live: readonly InlinePolicy[], packed: boolean): { policy: string; document: Policy | undefined } {
  let candidate = name;
  for (let n = 2; ; n += 1) {
    const taken = live.find((policy) => sameName(policy.name, candidate));
    if (taken === undefined) return { policy: candidate, document: undefined };
    if (packed && taken.document.problem === null) return { policy: taken.name, document: taken.document };
    candidate = `${name.slice(0, 120)}-${n}`;
  }
}

/** A grant lets the user into a role that is there, as the file names it: the role first, then the grant. */
function checkRole({ finding, checkOpen }: RepairContext, target: Target, state: State): void {
  // What takes access away does not wait for a role.
  if (finding.access === 'widened') return;
  const role = findTarget(state.targets, target)?.role.value;
  const label = targetLabel(target);
  if (role === undefined) throw new Refused(`The ${label} could not be read. The grant is written once the role can be read.`);
  if (role === null) {
    throw new Refused(`The ${label} does not exist, and this plan does not create it. The grant is written once the role exists.`);
  }
  if (role.arn !== target.roleArn) {
    throw new Refused(
      `The ${label} has the ARN ${role.arn}; expected ${target.roleArn}. State its path in the file, or create the role again. The grant is written after that.`,
    );
  }
  checkOpen(target);
}

function placesOf(parts: readonly AssumeStatement[]): readonly PolicyPlace[] {
  return [...new Map(parts.map(({ group, policy }) => [JSON.stringify([group, policy]), { group, policy }])).values()];
}

function edit(
  { group, policy }: PolicyPlace,
  phase: Phase,
  transaction: PlanTransaction,
  change: (policy: Policy) => Policy | undefined,
  purpose: string,
): void {
  const { hub } = transaction.state;
  const found = hub.groups.find(({ name }) => sameName(name, group))?.value?.inlinePolicies?.find(({ name }) => name === policy);
  if (found === undefined) return;
  const of = { kind: 'Group', account: hub.account, name: group } as const;
  transaction.set(phase, { kind: 'inline', of, name: policy }, change(found.document) ?? null, purpose);
}

/** The name that the file gives the target's grant: that of the last policy which names its role, as grants come after what is stated. */
function grantName({ hub }: State, { roleArn }: Target): string {
  const policies = hub.groups.flatMap(({ value: group }) => group?.inlinePolicies ?? []);
  return policies.findLast(({ document }) => names(document, roleArn))?.name ?? 'assume-role';
}

function placeLabel({ group, policy }: PolicyPlace): string {
  return `the inline policy ${policy} of the hub group ${group}`;
}
