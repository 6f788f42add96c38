import { type AssumePart, type KnownCaller, mayAssume, type Policy } from '../policy/index.ts';
import type { HubPrincipal } from '../state/principals.ts';
import { callerContext } from './caller-context.ts';
import type { DocumentAccess } from './document-access.ts';

/** A role of a target, as it is live. */
export interface LiveRole {
  readonly account: string;
  readonly arn: string;
  readonly trust: Policy;
}

/** By what somebody gets into a role: by policies, or by the role's trust policy alone. */
export type WayIn = 'policies' | 'trust';

/**
 * By what a user or role of the hub may assume a role; `undefined` if it may not. A condition counts as met where it lets the caller in, and as not met where it
 * keeps it out, unless what is known of the caller, or another condition, proves otherwise.
 *
 * Nobody is judged whose boundary was not read: what it leaves is not known. A role assumes itself to no avail.
 */
export function wayInto(role: LiveRole, principal: HubPrincipal, hubAccount: string, access: DocumentAccess): WayIn | undefined {
  const { boundary } = principal;
  if (boundary === undefined || role.arn === principal.arn) return undefined;
  const scene: Scene = {
    role,
    principal,
    access,
    documents: principal.policies.flatMap(({ document }) => document ?? []),
    bounds: boundary === null ? [] : [boundary],
    caller: callerContext(principal, hubAccount, role.account),
  };
  if (role.account === hubAccount && isLetInAlone(scene)) return 'trust';
  return isLetIn(scene) ? 'policies' : undefined;
}

interface Scene {
  readonly role: LiveRole;
  readonly principal: HubPrincipal;
  readonly access: DocumentAccess;
  readonly documents: readonly Policy[];
  readonly bounds: readonly Policy[];
  readonly caller: KnownCaller;
}

/** By the caller's policies, within its boundary, and by the role's trust. */
function isLetIn({ role, access, documents, bounds, caller }: Scene): boolean {
  const own = access.judged(documents, role.arn);
  if (own === null) return false;
  const limit = bounds.length === 0 ? [] : access.judged(bounds, role.arn);
  return limit !== null && mayAssume([...own, ...limit, { trust: role.trust, as: 'by-policy' }], role.arn, caller);
}

/** By the trust of a role of the caller's own account, which needs no policy of the caller beside it. */
function isLetInAlone({ role, principal, access, documents, bounds, caller }: Scene): boolean {
  const denials = access.judgedDenials([...documents, ...bounds], role.arn);
  if (denials === null) return false;
  const may = (as: 'alone' | 'alone-as-session', limit: readonly AssumePart[]) =>
    mayAssume([...denials, ...limit, { trust: role.trust, as }], role.arn, caller);
  if (principal.kind === 'User' || bounds.length === 0) return may('alone', []);
  // A boundary limits what is granted to a role by its name, and not what is granted to its sessions.
  const limit = access.judged(bounds, role.arn);
  return may('alone-as-session', []) || (limit !== null && may('alone', limit));
}
