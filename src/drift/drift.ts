import type { Desired, Locator } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import { RULES, type Rule } from '../state/rules.ts';
import type { State, Target } from '../state/state.ts';
import { connection } from './connection.ts';
import { type Draft, type Sides, seal } from './draft.ts';
import { applyExceptions, exceptionNotes, isExcepted } from './exceptions.ts';
import type { Access, Connection, Finding } from './finding.ts';
import { extraGrants, grantDrift, grantStatus } from './grants.ts';
import { type GroupPair, groupPairs } from './group-policies.ts';
import { hubGroupDrift } from './hub-group.ts';
import { hubUserDrift } from './hub-user.ts';
import { quotaDrift } from './quotas.ts';
import { roleDrift } from './role.ts';

/** What one of a target's three parts looks like; `unknown`: not seen. */
export type Check = 'ok' | 'drifted' | 'unknown';

export interface TargetDrift {
  readonly account: string;
  readonly connection: Connection;
  readonly checks: { readonly grant: Check; readonly trust: Check; readonly permissions: Check };
}

export interface Drift {
  /** Worst first: widened, changed, narrowed, none; then hub before targets, then in the order of the file and of the rules. */
  readonly findings: readonly Finding[];
  /** In the order of the file. */
  readonly targets: readonly TargetDrift[];
  readonly notes: readonly string[];
}

/** Compares the desired state with the live one. Targets that the reading does not hold are passed over. Pure. */
export function findDrift(desired: Desired, reading: Reading, at: Date): Drift {
  const sides: Sides = { desired: desired.state, live: reading.state, locate: desired.locate, at };
  const { hubDrafts, targetDrafts, pairs } = compareStates(sides);
  const drafts = [...quotaDrift(desired.quotas), ...hubDrafts, ...targetDrafts];
  const findings = applyExceptions(drafts.map(seal), desired.exceptions, at);
  const targets = pairedTargets(sides).map(([target, live]) => targetDrift(sides, pairs, findings, target, live));
  const complete = reading.errors.length === 0 && targets.length === desired.state.targets.length;
  return {
    findings: sorted(findings, desired.state),
    targets,
    notes: exceptionNotes(findings, desired.exceptions, at, complete),
  };
}

/** Drift that can be told from the file alone. */
export function fileDrift(desired: Desired, at: Date): readonly Finding[] {
  return applyExceptions(quotaDrift(desired.quotas).map(seal), desired.exceptions, at);
}

/** All differences of two states, without exceptions. */
export function differences(desired: State, live: State, locate: Locator, at: Date): readonly Finding[] {
  const sides: Sides = { desired, live, locate, at };
  const { hubDrafts, targetDrafts } = compareStates(sides);
  return sorted([...hubDrafts, ...targetDrafts].map(seal), desired);
}

function compareStates(sides: Sides): { hubDrafts: Draft[]; targetDrafts: Draft[]; pairs: readonly GroupPair[] } {
  const pairs = groupPairs(sides.desired, sides.live);
  return {
    pairs,
    hubDrafts: [...hubUserDrift(sides), ...pairs.flatMap((pair) => hubGroupDrift(sides, pair)), ...extraGrants(sides, pairs)],
    targetDrafts: pairedTargets(sides).flatMap(([target, live]) => [
      ...grantDrift(sides, pairs, target),
      ...roleDrift(sides, target, live),
    ]),
  };
}

function pairedTargets({ desired, live }: Sides): readonly (readonly [Target, Target])[] {
  const byAccount = new Map(live.targets.map((target) => [target.account, target]));
  return desired.targets.flatMap((target) => {
    const other = byAccount.get(target.account);
    return other === undefined ? [] : [[target, other] as const];
  });
}

const PART: readonly (readonly [keyof TargetDrift['checks'], (rule: Rule) => boolean])[] = [
  ['grant', (rule) => rule.startsWith('grant-')],
  ['trust', (rule) => rule.startsWith('trust-') || rule === 'role-path-changed' || rule === 'role-missing'],
  ['permissions', (rule) => rule.startsWith('role-') && rule !== 'role-path-changed'],
];

function targetDrift(sides: Sides, pairs: readonly GroupPair[], findings: readonly Finding[], target: Target, live: Target): TargetDrift {
  const { account } = target;
  const mine = findings.filter((finding) => finding.account === account && RULES[finding.rule].of === 'target' && !isExcepted(finding));
  const grant = grantStatus(pairs, sides.live, target);
  const role = live.role.value;
  const unseen = {
    grant: grant === 'unseen',
    trust: role === undefined || (role !== null && role.trust === undefined),
    permissions: role === undefined || (role !== null && [role.managedPolicies, role.inlinePolicies, role.boundary].includes(undefined)),
  };
  // A missing group took the grant along: a finding of the hub, yet the grant is not all right.
  const accepted = findings.some(
    ({ rule, account: of, exception }) =>
      isExcepted({ exception }) && (rule === 'hub-group-missing' || (of === account && rule.startsWith('grant-'))),
  );
  const lost = grant === 'missing' && !accepted;
  const [grantCheck, trust, permissions] = PART.map(([part, isOf]): Check => {
    if (mine.some(({ rule }) => isOf(rule)) || (part === 'grant' && lost)) return 'drifted';
    return unseen[part] ? 'unknown' : 'ok';
  });
  return {
    account,
    connection: connection(sides, pairs, target, live, grant),
    checks: { grant: grantCheck ?? 'unknown', trust: trust ?? 'unknown', permissions: permissions ?? 'unknown' },
  };
}

const WORST: readonly Access[] = ['widened', 'changed', 'narrowed', 'none'];
const RULE_ORDER: readonly string[] = Object.keys(RULES);

function sorted(findings: readonly Finding[], { targets }: State): readonly Finding[] {
  const place = new Map(targets.map(({ account }, index) => [account, index]));
  const rank = (finding: Finding) => [
    WORST.indexOf(finding.access),
    RULES[finding.rule].of === 'hub' ? -1 : (place.get(finding.account) ?? -1),
    RULE_ORDER.indexOf(finding.rule),
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
