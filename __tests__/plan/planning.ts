import type { Finding } from '../../src/drift/finding.ts';
import type { Limits, Plan } from '../../src/plan/call.ts';
import { planRepairs } from '../../src/plan/repairs.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { State } from '../../src/state/state.ts';

/** Limits that refuse nothing. */
export const ALL: Limits = { scope: 'all', maxGrants: 1_000, maxRevocations: 1_000 };

interface Options extends Partial<Limits> {
  readonly errors?: readonly ReadError[];
  readonly own?: readonly string[];
}

export function planOf(
  findings: readonly Finding[],
  desired: Desired,
  live: State,
  { errors = [], own = [], ...limits }: Options = {},
): Plan {
  return planRepairs({ findings, desired, reading: { state: live, errors }, limits: { ...ALL, ...limits }, own });
}
