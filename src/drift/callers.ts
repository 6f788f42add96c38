import { rootArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { HubPrincipal, NamedCaller, PrincipalPolicy } from '../state/principals.ts';
import type { State, Target } from '../state/state.ts';
import { compareText } from '../text/compare-text.ts';
import { type LiveRole, wayInto } from './caller-access.ts';
import type { CallerWays } from './differences/caller.ts';
import type { Owner } from './differences/kind.ts';
import { DocumentAccess } from './document-access.ts';
import type { FindingInput } from './finding.ts';
import type { Sides } from './sides.ts';
import type { NotCompared } from './uncompared-entry.ts';

/** A user or role of the hub account that may assume roles of targets. */
export interface Caller {
  readonly principal: HubPrincipal;
  readonly targets: readonly Target[];
  readonly ways: CallerWays;
}

/** Rule `hub-caller-extra`: one finding for each user or role of the hub that may assume the role of a target and that the file does not list. */
export function callerDrift(sides: Sides): FindingInput[] {
  const { desired, live, locate } = sides;
  const { account, otherCallers, groups, user } = desired.hub;
  const { principals } = live.hub;
  if (otherCallers === undefined || principals === undefined) return [];
  const members = groups.flatMap(({ value }) => value?.members ?? []).map(({ name }) => name);
  const entitled = new Set([user.name, ...members].map((name) => name.toLowerCase()));
  const isUnexpected = (principal: HubPrincipal) =>
    !(principal.kind === 'User' && entitled.has(principal.name.toLowerCase())) && !isListed(principal, otherCallers, principals);
  const callers = hubCallers(live, isUnexpected);
  return callers.map(({ principal, targets, ways }): FindingInput => {
    const { kind, name, arn } = principal;
    const of: Owner<'User' | 'Role'> = { kind, account, name, arn };
    const isAmbiguous = otherCallers.some((entry) => entry.kind === undefined && sameName(entry.name, name));
    const roles = targets.flatMap(({ role }) => role.value?.arn ?? []);
    const live = { policies: ways.policies.map((policy) => policy.arn), roles };
    return {
      difference: { kind: 'caller', of, targets, ways, isAmbiguous, desired: null, live },
      access: 'widened',
      location: locate.hub('otherCallers'),
      witness: `sts:AssumeRole on ${roles[0]} by ${arn}`,
    };
  });
}

/**
 * The users and roles of the hub account that may assume roles of targets, by ARN, without the hub user and the members of the hub groups. Targets whose role
 * or trust was not read are left out.
 *
 * @param isAsked which of them are judged
 */
export function hubCallers({ hub, targets }: State, isAsked: (principal: HubPrincipal) => boolean = () => true): readonly Caller[] {
  const members = hub.groups.flatMap(({ value }) => value?.members ?? []).map(({ name }) => name);
  const users = new Set([hub.user.name, ...members].map((name) => name.toLowerCase()));
  const roles = targets.flatMap((target) => {
    const { arn, trust } = target.role.value ?? {};
    return arn === undefined || trust === undefined ? [] : [{ target, role: { account: target.account, arn, trust } }];
  });
  const access = new DocumentAccess();
  return (hub.principals ?? [])
    .filter((principal) => (principal.kind === 'Role' || !users.has(principal.name.toLowerCase())) && isAsked(principal))
    .flatMap((principal) => callerOf(principal, roles, hub.account, access) ?? [])
    .toSorted((one, other) => compareText(one.principal.arn, other.principal.arn));
}

interface TargetRole {
  readonly target: Target;
  readonly role: LiveRole;
}

function callerOf(principal: HubPrincipal, roles: readonly TargetRole[], hubAccount: string, access: DocumentAccess): Caller | undefined {
  const isAboutAssuming = principal.policies.some(({ document }) => document !== undefined && access.isAboutAssuming(document));
  const open = roles
    // Without a policy that allows it, only a role of the hub account itself lets anybody in.
    .filter(({ role }) => isAboutAssuming || role.account === hubAccount)
    .map(({ target, role }) => ({ target, role, way: wayInto(role, principal, hubAccount, access) }))
    .filter(({ way }) => way !== undefined);
  if (open.length === 0) return undefined;
  const byPolicies = open.filter(({ way }) => way === 'policies');
  // What others deny was judged before: a policy that is enough by itself for one of the roles lets the caller in.
  const letsIn = (policy: PrincipalPolicy) =>
    byPolicies.some(({ role }) => wayInto(role, { ...principal, policies: [policy] }, hubAccount, access) !== undefined);
  return {
    principal,
    targets: open.map(({ target }) => target),
    ways: { policies: principal.policies.filter(letsIn), isTrusted: byPolicies.length < open.length },
  };
}

/** Names of users and roles are unique in an account, in any case. */
function isListed({ kind, name, path }: HubPrincipal, entries: readonly NamedCaller[], principals: readonly HubPrincipal[]): boolean {
  const isShared = principals.some((other) => other.kind !== kind && sameName(other.name, name));
  return entries.some(
    (entry) =>
      sameName(entry.name, name) &&
      (entry.kind === undefined ? !isShared : entry.kind === kind) &&
      (entry.path === undefined || entry.path === path),
  );
}

/** The hub account, where the file does not state who else may assume the roles. */
export function uncomparedCallers({ desired: { hub, partition } }: Pick<Sides, 'desired'>): readonly NotCompared[] {
  return hub.otherCallers === undefined ? [{ resource: rootArn(partition, hub.account), what: 'callers', accounts: 1 }] : [];
}
