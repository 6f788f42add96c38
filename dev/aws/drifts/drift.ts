import type { Estate, GroupEstate, NamedDocument, RoleEstate, UserEstate } from '../estate.ts';
import { groupIn, roleIn, userIn } from '../estate.ts';
import type { Guide } from '../guide.ts';
import type { EmbeddedAws } from '../server.ts';

/** One way in which an estate of the guide differs from its desired state. */
export interface Drift {
  readonly name: string;
  /** The rule that must find it. */
  readonly rule: string;
  /** The live state seen from the desired one. */
  readonly access: 'widened' | 'narrowed' | 'changed' | 'none';
  /** Which of the guide's estates it starts from: see `GuideOptions.stated`. */
  readonly stated: 'least' | 'everything';
  /** Whether moto can hold it like AWS (with `GuideOptions.userBoundary` off). */
  readonly onMoto: boolean;
  /** `target`: the account where it happens; for the hub's drifts, the one that it affects. */
  readonly edit: (scene: DriftScene) => void;
  /** What only the embedded AWS can hold; done after the estate is created. */
  readonly afterSeeding?: (aws: EmbeddedAws, guide: Guide) => void;
}

/** A difference that is not drift: nothing may be found. */
export type NearMiss = Pick<Drift, 'name' | 'stated' | 'edit'> & {
  /** The rule that it nearly breaks. */
  readonly near: string;
};

/** The draft of an estate under edit, with the parts of it that drifts change. */
export interface DriftScene {
  readonly draft: Estate;
  readonly guide: Guide;
  readonly target: string;
  readonly user: UserEstate;
  readonly group: GroupEstate;
  readonly role: RoleEstate;
  readonly roleArn: string;
  awsPolicy(name: string): string;
}

/** Makes the scene for a drift in one target account. Throws `RangeError` if the draft no longer has the guide's parts. */
export function driftScene(draft: Estate, guide: Guide, target: string): DriftScene {
  return {
    draft,
    guide,
    target,
    user: userIn(draft, guide.hub, guide.user),
    group: grantingGroup(draft, guide, target),
    role: roleIn(draft, target, guide.roleName),
    roleArn: `arn:${draft.partition}:iam::${target}:role/${guide.roleName}`,
    awsPolicy: (name) => `arn:${draft.partition}:iam::aws:policy/${name}`,
  };
}

/** The group whose inline policy names the target's role, otherwise the guide's first group. */
function grantingGroup(draft: Estate, guide: Guide, target: string): GroupEstate {
  const groups = guide.groups.map((name) => groupIn(draft, guide.hub, name));
  const [first] = groups;
  if (first === undefined) throw new RangeError('The guide has no group');
  return groups.find((group) => group.inlinePolicies.some((policy) => names(policy, target))) ?? first;
}

function names({ document }: NamedDocument, account: string): boolean {
  return JSON.stringify(document).includes(`::${account}:role/`);
}

/** Index of the inline policy that grants the target's role. Throws `RangeError` if there is none. */
export function grantIndex({ group, target }: DriftScene): number {
  const index = group.inlinePolicies.findIndex((policy) => names(policy, target));
  if (index < 0) throw new RangeError(`No inline policy of ${group.name} grants a role in ${target}`);
  return index;
}

export function allow(
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more: object = {},
): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...more }] };
}

/** As the IAM console writes it. */
export const REVOKE_OLDER_SESSIONS: Readonly<Record<string, unknown>> = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Deny', Action: ['*'], Resource: ['*'], Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-11-20T10:00:00.000Z' } } },
  ],
};

/** Replaces the first policy of that name. */
export function replace(policies: NamedDocument[], name: string, document: Record<string, unknown>): void {
  const index = policies.findIndex((policy) => policy.name === name);
  if (index < 0) throw new RangeError(`No inline policy ${name}`);
  policies[index] = { name, document };
}

export function without<T>(items: T[], index: number): void {
  items.splice(index, 1);
}
