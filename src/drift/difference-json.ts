import { Policy } from '../policy/index.ts';
import { type Difference, isOfOrganization } from './difference.ts';

/** The two sides of a difference as JSON values; `null`: nothing there. */
export interface JsonSides {
  readonly desired: unknown;
  readonly live: unknown;
}

/** As the report shows it: policy documents as objects, or as text where they do not parse. */
export function jsonOf(difference: Difference): JsonSides {
  return sidesOf(difference, ({ json }) => json);
}

/** The same with documents in canonical form, so that order and spelling don't show. */
export function canonicalOf(difference: Difference): JsonSides {
  return sidesOf(difference, ({ statements, canonical, json }) => (statements === null ? json : canonical));
}

function sidesOf(difference: Difference, show: (policy: Policy) => unknown): JsonSides {
  switch (difference.kind) {
    case 'member':
      return { desired: difference.desired ? difference.user.name : null, live: difference.live ? difference.user.name : null };
    case 'other-group':
      return { desired: null, live: difference.group.name };
    case 'key':
    case 'key-age': {
      const { id, createdAt } = difference.live;
      return { desired: difference.desired, live: { id, createdAt } };
    }
    case 'credential': {
      const { type, id, service, createdAt } = difference.live;
      return { desired: null, live: { type, id, service, createdAt } };
    }
    case 'extra-grant':
      return { desired: null, live: { policies: difference.places, document: show(difference.live) } };
    default: {
      const { desired, live } = difference;
      return { desired: desired instanceof Policy ? show(desired) : desired, live: live instanceof Policy ? show(live) : live };
    }
  }
}

/**
 * What makes this drift this drift, for its id: mostly what is there, in a form that stays the same from night to night whatever AWS does to spelling and
 * order.
 */
export function driftIdentity(difference: Difference): unknown {
  // The account, which the resource names. It may get another name, and be suspended before it is closed.
  if (isOfOrganization(difference)) return null;
  switch (difference.kind) {
    case 'trust':
      return difference.judged.canonical;
    case 'orphans':
    case 'grant-content':
    case 'extra-grant':
    case 'revoked-sessions':
      return difference.live.canonical;
    case 'inline':
    case 'policy-content':
    case 'tool-trust':
      return difference.live?.canonical ?? null;
    case 'aws-policy-content':
      return difference.live?.canonical ?? difference.version;
    case 'tag':
      return difference.live ?? difference.desired.key;
    case 'key':
    case 'key-age':
    case 'credential':
      return difference.live.id;
    case 'quota':
      return difference.use.what;
    // The file decides which roles are looked at, not what is there.
    case 'caller':
      return difference.live.policies;
    default:
      return jsonOf(difference).live;
  }
}
