import type { Difference } from '../drift/difference.ts';
import type { Finding } from '../drift/finding.ts';
import type { Entity } from '../state/entity.ts';
import { writeProperty } from '../state/property.ts';
import type { State } from '../state/state.ts';

/**
 * Live as it will be once everything that an exception accepts is gone. The file is written from this: a list that is written anew for another
 * difference must not take in what was accepted until a day, or it would be accepted for good.
 *
 * @param excepted findings of `live` that exceptions cover
 */
export function withoutExcepted(live: State, excepted: readonly Finding[]): State {
  return excepted.reduce((state, { difference }) => withDesired(state, difference), live);
}

function withDesired(state: State, difference: Difference): State {
  switch (difference.kind) {
    case 'attached':
      return writeProperty({ kind: 'attached', of: difference.of, arn: difference.arn }, state, difference.desired);
    case 'inline':
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
