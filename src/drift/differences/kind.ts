import type { Entity, PolicyEntity } from '../../state/entity.ts';
import type { Rule } from '../../state/rules.ts';
import type { Access } from '../access.ts';

/** A user, group or role that a difference is about. `arn` is the live one, path included; of what does not exist the desired one. */
export type Owner<K extends Entity['kind'] = Entity['kind']> = { [P in K]: Entity & { readonly kind: P; readonly arn: string } }[K];

/** A managed policy that a difference is about. */
export type PolicyOwner = PolicyEntity;

/** A difference of one of the kinds in `Parts`, which says what each kind holds. */
export type Tagged<Parts, K extends keyof Parts = keyof Parts> = { [P in K]: { readonly kind: P } & Parts[P] }[K];

/** The rule of each kind of difference, and the line that describes it. */
export type Kinds<Parts> = {
  readonly [K in keyof Parts]: {
    readonly rule: (difference: Tagged<Parts, K>) => Rule;
    /** One line for a person, unescaped: what differs, where. */
    readonly message: (difference: Tagged<Parts, K>, access: Access) => string;
  };
};

/** How a document that differs is described in a sentence. */
export const VERB: Readonly<Record<Access, string>> = {
  widened: 'allows more than it should',
  narrowed: 'allows less than it should',
  changed: 'differs from what it should be',
  none: 'differs in form only',
};
