import { accountOf, shortName } from '../../iam/arn.ts';
import type { Policy } from '../../policy/index.ts';
import { entityLabel } from '../../state/entity.ts';
import { capital } from '../../text/visible.ts';
import { allowsAll } from '../allows-everything.ts';
import { type Kinds, type Owner, ownerTitle, TITLE_VERB, VERB } from './kind.ts';

/** What users, groups and roles have alike. */
export interface OwnedParts {
  /** ARNs. `content`: what an extra one says, if it was read. */
  readonly attached: {
    readonly of: Owner;
    readonly arn: string;
    readonly desired: string | null;
    readonly live: string | null;
    readonly content?: Policy;
  };
  readonly inline: { readonly of: Owner; readonly name: string; readonly desired: Policy | null; readonly live: Policy | null };
  /** ARNs. */
  readonly boundary: { readonly of: Owner<'User' | 'Role'>; readonly desired: string | null; readonly live: string | null };
}

/** With what the names of the rules about a user, group or role begin. */
export const RULE_PREFIX = { User: 'hub-user', Group: 'hub-group', Role: 'role' } as const;

export const OWNED: Kinds<OwnedParts> = {
  attached: {
    rule: ({ of, live }) => `${RULE_PREFIX[of.kind]}-policy-${live === null ? 'missing' : 'extra'}`,
    title: ({ of, arn, live, content }) =>
      `${shortName(arn)} ${live === null ? 'is not attached to' : 'attached to'} ${ownerTitle(of)}${isOfAws(arn) ? '' : all(content)}`,
    message: ({ of, arn, live }) =>
      live === null
        ? `The ${entityLabel(of)} lacks the managed policy ${shortName(arn)}.`
        : `The ${entityLabel(of)} has the managed policy ${shortName(arn)} attached, which the file does not allow.`,
  },
  inline: {
    rule: ({ of, desired, live }) => `${RULE_PREFIX[of.kind]}-inline-policy-${directionOf(desired, live)}`,
    title: ({ of, name, desired, live }, access) => {
      const policy = `inline policy ${name}`;
      if (live === null) return capital(`${policy} of ${ownerTitle(of)} is missing`);
      return desired === null
        ? capital(`${ownerTitle(of)} has an extra ${policy}${all(live)}`)
        : capital(`${policy} of ${ownerTitle(of)} ${TITLE_VERB[access]}${allowsAll(desired) ? '' : all(live)}`);
    },
    message: ({ of, name, desired, live }, access) => {
      const owner = entityLabel(of);
      if (live === null) return `The ${owner} lacks the inline policy ${name}.`;
      if (desired !== null) return `The inline policy ${name} of the ${owner} ${VERB[access]}.`;
      const remark = access === 'changed' ? ' It is not a valid policy.' : '';
      return `The ${owner} has the inline policy ${name}, which the file does not name.${remark}`;
    },
  },
  boundary: {
    rule: ({ of, desired, live }) => `${RULE_PREFIX[of.kind]}-boundary-${directionOf(desired, live)}`,
    title: ({ of, desired, live }) => {
      const owner = capital(ownerTitle(of));
      if (live === null) return `${owner} has no permissions boundary`;
      const name = shortName(live);
      return desired === null ? `${owner} has the extra permissions boundary ${name}` : `${owner} has ${name} as its permissions boundary`;
    },
    message: ({ of, desired, live }) => {
      const owner = entityLabel(of);
      if (live === null) return `The ${owner} has no permissions boundary; expected ${shortName(desired ?? '')}.`;
      if (desired === null) return `The ${owner} has the permissions boundary ${shortName(live)}; expected none.`;
      return `The ${owner} has the permissions boundary ${shortName(live)}; expected ${shortName(desired)}.`;
    },
  },
};

/** The names of AWS's own policies say what they allow. */
function isOfAws(arn: string): boolean {
  return accountOf(arn) === 'aws';
}

/** What a reader must not have to look up. */
function all(live: Policy | undefined): string {
  return allowsAll(live) ? ': every action on everything' : '';
}

function directionOf(desired: unknown, live: unknown): 'missing' | 'extra' | 'changed' {
  if (live === null) return 'missing';
  return desired === null ? 'extra' : 'changed';
}
