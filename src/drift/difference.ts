import { accountOf } from '../iam/arn.ts';
import type { Policy } from '../policy/index.ts';
import type { QuotaUse } from '../state/desired.ts';
import type { Entity } from '../state/entity.ts';
import type { Rule } from '../state/rules.ts';
import type { AccessKey, Member, Tag, Target } from '../state/state.ts';

/** A user, group or role that a difference is about. `arn` is the live one, path included; of what does not exist the desired one. */
export type Owner<K extends Entity['kind'] = Entity['kind']> = { [P in K]: Entity & { readonly kind: P; readonly arn: string } }[K];

/** An inline policy of a hub group. */
export interface PolicyPlace {
  readonly group: string;
  readonly policy: string;
}

/**
 * One property whose live value is not the desired one. Everything that is said and done about a finding follows from it: the rule's name, the message, the
 * calls that repair it, the edit of the file that accepts it. `null` is a value that is not there.
 */
export type Difference =
  | { readonly kind: 'existence'; readonly of: Owner; readonly desired: string; readonly live: null }
  | { readonly kind: 'attached'; readonly of: Owner; readonly arn: string; readonly desired: string | null; readonly live: string | null }
  | { readonly kind: 'inline'; readonly of: Owner; readonly name: string; readonly desired: Policy | null; readonly live: Policy | null }
  | { readonly kind: 'boundary'; readonly of: Owner<'User' | 'Role'>; readonly desired: string | null; readonly live: string | null }
  /** `judged` is what of the live trust was compared: without its orphans, where it has any. */
  | { readonly kind: 'trust'; readonly of: Owner<'Role'>; readonly desired: Policy; readonly live: Policy; readonly judged: Policy }
  /** Principals that IAM shows as unique ids. */
  | {
      readonly kind: 'orphans';
      readonly of: Owner<'Role'>;
      readonly ids: readonly string[];
      readonly desired: Policy;
      readonly live: Policy;
    }
  /** ARNs. */
  | { readonly kind: 'path'; readonly of: Owner<'Role'>; readonly desired: string; readonly live: string }
  /** Seconds. */
  | { readonly kind: 'session-duration'; readonly of: Owner<'Role'>; readonly desired: number; readonly live: number }
  | { readonly kind: 'description'; readonly of: Owner<'Role'>; readonly desired: string; readonly live: string }
  | { readonly kind: 'tag'; readonly of: Owner<'Role'>; readonly desired: Tag; readonly live: Tag | null }
  | { readonly kind: 'member'; readonly of: Owner<'Group'>; readonly user: Member; readonly desired: boolean; readonly live: boolean }
  /** A group beside the hub's own. */
  | { readonly kind: 'other-group'; readonly of: Owner<'User'>; readonly group: Member; readonly desired: false; readonly live: true }
  | { readonly kind: 'console-login'; readonly of: Owner<'User'>; readonly desired: false; readonly live: true }
  | {
      readonly kind: 'key-count';
      readonly of: Owner<'User'>;
      readonly desired: { readonly min: number };
      readonly live: { readonly active: number };
    }
  | { readonly kind: 'key'; readonly of: Owner<'User'>; readonly desired: { readonly max: number }; readonly live: AccessKey }
  | {
      readonly kind: 'key-age';
      readonly of: Owner<'User'>;
      readonly desired: { readonly maxAgeDays: number };
      readonly live: AccessKey;
      readonly days: number;
    }
  /** `live: null`: no inline policy of these groups names the role; `by` says whether something else lets the user in. */
  | {
      readonly kind: 'grant';
      readonly target: Target;
      readonly groups: readonly string[];
      readonly desired: Policy;
      readonly live: null;
      readonly by: 'nothing' | 'other-policy';
    }
  | {
      readonly kind: 'grant-content';
      readonly target: Target;
      readonly places: readonly PolicyPlace[];
      readonly desired: Policy;
      readonly live: Policy;
    }
  /** What allows or denies assuming something that no target wants there. `wantedIn` is the group in which the file wants it. */
  | {
      readonly kind: 'extra-grant';
      readonly hubAccount: string;
      readonly pattern: string;
      readonly places: readonly PolicyPlace[];
      readonly wantedIn: string | undefined;
      readonly desired: null;
      readonly live: Policy;
    }
  | { readonly kind: 'quota'; readonly use: QuotaUse; readonly desired: Pick<QuotaUse, 'used' | 'limit' | 'unit'>; readonly live: null };

