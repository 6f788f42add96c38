import type { Target } from '../state/state.ts';

/** One of several runs that audit a part of the targets each; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** The shard's targets: every `count`-th in the order of the file, so that shards differ by one target at most. */
export function targetsOf(targets: readonly Target[], shard: Shard | undefined): readonly Target[] {
  if (shard === undefined) return targets;
  return targets.filter((_target, position) => position % shard.count === shard.index - 1);
}

/** The hub's own findings belong to the first shard. */
export function answersForHub(shard: Shard | undefined): boolean {
  return shard === undefined || shard.index === 1;
}
