import type { Difference } from '../drift/difference.ts';
import { accountOf, nameOf } from '../iam/arn.ts';
import { principalsOf } from '../policy/index.ts';
import { isAbout } from './owned-traces.ts';
import type { Effect, Trace } from './trace.ts';
import { fieldsIn, type TrailEvent, textIn } from './trail-event.ts';

/**
 * A principal that a trust policy names by its unique id, as IAM shows one that was deleted: its deletion, if it was a user or role of the hub account whose name
 * the file has. Only the event that created it has its id.
 */
export function deletionTraces({ desired, live, ids }: Difference<'orphans'>, hubAccount: string): Trace[] {
  const shown = new Set(principalsOf(live).map(({ id }) => id));
  const gone = principalsOf(desired).filter(({ kind, id }) => kind === 'AWS' && !shown.has(id) && accountOf(id) === hubAccount);
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
): (Effect | undefined)[] {
  let current: string | undefined;
  return events.map((event) => {
    if (!isAbout(event, of)) return undefined;
    if (event.name === `Create${of.kind}`) {
      const part = of.kind.toLowerCase();
      current = textIn(fieldsIn(event.response, part), `${part}Id`);
      return undefined;
    }
    if (event.name !== `Delete${of.kind}`) return undefined;
    const deleted = current;
    current = undefined;
    if (deleted === undefined) return 'unsure';
    return ids.includes(deleted) ? 'as-live' : undefined;
  });
}