export type DifferenceOf<K extends Difference['kind']> = Extract<Difference, { readonly kind: K }>;

const PREFIX = { User: 'hub-user', Group: 'hub-group', Role: 'role' } as const;

/** The rule that a difference breaks. */
export function ruleOf(difference: Difference): Rule {
  switch (difference.kind) {
    case 'existence':
      return `${PREFIX[difference.of.kind]}-missing`;
    case 'attached':
      return `${PREFIX[difference.of.kind]}-policy-${difference.live === null ? 'missing' : 'extra'}`;
    case 'inline':
      return `${PREFIX[difference.of.kind]}-inline-policy-${directionOf(difference)}`;
    case 'boundary':
      return `${PREFIX[difference.of.kind]}-boundary-${directionOf(difference)}`;
    case 'trust':
      return 'trust-changed';
    case 'orphans':
      return 'trust-orphaned';
    case 'path':
      return 'role-path-changed';
    case 'session-duration':
      return 'role-session-duration-changed';
    case 'description':
      return 'role-description-changed';
    case 'tag':
      return difference.live === null ? 'role-tag-missing' : 'role-tag-changed';
    case 'member':
      return difference.live ? 'hub-group-member-extra' : 'hub-group-member-missing';
    case 'other-group':
      return 'hub-user-group-extra';
    case 'console-login':
      return 'hub-user-login-extra';
    case 'key-count':
      return 'hub-user-key-missing';
    case 'key':
      return 'hub-user-key-extra';
    case 'key-age':
      return 'hub-user-key-old';
    case 'grant':
      return difference.by === 'nothing' ? 'grant-missing' : 'grant-indirect';
    case 'grant-content':
      return 'grant-changed';
    case 'extra-grant':
      return 'grant-extra';
    case 'quota':
      return 'quota-exceeded';
  }
}

function directionOf({ desired, live }: Pick<Difference, 'desired' | 'live'>): 'missing' | 'extra' | 'changed' {
  if (live === null) return 'missing';
  return desired === null ? 'extra' : 'changed';
}

/** The account that the finding is about. */
export function accountOfDifference(difference: Difference): string {
  switch (difference.kind) {
    case 'grant':
    case 'grant-content':
      return difference.target.account;
    case 'extra-grant':
      return difference.hubAccount;
    case 'quota':
      return accountOf(difference.use.resource) ?? '';
    default:
      return difference.of.account;
  }
}

/** ARN of what has to change; exceptions match on it. An inline policy, which has no ARN of its own, goes by its owner's + `/policy/NAME`, a key by `/key/ID`. */
export function resourceOf(difference: Difference): string {
  switch (difference.kind) {
    case 'attached':
      return difference.arn;
    case 'inline':
      return `${difference.of.arn}/policy/${difference.name}`;
    case 'member':
      return difference.user.arn;
    case 'other-group':
      return difference.group.arn;
    case 'key':
    case 'key-age':
      return `${difference.of.arn}/key/${difference.live.id}`;
    case 'grant':
    case 'grant-content':
      return difference.target.roleArn;
    case 'extra-grant':
      return difference.pattern;
    case 'quota':
      return difference.use.resource;
    default:
      return difference.of.arn;
  }
}

/** ARN of the user, group or role that the resource is a part of; the resource itself where it is no part. */
export function entityArnOf(difference: Difference): string {
  return 'of' in difference ? difference.of.arn : resourceOf(difference);
}
