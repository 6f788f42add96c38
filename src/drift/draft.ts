import { createHash } from 'node:crypto';
import type { Location, Locator } from '../state/desired.ts';
import type { Rule } from '../state/rules.ts';
import type { State } from '../state/state.ts';
import type { Access, Finding } from './finding.ts';

/** What every rule looks at: two states, where the file speaks of what, and the time of the comparison (for the age of keys). */
export interface Sides {
  readonly desired: State;
  readonly live: State;
  readonly locate: Locator;
  readonly at: Date;
}

/** What a rule says of a finding; id and exception come later. */
export interface Draft {
  readonly rule: Rule;
  readonly account: string;
  readonly resource: string;
  /** Default: the resource. */
  readonly entity?: string;
  readonly access: Access;
  readonly message: string;
  readonly location: Location;
  readonly desired?: unknown;
  readonly live?: unknown;
  readonly explanation?: readonly string[];
  readonly witness?: string | null;
  /** What makes this drift this drift, where `live` would not do: it changes from night to night, or in ways that do not matter. */
  readonly identity?: unknown;
}

/** Completes a draft. The id hangs on rule, account, resource, entity and what is there, not on what is wanted, on wording or on the day. */
export function seal(draft: Draft): Finding {
  const identity = draft.identity === undefined ? (draft.live ?? null) : draft.identity;
  const { entity = draft.resource } = draft;
  return {
    id: createHash('sha256')
      .update(JSON.stringify([draft.rule, draft.account, draft.resource, entity, identity]))
      .digest('hex')
      .slice(0, 16),
    rule: draft.rule,
    account: draft.account,
    resource: draft.resource,
    entity,
    access: draft.access,
    message: draft.message,
    explanation: draft.explanation ?? [],
    desired: draft.desired ?? null,
    live: draft.live ?? null,
    witness: draft.witness ?? null,
    location: draft.location,
    exception: null,
  };
}
