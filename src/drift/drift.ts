import type { Comparer } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import { placeOf, RULE_NAMES } from '../state/rules.ts';
import type { State, Target } from '../state/state.ts';
import { type AccountPart, accountParts, byTarget, type TargetAddress, targetKey } from '../state/targets.ts';
import { requiredPolicies, rolesOf, usablePolicies } from '../state/used-policies.ts';
import { grouped } from '../text/grouped.ts';
import type { Connection } from './access.ts';
import { callerDrift } from './callers.ts';
import { connections } from './connection.ts';
import { resourceOf } from './difference.ts';
import { applyExceptions, exceptionNotes, isExcepted } from './exceptions.ts';
import { type Finding, toFinding } from './finding.ts';
import { extraGrants, grantDrift, grantStatus } from './grants.ts';
import { type GroupPair, groupPairs } from './group-policies.ts';
import { hubGroupDrift } from './hub-group.ts';
import { hubUserDrift } from './hub-user.ts';
import { withReach } from './key-quarantine.ts';
import { notCompared } from './not-compared.ts';
import { organizationDrift, organizationNotes } from './organization.ts';
import { otherGroupDrift } from './other-groups.ts';
import { accountPolicyDrift, hubPolicyDrift } from './policy-contents.ts';
import { quotaDrift } from './quotas.ts';
import { roleDrift } from './role.ts';
import { SEVERITIES } from './severity.ts';
import type { Sides } from './sides.ts';
import { toolTrustDrift } from './tool-trusts.ts';
import type { NotCompared } from './uncompared-entry.ts';

/** What one of a target's three parts looks like; `unknown`: not seen. */
export type Check = 'ok' | 'drifted' | 'unknown';

export interface TargetDrift extends TargetAddress {
  readonly connection: Connection;
  /** What the connection is for an active access key, whether the hub user has one or not. */
  readonly ofActiveKey: Connection;
  readonly checks: { readonly grant: Check; readonly trust: Check; readonly permissions: Check };
}

export interface Drift {
  /** Worst first, as `SEVERITIES` has it; then hub before targets, then in the order of the file and of the rules. */
  readonly findings: readonly Finding[];
  /** In the order of the file. */
  readonly targets: readonly TargetDrift[];
  /** What no finding can be about, as the file does not state it. */
  readonly notCompared: readonly NotCompared[];
  readonly notes: readonly string[];
}

export interface DriftOptions {
  readonly at: Date;
  /** The run's. */
  readonly comparer: Comparer;
}

/** Compares what is desired with what was read. Targets that the reading does not hold are passed over. Pure. */
export function findDrift(desired: Desired, reading: Reading, { at, comparer }: DriftOptions): Drift {
  const toolRoles = [desired.auditor.roleName, desired.fixer.roleName];
  const sides: Sides = { desired: desired.state, live: reading.state, locate: desired.locate, comparer, at, toolRoles };
  const { ofHub, ofTargets, pairs } = compareStates(sides);
  const findings = applyExceptions([...quotaFindings(desired), ...ofHub, ...ofTargets], desired.exceptions, at);
  const targets = targetDrifts(sides, pairs, findings);
  const isComplete = reading.errors.length === 0 && targets.length === desired.state.targets.length;
  return {
    findings: sorted(withReach(findings, targets), desired.state),
    targets,
    notCompared: notCompared(sides),
    notes: [...exceptionNotes(findings, desired.exceptions, at, isComplete), ...organizationNotes(sides)],
  };
}

/** Drift that the file alone shows. */
export function fileDrift(desired: Desired, at: Date): readonly Finding[] {
  return applyExceptions(quotaFindings(desired), desired.exceptions, at);
}

function quotaFindings({ quotas, state }: Desired): readonly Finding[] {
  return quotaDrift(quotas).map((input) =>
    toFinding(
      input,
      state.targets.filter(({ roleArn }) => roleArn === resourceOf(input.difference)),
    ),
  );
}

/** All differences of two states, without exceptions. Any role may be suggested in place of one that is missing. */
export function differences(sides: Omit<Sides, 'toolRoles'>): readonly Finding[] {
  const { ofHub, ofTargets } = compareStates({ ...sides, toolRoles: [] });
  return sorted([...ofHub, ...ofTargets], sides.desired);
}

interface StateComparison {
  readonly ofHub: readonly Finding[];
  readonly ofTargets: readonly Finding[];
  readonly pairs: readonly GroupPair[];
}

function compareStates(sides: Sides): StateComparison {
  const pairs = groupPairs(sides.desired, sides.live);
  return {
    pairs,
    ofHub: [
      ...hubUserDrift(sides),
      ...pairs.flatMap((pair) => hubGroupDrift(sides, pair)),
      ...otherGroupDrift(sides),
      ...callerDrift(sides),
      ...extraGrants(sides, pairs),
      ...hubPolicyDrift(sides),
      ...organizationDrift(sides),
    ].map((input) => toFinding(input)),
    ofTargets: pairedAccounts(sides).flatMap(([desired, live]) => [
      ...pairedTargets(desired, live).flatMap(([target, found]) =>
        [...grantDrift(sides, pairs, target), ...roleDrift(sides, target, found)].map((input) => toFinding(input, [target])),
      ),
      ...toolTrustDrift(sides, desired.account, live.account).map((input) => toFinding(input, desired.targets)),
      ...accountPolicyDrift(sides, desired, live).map((input) => toFinding(input, usersOf(resourceOf(input.difference), desired, live))),
    ]),
  };
}

