/**
 * How often a property is tried, and of how many of its turns a sweep: a third of `all` between two edits, and all of it with `PROPERTY_RUNS=all`, as `.ci/run` and CI do. A number is the
 * number for every property: a few for a look at mutants, many to look further.
 */
export function runs(all: number): number {
  const wanted = process.env.PROPERTY_RUNS ?? 'third';
  if (wanted === 'third') return Math.ceil(all / 3);
  if (wanted === 'all') return all;
  if (!/^[1-9]\d*$/.test(wanted)) throw new Error(`PROPERTY_RUNS is "all" or a number, not "${wanted}"`);
  return Number(wanted);
}

/** Of the turns of a sweep as many as of a property's runs, from the first to the last of them. */
export function turns<T>(all: readonly T[]): T[] {
  const count = Math.min(runs(all.length), all.length);
  const chosen = new Set(Array.from({ length: count }, (_, nth) => Math.round((nth * (all.length - 1)) / Math.max(count - 1, 1))));
  return all.filter((_, index) => chosen.has(index));
}
