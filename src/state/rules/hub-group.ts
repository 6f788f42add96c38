import type { Descriptions } from './description.ts';

export const HUB_GROUP_RULES = {
  'hub-group-member-missing': {
    of: 'hub',
    title: 'A member of a hub group is missing',
    meaning:
      'The grants of the group do not apply to this user. If it is the hub user, it reaches none of the targets that the group grants.',
    remedy: 'Add the user to the group, or change the members in the desired-state file.',
  },
  'hub-group-member-extra': {
    of: 'hub',
    title: 'A hub group has an unexpected member',
    meaning: 'This user can assume every role that the group grants, in every target account.',
    remedy:
      'Ask who added the user, and look in CloudTrail for AssumeRole calls by this user. Remove the user from the group, or list it under members.',
  },
  'hub-group-policy-missing': {
    of: 'hub',
    title: 'A managed policy is not attached to a hub group',
    meaning: 'The members of the group lack permissions that the desired state gives them.',
    remedy: 'Attach the policy, or remove it from the desired-state file.',
  },
  'hub-group-policy-extra': {
    of: 'hub',
    title: 'An unexpected managed policy is attached to a hub group',
    meaning: 'Every member of the group has the permissions of this policy.',
    remedy: 'Ask who attached the policy and why. Detach it, or add it to the desired-state file.',
    byAccess: {
      narrowed: {
        title: 'An unexpected managed policy denies calls to the members of a hub group',
        meaning: 'The policy only denies. The members of the group can do less than the file allows.',
      },
    },
  },
  'hub-group-inline-policy-missing': {
    of: 'hub',
    title: 'An inline policy of a hub group is missing',
    meaning:
      'The policy is not a grant. The members of the group lack what it would allow, and what it would deny is no longer denied to them.',
    remedy: 'Restore the policy, or remove it from the desired-state file.',
    byAccess: {
      widened: {
        title: 'An inline policy that denies calls to the members of a hub group is missing',
        meaning: 'What this policy would deny is no longer denied to the members of the group.',
      },
    },
  },
  'hub-group-inline-policy-extra': {
    of: 'hub',
    title: 'A hub group has an unexpected inline policy',
    meaning: 'The policy contains statements other than grants. Every member of the group has what they allow.',
    remedy: 'Ask who wrote the policy and why. Delete it, or add it to the inlinePolicies of the group.',
    byAccess: {
      narrowed: {
        title: 'An unexpected inline policy denies calls to the members of a hub group',
        meaning: 'The policy only denies. The members of the group can do less than the file allows.',
      },
    },
  },
  'hub-group-inline-policy-changed': {
    of: 'hub',
    title: 'An inline policy of a hub group differs',
    meaning: 'For some requests of the group’s members, the live policy decides differently from the one in the file.',
    remedy: 'Compare the two documents. Restore the one in the file, or update the file with the live one.',
    byAccess: {
      widened: {
        title: 'An inline policy of a hub group allows more than the file',
        meaning: 'The members of the group can make requests that the policy in the file does not allow.',
      },
      narrowed: {
        title: 'An inline policy of a hub group allows less than the file',
        meaning: 'The members of the group cannot make some requests that the policy in the file allows.',
      },
    },
  },
  'hub-caller-extra': {
    of: 'hub',
    title: 'Another user or role of the hub account can assume target roles',
    meaning:
      'A trust policy that trusts the hub account lets in every user and role of that account whose own policies allow sts:AssumeRole on the role. Whoever can use this user or role reaches the same accounts as the hub user.',
    remedy:
      'Find out who uses it, and for what. Remove sts:AssumeRole on the target roles from the policies that the finding names, or deny it. With trust: hub-user, only the hub user can assume the roles. If the access is intended, list the user or role under hub.otherCallers.',
  },
} as const satisfies Descriptions;