function pairedAccounts({ desired, live }: Sides): readonly (readonly [AccountPart, AccountPart])[] {
  const found = new Map(accountParts(live).map((part) => [part.account.account, part]));
  return accountParts(desired).flatMap((part) => {
    const other = found.get(part.account.account);
    return other === undefined ? [] : [[part, other] as const];
  });
}

function pairedTargets(desired: Pick<State, 'targets'>, live: Pick<State, 'targets'>): readonly (readonly [Target, Target])[] {
  const found = byTarget(live.targets);
  return desired.targets.flatMap((target) => {
    const other = found.get(target);
    return other === undefined ? [] : [[target, other] as const];
  });
}

/** The targets of an account whose role has a policy, or may have it. */
function usersOf(arn: string, desired: AccountPart, live: AccountPart): readonly Target[] {
  const found = byTarget(live.targets);
  return desired.targets.filter((target) => {
    const role = found.get(target);
    return rolesOf([target]).flatMap(usablePolicies).includes(arn) || (role && rolesOf([role]).flatMap(requiredPolicies).includes(arn));
  });
}

function targetDrifts(sides: Sides, pairs: readonly GroupPair[], findings: readonly Finding[]): readonly TargetDrift[] {
  const own = findingsByTarget(findings);
  const isGroupAccepted = findings.some((finding) => finding.rule === 'hub-group-missing' && isExcepted(finding));
  const connectionsOf = connections(sides, pairs);
  return pairedTargets(sides.desired, sides.live).map(([target, live]) => ({
    account: target.account,
    roleName: target.roleName,
    ...connectionsOf(target, live),
    checks: checksOf(sides, pairs, { own: own(target), isGroupAccepted }, target, live),
  }));
}

/** What is the target's own, of findings in their order. */
export function findingsByTarget(findings: readonly Finding[]): (target: TargetAddress) => readonly Finding[] {
  const pairs = findings.flatMap((finding) => finding.targets.map((target) => ({ finding, key: targetKey(target) })));
  const byKey = grouped(pairs, ({ key }) => key);
  return (target) => (byKey.get(targetKey(target)) ?? []).map(({ finding }) => finding);
}

interface TargetFindings {
  readonly own: readonly Finding[];
  /** An exception accepts that a hub group is missing. */
  readonly isGroupAccepted: boolean;
}

function checksOf(
  sides: Sides,
  pairs: readonly GroupPair[],
  { own, isGroupAccepted }: TargetFindings,
  target: Target,
  live: Target,
): TargetDrift['checks'] {
  const open = own.filter((finding) => !isExcepted(finding) && finding.rule !== 'quota-exceeded');
  const grant = grantStatus(pairs, sides.live, target);
  const role = live.role.value;
  // A missing group took the grant along: that is a finding of the hub, yet the grant is not as agreed.
  const isAccepted = isGroupAccepted || own.some((finding) => isExcepted(finding) && partsOf(finding).includes('grant'));
  const check = (part: keyof TargetDrift['checks'], isUnseen: boolean): Check => {
    if (open.some((finding) => partsOf(finding).includes(part)) || (part === 'grant' && grant === 'missing' && !isAccepted))
      return 'drifted';
    return isUnseen ? 'unknown' : 'ok';
  };
  return {
    grant: check('grant', grant === 'unseen'),
    trust: check('trust', role === undefined || (role !== null && role.trust === undefined)),
    permissions: check(
      'permissions',
      role === undefined || (role !== null && [role.managedPolicies, role.inlinePolicies, role.boundary].includes(undefined)),
    ),
  };
}

/** Which of a target's three parts a finding is about. */
function partsOf({ difference: { kind } }: Finding): readonly (keyof TargetDrift['checks'])[] {
  switch (kind) {
    case 'grant':
    case 'grant-content':
    case 'extra-grant':
      return ['grant'];
    case 'existence':
      return ['trust', 'permissions'];
    case 'trust':
    case 'orphans':
    case 'path':
      return ['trust'];
    // The action's own roles are no part of the hub user's way.
    case 'tool-trust':
      return [];
    default:
      return ['permissions'];
  }
}

function sorted(findings: readonly Finding[], { hub, targets }: State): readonly Finding[] {
  const place = new Map(targets.map((target, index) => [targetKey(target), index]));
  const placeAmongTargets = ({ targets: [first] }: Finding) => (first && place.get(targetKey(first))) ?? -1;
  const rank = (finding: Finding) => [
    SEVERITIES.indexOf(finding.severity),
    placeOf(finding, hub.account) === 'hub' ? -1 : placeAmongTargets(finding),
    RULE_NAMES.indexOf(finding.rule),
  ];
  const ranked = findings.map((finding) => ({ finding, rank: rank(finding) }));
  ranked.sort((a, b) => compareRanks(a.rank, b.rank) || (a.finding.resource < b.finding.resource ? -1 : 1));
  return ranked.map(({ finding }) => finding);
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
