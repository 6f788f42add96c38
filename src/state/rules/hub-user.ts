import type { Descriptions } from './description.ts';

export const HUB_USER_RULES = {
  'hub-user-key-compromised': {
    of: 'hub',
    urgent: true,
    title: 'An access key of the hub user has leaked',
    meaning:
      'AWS attaches its quarantine policy to a user whose access key was exposed or misused. The policy denies some calls, but not sts:AssumeRole. Until the key is deactivated, whoever holds it can assume the role of every target that the hub user reaches.',
    remedy:
      'Deactivate the key now: no run does this for you. Revoke the active sessions of the target roles, because sessions that the key started stay valid. Then follow the support case that AWS opened for the account: it identifies the key. Check in CloudTrail what the key was used for, and give the product a new key. Keep the quarantine policy attached until the case is closed.',
  },
  'hub-user-policy-missing': {
    of: 'hub',
    title: 'A managed policy is not attached to the hub user',
    meaning: 'The hub user lacks permissions that it needs in the hub account, usually those to discover its groups and their grants.',
    remedy: 'Attach the policy, or remove it from the desired-state file if it is no longer needed.',
  },
  'hub-user-policy-extra': {
    of: 'hub',
    title: 'An unexpected managed policy is attached to the hub user',
    meaning: 'Whoever holds the access key can do what this policy allows in the hub account, in addition to what the file allows.',
    remedy: 'Ask who attached the policy and why. Detach it, or add it to the desired-state file.',
    byAccess: {
      narrowed: {
        title: 'An unexpected managed policy denies calls to the hub user',
        meaning: 'The policy only denies. The hub user can do less than the file allows.',
      },
    },
  },
  'hub-user-inline-policy-missing': {
    of: 'hub',
    title: 'An inline policy of the hub user is missing',
    meaning: 'The hub user lacks permissions that this policy would give it directly. Whatever the policy would deny is no longer denied.',
    remedy: 'Restore the policy, or remove it from the desired-state file.',
    byAccess: {
      widened: {
        title: 'An inline policy that denies calls to the hub user is missing',
        meaning: 'What this policy would deny is no longer denied to the hub user.',
      },
    },
  },
  'hub-user-inline-policy-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected inline policy',
    meaning: 'Whoever holds the access key has the permissions of this policy. Grants belong to the group, not to the user.',
    remedy: 'Ask who wrote the policy and why. Delete it, or add it to the desired-state file.',
    byAccess: {
      narrowed: {
        title: 'An unexpected inline policy denies calls to the hub user',
        meaning: 'The policy only denies. The hub user can do less than the file allows.',
      },
    },
  },
  'hub-user-inline-policy-changed': {
    of: 'hub',
    title: 'An inline policy of the hub user differs',
    meaning: 'For some requests, the live policy decides differently from the one in the file.',
    remedy: 'Compare the two documents. Restore the one in the file, or update the file with the live one.',
    byAccess: {
      widened: {
        title: 'An inline policy of the hub user allows more than the file',
        meaning: 'The hub user can make requests that the policy in the file does not allow.',
      },
      narrowed: {
        title: 'An inline policy of the hub user allows less than the file',
        meaning: 'The hub user cannot make some requests that the policy in the file allows.',
      },
    },
  },
  'hub-user-boundary-missing': {
    of: 'hub',
    title: 'The permissions boundary of the hub user is missing',
    meaning: 'The boundary limits what the user’s policies can allow. Without it, everything that they allow takes effect.',
    remedy: 'Restore the boundary first. Then look for policies that were added while it was missing.',
  },
  'hub-user-boundary-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected permissions boundary',
    meaning: 'Only what the boundary also allows is allowed. Calls such as sts:AssumeRole may be denied although the grants are correct.',
    remedy: 'Ask who set the boundary: it is often a guardrail of the organization. Remove it, or add it to the desired-state file.',
  },
  'hub-user-boundary-changed': {
    of: 'hub',
    title: 'The hub user has a different permissions boundary',
    meaning: 'The limit on what the user may do is not the one in the file. It may allow more, less or both.',
    remedy: 'Compare the two policies. Set the one in the file, or update the file with the live one.',
  },
  'hub-user-group-extra': {
    of: 'hub',
    title: 'The hub user is in an unexpected group',
    meaning: 'Everything that the policies of the group allow applies to the user.',
    remedy: 'Remove the user from the group, or list the group under otherGroups.',
  },
  'hub-user-login-extra': {
    of: 'hub',
    title: 'The hub user has a console password',
    meaning:
      'The user is meant for programmatic access. With a password, a person can sign in to the console as this user, possibly without multi-factor authentication.',
    remedy: 'Ask who set the password, and delete the login profile by hand. If the password is intended, set consoleLogin: true.',
  },
  'hub-user-key-missing': {
    of: 'hub',
    title: 'The hub user has too few active access keys',
    meaning: 'Without an active key, the product cannot sign in to AWS.',
    remedy: 'Create or activate a key by hand, and configure the product to use it.',
  },
  'hub-user-key-extra': {
    of: 'hub',
    title: 'The hub user has too many active access keys',
    meaning: 'Each active key gives access to every granted account. A key that nobody knows about may be in the wrong hands.',
    remedy: 'Check when and where each key was last used. Deactivate the unknown key, wait, then delete it.',
  },
  'hub-user-key-old': {
    of: 'hub',
    title: 'An access key of the hub user is too old',
    meaning: 'The access of the user does not differ. But the longer a key is in use, the more copies of it exist.',
    remedy:
      'Rotate the key: create a second key, configure the product to use it and verify that it works. Then deactivate the old key, and delete it later.',
  },
  'hub-user-credential-extra': {
    of: 'hub',
    title: 'The hub user has an unexpected credential',
    meaning:
      'With an SSH public key, a signing certificate or a service-specific credential, some AWS services can be used as the hub user without an access key. Rotating the access keys does not revoke it.',
    remedy:
      'Ask who uses the credential. Deactivate it, wait, then delete it by hand. If the user may have such credentials, set otherCredentials: true.',
  },
} as const satisfies Descriptions;
