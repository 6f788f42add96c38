import type { CredentialKind } from './accounts/entities.ts';
import type { OrganizationEstate } from './organizations/organization.ts';

/** A policy document as an object, or as exactly the text to be stored. */
export type Document = string | Readonly<Record<string, unknown>>;

export interface NamedDocument {
  name: string;
  document: Document;
}

/**
 * What to create in some accounts, as plain data. The fields are mutable, so that a drifted estate can be written as an edit of a clean one (`withDrift`).
 * Managed policies, boundaries included, are ARNs.
 */
export interface Estate {
  partition: string;
  /** Roles are created in this order: a role that another account's trust policy names must come first. */
  accounts: AccountEstate[];
  /** The organization of these accounts and others, which only the embedded AWS can hold. Default none. */
  organization?: OrganizationEstate;
}

export interface AccountEstate {
  id: string;
  policies: PolicyEstate[];
  /** Identity providers for AssumeRoleWithWebIdentity. */
  oidcProviders: OidcProviderEstate[];
  users: UserEstate[];
  groups: GroupEstate[];
  roles: RoleEstate[];
  /** Users that are created first, may be named in trust policies, and are deleted at the end, which leaves orphaned principals. */
  formerUsers: string[];
}

/** A customer managed policy. */
export interface PolicyEstate {
  name: string;
  path?: string;
  document: Document;
}

export interface OidcProviderEstate {
  /** `https://…` */
  url: string;
  audiences: string[];
}

export interface UserEstate {
  name: string;
  path?: string;
  managedPolicies: string[];
  inlinePolicies: NamedDocument[];
  boundary?: string;
  /** One access key for each entry, active or not. */
  accessKeys: KeyStatus[];
  /** Other credentials. Default none. */
  credentials?: CredentialEstate[];
  /** Whether it has a console password. */
  login?: boolean;
}

export type KeyStatus = 'Active' | 'Inactive';

export interface CredentialEstate {
  /** Service-specific ones are for CodeCommit. */
  kind: CredentialKind;
  status: KeyStatus;
}

export interface GroupEstate {
  name: string;
  path?: string;
  members: string[];
  managedPolicies: string[];
  inlinePolicies: NamedDocument[];
}

export interface RoleEstate {
  name: string;
  path?: string;
  trust: Document;
  managedPolicies: string[];
  inlinePolicies: NamedDocument[];
  boundary?: string;
  description?: string;
  /** Seconds. */
  maxSessionDuration?: number;
  tags?: TagEstate[];
}

export interface TagEstate {
  key: string;
  value: string;
}

export function emptyAccount(id: string): AccountEstate {
  return { id, policies: [], oidcProviders: [], users: [], groups: [], roles: [], formerUsers: [] };
}

/** A copy of the estate with the edit; the estate itself does not change. */
export function withDrift(estate: Estate, edit: (draft: Estate) => void): Estate {
  const draft = structuredClone(estate);
  edit(draft);
  return draft;
}

/** Throws `RangeError` for what is not in the estate, as do the next three. */
export function accountIn(estate: Estate, id: string): AccountEstate {
  return found(
    estate.accounts.find((account) => account.id === id),
    `account ${id}`,
  );
}

export function roleIn(estate: Estate, account: string, name: string): RoleEstate {
  return found(
    accountIn(estate, account).roles.find((role) => role.name === name),
    `role ${name} in ${account}`,
  );
}

export function groupIn(estate: Estate, account: string, name: string): GroupEstate {
  return found(
    accountIn(estate, account).groups.find((group) => group.name === name),
    `group ${name} in ${account}`,
  );
}

export function userIn(estate: Estate, account: string, name: string): UserEstate {
  return found(
    accountIn(estate, account).users.find((user) => user.name === name),
    `user ${name} in ${account}`,
  );
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new RangeError(`The estate has no ${what}`);
  return value;
}
