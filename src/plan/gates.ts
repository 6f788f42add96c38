import type { Difference } from '../drift/difference.ts';
import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import { isSessionRevocation } from '../drift/revoked-sessions.ts';
import { accountOf, nameOf } from '../iam/arn.ts';
import { isKeyQuarantine } from '../iam/managed-policy.ts';
import { sameName } from '../iam/names.ts';
import { isPattern, patternMatches, principalsOf } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import { isErrorOf, type Reading } from '../state/reading.ts';
import { RULES, type Rule } from '../state/rules.ts';
import type { State } from '../state/state.ts';
import { findTarget, type TargetAddress, targetOfRole, targetsIn } from '../state/targets.ts';
import type { Limits, PlannedCall, Repair } from './call.ts';

/** What no repair does; for people, with what to do instead. */
const BY_PEOPLE: Readonly<Partial<Record<Rule, string>>> = {
  'hub-user-missing':
    'A user is never created by a repair: it would have no key, and its name may be a typing error. Correct hub.user in the file, or create the user by hand.',
  'hub-user-key-compromised':
    "AWS attached the quarantine policy, and asks not to detach it: deactivate the access key by hand and follow AWS's support case.",
  'hub-user-login-extra': 'A console password is never taken away by a repair: ask whoever uses it.',
  'hub-user-key-missing': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'hub-user-key-extra': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'hub-user-key-old': 'Access keys are never touched by a repair: create, rotate or remove them by hand.',
  'hub-user-credential-extra': 'Credentials are never touched by a repair: deactivate and delete it by hand.',
  'hub-caller-extra':
    'Other users and roles are never touched by a repair: take sts:AssumeRole on the roles out of their policies by hand, or list them under hub.otherCallers.',
  'role-path-changed': 'A repair never deletes a role.',
  'role-sessions-revoked':
    'Somebody revoked these sessions for a reason, and a repair never undoes that: delete the policy by hand when the incident is closed.',
  'tool-role-trust-changed':
    'A repair never changes the roles by which the action itself works: it could lock itself out. Correct the trust policy by hand.',
  'target-undeclared': 'A repair never adds a target: add the account to targets, or exclude it.',
  'target-not-active': 'A repair never changes an account: remove the target from the file, or have the account reopened.',
  'target-left-organization': 'A repair never changes an organization: remove the target from the file, or invite the account.',
  'quota-exceeded': 'The desired state has to change: use more groups, packed grants or shorter names, or have AWS raise the quota.',
};

const OF_AWS =
  "AWS alone changes its own policies. Review the version that is in force and state it under policies, or attach a policy of the account's own in its place.";

type Skipped = Pick<Repair, 'status' | 'reason'>;

/** Why a finding is left as it is whatever the rest of the plan looks like; `undefined`: it may be repaired. */
export function skipReason(finding: Finding, { scope }: Limits, isSeen: (target: TargetAddress) => boolean): Skipped | undefined {
  const byPeople = BY_PEOPLE[finding.rule];
  if (byPeople !== undefined) return { status: 'none', reason: byPeople };
  if (finding.difference.kind === 'aws-policy-content') return { status: 'none', reason: OF_AWS };
  if (finding.exception !== null && isExcepted(finding)) {
    return { status: 'none', reason: `Accepted by an exception until ${finding.exception.expires}.` };
  }
  if (!isInScope(finding, scope)) {
    return { status: 'none', reason: `Input fix-scope: ${scope} leaves it as it is; with fix-scope: all it is repaired, too.` };
  }
  if (RULES[finding.rule].of !== 'hub' && !finding.targets.every(isSeen)) {
    return { status: 'refused', reason: `Account ${finding.account} could not be read whole, and nothing is written that was not seen.` };
  }
  return undefined;
}

function isInScope({ access, rule }: Finding, scope: Limits['scope']): boolean {
  if (scope === 'all') return true;
  return scope === 'revoke' ? access === 'widened' : access === 'narrowed' || rule === 'grant-indirect';
}

/** Whether the role of a target was read whole. Where the hub was not, nothing is written at all. */
export function seenIn({ errors }: Pick<Reading, 'errors'>): (target: TargetAddress) => boolean {
  return (target) => !errors.some((error) => isErrorOf(error, target));
}

/**
 * Why a finding must not be repaired as things are in the hub, though it could be: what looks like drift may be a typing error in the file.
 * `undefined`: nothing speaks against it.
 */
