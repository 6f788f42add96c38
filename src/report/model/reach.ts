import { plural } from '../../text/plural.ts';
import type { Report } from './schema.ts';

/** How many targets the hub user can get into, of all, as far as could be read. */
export interface Reach {
  readonly works: number;
  readonly broken: number;
  readonly unknown: number;
  readonly all: number;
}

export function reachOf({ summary }: Report): Reach {
  const { works, broken, unknown } = summary.connections;
  return { works, broken, unknown, all: works + broken + unknown };
}

/** `0 of 20 targets can be reached`, with those of which it is not known. Without full stop. */
export function reachText({ works, unknown, all }: Reach): string {
  if (unknown > 0 && unknown === all)
    return `it is unknown whether ${all === 1 ? 'the target' : `any of the ${plural(all, 'target')}`} can be reached`;
  const rest = unknown === 0 ? '' : `, ${unknown.toLocaleString('en-US')} unknown`;
  return `${works.toLocaleString('en-US')} of ${plural(all, 'target')} can be reached${rest}`;
}
