import type { Entity, PolicyEntity } from '../../state/entity.ts';
import type { Rule } from '../../state/rules.ts';
import type { Access } from '../access.ts';

/** A user, group or role that a difference is about. `arn` is the live one, path included; of what does not exist the desired one. */
export type Owner<K extends Entity['kind'] = Entity['kind']> = { [P in K]: Entity & { readonly kind: P; readonly arn: string } }[K];

/** A managed policy that a difference is about. */
export type PolicyOwner = PolicyEntity;

/** A difference of one of the kinds in `Parts`, which says what each kind holds. */
export type Tagged<Parts, K extends keyof Parts = keyof Parts> = { [P in K]: { readonly kind: P } & Parts[P] }[K];

/** The rule of each kind of difference, and the lines that describe it. */
export type Kinds<Parts> = {
  readonly [K in keyof Parts]: {
    readonly rule: (difference: Tagged<Parts, K>) => Rule;
    /** The fact in a few words, unescaped and without the account: what a reader sees first. No full stop. */
    readonly title: (difference: Tagged<Parts, K>, access: Access) => string;
    /** One line for a person, unescaped: what differs, where. */
    readonly message: (difference: Tagged<Parts, K>, access: Access) => string;
  };
};

/** How a document that differs is described in a sentence. */
export const VERB: Readonly<Record<Access, string>> = {
  widened: 'allows more than the file',
  narrowed: 'allows less than the file',
  changed: 'differs from the file',
  none: 'differs only in form',
};

/** The same in short, for titles. */
export const TITLE_VERB: Readonly<Record<Access, string>> = {
  widened: 'allows more than the file',
  narrowed: 'allows less than the file',
  changed: 'differs from the file',
  none: 'differs only in form',
};

/** Whose something is, in a title: a role by its name alone, as the account is named beside it. */
export function ownerTitle({ kind, name }: Pick<Owner, 'kind' | 'name'>): string {
  return kind === 'Role' ? name : `hub ${kind.toLowerCase()} ${name}`;
}
