import { accountOf } from '../iam/arn.ts';
import type { Rule } from '../state/rules.ts';
import type { Access } from './access.ts';
import { CALLER, type CallerParts } from './differences/caller.ts';
import { EXISTENCE, type ExistenceParts } from './differences/existence.ts';
import { GRANTS, type GrantParts } from './differences/grants.ts';
import { HUB_GROUP, type HubGroupParts } from './differences/hub-group.ts';
import { HUB_USER, type HubUserParts } from './differences/hub-user.ts';
import type { Kinds, Tagged } from './differences/kind.ts';
import { ORGANIZATION, type OrganizationParts } from './differences/organization.ts';
import { OWNED, type OwnedParts } from './differences/owned.ts';
import { POLICY_CONTENT, type PolicyContentParts } from './differences/policy-content.ts';
import { ROLE, type RoleParts } from './differences/role.ts';
import { TOOL_ROLE, type ToolRoleParts } from './differences/tool-role.ts';

interface Parts
  extends ExistenceParts,
    OwnedParts,
    RoleParts,
    HubUserParts,
    HubGroupParts,
    GrantParts,
    PolicyContentParts,
    ToolRoleParts,
    CallerParts,
    OrganizationParts {}

/**
 * One property whose live value is not the desired one. Everything that is said and done about a finding follows from it: the rule's name, the message, the
 * calls that repair it, the edit of the file that accepts it. `null` is a value that is not there.
 */
export type Difference<K extends keyof Parts = keyof Parts> = Tagged<Parts, K>;

const KINDS: Kinds<Parts> = {
  ...EXISTENCE,
  ...OWNED,
  ...ROLE,
  ...HUB_USER,
  ...HUB_GROUP,
  ...CALLER,
  ...GRANTS,
  ...POLICY_CONTENT,
  ...TOOL_ROLE,
  ...ORGANIZATION,
};

/** Whether it is of AWS Organizations: of an account as a whole, which the hub's findings name as their resource. */
export function isOfOrganization(difference: Difference): difference is Difference<keyof OrganizationParts> {
  return difference.kind in ORGANIZATION;
}

/** The rule that a difference breaks. */
export function ruleOf<K extends keyof Parts>(difference: Difference<K>): Rule {
  return kindOf(difference).rule(difference);
}

/** One line for a person, unescaped: what differs, where. */
export function messageOf<K extends keyof Parts>(difference: Difference<K>, access: Access): string {
  return kindOf(difference).message(difference, access);
}

/** The fact in a few words, unescaped, without the account. */
export function titleOf<K extends keyof Parts>(difference: Difference<K>, access: Access): string {
  return kindOf(difference).title(difference, access);
}

function kindOf<K extends keyof Parts>({ kind }: { readonly kind: K }): Kinds<Parts>[K] {
  return KINDS[kind];
}

/** The account that the finding is about. */
export function accountOfDifference(difference: Difference): string {
  if (isOfOrganization(difference)) return difference.hubAccount;
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

/** ARN of what has to change, or the id of an account; exceptions match on it. An inline policy, which has no ARN of its own, goes by its owner's + `/policy/NAME`, a key by `/key/ID`, another credential by `/credential/ID`. */
export function resourceOf(difference: Difference): string {
  if (isOfOrganization(difference)) return difference.account;
  switch (difference.kind) {
    case 'attached':
      return difference.arn;
    case 'inline':
    case 'revoked-sessions':
      return `${difference.of.arn}/policy/${difference.name}`;
    case 'member':
      return difference.user.arn;
    case 'other-group':
      return difference.group.arn;
    case 'key':
    case 'key-age':
      return `${difference.of.arn}/key/${difference.live.id}`;
    case 'credential':
      return `${difference.of.arn}/credential/${difference.live.id}`;
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
