import type { Policy } from '../policy/index.ts';
import type { Entity } from './address.ts';
import type { Organization } from './organization.ts';
import type { HubPrincipal, NamedCaller } from './principals.ts';
import type { Tag } from './tag.ts';

/**
 * One type for desired state, live state, a base branch's state and a saved state, so that drift is a function of two of them.
 *
 * Two absences run through it:
 * - `undefined`: this side says nothing (desired: not stated; live: could not be read). Nothing is compared then.
 * - `null`: known not to be there (no such user, no boundary).
 *
 * Names of AWS entities are never used as object keys: `__proto__` is a valid policy name.
 */
export interface State {
  readonly partition: string;
  readonly hub: Hub;
  /** One for each account and role, in the order of the desired-state file. */
  readonly targets: readonly Target[];
  /** `undefined`: the targets are not compared with an organization, as the file does not state one. */
  readonly organization?: Organization;
  /** The accounts of the targets, each once, in the order in which the targets name them. */
  readonly accounts: readonly TargetAccount[];
}

export interface Hub {
  readonly account: string;
  readonly user: Lookup<User>;
  readonly groups: readonly Lookup<Group>[];
  /**
   * Contents of managed policies: the hub account's own, and, for the hub and all targets, AWS's. Desired: those that the file states of the policies that it
   * names. Live: the same ones, as far as something depends on them. `undefined`: none.
   */
  readonly policies?: readonly ManagedPolicy[];
  /**
   * Live: what besides the hub groups' inline policies may let the user into a target, of the policies that the desired state requires or allows:
   * managed policies of the user and the hub groups, and all policies of the other groups that the user may be in.
   * `undefined`: not read. Then either each target is named by an inline grant, or the reading has an error that says what was refused.
   */
  readonly managedDocuments?: readonly ArnDocument[];
  /**
   * Groups beside the hub groups; their members are not compared. Desired: those whose policies the file states, in the order of the file. Live: those that the user
   * is in and that something depends on, with what they hold as far as the auditor may read it: all of them where a grant is missing or the file does not
   * allow one of them, else those whose policies the file states. `undefined`: nothing depends on any.
   */
  readonly otherGroups?: readonly Lookup<Group>[];
  /**
   * Live: documents of the managed policies and boundaries of the user, of the hub groups and of the other groups by which live and file differ: attached
   * and not in the file, or in the file and not attached. What the auditor may not read is left out: that is no error, but nothing can be proved from it.
   */
  readonly driftedDocuments?: readonly ArnDocument[];
  /** Desired: the users and roles that may assume a target's role, beside the hub user and the members of the hub groups. `undefined`: not stated. */
  readonly otherCallers?: readonly NamedCaller[];
  /** Live: all users and roles of the hub account. `undefined`: not read, as the file does not state `otherCallers` or the auditor may not. */
  readonly principals?: readonly HubPrincipal[];
}

export interface ArnDocument {
  /** Of a managed policy; an inline policy's is its group's ARN + `/policy/NAME`. */
  readonly arn: string;
  readonly document: Policy;
}

/** An entity that is looked for under a name. */
export interface Lookup<T> {
  readonly name: string;
  readonly value: T | null | undefined;
}

export interface User {
  /** Desired states don't state a path: `undefined`, and the ARN is the one of path `/`. */
  readonly path: string | undefined;
  readonly arn: string;
  readonly managedPolicies: NameSet | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
  /** ARN of the permissions boundary; `null` for none. */
  readonly boundary: string | null | undefined;
  /** Names of the groups that the user is in. */
  readonly groups: NameSet | undefined;
  /** Live: the same groups with their ARNs, which hold their paths. */
  readonly groupArns?: readonly Member[];
  readonly accessKeys: AccessKeys | undefined;
  readonly otherCredentials: OtherCredentials | undefined;
  /** Live: has a console password. Desired: may have one. */
  readonly consoleLogin: boolean | undefined;
  /** Live: unique id (`AIDA…`), by which CloudTrail knows the user in other accounts. */
  readonly uniqueId?: string;
}

export interface Group {
  readonly path: string | undefined;
  readonly arn: string;
  /** User names, exactly these. */
  readonly members: readonly Member[] | undefined;
  readonly managedPolicies: NameSet | undefined;
  /** Grants included: in a desired state they are written out as policies, named and laid out as `grants` asks. */
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
}

/** A user of a group, or a group of a user. */
export interface Member {
  readonly name: string;
  readonly arn: string;
}

