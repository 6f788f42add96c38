import type { Target } from '../state/state.ts';
import { sameTarget } from '../state/targets.ts';

/**
 * Which target of the file each granted role is. A role of a new name, in an account of which the file has a target whose own role is no longer granted, is
 * that target: what people wrote of it stays.
 */
export function knownTargets(granted: readonly Target[], known: readonly Target[]): ReadonlyMap<Target, Target> {
  const found = new Map<Target, Target>();
  const free = new Set(known);
  const match = (isIt: (target: Target, before: Target) => boolean) => {
    for (const target of granted) {
      if (found.has(target)) continue;
      const before = known.find((other) => free.has(other) && other.account === target.account && isIt(target, other));
      if (before === undefined) continue;
      found.set(target, before);
      free.delete(before);
    }
  };
  match((target, before) => target.roleArn === before.roleArn);
  match(sameTarget);
  match(() => true);
  return found;
}
