import { entityLabel } from '../../state/entity.ts';
import { capital } from '../../text/visible.ts';
import { type Kinds, type Owner, ownerTitle } from './kind.ts';
import { RULE_PREFIX } from './owned.ts';

/** A user, group or role that the file names and that does not exist. */
export interface ExistenceParts {
  /** `suggested`: names of what is live in its place, and may be what is meant. They come from AWS. */
  readonly existence: { readonly of: Owner; readonly desired: string; readonly live: null; readonly suggested: readonly string[] };
}

export const EXISTENCE: Kinds<ExistenceParts> = {
  existence: {
    rule: ({ of }) => `${RULE_PREFIX[of.kind]}-missing`,
    title: ({ of }) => `${capital(ownerTitle(of))} does not exist`,
    message: ({ of, suggested }) => [missing(of), ...suggestion(of, suggested)].join(' '),
  },
};

function missing(of: Owner): string {
  if (of.kind === 'Group') return `The ${entityLabel(of)} does not exist, and neither do its memberships and grants.`;
  return of.kind === 'Role' ? `The role ${of.name} does not exist in ${of.account}.` : `The ${entityLabel(of)} does not exist.`;
}

function suggestion({ kind }: Owner, suggested: readonly string[]): string[] {
  const isOne = suggested.length === 1;
  const names = listed(suggested);
  const meant = isOne ? 'If this is the intended one' : 'If one of them is intended';
  switch (kind) {
    case 'User':
      return suggested.length === 0
        ? ['If the name in the file is wrong, correct hub.user.']
        : [`${isOne ? 'A hub group has the member' : 'The hub groups have the members'} ${names}. ${meant}, correct hub.user.`];
    case 'Group':
      return suggested.length === 0
        ? []
        : [
            `The hub user can assume roles as a member of the ${isOne ? 'group' : 'groups'} ${names}. ${meant}, correct hub.group in the file.`,
          ];
    case 'Role':
      return suggested.length === 0
        ? []
        : [
            `The hub user's grants name the ${isOne ? 'role' : 'roles'} ${names} of that account. ${meant}, set it as roleName of the target.`,
          ];
  }
}

/** An account can have thousands of users. */
const MOST_NAMES = 3;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(', ')} and ${more} more` : names.join(', ');
}
