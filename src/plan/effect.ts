import { accessOfExtra, accessOfMissing, documentDrift } from '../drift/documents.ts';
import type { Access, Finding } from '../drift/finding.ts';
import { statementsOf } from '../policy/index.ts';
import type { PolicyKind, PolicySource } from '../policy/types.ts';
import type { Effect } from './call.ts';
import type { Part } from './part.ts';
import { isSource } from './value-in.ts';

/**
 * How a call that mends these differences counts against `max-grants` and `max-revocations`. What can't be told apart, and what differs both ways, counts
 * as both.
 */
export function effectOf(differences: readonly Pick<Finding, 'access'>[]): Effect {
  const has = (...accesses: Access[]) => differences.some(({ access }) => accesses.includes(access));
  const gives = has('narrowed', 'changed');
  const takes = has('widened', 'changed');
  if (gives && takes) return 'both';
  if (gives) return 'grant';
  return takes ? 'revoke' : 'neither';
}

/** What a part as it is there lets happen, seen from what it is to become: judged as the rules of drift judge it. */
export function accessOf(part: Part, there: unknown, wanted: unknown, partition: string): Access {
  switch (part.kind) {
    case 'entity':
    case 'attached':
    case 'member':
      return presence(there, wanted);
    case 'boundary':
      // It limits: one more of it is less access.
      return there === null || wanted === null ? presence(wanted, there) : differing(there, wanted);
    case 'trust':
      return ofDocuments(there, wanted, 'trust', partition);
    case 'inline':
      return ofDocuments(there, wanted, 'identity', partition);
    case 'settings':
    case 'tags':
      return 'none';
  }
}

function presence(there: unknown, wanted: unknown): Access {
  if ((there === null) === (wanted === null)) return 'none';
  return wanted === null ? 'widened' : 'narrowed';
}

function differing(there: unknown, wanted: unknown): Access {
  return there === wanted ? 'none' : 'changed';
}

function ofDocuments(there: unknown, wanted: unknown, kind: PolicyKind, partition: string): Access {
  if (isSource(there) && isSource(wanted)) return documentDrift(wanted, there, kind, partition)?.access ?? 'none';
  if (kind === 'trust') return 'changed';
  if (isSource(there)) return isMixed(there) ? 'changed' : accessOfExtra(there);
  if (isSource(wanted)) return isMixed(wanted) ? 'changed' : accessOfMissing(wanted);
  return differing(there, wanted);
}

/** It allows and denies: with it both goes, or comes. */
function isMixed(document: PolicySource): boolean {
  return new Set(statementsOf(document, 'identity')?.map(({ effect }) => effect)).size > 1;
}
