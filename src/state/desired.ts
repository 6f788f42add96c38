import type { State, Tool } from './state.ts';
import type { TargetAddress } from './targets.ts';

/** What the desired-state file says, checked and expanded: the state itself and what is not state. */
export interface Desired {
  readonly state: State;
  readonly exceptions: readonly Exception[];
  /** Assumed in every target to read; `AssumeRoleAuditor` where the file names none. */
  readonly auditor: AssumableRole;
  /** Assumed in every target by a repair run; `AssumeRoleFixer` where the file names none. */
  readonly fixer: AssumableRole;
  readonly grants: GrantForm;
  /** `quota-exceeded` is decided from these, offline. */
  readonly quotas: readonly QuotaUse[];
  /** Contents of policies that the file states, and that nothing in it uses. */
  readonly unusedPolicies: readonly Unused[];
  /** Classes that no target names. */
  readonly unusedClasses: readonly Unused[];
  readonly source: { readonly path: string; readonly sha256: string };
  readonly locate: Locator;
}

/** Something that the file states for nothing. */
export interface Unused {
  /** As the file names it. */
  readonly name: string;
  readonly location: Location;
}

/** A role of the same name in each target. */
export interface AssumableRole {
  /** `/…/`; left out where it is `/`. */
  readonly path?: string;
  readonly roleName: string;
  readonly externalId: string | undefined;
}

/** How a new grant is named (a template with placeholders) and laid out. */
export interface GrantForm {
  readonly policyName: string;
  readonly layout: 'one-per-account' | 'packed';
}

/** Accepted drift until (and with) the day `expires`, in UTC. */
export interface Exception {
  readonly rule: string;
  readonly account: string | undefined;
  readonly resource: string | undefined;
  /** Of the target's role, in any case. */
  readonly roleName: string | undefined;
  /** Id of the finding as it was accepted. */
  readonly finding: string | undefined;
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`. */
  readonly expires: string;
  readonly location: Location;
}

/** How full something with a quota gets by the desired state. */
export interface QuotaUse {
  /** What is counted, for people: `inline policies of group micetro-targets`. */
  readonly what: string;
  /** ARN of the user, group or role it is about. */
  readonly resource: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: 'characters' | 'policies' | 'groups';
  readonly location: Location;
}

/** A place in the desired-state file; line and column count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where the file speaks of something; the nearest enclosing place where it says nothing of it. `key` is a dotted path such as `user.managedPolicies`. */
export interface Locator {
  hub(key?: string): Location;
  group(name: string, key?: string): Location;
  target(address: TargetAddress, key?: string): Location;
  /** Of the content of a managed policy. */
  policy(arn: string): Location;
  tool(tool: Tool, key?: string): Location;
  organization(key?: string): Location;
}
