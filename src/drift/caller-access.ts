import { mayLetIn, type Policy } from '../policy/index.ts';
import type { HubPrincipal, PrincipalPolicy } from '../state/state.ts';
import { callerContext } from './caller-context.ts';
import type { DocumentAccess } from './document-access.ts';

/** A role of a target, as it is live. */
export interface LiveRole {
  readonly account: string;
  readonly arn: string;
  readonly trust: Policy;
}

/** By what a user or role of the hub gets into a role: by policies of its own, or by the role's trust policy alone. */
export type WayIn = readonly PrincipalPolicy[] | 'trust';

/**
 * By what a user or role of the hub may assume a role; `undefined` if it may not. A condition counts as met where it lets the caller in, and as not met where it
 * keeps it out, unless what is known of the caller proves otherwise.
 *
 * Nobody is judged whose boundary was not read: what it leaves is not known. A role assumes itself to no avail.
 */
export function wayInto(role: LiveRole, principal: HubPrincipal, hubAccount: string, access: DocumentAccess): WayIn | undefined {
  const { boundary, kind } = principal;
  if (boundary === undefined || role.arn === principal.arn) return undefined;
  const caller = callerContext(principal, hubAccount, role.account);
  const documents = principal.policies.flatMap(({ document }) => document ?? []);
  const bounds = boundary === null ? [] : [boundary];
  const isOwnRole = role.account === hubAccount;
  if (isOwnRole && mayLetIn(role.trust, caller, 'alone') && access.mayLeave([...documents, ...bounds], role.arn, caller)) {
    // A boundary limits what is granted to a role by its name, and neither what is granted to a user nor to a role's session.
    const isUnbounded = kind === 'User' || bounds.length === 0 || mayLetIn(role.trust, caller, 'alone-as-session');
    if (isUnbounded || access.mayAllow(bounds, role.arn, caller)) return 'trust';
  }
  if (!access.mayAllow(documents, role.arn, caller)) return undefined;
  if (bounds.length > 0 && !access.mayAllow(bounds, role.arn, caller)) return undefined;
  if (!mayLetIn(role.trust, caller, 'by-policy')) return undefined;
  return principal.policies.filter(({ document }) => document !== undefined && access.mayAllow([document], role.arn, caller));
}
