import type { Finding } from '../drift/finding.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Limits, Plan } from '../plan/call.ts';
import { planRepairs } from '../plan/repairs.ts';
import type { Reading } from '../state/reading.ts';
import type { Task } from './task.ts';

/** What a repair run with these inputs would do. */
export function planOf({ inputs, desired }: Task, reading: Reading, findings: readonly Finding[]): Plan {
  return planRepairs({ findings, desired, reading, limits: limitsOf(inputs), own: ownOf(inputs, reading) });
}

export function limitsOf({ fixScope: scope, maxGrants, maxRevocations }: Inputs): Limits {
  return { scope, maxGrants, maxRevocations };
}

/** ARNs of whom the run works as, and of whoever assumes these roles. */
export function ownOf({ auditorRole = '', fixerRole = '' }: Inputs, { readAs = '', assumedBy = '' }: Reading): readonly string[] {
  return [auditorRole, fixerRole, readAs, assumedBy].filter((arn) => arn !== '');
}
