import type { Difference } from '../drift/difference.ts';
import type { Finding } from '../drift/finding.ts';
import type { Entity } from '../state/entity.ts';
import { writeProperty } from '../state/property.ts';
import type { State } from '../state/state.ts';

/**
 * Live as it will be once everything that is not to stay is gone. The file is written from this: a list that is written anew for another difference must not
 * take in what was accepted until a day, or what belongs to an incident, or it would be accepted for good.
 *
 * @param passing findings of `live` that exceptions cover, or that are of an incident
 */
export function withoutPassing(live: State, passing: readonly Finding[]): State {
  return passing.reduce((state, { difference }) => withDesired(state, difference), live);
}

/** Whether AWS or somebody put it there in an incident. */
export function isOfIncident({ difference: { kind } }: Finding): boolean {
  return kind === 'key-quarantine' || kind === 'revoked-sessions';
}

function withDesired(state: State, difference: Difference): State {
  switch (difference.kind) {
    case 'attached':
      return writeProperty({ kind: 'attached', of: difference.of, arn: difference.arn }, state, difference.desired);
    case 'key-quarantine':
      return difference.live.reduce((rest, arn) => writeProperty({ kind: 'attached', of: difference.of, arn }, rest, null), state);
    case 'inline':
    case 'revoked-sessions':
      return writeProperty({ kind: 'inline', of: difference.of, name: difference.name }, state, difference.desired);
    case 'trust':
      return writeProperty({ kind: 'trust', of: difference.of }, state, difference.desired);
    case 'tag':
      return writeProperty({ kind: 'tags', of: difference.of, keys: [difference.desired.key] }, state, [difference.desired]);
    case 'member':
      return writeProperty({ kind: 'member', of: difference.of, user: difference.user.name }, state, difference.desired ? true : null);
    case 'other-group': {
      const of: Entity = { kind: 'Group', account: difference.of.account, name: difference.group.name };
      return writeProperty({ kind: 'member', of, user: difference.of.name }, state, null);
    }
    default:
      return state;
  }
}
