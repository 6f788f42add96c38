import type { Descriptions } from './description.ts';

export const ROLE_RULES = {
  'role-missing': {
    of: 'target',
    title: 'The target role does not exist',
    meaning: 'The account has no role to assume, so the hub user cannot reach it.',
    remedy:
      'If the role has another name, set it as roleName of the target. The finding lists other roles of the account that the grants of the hub user name. Otherwise, create the role with its trust policy and its permissions policies. If the account is no longer in use, remove the target from the file.',
  },
  'trust-changed': {
    of: 'target',
    title: 'The trust policy of the role differs',
    meaning:
      'The trust policy determines who can assume the role. Principals that the file does not name may be able to assume it, and the hub user may not be.',
    remedy:
      'Look in CloudTrail for AssumeRole calls by principals that only the live trust policy names. Restore the trust policy in the file, or change the file.',
    byAccess: {
      widened: {
        title: 'The trust policy of the role allows more than the file',
        meaning:
          'The trust policy determines who can assume the role. Principals that the file does not name can assume it, or conditions in the file do not apply.',
      },
      narrowed: {
        title: 'The trust policy of the role allows less than the file',
        meaning:
          'The trust policy determines who can assume the role. Principals that the file names cannot assume it, or only under additional conditions.',
        remedy:
          'Ask the owner of the account whether access was removed on purpose. Restore the trust policy in the file, or change the file.',
      },
    },
  },
  'trust-orphaned': {
    of: 'target',
    title: 'The role trusts a principal that no longer exists',
    meaning:
      'After a user or role is deleted, AWS shows its unique id (AIDA…, AROA…) in the trust policy. Creating a user or role of the same name does not restore the trust.',
    remedy:
      'If the principal was created in the last few minutes, wait and run the audit again. Otherwise, write the trust policy again with the ARN of the principal.',
  },
  'role-path-changed': {
    of: 'target',
    title: 'The role has a different path',
    meaning: 'The path is part of the ARN. A grant for the ARN in the file does not match this role.',
    remedy: 'IAM cannot change the path of a role. Add the live path to the file, or delete the role and create it again.',
  },
  'role-policy-missing': {
    of: 'target',
    title: 'A managed policy is not attached to the target role',
    meaning: 'The role can be assumed, but it lacks the permissions of this policy in the account.',
    remedy: 'Attach the policy, or remove it from the managedPolicies of the target.',
  },
  'role-policy-extra': {
    of: 'target',
    title: 'An unexpected managed policy is attached to the target role',
    meaning: 'Whoever can assume the role can do what this policy allows in the target account.',
    remedy:
      'Ask the owner of the account. Detach the policy, add it to the managedPolicies of the target, or accept it for a limited time with an exception.',
    byAccess: {
      narrowed: {
        title: 'An unexpected managed policy denies calls to the target role',
        meaning: 'The policy only denies. The role can do less than the file allows.',
      },
    },
  },
  'role-inline-policy-missing': {
    of: 'target',
    title: 'An inline policy of the target role is missing',
    meaning: 'The role lacks what the policy would allow, and what the policy would deny is no longer denied.',
    remedy: 'Restore the policy, or remove it from the inlinePolicies of the target.',
    byAccess: {
      widened: {
        title: 'An inline policy that denies calls to the target role is missing',
        meaning: 'What this policy would deny is no longer denied to the role.',
      },
    },
  },
  'role-inline-policy-extra': {
    of: 'target',
    title: 'The target role has an unexpected inline policy',
    meaning: 'Whoever can assume the role has the permissions of this policy.',
    remedy:
      'Ask the owner of the account. Delete the policy, add it to the inlinePolicies of the target, or accept it for a limited time with an exception.',
    byAccess: {
      narrowed: {
        title: 'An unexpected inline policy denies calls to the target role',
        meaning: 'The policy only denies. The role can do less than the file allows.',
      },
    },
  },
  'role-inline-policy-changed': {
    of: 'target',
    title: 'An inline policy of the target role differs',
    meaning: 'For some requests, the live policy decides differently from the one in the file.',
    remedy: 'Compare the two documents. Restore the one in the file, or update the file with the live one.',
    byAccess: {
      widened: {
        title: 'An inline policy of the target role allows more than the file',
        meaning: 'The role can make requests that the policy in the file does not allow.',
      },
      narrowed: {
        title: 'An inline policy of the target role allows less than the file',
        meaning: 'The role cannot make some requests that the policy in the file allows.',
      },
    },
  },
  'role-sessions-revoked': {
    of: 'target',
    title: 'The sessions of the target role were revoked',
    meaning:
      'When somebody revokes the active sessions of a role in the IAM console, the console adds the inline policy AWSRevokeOlderSessions. The policy denies everything to sessions that started before its date. Later sessions are not affected.',
    remedy:
      'Ask the owner of the account what happened, and whether the access key of the hub user was involved. Keep the policy until the incident is closed. A session lasts at most twelve hours, so you can delete the policy by hand after that.',
  },
  'role-boundary-missing': {
    of: 'target',
    title: 'The permissions boundary of the target role is missing',
    meaning: 'The boundary limits what the role’s policies can allow. Without it, everything that they allow takes effect.',
    remedy: 'Restore the boundary first. Then look for policies that were added while it was missing.',
  },
  'role-boundary-extra': {
    of: 'target',
    title: 'The target role has an unexpected permissions boundary',
    meaning: 'Only what the boundary also allows is allowed. Calls may be denied although the attached policies are correct.',
    remedy:
      'Ask the owner of the account: a boundary is often a guardrail of the organization. Remove it, or add it to the desired-state file.',
  },
  'role-boundary-changed': {
    of: 'target',
    title: 'The target role has a different permissions boundary',
    meaning: 'The limit on what the role may do is not the one in the file. It may allow more, less or both.',
    remedy: 'Compare the two policies. Set the one in the file, or update the file with the live one.',
  },
  'role-session-duration-changed': {
    of: 'target',
    title: 'The maximum session duration of the role differs',
    meaning: 'Access does not differ, but sessions can last longer than the file states, or end earlier.',
    remedy: 'Set the duration in the file, or change maxSessionDuration in the file.',
  },
  'role-description-changed': {
    of: 'target',
    title: 'The description of the role differs',
    meaning: 'Access does not differ. The description in AWS is not the one in the file.',
    remedy: 'Restore the description, or change it in the file.',
  },
  'role-tag-missing': {
    of: 'target',
    title: 'A tag of the role is missing',
    meaning: 'This check finds no difference in access. Policies elsewhere that match on the tag may decide differently.',
    remedy: 'Add the tag, or remove it from the file.',
  },
  'role-tag-changed': {
    of: 'target',
    title: 'A tag of the role has a different value',
    meaning: 'This check finds no difference in access. Policies elsewhere that match on the tag may decide differently.',
    remedy: 'Restore the value, or change it in the file.',
  },
} as const satisfies Descriptions;
