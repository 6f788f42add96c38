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
    'A repair never creates a user: the user would have no access key, and the name in the file may be wrong. Correct hub.user in the file, or create the user by hand.',
  'hub-user-key-compromised':
    'AWS attached the quarantine policy and asks not to detach it. Deactivate the access key by hand, and follow the support case of AWS.',
  'hub-user-login-extra': 'A repair never deletes a console password. Ask who uses it, and delete it by hand.',
  'hub-user-key-missing': 'A repair never changes access keys. Create, rotate or delete them by hand.',
  'hub-user-key-extra': 'A repair never changes access keys. Create, rotate or delete them by hand.',
  'hub-user-key-old': 'A repair never changes access keys. Create, rotate or delete them by hand.',
  'hub-user-credential-extra': 'A repair never changes credentials. Deactivate the credential, then delete it by hand.',
  'hub-caller-extra':
    'A repair never changes other users and roles. Remove sts:AssumeRole on the target roles from their policies by hand, or list them under hub.otherCallers.',
  'role-path-changed': 'A repair never deletes a role.',
  'role-sessions-revoked': 'A repair never undoes the revocation of sessions. When the incident is closed, delete the policy by hand.',
  'tool-role-trust-changed':
    'A repair never changes the roles that the action itself assumes, because it could lock itself out. Correct the trust policy by hand.',
  'target-undeclared': 'A repair never adds a target. Add the account to targets, or exclude it.',
  'target-not-active': 'A repair never changes an account: remove the target from the file, or have the account reopened.',
  'target-left-organization': 'A repair never changes an organization: remove the target from the file, or invite the account.',
  'quota-exceeded': 'Change the desired-state file: use more groups, packed grants or shorter names. Or request a quota increase from AWS.',
};

const OF_AWS =
  'Only AWS can change an AWS managed policy. Review the current version and state it under policies, or attach a customer managed policy instead.';

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
    return { status: 'none', reason: `Not in the scope of fix-scope: ${scope}. Set fix-scope: all to repair it.` };
  }
  if (RULES[finding.rule].of !== 'hub' && !finding.targets.every(isSeen)) {
    return { status: 'refused', reason: `Account ${finding.account} could not be read completely.` };
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
    return 'The sessions of the role were revoked, possibly after the date in the file, and a repair never undoes that. State the live document in the file, or delete the policy by hand.';
  }
  const takes = access === 'widened' || access === 'changed';
  const { user } = state.hub;
  if (takes && user.value === null && isOfHubGroup(difference)) {
    return `The hub user ${user.name} does not exist, and the name may be wrong. A repair removes nothing from its groups until the user exists. Correct hub.user in the file, or create the user.`;
  }
  if (user.value === null && namesHubUser(difference, desired.state)) {
    return `The trust policy in the file names the hub user ${user.name}, which does not exist, so IAM would reject it. Correct hub.user in the file, or create the user.`;
  }
  if (user.value === null && difference.kind === 'existence' && difference.of.kind === 'Group') {
    return `The hub user ${user.name} does not exist either, and the name may be wrong. A repair creates no group for it until the user exists. Correct hub.user in the file, or create the user.`;
  }
  if (difference.kind === 'extra-grant' && takes) return whyMaybeMeant(difference.pattern, desired, state);
  return undefined;
}

export const KEY_LEAKED =
  'An access key of the hub user has leaked. A repair grants nothing until the incident is closed. Deactivate the key, and follow the support case of AWS.';

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
  return `The role ${roleName} in the file does not exist in ${account}, so this grant may be for the intended role. ${advice}, or create the role ${roleName} by hand.`;
}

/** Why the plan as a whole must not be carried out; `null`: it may be. */
export function refusalOf({ errors }: Reading, { maxGrants, maxRevocations }: Limits, calls: readonly PlannedCall[]): string | null {
  const hub = errors.find(({ scope }) => scope === 'hub');
  if (hub !== undefined) {
    return `The hub account could not be read completely (${hub.call === '' ? hub.code : `${hub.call}: ${hub.code}`}).`;
  }
  const over = [
    ...overLimit(
      'grants access to',
      calls.flatMap(({ gives }) => gives),
      'max-grants',
      maxGrants,
    ),
    ...overLimit(
      'revokes access from',
      calls.flatMap(({ takes }) => takes),
      'max-revocations',
      maxRevocations,
    ),
  ];
  if (over.length === 0) return null;
  return `${over.join('; ')}. Review the plan, and raise the limit if the plan is intended.`;
}

const MOST_NAMED = 3;

/** A role counts once for each call that changes its access. */
function overLimit(verb: string, roles: readonly string[], input: string, limit: number): string[] {
  if (roles.length <= limit) return [];
  const names = [...new Set(roles)];
  const more = names.length - MOST_NAMED;
  const named = [...names.slice(0, MOST_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [`The plan ${verb} ${named}: ${roles.length} in total, ${limit} allowed (input ${input})`];
}
