import type { Verdict } from '../types.ts';
import type { Difference } from './explore.ts';

/** What is known of the differences: a sure one, a possible one (sure ones included), in either direction. */
interface Tally {
  readonly gained: boolean;
  readonly mayGain: boolean;
  readonly lost: boolean;
  readonly mayLose: boolean;
}

const NOTHING: Tally = { gained: false, mayGain: false, lost: false, mayLose: false };

/**
 * Folds differences into the verdict. Those of a unique id hang on who that is: each possibility is a world of its own, and only what holds in
 * all of them is known.
 */
export function verdictOf(differences: readonly Difference[]): Exclude<Verdict, 'invalid'> {
  const base = tally(differences.filter(({ world }) => !world));
  const ids = new Set(differences.flatMap(({ world }) => world?.id ?? []));
  let worlds: readonly Tally[] = [base];
  for (const id of ids) {
    const own = differences.filter(({ world }) => world?.id === id);
    const options = [...new Set(own.map(({ world }) => world?.as))].map((as) => tally(own.filter(({ world }) => world?.as === as)));
    worlds = distinct(worlds.flatMap((world) => [NOTHING, ...options].map((option) => either(world, option))));
  }
  const verdicts = new Set(worlds.map(verdictIn));
  const [only = 'same'] = verdicts;
  return verdicts.size > 1 ? 'changed' : only;
}

function tally(differences: readonly Difference[]): Tally {
  const some = (direction: Difference['direction'], sure: boolean): boolean =>
    differences.some((difference) => difference.direction === direction && (difference.certain || !sure));
  return { gained: some('gained', true), mayGain: some('gained', false), lost: some('lost', true), mayLose: some('lost', false) };
}

function either(a: Tally, b: Tally): Tally {
  return {
    gained: a.gained || b.gained,
    mayGain: a.mayGain || b.mayGain,
    lost: a.lost || b.lost,
    mayLose: a.mayLose || b.mayLose,
  };
}

function distinct(tallies: readonly Tally[]): readonly Tally[] {
  return [...new Map(tallies.map((one) => [JSON.stringify(one), one])).values()];
}

function verdictIn({ gained, mayGain, lost, mayLose }: Tally): Exclude<Verdict, 'invalid'> {
  if (!mayGain && !mayLose) return 'same';
  if (gained && !mayLose) return 'widened';
  if (lost && !mayGain) return 'narrowed';
  return 'changed';
}
