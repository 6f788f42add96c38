import type { Policy } from '../../policy/index.ts';
import { entityLabel } from '../../state/entity.ts';
import type { Tag } from '../../state/tag.ts';
import { type Kinds, type Owner, VERB } from './kind.ts';
import { trustTitle } from './trust-title.ts';

/** What only a target's role has. */
export interface RoleParts {
  /** `judged` is what of the live trust was compared: without its orphans, where it has any. */
  readonly trust: {
    readonly of: Owner<'Role'>;
    readonly hubAccount: string;
    readonly desired: Policy;
    readonly live: Policy;
    readonly judged: Policy;
  };
  /** Principals that IAM shows as unique ids. */
  readonly orphans: { readonly of: Owner<'Role'>; readonly ids: readonly string[]; readonly desired: Policy; readonly live: Policy };
  /** The inline policy of that name revokes the role's sessions; `before`: those that were issued before then, in ISO 8601, where it says so. */
  readonly 'revoked-sessions': {
    readonly of: Owner<'Role'>;
    readonly name: string;
    readonly before: string | undefined;
    readonly desired: null;
    readonly live: Policy;
  };
  /** ARNs. */
  readonly path: { readonly of: Owner<'Role'>; readonly desired: string; readonly live: string };
  /** Seconds. */
  readonly 'session-duration': { readonly of: Owner<'Role'>; readonly desired: number; readonly live: number };
  readonly description: { readonly of: Owner<'Role'>; readonly desired: string; readonly live: string };
  readonly tag: { readonly of: Owner<'Role'>; readonly desired: Tag; readonly live: Tag | null };
}

export const ROLE: Kinds<RoleParts> = {
  trust: {
    rule: () => 'trust-changed',
    title: (difference, access) => trustTitle(difference, access),
    message: ({ of, live, judged }, access) =>
      `${judged === live ? 'The' : 'Apart from that, the'} trust policy of ${entityLabel(of)} ${VERB[access]}.`,
  },
  orphans: {
    rule: () => 'trust-orphaned',
    title: ({ of, ids }) =>
      `${of.name} trusts ${ids.length === 1 ? 'a principal that no longer exists' : 'principals that no longer exist'}`,
    message: ({ of, ids }) =>
      `The trust policy of ${entityLabel(of)} names ${ids.join(', ')}. AWS shows a unique id for a principal that was deleted, or that was just created. Creating a deleted principal again does not restore the trust.`,
  },
  'revoked-sessions': {
    rule: () => 'role-sessions-revoked',
    title: ({ of }) => `Sessions of ${of.name} were revoked`,
    message: ({ of, name, before }) =>
      `The sessions of the ${entityLabel(of)} were revoked: its inline policy ${name} ${before === undefined ? 'only denies' : `denies every session issued before ${before}`}.`,
  },
  path: {
    rule: () => 'role-path-changed',
    title: ({ of }) => `${of.name} has a different path`,
    message: ({ of, desired, live }) => `The ARN of the ${entityLabel(of)} is ${live}; expected ${desired}.`,
  },
  'session-duration': {
    rule: () => 'role-session-duration-changed',
    title: ({ of, desired, live }) => `Sessions of ${of.name} last up to ${live} seconds, expected ${desired}`,
    message: ({ of, desired, live }) => `Sessions of the ${entityLabel(of)} can last ${live} seconds; expected ${desired}.`,
  },
  description: {
    rule: () => 'role-description-changed',
    title: ({ of }) => `The description of ${of.name} differs`,
    message: ({ of, desired, live }) => `The description of the ${entityLabel(of)} is "${live}"; expected "${desired}".`,
  },
  tag: {
    rule: ({ live }) => (live === null ? 'role-tag-missing' : 'role-tag-changed'),
    title: ({ of, desired, live }) =>
      live === null ? `Tag ${desired.key} of ${of.name} is missing` : `Tag ${desired.key} of ${of.name} has a different value`,
    message: ({ of, desired, live }) =>
      live === null
        ? `The ${entityLabel(of)} lacks the tag ${desired.key}=${desired.value}.`
        : `The tag ${desired.key} of the ${entityLabel(of)} is ${live.value}; expected ${desired.value}.`,
  },
};
