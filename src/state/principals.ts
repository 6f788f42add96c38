import type { Policy } from '../policy/index.ts';
import type { Tag } from './tag.ts';

/** A user or role of the hub account, as the file names it. */
export interface NamedCaller {
  /** `undefined`: either. */
  readonly kind: 'User' | 'Role' | undefined;
  /** `undefined`: any, as the name alone is unique among the users, and among the roles, of an account. */
  readonly path: string | undefined;
  readonly name: string;
}

/** A user or role of the hub account, with all that decides which roles it may assume. */
export interface HubPrincipal {
  readonly kind: 'User' | 'Role';
  readonly name: string;
  readonly path: string;
  readonly arn: string;
  /** Unique id: `AIDA…`, `AROA…`. */
  readonly id: string;
  readonly tags: readonly Tag[];
  readonly policies: readonly PrincipalPolicy[];
  /** Document of the permissions boundary; `null` for none, `undefined`: not read. */
  readonly boundary: Policy | null | undefined;
}

/** A policy of a user or role, its own or one of its groups'. */
export interface PrincipalPolicy {
  /** Of a managed policy; an inline policy's is its owner's ARN + `/policy/NAME`. */
  readonly arn: string;
  /** Name of the group that the user has it from. */
  readonly group: string | undefined;
  /** `undefined`: not read. */
  readonly document: Policy | undefined;
}
