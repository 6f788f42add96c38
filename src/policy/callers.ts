import { isUniqueId, withRootArn } from './grammar-principals.ts';
import type { Principal } from './statement.ts';

/** Everybody, as a Principal element writes it. As a caller, it stands for somebody whom no other principal of the documents covers. */
export const EVERYBODY: Principal = { kind: 'AWS', id: '*' };

const ACCOUNT = /^arn:([a-z-]+):(?:iam|sts)::(\d{12}):/;

export function sameCaller(left: Principal, right: Principal): boolean {
  return left.kind === right.kind && left.id === right.id;
}

export function isOpaque(principal: Principal): boolean {
  return principal.kind === 'AWS' && isUniqueId(principal.id);
}

/** Could the unique id belong to that caller? Only users and roles have one. */
export function mayBe(unique: Principal, { kind, id }: Principal): boolean {
  if (!isOpaque(unique) || kind !== 'AWS') return false;
  return unique.id.startsWith('AIDA') ? id.includes(':user/') : /:(?:role|assumed-role)\//.test(id);
}

/** Partition and account of `arn:aws:iam::1:root`; `null` for other principals. */
function rootOf(principal: Principal): readonly [string, string] | null {
  if (principal.kind !== 'AWS' || !principal.id.endsWith(':root')) return null;
  return accountOf(principal);
}

function accountOf(principal: Principal): readonly [string, string] | null {
  if (principal.kind !== 'AWS') return null;
  const [, partition, account] = ACCOUNT.exec(principal.id) ?? [];
  return partition && account ? [partition, account] : null;
}

/**
 * Does a principal of a statement cover the caller? An account's root covers everybody in the account, a role its sessions, and `*` everybody.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function covers(principal: Principal, caller: Principal): boolean {
  if (sameCaller(principal, EVERYBODY)) return true;
  if (principal.kind !== caller.kind) return false;
  if (principal.id === caller.id || principal.id === '*') return true;
  const account = accountOf(caller);
  if (!account) return false;
  const root = rootOf(principal);
  if (root) return root[0] === account[0] && root[1] === account[1];
  return isSessionOf(caller.id, principal.id);
}

/** A user, role or session of the account: not the account's root, which stands for all that its policies let in. */
export function isInAccount(caller: Principal, account: string): boolean {
  return accountOf(caller)?.[1] === account && !rootOf(caller);
}

/**
 * Does a principal that a role trusts let the caller of the role's own account in, with no policy of its own? The account's root does not: it leaves it to
 * the account's policies.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export function letsInAlone(principal: Principal, caller: Principal): boolean {
  return !rootOf(principal) && covers(principal, caller);
}

/** A session's ARN has the role's name without its path. Role names are unique in an account. */
function isSessionOf(session: string, role: string): boolean {
  const [, partition, account, name] = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(session) ?? [];
  if (!name) return false;
  return role.startsWith(`arn:${partition}:iam::${account}:role/`) && role.slice(role.lastIndexOf('/') + 1) === name;
}

/** The callers that a text may name: by its text alone, a service can't be told from an identity provider. */
export function callersNamed(text: string, partition = 'aws'): readonly Principal[] {
  const id = withRootArn(text, partition);
  if (/^arn:[a-z-]+:iam::\d{12}:(?:saml|oidc)-provider\//.test(id)) return [{ kind: 'Federated', id }];
  if (id === '*' || id.startsWith('arn:') || isUniqueId(id)) return [{ kind: 'AWS', id }];
  if (/^[0-9a-f]{64}$/.test(id)) return [{ kind: 'CanonicalUser', id }];
  return [
    { kind: 'Service', id },
    { kind: 'Federated', id },
  ];
}
