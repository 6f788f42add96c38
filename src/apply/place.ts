import type { IamCall } from '../plan/call.ts';

/**
 * What is read, compared and written as one: the hub (its user and groups), or the role of one target, by its account. The hub's account may be
 * a target as well; its role is another place, written with another role of the fixer's.
 */
export type Place = { readonly kind: 'hub' } | { readonly kind: 'target'; readonly account: string };

export function placeOf({ account, input }: IamCall): Place {
  return 'RoleName' in input ? { kind: 'target', account } : { kind: 'hub' };
}

/** Equal for equal places. */
export function keyOf(place: Place): string {
  return place.kind === 'hub' ? 'hub' : place.account;
}

/** The calls of each place, in their order. */
export function byPlace<Call extends IamCall>(
  calls: readonly Call[],
): readonly { readonly place: Place; readonly calls: readonly Call[] }[] {
  const places = new Map<string, { place: Place; calls: Call[] }>();
  for (const call of calls) {
    const place = placeOf(call);
    const known = places.get(keyOf(place));
    if (known === undefined) places.set(keyOf(place), { place, calls: [call] });
    else known.calls.push(call);
  }
  return [...places.values()];
}
