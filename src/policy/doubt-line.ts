import type { Doubt } from './statement.ts';

/** Says for people what of a statement can't be understood. */
export function doubtLine({ place, reason }: Pick<Doubt, 'place' | 'reason'>): string {
  return `a statement can't be interpreted, so its effect is undecided: ${place}: ${reason}`;
}
