import type { Descriptions } from './description.ts';

export const GRANT_RULES = {
  'grant-missing': {
    of: 'target',
    title: 'The hub user has no grant for the target role',
    meaning:
      'No policy that the file allows lets the hub user call sts:AssumeRole on this role. If the user can assume the role anyway, the policy that allows it is a finding of its own.',
    remedy: 'Add an inline policy that names the exact ARN of the role to the group, or remove the target from the desired-state file.',
  },
  'grant-indirect': {
    of: 'target',
    title: 'The target role is not granted by an exact inline policy',
    meaning:
      'A managed policy or a wildcard lets the hub user assume the role. AWS accepts that, but the product looks for exact ARNs in the inline policies of the group, so it does not discover this role.',
    remedy:
      'Add an inline policy that names the exact ARN of the role to the group. Then check whether the broader permission is still needed.',
  },
  'grant-changed': {
    of: 'target',
    title: 'The grant for the target role differs',
    meaning: 'An inline policy of the group names the role, but with other actions, with conditions or with a deny.',
    remedy: 'Compare the statements. Restore the grant in the file, or change the file.',
    byAccess: {
      widened: {
        title: 'The grant for the target role allows more than the file',
        meaning: 'The inline policy of the group allows other actions on the role, or allows them under fewer conditions.',
      },
      narrowed: {
        title: 'The grant for the target role allows less than the file',
        meaning: 'Because of a condition, a deny or a missing action, the hub user may not be able to assume the role.',
      },
    },
  },
  'grant-extra': {
    of: 'hub',
    title: 'A hub group has a grant for a role that is not a target',
    meaning:
      'A statement allows or denies assuming a role that the file does not declare: a forgotten account, a wildcard or a role of somebody else.',
    remedy:
      'If the account belongs in the file, add it to targets. If it is a target with another group, correct the group. Otherwise, remove the statement, and check in CloudTrail whether the role was assumed.',
    byAccess: {
      widened: {
        meaning:
          'The members of the group can assume a role that the file does not declare: a forgotten account, a wildcard or a role of somebody else.',
      },
      narrowed: {
        title: 'A hub group denies assuming a role',
        meaning: 'A statement that the file does not declare denies assuming a role. A deny overrides every grant.',
        remedy: 'Ask who wrote the statement and why. Remove it, or add it to the desired-state file.',
      },
    },
  },
} as const satisfies Descriptions;
