/** How a rule is described everywhere: summary, issue, SARIF help, README. Plain text without markup, none of it from outside. */
export interface RuleDescription {
  /** Whose findings they are. `hub or target`: the hub's in the hub account, a target's elsewhere. */
  readonly of: 'hub' | 'target' | 'hub or target';
  /** What was found, without a full stop. */
  readonly title: string;
  /** What it means for who may do what. */
  readonly meaning: string;
  /** What people should do about it. */
  readonly remedy: string;
  /** In place of the two above where what to make of it depends on the direction. */
  readonly byAccess?: Partial<
    Readonly<Record<'widened' | 'narrowed' | 'changed' | 'none', { readonly meaning: string; readonly remedy: string }>>
  >;
  /** Stands above everything else in every output, and fails the step unless `fail-on` is `never`. */
  readonly urgent?: true;
}

const DESCRIPTIONS = {
  'hub-user-missing': {
    of: 'hub',
    title: 'The hub user does not exist',
    meaning: 'Nobody can connect: the access key belongs to this user, and every grant reaches the targets through it.',
    remedy:
      'If the name in the file is a typing error, correct hub.user; the finding names the members of the hub groups, who may be meant. Otherwise find out in CloudTrail who deleted or renamed the user. Create it again, put it in its group and issue a new access key. Target roles that trust the user itself (not the hub account) need their trust written again.',
  },
  'hub-group-missing': {
    of: 'hub',
    title: 'A hub group does not exist',
    meaning: 'The grants are inline policies of this group. Without it the hub user may assume none of the roles it granted.',
    remedy:
      'If the name in the file is a typing error, or the group was renamed on purpose, correct it in the desired-state file; the finding names other groups that let the hub user assume roles. Otherwise create the group, add the hub user and put the grants back.',
  },
  'hub-user-key-compromised': {
    of: 'hub',
    urgent: true,
    title: 'An access key of the hub user has leaked',
    meaning:
      'AWS attaches its quarantine policy to a user whose access key was exposed or misused. The policy denies some calls, but not sts:AssumeRole: until the key is deactivated, whoever has it gets into every target that the hub user reaches.',
    remedy:
      'Deactivate the key now; no run does that for you. Revoke the sessions of the target roles, as sessions that the key has started outlive it. Then follow the support case that AWS opened for the account: it says which key leaked. Look in CloudTrail for what was done with the key, and give the product a new one. Do not detach the quarantine policy before the case is closed.',
  },
  'hub-user-policy-missing': {
    of: 'hub',
    title: 'A managed policy is not attached to the hub user',
    meaning: 'The hub user lacks permissions that it needs in the hub, as a rule the ones it uses to discover its groups and their grants.',
    remedy: 'Attach the policy, or take it out of the desired state if it is no longer wanted.',
  },
  'hub-user-policy-extra': {
    of: 'hub',
    title: 'An unexpected managed policy is attached to the hub user',
    meaning: 'Whoever holds the access key can do what this policy allows in the hub account, beyond what was agreed.',
    remedy: 'Ask who attached it and why. Detach it, or add it to the desired state.',
  },
  'hub-user-inline-policy-missing': {
    of: 'hub',
    title: 'An inline policy of the hub user is missing',
    meaning: 'The hub user lacks permissions that the desired state gives it directly.',
    remedy: 'Put the policy back, or take it out of the desired state.',
  },
  'hub-user-inline-policy-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected inline policy',
    meaning: 'Whoever holds the access key has the permissions of this policy. Grants belong to the group, not to the user.',
    remedy: 'Ask who wrote it and why. Delete it, or add it to the desired state.',
  },
  'hub-user-inline-policy-changed': {
    of: 'hub',
    title: 'An inline policy of the hub user differs',
    meaning: 'The policy answers some requests differently from the desired one; the finding says in which direction.',
    remedy: 'Compare the two documents. Write the desired one back, or take the live one into the desired state.',
  },
  'hub-user-boundary-missing': {
    of: 'hub',
    title: 'The hub user has lost its permissions boundary',
    meaning: 'The boundary capped what the user’s policies can allow. Without it every allow in them takes full effect.',
    remedy: 'Put the boundary back before anything else, then look for policies that were added while it was off.',
  },
  'hub-user-boundary-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected permissions boundary',
    meaning:
      'Only what the boundary allows as well is still allowed; calls, AssumeRole among them, may be denied although the grants look right.',
    remedy: 'Ask who set it: it is often an organisation’s guard rail. Remove it, or name it in the desired state.',
  },
  'hub-user-boundary-changed': {
    of: 'hub',
    title: 'The hub user has another permissions boundary',
    meaning: 'The upper limit of what the user may do is not the agreed one; it can be wider, narrower or both.',
    remedy: 'Compare the two policies. Set the desired one, or name the live one in the desired state.',
  },
  'hub-user-group-extra': {
    of: 'hub',
    title: 'The hub user is in an unexpected group',
    meaning: 'The user inherits everything that the group’s policies allow.',
    remedy: 'Take the user out of the group, or list the group under otherGroups.',
  },
  'hub-user-login-extra': {
    of: 'hub',
    title: 'The hub user has a console password',
    meaning: 'A user made for programmatic access can be signed in with by a person, with a password and perhaps without a second factor.',
    remedy: 'Ask who set the password and delete the login profile by hand. Set consoleLogin: true if it is wanted.',
  },
  'hub-user-key-missing': {
    of: 'hub',
    title: 'The hub user has too few active access keys',
    meaning: 'Without an active key the product cannot sign in to AWS at all.',
    remedy: 'Create or activate a key by hand and put it into the product.',
  },
  'hub-user-key-extra': {
    of: 'hub',
    title: 'The hub user has more active access keys than agreed',
    meaning: 'Each active key is a separate way in to every granted account; one that nobody knows of may be in the wrong hands.',
    remedy: 'Look at when and where each key was last used. Deactivate the unknown one, wait, then delete it.',
  },
  'hub-user-key-old': {
    of: 'hub',
    title: 'An access key of the hub user is older than agreed',
    meaning: 'Nobody’s access differs, but the longer a key lives, the more copies of it there are.',
    remedy: 'Rotate: create the second key, put it into the product, see that it works, deactivate the old one, then delete it.',
  },
  'hub-user-credential-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected credential',
    meaning:
      'An SSH public key, a signing certificate or a service-specific credential signs in to some AWS services as the hub user, without an access key. No rotation of the access keys ends that.',
    remedy:
      'Ask who uses it. Deactivate it, wait, then delete it by hand. Set otherCredentials: true if the user may have such credentials.',
  },
  'hub-group-member-missing': {
    of: 'hub',
    title: 'A member of a hub group is missing',
    meaning: 'The grants of the group do not apply to this user. If it is the hub user, no target of the group can be reached.',
    remedy: 'Add the user to the group, or change the members in the desired state.',
  },
  'hub-group-member-extra': {
    of: 'hub',
    title: 'A hub group has an unexpected member',
    meaning: 'This user may assume every role that the group grants, in every target account.',
    remedy: 'Ask who added the user and look in CloudTrail for its AssumeRole calls. Remove it from the group, or list it under members.',
  },
  'hub-group-policy-missing': {
    of: 'hub',
    title: 'A managed policy is not attached to a hub group',
    meaning: 'The members of the group lack permissions that the desired state gives them.',
    remedy: 'Attach the policy, or take it out of the desired state.',
  },
  'hub-group-policy-extra': {
    of: 'hub',
    title: 'An unexpected managed policy is attached to a hub group',
    meaning: 'Every member of the group has the permissions of this policy.',
    remedy: 'Ask who attached it and why. Detach it, or add it to the desired state.',
  },
  'hub-group-inline-policy-missing': {
    of: 'hub',
    title: 'An inline policy of a hub group is missing',
    meaning:
      'A policy that is no grant, but is wanted in the group, is gone; its members lack what it allowed, or are rid of what it denied.',
    remedy: 'Put the policy back, or take it out of the desired state.',
  },
  'hub-group-inline-policy-extra': {
    of: 'hub',
    title: 'A hub group has an unexpected inline policy',
    meaning: 'It holds statements that have nothing to do with assuming roles; every member of the group has what they allow.',
    remedy: 'Ask who wrote it and why. Delete it, or add it to the group’s inlinePolicies.',
  },
  'hub-group-inline-policy-changed': {
    of: 'hub',
    title: 'An inline policy of a hub group differs',
    meaning:
      'The policy answers some requests of the group’s members differently from the desired one; the finding says in which direction.',
    remedy: 'Compare the two documents. Write the desired one back, or take the live one into the desired state.',
  },
  'hub-caller-extra': {
    of: 'hub',
    title: 'Another user or role of the hub account may assume the roles of targets',
    meaning:
      'A trust in the hub account lets in every user and role of it whose own policies allow sts:AssumeRole on the role. Whoever can use this one gets into the same accounts as the hub user.',
    remedy:
      'Find out who uses it and what for. Take sts:AssumeRole on the targets’ roles out of the policies that the finding names, or deny it; with trust: hub-user only the hub user gets in. If it may, list it under hub.otherCallers.',
  },
  'grant-missing': {
    of: 'target',
    title: 'The hub user has no grant for the target role',
    meaning:
      'No policy that the file allows lets the hub user call sts:AssumeRole on this role. If the user gets in all the same, it is by a policy that is a finding itself.',
    remedy:
      'Put the grant into the group as an inline policy that names the role’s exact ARN, or take the target out of the desired state.',
  },
  'grant-indirect': {
    of: 'target',
    title: 'The role can be assumed, but not by an exact inline grant',
    meaning:
      'A managed policy or a wildcard lets the user in. AWS accepts that, but the product finds its accounts by reading the group’s inline policies for exact ARNs, so it never sees this one.',
    remedy: 'Add an inline policy with the role’s exact ARN to the group; then ask whether the wider permission is still needed.',
  },
  'grant-changed': {
    of: 'target',
    title: 'The grant for the target role differs',
    meaning:
      'The role is named in the group’s inline policies, but with other actions, with conditions or with a deny; the finding says whether more or less is allowed.',
    remedy: 'Compare the statements. Write the desired grant back, or change the desired state.',
  },
  'grant-extra': {
    of: 'hub',
    title: 'A hub group grants what no target asks for',
    meaning:
      'A statement allows, or denies, assuming a role that is not in the desired state: a forgotten account, a wildcard, or somebody else’s role.',
    remedy:
      'If the account is wanted, add it to targets (or take its group out of the target, if it is there with another). Otherwise remove the statement, and look in CloudTrail whether the role was assumed.',
  },
  'role-missing': {
    of: 'target',
    title: 'The target role does not exist',
    meaning: 'There is nothing to assume in this account, so it cannot be reached.',
    remedy:
      'If the role has another name, write it as roleName of the target; the finding names other roles of the account that the hub user’s grants lead to. Otherwise create the role with its trust and policies. If the account is retired, take the target out.',
  },
  'trust-changed': {
    of: 'target',
    title: 'The role’s trust policy differs',
    meaning:
      'The trust policy decides who may assume the role. Somebody gets in whom the file does not name, and the hub may be locked out.',
    remedy:
      'Look in CloudTrail for AssumeRole calls by the principals that only the live trust policy names. Write the trust policy of the file back, or change the file.',
    byAccess: {
      widened: {
        meaning:
          'The trust policy decides who may assume the role. Somebody gets in whom the file does not name, or under fewer conditions.',
        remedy:
          'Look in CloudTrail for AssumeRole calls by the principals that only the live trust policy names. Write the trust policy of the file back, or change the file.',
      },
      narrowed: {
        meaning:
          'The trust policy decides who may assume the role. Somebody whom the file names is locked out, or gets in only under more conditions.',
        remedy: 'Ask the account’s owner whether access was cut on purpose. Write the trust policy of the file back, or change the file.',
      },
    },
  },
  'trust-orphaned': {
    of: 'target',
    title: 'The role trusts a principal that no longer exists',
    meaning:
      'AWS shows a unique id (AIDA…, AROA…) where a user or role was deleted. Creating it again under the same name does not heal the trust.',
    remedy:
      'If the principal was created minutes ago, wait and look again. Otherwise write the trust policy again with the principal’s ARN.',
  },
  'role-path-changed': {
    of: 'target',
    title: 'The role has another path',
    meaning: 'The path is part of the ARN: a grant for the ARN in the file does not match this role.',
    remedy: 'IAM cannot change a path. Write the live path into the file, or delete the role and create it again.',
  },
  'role-policy-missing': {
    of: 'target',
    title: 'A managed policy is not attached to the target role',
    meaning: 'The role can be assumed, but cannot do part of its work in this account.',
    remedy: 'Attach the policy, or take it out of the target’s managedPolicies.',
  },
  'role-policy-extra': {
    of: 'target',
    title: 'An unexpected managed policy is attached to the target role',
    meaning: 'Whoever may assume the role can do what this policy allows in the target account.',
    remedy: 'Ask the account’s owner. Detach it, add it to the target’s managedPolicies, or accept it for a time with an exception.',
  },
  'role-inline-policy-missing': {
    of: 'target',
    title: 'An inline policy of the target role is missing',
    meaning: 'The role lacks what the policy allowed, or is rid of what it denied.',
    remedy: 'Put the policy back, or take it out of the target’s inlinePolicies.',
  },
  'role-inline-policy-extra': {
    of: 'target',
    title: 'The target role has an unexpected inline policy',
    meaning: 'Whoever may assume the role has the permissions of this policy.',
    remedy: 'Ask the account’s owner. Delete it, add it to the target’s inlinePolicies, or accept it for a time with an exception.',
  },
  'role-inline-policy-changed': {
    of: 'target',
    title: 'An inline policy of the target role differs',
    meaning: 'The policy answers some requests differently from the desired one; the finding says in which direction.',
    remedy: 'Compare the two documents. Write the desired one back, or take the live one into the desired state.',
  },
  'role-sessions-revoked': {
    of: 'target',
    title: 'Somebody revoked the sessions of the target role',
    meaning:
      'The IAM console writes the inline policy AWSRevokeOlderSessions when somebody revokes a role’s active sessions. It denies everything to sessions that are older than its date; a session that starts later is not affected.',
    remedy:
      'Ask the account’s owner what happened, and whether the hub user’s key was involved. Leave the policy until the incident is closed. No session lasts longer than twelve hours, so after that the policy can be deleted by hand.',
  },
  'role-boundary-missing': {
    of: 'target',
    title: 'The target role has lost its permissions boundary',
    meaning: 'The boundary capped what the role’s policies can allow. Without it every allow in them takes full effect.',
    remedy: 'Put the boundary back before anything else, then look for policies that were added while it was off.',
  },
  'role-boundary-extra': {
    of: 'target',
    title: 'The target role has an unexpected permissions boundary',
    meaning: 'Only what the boundary allows as well is still allowed; calls may be denied although the attached policies look right.',
    remedy: 'Ask the account’s owner: it is often an organisation’s guard rail. Remove it, or name it in the desired state.',
  },
  'role-boundary-changed': {
    of: 'target',
    title: 'The target role has another permissions boundary',
    meaning: 'The upper limit of what the role may do is not the agreed one; it can be wider, narrower or both.',
    remedy: 'Compare the two policies. Set the desired one, or name the live one in the desired state.',
  },
  'role-session-duration-changed': {
    of: 'target',
    title: 'The role’s maximum session duration differs',
    meaning: 'Nobody’s access differs, but sessions can last longer, or end earlier, than agreed.',
    remedy: 'Set the stated duration, or change maxSessionDuration in the desired state.',
  },
  'role-description-changed': {
    of: 'target',
    title: 'The role’s description differs',
    meaning: 'Nobody’s access differs; people read something else about the role than was agreed.',
    remedy: 'Set the stated description, or change it in the desired state.',
  },
  'role-tag-missing': {
    of: 'target',
    title: 'A tag of the role is missing',
    meaning: 'Nobody’s access differs as far as this check goes; policies elsewhere that match on the tag may decide differently.',
    remedy: 'Set the tag, or take it out of the desired state.',
  },
  'role-tag-changed': {
    of: 'target',
    title: 'A tag of the role has another value',
    meaning: 'Nobody’s access differs as far as this check goes; policies elsewhere that match on the tag may decide differently.',
    remedy: 'Set the stated value, or change it in the desired state.',
  },
  'policy-missing': {
    of: 'hub or target',
    title: 'A managed policy whose content is stated does not exist',
    meaning: 'The policy can’t be attached, so whatever is to have it lacks what the policy allows, or denies.',
    remedy:
      'If its name or path is a typing error, correct it in the desired-state file. Otherwise create the policy with the stated document.',
  },
  'policy-changed': {
    of: 'hub or target',
    title: 'The content of a managed policy differs',
    meaning:
      'Whoever has the policy attached, or as a boundary, may do more or less than was agreed; the finding says in which direction. AWS’s own policies get new versions from AWS, without anybody in the account doing anything.',
    remedy:
      'Compare the two documents. Set a default version that says what the file states, or take the live document into the file. Of one of AWS’s own policies, review the new version and state it in the file, or attach a policy of your own in its place.',
  },
  'tool-role-trust-changed': {
    of: 'target',
    title: 'The trust policy of a role of this action differs',
    meaning:
      'The auditor’s role reads the target account, and the fixer’s role writes to it: whoever else may assume one of them can do the same. If nobody may, the account cannot be read or repaired.',
    remedy:
      'Look in CloudTrail for AssumeRole calls on this role. Write the trust policy again by hand, with the principal under trustedBy alone and the external id, or correct trustedBy.',
  },
  'target-undeclared': {
    of: 'hub',
    title: 'An account of the organization is not in the file',
    meaning: 'Nothing in this account is compared, and the file does not say whether the hub user may get into it.',
    remedy: 'Add it to targets, or list it or its organizational unit under organization.exclude.',
  },
  'target-not-active': {
    of: 'hub',
    title: 'The account of a target is not active',
    meaning: 'The target can’t be used or read while its account is in this state.',
    remedy: 'Remove the target from the file. If the account must stay, have AWS Support reopen it within 90 days of its closure.',
  },
  'target-left-organization': {
    of: 'hub',
    title: 'A target is not in the organization',
    meaning:
      'The policies of the organization do not apply to this account, and somebody else may own it. The hub user’s grant for it is still there.',
    remedy: 'Find out who owns the account. Remove the target, or accept the finding with an exception.',
  },
  'quota-exceeded': {
    of: 'hub',
    title: 'The desired grants do not fit the hub’s quotas',
    meaning:
      'AWS will refuse the policies of the targets that no longer fit. White space does not count; the limit is on the characters of all inline policies together.',
    remedy:
      'Use grants.layout: packed, or spread the targets over more groups (groups, and group of a target). A user can be in ten groups.',
  },
} as const satisfies Record<string, RuleDescription>;

export type Rule = keyof typeof DESCRIPTIONS;

/** The rules of drift, in the order in which the documentation lists them. */
export const RULES: Readonly<Record<Rule, RuleDescription>> = DESCRIPTIONS;

/** Whose finding of a rule it is, by the account that it is about. */
export function placeOf({ rule, account }: { readonly rule: Rule; readonly account: string }, hubAccount: string): 'hub' | 'target' {
  const { of } = RULES[rule];
  if (of !== 'hub or target') return of;
  return account === hubAccount ? 'hub' : 'target';
}

/** Whether findings of this rule stand above everything else. */
export function isUrgent(rule: Rule): boolean {
  return RULES[rule].urgent === true;
}

/** The names of the rules, in the order of `RULES`. */
export const RULE_NAMES: readonly Rule[] = Object.keys(RULES).filter((name): name is Rule => Object.hasOwn(RULES, name));
