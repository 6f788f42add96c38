import type { Descriptions } from './description.ts';

/** Rules about an account as a whole: its managed policies, its quotas and the roles that the action itself assumes. */
export const ACCOUNT_RULES = {
  'policy-missing': {
    of: 'hub or target',
    ofAccount: true,
    title: 'A managed policy in the file does not exist',
    meaning: 'The policy cannot be attached. What it would allow is not allowed, and what it would deny is not denied.',
    remedy: 'If its name or path is wrong, correct the file. Otherwise, create the policy with the document in the file.',
  },
  'policy-changed': {
    of: 'hub or target',
    ofAccount: true,
    title: 'The content of a managed policy differs',
    meaning:
      'The policy applies to everything that it is attached to, and limits what uses it as a boundary. For some requests, it decides differently from the content in the file. AWS publishes new versions of its own policies without any action in the account.',
    remedy:
      'Compare the two documents. Set a default version that matches the file, or update the file with the live document. For an AWS managed policy, review the new version and state it in the file, or attach a policy of your own instead.',
    byAccess: {
      widened: { title: 'The content of a managed policy allows more than the file' },
      narrowed: { title: 'The content of a managed policy allows less than the file' },
    },
  },
  'tool-role-trust-changed': {
    of: 'target',
    ofAccount: true,
    title: 'The trust policy of a role that this action assumes differs',
    meaning:
      'The auditor role reads the target account, and the fixer role writes to it. Other principals may be able to assume the role and do the same, or this action may not be able to assume it.',
    remedy:
      'Look in CloudTrail for AssumeRole calls on this role. Write its trust policy by hand, with only the principal under trustedBy and with the external id, or correct trustedBy in the file.',
    byAccess: {
      widened: {
        title: 'The trust policy of a role that this action assumes allows more than the file',
        meaning:
          'The auditor role reads the target account, and the fixer role writes to it. Principals that the file does not name can assume the role and do the same.',
      },
      narrowed: {
        title: 'The trust policy of a role that this action assumes allows less than the file',
        meaning: 'If this action cannot assume the role, it cannot read or repair the account.',
      },
    },
  },
  'target-undeclared': {
    of: 'hub',
    title: 'An account of the organization is not in the file',
    meaning: 'This action compares nothing in this account, and the file does not state whether the hub user may access it.',
    remedy: 'Add the account to targets, or list the account or its organizational unit under organization.exclude.',
  },
  'target-not-active': {
    of: 'hub',
    title: 'The account of a target is not active',
    meaning: 'The target cannot be used or read while its account is in this state.',
    remedy: 'Remove the target from the file. To keep the account, ask AWS Support to reopen it within 90 days of its closure.',
  },
  'target-left-organization': {
    of: 'hub',
    title: 'A target is not in the organization',
    meaning:
      'The policies of the organization do not apply to this account, and it may have another owner. The hub user may still have a grant for it.',
    remedy: 'Find out who owns the account. Remove the target from the file, or accept the finding with an exception.',
  },
  'quota-exceeded': {
    of: 'hub',
    title: 'The grants in the file exceed the quotas of the hub account',
    meaning:
      'AWS will reject the policies of the targets that no longer fit. The quota counts the characters of all inline policies of a group together, without white space.',
    remedy:
      'Set grants.layout to packed, or distribute the targets over more groups (groups, and the group of each target). A user can be in ten groups.',
  },
} as const satisfies Descriptions;