/** A role of an account that the hub user is to reach. An account may have several. */
export interface Target {
  readonly account: string;
  /** Label for people. */
  readonly name: string | undefined;
  readonly owner: string | undefined;
  /** Desired: the class from which the file takes what the target does not state itself. Not compared. */
  readonly class?: string;
  readonly roleName: string;
  /** ARN of the role that is wanted, path included. The live role's own ARN is in `role.value.arn`. */
  readonly roleArn: string;
  /** The hub group that has to carry the grant; `undefined`: any of them. */
  readonly grantGroup: string | undefined;
  readonly role: Lookup<Role>;
}

/** What an account of targets has once, whichever of its roles are targets. */
export interface TargetAccount {
  readonly account: string;
  /** The same as the hub's, of the account's customer managed policies. Those of the hub account are the hub's, also where it has targets. */
  readonly policies?: readonly ManagedPolicy[];
  /** Desired: of the roles by which the action itself works in the account, those of which the file says who may assume them. Live: the same. */
  readonly toolTrusts?: readonly ToolTrust[];
}

/** A managed policy by its ARN. `null`: there is no such policy; `undefined`: not known. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly content: PolicyContent | null | undefined;
}

export interface PolicyContent {
  /** Live: the default version. Desired: the version that was reviewed, of AWS's own policies; `undefined` of a customer's. */
  readonly version: string | undefined;
  /** Of the default version. `undefined` where the version alone says enough: desired, of AWS's own; live, if it is the reviewed version. */
  readonly document: Policy | undefined;
  /** Live, of AWS's own policies, if another version is the default one: the document of the version that was reviewed; `null`: AWS has no such version. */
  readonly reviewed?: Policy | null;
  /** Live, of a customer's that differs from the file: what a repair depends on. */
  readonly standing?: PolicyStanding;
  /** In a plan: versions that were the default one before; `null`: one that was deleted. */
  readonly former?: readonly { readonly id: string; readonly document: Policy | null }[];
}

/** `undefined`: not read. */
export interface PolicyStanding {
  /** All of them, the default one included. */
  readonly versions: readonly PolicyVersion[] | undefined;
  /** Who has the policy attached or as its boundary, in its account. */
  readonly users: readonly Entity[] | undefined;
}

export interface PolicyVersion {
  readonly id: string;
  readonly document: Policy;
}

/** Who may assume a role by which the action itself works in a target. */
export interface ToolTrust {
  readonly tool: Tool;
  readonly roleName: string;
  readonly roleArn: string;
  /** `null`: the role does not exist. */
  readonly trust: Policy | null | undefined;
}

/** The auditor's role reads a target, the fixer's repairs it. */
export type Tool = 'auditor' | 'fixer';

export interface Role {
  readonly path: string;
  readonly arn: string;
  readonly trust: Policy | undefined;
  readonly managedPolicies: NameSet | undefined;
  readonly inlinePolicies: readonly InlinePolicy[] | undefined;
  readonly boundary: string | null | undefined;
  /** Seconds. */
  readonly maxSessionDuration: number | undefined;
  /** A live role without one has `''`. */
  readonly description: string | undefined;
  readonly tags: readonly Tag[] | undefined;
  /** Live: documents of the attached managed policies that the file does not allow, without those that the auditor may not read. */
  readonly extraDocuments?: readonly ArnDocument[];
  /** Live: when AWS last saw somebody work as the role, of the last 400 days; `null`: nobody did. Not compared. */
  readonly lastUsed?: LastUsed | null;
}

export interface LastUsed {
  /** ISO 8601. */
  readonly at: string;
  /** `undefined` where AWS does not say. */
  readonly region: string | undefined;
}

/** What has to be there and what may. A live state has all in `required`. Managed policies are ARNs, groups are names. */
export interface NameSet {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

export interface InlinePolicy {
  readonly name: string;
  readonly document: Policy;
}

/** Desired: bounds on the number of active keys, `listed` empty. Live: both bounds are the number of active keys, all keys listed. */
export interface AccessKeys {
  readonly min: number;
  readonly max: number;
  readonly maxAgeDays: number | undefined;
  readonly listed: readonly AccessKey[];
}

export interface AccessKey {
  readonly id: string;
  readonly active: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Credentials beside access keys and the password. Desired: whether the user may have any, `listed` empty. Live: those that could be read. */
export interface OtherCredentials {
  /** Desired: whether the user may have any. Live: whether it has an active one. */
  readonly any: boolean;
  readonly listed: readonly OtherCredential[];
  /** Desired: the file does not state it. They are compared then as far as the auditor may read them. */
  readonly isDefault?: true;
  /** Live: one of the lists could not be read. */
  readonly isPartial?: true;
}

export interface OtherCredential {
  readonly type: 'ssh-public-key' | 'signing-certificate' | 'service-specific';
  readonly id: string;
  /** Of a service-specific one: `codecommit.amazonaws.com`. */
  readonly service: string | null;
  readonly active: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}
