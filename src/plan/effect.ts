import type { Access } from '../drift/access.ts';
import { accessOfExtra, accessOfMissing, comparedPolicies } from '../drift/policies.ts';
import { type Comparer, Policy } from '../policy/index.ts';
import type { PropertyChange, PropertyValue } from '../state/property.ts';
import type { Effect } from './call.ts';

/**
 * How a call that removes these differences counts against `max-grants` and `max-revocations`. What can't be told apart, and what differs both ways, counts
 * as both.
 */
export function effectOf(differences: readonly { readonly access: Access }[]): Effect {
  const has = (...accesses: Access[]) => differences.some(({ access }) => accesses.includes(access));
  const gives = has('narrowed', 'changed');
  const takes = has('widened', 'changed');
  if (gives && takes) return 'both';
  if (gives) return 'grant';
  return takes ? 'revoke' : 'neither';
}

/** What a property allows before a change, seen from what it is to become: judged as the rules of drift judge it. */
export function accessBefore({ property, before, after }: PropertyChange, comparer: Comparer): Access {
  switch (property.kind) {
    case 'entity':
    case 'attached':
    case 'member':
      return presence(before, after);
    case 'boundary':
      // It limits: one more of it is less access.
      if (before === null || after === null) return presence(after, before);
      return before === after ? 'none' : 'changed';
    case 'trust':
      return before instanceof Policy && after instanceof Policy ? ofPolicies(before, after, comparer) : 'changed';
    case 'inline':
      return ofInline(before, after, comparer);
    case 'content':
      return ofInline(documentIn(before), documentIn(after), comparer);
    case 'settings':
    case 'tags':
    case 'version':
      return 'none';
  }
}

function documentIn(value: PropertyValue): Policy | null {
  return typeof value === 'object' && value !== null && 'document' in value ? value.document : null;
}

function presence(before: PropertyValue, after: PropertyValue): Access {
  if ((before === null) === (after === null)) return 'none';
  return after === null ? 'widened' : 'narrowed';
}

function ofInline(before: PropertyValue, after: PropertyValue, comparer: Comparer): Access {
  const [was, is] = [before instanceof Policy ? before : null, after instanceof Policy ? after : null];
  if (was !== null && is !== null) return ofPolicies(was, is, comparer);
  if (was !== null) return isMixed(was) ? 'changed' : accessOfExtra(was);
  if (is !== null) return isMixed(is) ? 'changed' : accessOfMissing(is);
  return 'none';
}

function ofPolicies(before: Policy, after: Policy, comparer: Comparer): Access {
  return comparedPolicies(comparer, after, before)?.access ?? 'none';
}

/** It allows and denies: with it both goes, or comes. */
function isMixed({ statements }: Policy): boolean {
  return new Set(statements?.map(({ effect }) => effect)).size > 1;
}
