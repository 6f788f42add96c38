import type { Difference } from '../drift/difference.ts';
import { accountOf, nameOf } from '../iam/arn.ts';
import type { Principal } from '../policy/index.ts';
import { isAbout } from './owned-traces.ts';
import type { Trace, TraceEffect } from './trace.ts';
import { fieldsIn, type TrailEvent, textField } from './trail-event.ts';

/**
 * The deletion of users and roles of the hub account that a trust policy now shows by their unique ids. Only the event that created one has its id.
 *
 * @param principals those of which the file has the ARN, and the live trust does not
 */
export function deletionTraces({ ids }: Difference<'orphans'>, principals: readonly Principal[], hubAccount: string): Trace[] {
  const gone = principals.filter(({ id }) => accountOf(id) === hubAccount);
  return gone.flatMap(({ id }) => {
    const kind = /:(user|role)\//.exec(id)?.[1];
    if (kind === undefined) return [];
    const of = { kind: kind === 'user' ? 'User' : 'Role', name: nameOf(id) } as const;
    return [{ account: hubAccount, names: [of.name], effects: (events: readonly TrailEvent[]) => effectsOf(events, of, ids) }];
  });
}

function effectsOf(
  events: readonly TrailEvent[],
  of: { readonly kind: 'User' | 'Role'; readonly name: string },
  ids: readonly string[],
): (TraceEffect | undefined)[] {
  let current: string | undefined;
  return events.map((event) => {
    if (!isAbout(event, of)) return undefined;
    if (event.name === `Create${of.kind}`) {
      const part = of.kind.toLowerCase();
      current = textField(fieldsIn(event.response, part), `${part}Id`);
      return undefined;
    }
    if (event.name !== `Delete${of.kind}`) return undefined;
    const deleted = current;
    current = undefined;
    if (deleted === undefined) return 'unsure';
    return ids.includes(deleted) ? 'as-live' : undefined;
  });
}
