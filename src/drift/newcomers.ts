import { accountOf } from '../iam/arn.ts';
import { type Decision, decide, type Policy, type Principal, principalsOf } from '../policy/index.ts';
import type { Owner } from './differences/kind.ts';

/** Two trust policies of a role: what the file says, and what of the live one is judged. */
export interface ComparedTrust {
  readonly of: Owner<'Role'>;
  readonly hubAccount: string;
  readonly desired: Policy;
  readonly judged: Policy;
}

/** Somebody whom the live trust policy lets in and the desired one does not name. */
export interface Newcomer {
  readonly principal: Principal;
  /** `own`: somebody of the role's account or of the hub, or a service of AWS. */
  readonly reach: 'everyone' | 'foreign-account' | 'own';
  /** Conditions decide whether they get in. */
  readonly isConditional: boolean;
}

const REACHES: readonly Newcomer['reach'][] = ['everyone', 'foreign-account', 'own'];
const ACTIONS = ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML'] as const;

/** Whom the live trust lets in beside those whom the file names, the farthest first. Everybody under conditions counts as foreign: they may say who it is. */
export function newcomersOf({ of, hubAccount, desired, judged }: ComparedTrust): readonly Newcomer[] {
  const known = allowed(desired);
  // Whom the file lets in under conditions: without them, everybody is somebody else.
  const isOpened = (principal: Principal) =>
    principal.id === '*' && admission(judged, principal) === 'allow' && admission(desired, principal) !== 'allow';
  const found = allowed(judged)
    .filter((principal) => isOpened(principal) || !known.some((other) => includes(other, principal, of.account)))
    .flatMap((principal): Newcomer[] => {
      const decision = admission(judged, principal);
      if (decision === 'deny' || decision === 'none') return [];
      const isConditional = decision === 'unknown';
      return [{ principal, reach: reachOf(principal, isConditional, [of.account, hubAccount]), isConditional }];
    });
  return found.sort((one, other) => REACHES.indexOf(one.reach) - REACHES.indexOf(other.reach));
}

/** Whom a trust policy's Allow statements name. */
function allowed(trust: Policy): readonly Principal[] {
  const allows = trust.statements?.filter(({ effect }) => effect === 'Allow') ?? [];
  const named = new Set(allows.flatMap(({ principals }) => principals ?? []).map(({ kind, id }) => `${kind} ${id}`));
  return principalsOf(trust).filter(({ kind, id }) => named.has(`${kind} ${id}`));
}

/** An account's root stands for its users and roles, but not in a role of that very account: there a policy of their own would have to let them in. */
function includes(known: Principal, { kind, id }: Principal, roleAccount: string): boolean {
  if (known.kind !== kind) return false;
  if (known.id === id || known.id === '*') return true;
  return known.id.endsWith(':root') && accountOf(known.id) === accountOf(id) && accountOf(id) !== roleAccount;
}

function admission(trust: Policy, { id }: Principal): Decision {
  const decisions = ACTIONS.map((action) => decide(trust, { action, principal: id }));
  return (['allow', 'unknown', 'deny'] as const).find((decision) => decisions.includes(decision)) ?? 'none';
}

function reachOf({ kind, id }: Principal, isConditional: boolean, own: readonly string[]): Newcomer['reach'] {
  if (kind === 'Service') return 'own';
  if (id === '*') return isConditional ? 'foreign-account' : 'everyone';
  return kind === 'AWS' && own.includes(accountOf(id) ?? '') ? 'own' : 'foreign-account';
}
