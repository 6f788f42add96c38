import type { Descriptions } from './description.ts';

/** Without these there is nothing else to compare in the hub. */
export const EXISTENCE_RULES = {
  'hub-user-missing': {
    of: 'hub',
    title: 'The hub user does not exist',
    meaning: 'The product cannot connect to any target: its access key belongs to this user, and every grant applies to this user.',
    remedy:
      'If the name in the file is wrong, correct hub.user. The finding lists the members of the hub groups: one of them may be the intended user. Otherwise, find out in CloudTrail who deleted or renamed the user. Create the user again, add it to its group and create a new access key. If a target role trusts the user itself and not the hub account, write its trust policy again.',
  },
  'hub-group-missing': {
    of: 'hub',
    title: 'A hub group does not exist',
    meaning: 'The grants are inline policies of this group. Without the group, the hub user cannot assume the roles that they allow.',
    remedy:
      'If the name in the file is wrong, or the group was renamed on purpose, correct the file. The finding lists other groups that let the hub user assume roles. Otherwise, create the group, add the hub user to it and restore the grants.',
  },
} as const satisfies Descriptions;
