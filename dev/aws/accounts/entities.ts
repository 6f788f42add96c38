import type { PolicyDocument } from './document.ts';
import type { TrustDocument } from './trust.ts';

/** Entities never change in place: a write puts a new one into the account's table. */
export type Kind = 'User' | 'Group' | 'Role';

export interface Entity {
  readonly name: string;
  readonly path: string;
  /** Unique id: AIDA… (user), AGPA… (group), AROA… (role), ANPA… (managed policy). */
  readonly id: string;
  readonly arn: string;
  /** ISO 8601, to the second. */
  readonly createdAt: string;
}

/** An entity that has policies. */
export interface Identity extends Entity {
  readonly inline: ReadonlyMap<string, PolicyDocument>;
  /** ARNs of attached managed policies. */
  readonly attached: readonly string[];
}

export interface User extends Identity {
  readonly boundary: string | undefined;
  readonly tags: readonly Tag[];
  readonly keys: readonly AccessKey[];
  /** SSH public keys, signing certificates and service-specific credentials, oldest first. */
  readonly credentials: readonly Credential[];
  /** When the console password was created; `undefined` without one. */
  readonly loginCreatedAt: string | undefined;
}

export interface Group extends Identity {
  /** Names of users. */
  readonly members: readonly string[];
}

export interface Role extends Identity {
  readonly trust: TrustDocument;
  readonly boundary: string | undefined;
  readonly tags: readonly Tag[];
  readonly description: string | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number;
}

export interface EntityOf {
  User: User;
  Group: Group;
  Role: Role;
}

export interface ManagedPolicy extends Entity {
  readonly description: string | undefined;
  readonly defaultVersion: string;
  /** Number of the newest version that there ever was: no number is used again. */
  readonly newestVersion: number;
  /** Oldest first. */
  readonly versions: readonly PolicyVersion[];
  readonly updatedAt: string;
}

export interface PolicyVersion {
  /** `v1`, `v2`, … */
  readonly id: string;
  readonly document: PolicyDocument;
  readonly createdAt: string;
}

export interface OidcProvider extends Entity {
  /** Without the scheme: `token.actions.githubusercontent.com`. */
  readonly url: string;
  readonly audiences: readonly string[];
}

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  readonly active: boolean;
  readonly createdAt: string;
}

export type CredentialKind = 'ssh-public-key' | 'signing-certificate' | 'service-specific';

export interface Credential {
  readonly kind: CredentialKind;
  readonly id: string;
  readonly active: boolean;
  readonly createdAt: string;
  /** The public key or the certificate; of a service-specific credential the name of its service. */
  readonly body: string;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}
