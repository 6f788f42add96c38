import type { Verdict } from '../../src/policy/index.ts';
import { type Level, levelOf, type ReferenceDocument, type Request, setsIn } from './reference.ts';

const RANK: Readonly<Record<Level, number>> = { deny: 0, none: 1, allow: 2 };

/** Throws where the request, as the reference reads it, shows the verdict to be wrong. */
export function expectNoContradiction(verdict: Verdict, desired: ReferenceDocument, live: ReferenceDocument, asked: Request): void {
  const request = { ...asked, sets: setsIn(desired, live) };
  const change = RANK[levelOf(live, request)] - RANK[levelOf(desired, request)];
  const hides = change > 0 ? ['same', 'narrowed'] : ['same', 'widened'];
  if (change !== 0 && hides.includes(verdict))
    throw new Error(`${verdict}, but not for ${JSON.stringify({ ...request, context: [...request.context], desired, live })}`);
}