export function whyNotNow({ difference, access, rule }: Finding, { desired, reading: { state } }: WholeScene): string | undefined {
  const gives = access === 'narrowed' || access === 'changed' || rule === 'grant-indirect';
  if (isKeyLeaked(state) && (gives || isDenyAll(difference))) return KEY_LEAKED;
  if (isRevocationOfRole(difference)) {
    return 'Somebody revoked the sessions of the role, perhaps later than the file says, and a repair leaves that as it is. State the live document in the file, or take the policy off by hand.';
  }
  const takes = access === 'widened' || access === 'changed';
  const { user } = state.hub;
  if (takes && user.value === null && isOfHubGroup(difference)) {
    return `The hub user ${user.name} does not exist, which may be a typing error: nothing is taken from its groups until there is one. Correct hub.user in the file, or create the user.`;
  }
  if (user.value === null && namesHubUser(difference, desired.state)) {
    return `The role's trust is to name the hub user ${user.name}, which does not exist, and IAM takes no such trust. Correct hub.user in the file, or create the user.`;
  }
  if (user.value === null && difference.kind === 'existence' && difference.of.kind === 'Group') {
    return `The hub user ${user.name} does not exist either, which may be a typing error: no group is made for it until there is one. Correct hub.user in the file, or create the user.`;
  }
  if (difference.kind === 'extra-grant' && takes) return whyMaybeMeant(difference.pattern, desired, state);
  return undefined;
}

export const KEY_LEAKED =
  'An access key of the hub user is reported leaked, and nothing is given back to anybody until that is over: deactivate the key, and follow the support case of AWS.';

/** AWS put a user whose key leaked into quarantine. */
export function isKeyLeaked({ hub }: State): boolean {
  return hub.user.value?.managedPolicies?.required.some(isKeyQuarantine) ?? false;
}

/** AWS's policy that denies everything, which somebody attached: what it keeps from whom is not to be judged while a key is out. */
function isDenyAll(difference: Difference): boolean {
  return difference.kind === 'attached' && difference.live !== null && difference.arn.endsWith(':iam::aws:policy/AWSDenyAll');
}

function isRevocationOfRole(difference: Difference): boolean {
  if (difference.kind !== 'inline' || difference.of.kind !== 'Role' || difference.live === null) return false;
  return isSessionRevocation({ name: difference.name, document: difference.live });
}

interface WholeScene {
  readonly desired: Desired;
  readonly reading: Reading;
}

function isOfHubGroup(difference: Difference): boolean {
  if (difference.kind === 'extra-grant' || difference.kind === 'grant-content' || difference.kind === 'other-group') return true;
  return 'of' in difference && difference.of.kind === 'Group';
}

/** Whether the repair writes a trust that names the hub user. */
function namesHubUser(difference: Difference, state: State): boolean {
  if (!('of' in difference) || difference.of.kind !== 'Role' || !['existence', 'trust', 'orphans'].includes(difference.kind)) return false;
  const trust = targetOfRole(state, difference.of)?.role.value?.trust;
  return trust !== undefined && principalsOf(trust).some(({ id }) => id === state.hub.user.value?.arn);
}

/** A grant for another role of an account whose declared role is not there may be the one that is meant. The run's own roles are never meant. */
function whyMaybeMeant(pattern: string, { state, auditor, fixer }: Desired, live: State): string | undefined {
  const inAccount = targetsIn(state.targets, accountOf(pattern) ?? '');
  const target = inAccount.find((one) => findTarget(live.targets, one)?.role.value === null);
  const isTool = [auditor, fixer].some(({ roleName }) => sameName(roleName, nameOf(pattern)));
  if (target === undefined || isTool || patternMatches(pattern, target.roleArn)) return undefined;
  const { account, roleName } = target;
  const advice = isPattern(pattern) ? 'Correct roleName' : `Correct roleName to ${nameOf(pattern)}`;
  return `The role ${roleName} that the file wants in ${account} does not exist, so this grant may lead to the one that is meant. ${advice}, or create the role ${roleName} by hand.`;
}

/** Why the plan as a whole must not be carried out; `null`: it may be. */
export function refusalOf({ errors }: Reading, { maxGrants, maxRevocations }: Limits, calls: readonly PlannedCall[]): string | null {
  const hub = errors.find(({ scope }) => scope === 'hub');
  if (hub !== undefined) {
    return `The hub could not be read whole (${hub.call === '' ? hub.code : `${hub.call}: ${hub.code}`}), so nothing is written: what is there is not known.`;
  }
  const over = [
    ...overLimit(
      'gives access to',
      calls.flatMap(({ gives }) => gives),
      'max-grants',
      maxGrants,
    ),
    ...overLimit(
      'takes access from',
      calls.flatMap(({ takes }) => takes),
      'max-revocations',
      maxRevocations,
    ),
  ];
  if (over.length === 0) return null;
  return `${over.join('; ')}. Nothing is written: look at the plan, and raise the input if it is what you want.`;
}

const MOST_NAMED = 3;

/** A role counts once for each call that changes its access. */
function overLimit(verb: string, roles: readonly string[], input: string, limit: number): string[] {
  if (roles.length <= limit) return [];
  const names = [...new Set(roles)];
  const more = names.length - MOST_NAMED;
  const named = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [`The plan ${verb} ${named}: that counts ${roles.length}, and input ${input} allows ${limit}`];
}
