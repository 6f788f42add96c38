import { shown } from '../drift/documents.ts';
import { grantDocument, grantsOf } from '../drift/grants.ts';
import { type AssumeStatement, groupPairs } from '../drift/group-policies.ts';
import { sameName } from '../iam/names.ts';
import type { PolicySource } from '../policy/types.ts';
import type { Group, InlinePolicy, Lookup, State, Target } from '../state/state.ts';
import type { Phase } from './call.ts';
import { type Attempt, Refused } from './draft.ts';
import { isPlainGrant, isValid, names, withGrant, withoutPattern } from './group-policy.ts';
import type { Part } from './part.ts';
import type { Broken, RepairRule } from './repair-context.ts';
import { quotaProblem } from './room.ts';

/** Repairs of the rules `grant-…`: edits of the hub groups' inline policies. */
export const grantRepair: RepairRule = (broken, attempt) => {
  const { finding, desired } = broken;
  const target = desired.state.targets.find(({ account }) => account === finding.account);
  switch (finding.rule) {
    case 'grant-extra':
      return removeExtra(broken, attempt);
    case 'grant-changed':
      return target && changeGrant(broken, target, attempt);
    case 'grant-missing':
    case 'grant-indirect':
      return target && placeGrant(broken, target, attempt);
    default:
      return undefined;
  }
};

/** Out of every policy in which it is extra. One that the file wants in another group stays until it is there. */
function removeExtra({ finding, desired, phase }: Broken, attempt: Attempt): string {
  const pattern = finding.resource;
  const pairs = groupPairs(desired.state, attempt.state);
  const target = desired.state.targets.find(({ roleArn }) => roleArn === pattern);
  if (target !== undefined && grantsOf(target, pairs).length === 0) {
    throw new Refused(`The file wants this grant in the group ${target.grantGroup ?? ''}; it goes from here once it is there.`);
  }
  const extras = pairs.flatMap(({ there }) => there?.extras ?? []).filter((part) => part.pattern === pattern);
  for (const place of placesOf(extras)) {
    edit(place, phase, attempt, (document) => withoutPattern(document, pattern), `${placeLabel(place)} no longer names ${pattern}`);
  }
  return '';
}

/** What is right stays; else the first policy that names the role gets the right statement in place of the wrong one. The wrong ones go. */
function changeGrant(broken: Broken, target: Target, attempt: Attempt): string {
  const { desired, phase } = broken;
  const naming = grantsOf(target, groupPairs(desired.state, attempt.state));
  const wrong = naming.filter(({ statement }) => !isPlainGrant(statement));
  const hasRight = wrong.length < naming.length;
  if (!hasRight) checkRole(broken, target, attempt.state);
  for (const [index, place] of placesOf(wrong).entries()) {
    const isHome = !hasRight && index === 0;
    const change = (document: PolicySource): PolicySource | undefined => {
      const rest = withoutPattern(document, target.roleArn, (statement) => !isPlainGrant(statement));
      return isHome ? withGrant(rest, grantDocument(target), true) : rest;
    };
    const told = isHome
      ? `lets ${userOf(broken)} assume ${roleLabel(target)}, and nothing else by that statement`
      : `no longer names ${target.roleArn}`;
    edit(place, phase, attempt, change, `${placeLabel(place)} ${told}`, isHome ? target.account : undefined);
  }
  return '';
}

/**
 * A new grant, as the file lays it out: into the packed policy, or one of its own; into the group that the file names, else the first with room.
 * A live policy of the name that it would get is never written over, nor is one added to that can't be read.
 */
export function placeGrant(broken: Broken, target: Target, attempt: Attempt): string {
  checkRole(broken, target, attempt.state);
  const { desired, phase } = broken;
  const name = grantName(desired.state, target);
  const groups = attempt.state.hub.groups.filter((group) => mayCarry(target, group.name) && group.value);
  const problems: string[] = [];
  for (const group of groups) {
    const { part, after } = newGrant(broken, target, group, name);
    const problem = quotaProblem(part, attempt.state, after);
    if (problem === undefined) {
      const purpose = `Let ${userOf(broken)} assume ${roleLabel(target)}, by ${placeLabel({ group: group.name, policy: part.name })}`;
      attempt.set(phase, part, after, purpose, target.account);
      return '';
    }
    problems.push(problem);
  }
  const advice = 'Add a group to the file, or let it pack the grants (hub.grants.layout: packed).';
  throw new Refused(problems.length === 0 ? 'No hub group of the file is to carry this grant.' : `${problems.join(' ')} ${advice}`);
}

