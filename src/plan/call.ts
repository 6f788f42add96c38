import type { Finding } from '../drift/finding.ts';
import type { PropertyChange } from '../state/property.ts';
import type { TargetAddress } from '../state/targets.ts';

/** One IAM call that changes something; `input` has the keys and values of the API. */
export interface IamCall {
  /** `iam:PutGroupPolicy`. */
  readonly action: `iam:${string}`;
  readonly account: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * When a call is made. First, in the hub, what takes access away; then the targets, side by side; last, in the hub, what gives access to what is
 * in the targets by then.
 */
export type Phase = 'hub-first' | 'targets' | 'hub-last';

/** One call of a plan, with all that is known of it before it is made. */
export interface PlannedCall extends IamCall {
  /** What it sets, from the value that is there when its turn comes. */
  readonly change: PropertyChange;
  /** Ids of the findings that it repairs, at least one. */
  readonly findings: readonly string[];
  /** One line for a person, unescaped. */
  readonly purpose: string;
  /** What it does to access. */
  readonly effect: Effect;
  /** Roles to which it gives access, ARNs or patterns; who has no role is named by an ARN. As many as it counts against `max-grants`. */
  readonly gives: readonly string[];
  /** The same of what it takes; as many as it counts against `max-revocations`. */
  readonly takes: readonly string[];
  /** As an aws CLI command. */
  readonly command: string;
  readonly phase: Phase;
  /** Targets without whose calls this one must not be made: it would let the user into a role that is not as it should be. Empty for most. */
  readonly needs: readonly TargetAddress[];
  /** ARNs of roles of wanted targets from which it takes one of the user's ways in: each must be seen to have another before it is made. Empty for most. */
  readonly keeps: readonly string[];
  /** The same for people, a sentence; empty where it keeps nothing. */
  readonly condition: string;
}

/** `both`: what is given and taken can't be told apart. `neither`: nobody's access differs. */
export type Effect = 'grant' | 'revoke' | 'both' | 'neither';

/** How one finding would be repaired. */
export interface Repair {
  /** `none`: people have to act, or it is to be left as it is. `refused`: it could be repaired, but not by this plan. */
  readonly status: 'none' | 'planned' | 'refused';
  /** Why there are no calls; of a planned repair, what is left to do by hand; else empty. */
  readonly reason: string;
  /** Calls of the plan, in its order. */
  readonly calls: readonly PlannedCall[];
}

/** What a repair run may do, by the inputs `fix-scope`, `max-grants` and `max-revocations`. */
export interface Limits {
  readonly scope: 'all' | 'grant' | 'revoke';
  readonly maxGrants: number;
  readonly maxRevocations: number;
}

/** What a repair run would do: all calls, in the order in which they are made. */
export interface Plan {
  readonly calls: readonly PlannedCall[];
  /** How often the calls count against `max-grants`: each once for every role that it gives access to. */
  readonly grants: number;
  /** The same against `max-revocations`. */
  readonly revocations: number;
  /** Why none of the calls may be made, and what would allow them; `null`: they may. */
  readonly refusal: string | null;
  /** That it was made under. */
  readonly limits: Limits;
  readonly repairOf: (finding: Pick<Finding, 'id'>) => Repair;
}
