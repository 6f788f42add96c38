import { entityLabel } from '../../state/entity.ts';
import type { Member } from '../../state/state.ts';
import { type Kinds, type Owner, ownerTitle } from './kind.ts';

/** What only a hub group has. */
export interface HubGroupParts {
  readonly member: { readonly of: Owner<'Group'>; readonly user: Member; readonly desired: boolean; readonly live: boolean };
}

export const HUB_GROUP: Kinds<HubGroupParts> = {
  member: {
    rule: ({ live }) => (live ? 'hub-group-member-extra' : 'hub-group-member-missing'),
    title: ({ of, user, live }) => `User ${user.name} is ${live ? '' : 'not '}in ${ownerTitle(of)}`,
    message: ({ of, user, live }) =>
      live
        ? `The user ${user.name} is in the ${entityLabel(of)} and has all its grants, but the file does not list this member.`
        : `The user ${user.name} is not in the ${entityLabel(of)}.`,
  },
};