function newGrant(
  { desired }: Broken,
  target: Target,
  group: Lookup<Group>,
  name: string,
): { part: Part & { kind: 'inline' }; after: unknown } {
  const packed = desired.grants.layout === 'packed';
  const { policy, document } = homeOf(name, group.value?.inlinePolicies ?? [], packed);
  const of = { kind: 'Group', account: desired.state.hub.account, name: group.name } as const;
  return { part: { kind: 'inline', of, name: policy }, after: shown(withGrant(document, grantDocument(target), packed)) };
}

/** The policy of that name if it may be added to, else a name that is free. */
function homeOf(name: string, there: readonly InlinePolicy[], packed: boolean): { policy: string; document: PolicySource | undefined } {
  let candidate = name;
  for (let n = 2; ; n += 1) {
    const taken = there.find((policy) => sameName(policy.name, candidate));
    if (taken === undefined) return { policy: candidate, document: undefined };
    if (packed && isValid(taken.document)) return { policy: taken.name, document: taken.document };
    candidate = `${name.slice(0, 120)}-${n}`;
  }
}

/** A grant lets the user into a role that is there, as the file names it: the role first, then the grant. */
function checkRole({ finding }: Broken, target: Target, state: State): void {
  const role = state.targets.find(({ account }) => account === target.account)?.role.value;
  // What takes access away does not wait for a role.
  if (finding.access === 'widened') return;
  if (role === undefined) throw new Refused(`The ${roleLabel(target)} was not seen; its grant comes once it can be.`);
  if (role === null)
    throw new Refused(`The ${roleLabel(target)} does not exist, and this plan does not create it; its grant comes once it is there.`);
  if (role.arn !== target.roleArn)
    throw new Refused(
      `The ${roleLabel(target)} is ${role.arn}; its grant comes once it is ${target.roleArn}. State that path in the file, or make the role anew.`,
    );
}

interface Place {
  readonly group: string;
  readonly policy: string;
}

function placesOf(parts: readonly AssumeStatement[]): readonly Place[] {
  return [...new Map(parts.map(({ group, policy }) => [JSON.stringify([group, policy]), { group, policy }])).values()];
}

function edit(
  { group, policy }: Place,
  phase: Phase,
  attempt: Attempt,
  change: (document: PolicySource) => PolicySource | undefined,
  purpose: string,
  opens?: string,
): void {
  const { hub } = attempt.state;
  const found = hub.groups.find(({ name }) => sameName(name, group))?.value?.inlinePolicies?.find(({ name }) => name === policy);
  if (found === undefined) return;
  const left = change(found.document);
  const of = { kind: 'Group', account: hub.account, name: group } as const;
  attempt.set(phase, { kind: 'inline', of, name: policy }, left === undefined ? null : shown(left), purpose, opens);
}

/** The name that the file gives the target's grant: that of the last policy which names its role, as grants come after what is stated. */
function grantName({ hub }: State, { roleArn }: Target): string {
  return (
    hub.groups.flatMap(({ value: found }) => found?.inlinePolicies ?? []).findLast(({ document }) => names(document, roleArn))?.name ??
    'assume-role'
  );
}

function mayCarry({ grantGroup }: Target, group: string): boolean {
  return grantGroup === undefined || sameName(grantGroup, group);
}

function userOf({ desired }: Broken): string {
  return desired.state.hub.user.name;
}

function placeLabel({ group, policy }: Place): string {
  return `the inline policy ${policy} of the hub group ${group}`;
}

/** `role Micetro in production (222222222222)`. */
export function roleLabel({ account, name, roleName }: Target): string {
  return `role ${roleName} in ${name === undefined ? account : `${name} (${account})`}`;
}
