import { desiredFile } from './desired-file.ts';
import { type AccountEstate, type Estate, emptyAccount, type GroupEstate, type RoleEstate } from './estate.ts';
import type { OrganizationEstate } from './organizations/organization.ts';
import { stateEverything, type TargetRole } from './stated.ts';
import { auditorRole, fixerRole, hubAuditorRole, hubFixerRole, organizationRole, type ToolSetting } from './tool-roles.ts';

export interface GuideOptions {
  /** Default `111111111111`. */
  readonly hub?: string;
  /** Account ids, or their number. */
  readonly targets: number | readonly string[];
  readonly partition?: string;
  readonly user?: string;
  readonly group?: string;
  readonly roleName?: string;
  /** Names of further roles that are targets as well, by account. */
  readonly furtherRoles?: Readonly<Record<string, readonly string[]>>;
  /** External id that the auditor role of every target (and the fixer role, if there is one) requires. */
  readonly externalId?: string;
  /** Whether there are also roles for a repair run. Default false. */
  readonly fixer?: boolean;
  /**
   * `least` (default): the smallest desired-state file. `everything`: the file states every optional part (boundaries, inline policies, tags, description,
   * session duration, key age), and the estate has it.
   */
  readonly stated?: 'least' | 'everything';
  /** Whether `everything` includes the user's boundary, which moto can't hold. Default true. */
  readonly userBoundary?: boolean;
  /** The organization of these accounts and others; in its management account there is a role that reads it. Default none. */
  readonly organization?: OrganizationEstate;
  /** `owner/name` of the GitHub repository whose OIDC tokens may assume the hub's roles. */
  readonly repository?: string;
}

/** A clean estate and everything needed to run against it. */
export interface Guide {
  readonly estate: Estate;
  /** The desired-state file that the estate fulfils. */
  readonly desiredYaml: string;
  readonly hub: string;
  /** Accounts. */
  readonly targets: readonly string[];
  /** The targets' roles. */
  readonly granted: readonly TargetRole[];
  readonly user: string;
  /** More than one if the grants don't fit into one. */
  readonly groups: readonly string[];
  readonly roleName: string;
  /** For the input `auditor-role`. */
  readonly auditorRole: string;
  /** For the input `fixer-role`. The role exists only if it was asked for. */
  readonly fixerRole: string;
  /** For the input `organization-role`. The role exists only if there is an organization. */
  readonly organizationRole: string;
  /** User in the hub whose key is the workflow's credentials: it may assume the hub's auditor (and fixer) role. */
  readonly workflowUser: string;
}

const GROUP_ROOM = 5_120;
const GROUPS_PER_USER = 10;

/**
 * An estate exactly as Micetro's multi-account guide requires: in the hub, a user with a key and IAMReadOnlyAccess, in a group whose inline policies name
 * one role in each target; in each target, that role, which trusts the hub and has the two managed policies. In addition, the action's own roles.
 */
export function guideEstate(options: GuideOptions): Guide {
  const { hub = '111111111111', partition = 'aws', user = 'micetro', group = 'micetro-targets', roleName = 'Micetro' } = options;
  const targets = typeof options.targets === 'number' ? accountIds(options.targets) : [...options.targets];
  const rolesOf = (account: string) => [roleName, ...(options.furtherRoles?.[account] ?? [])];
  const granted = targets.flatMap((account) => rolesOf(account).map((name) => ({ account, roleName: name })));
  const groups = grantGroups({ partition, user, group, granted });
  const setting = {
    partition,
    hub,
    externalId: options.externalId,
    repository: options.repository,
    management: options.organization?.management,
  };
  const workflowUser = 'drift-workflow';
  const hubRoles = [hubAuditorRole(setting, workflowUser), ...(options.fixer ? [hubFixerRole(setting, workflowUser)] : [])];
  const targetRoles = (account: string) => [
    ...rolesOf(account).map((name) => targetRole(partition, hub, name)),
    auditorRole(setting),
    ...(options.fixer ? [fixerRole(setting)] : []),
  ];
  const hubAccount: AccountEstate = {
    ...emptyAccount(hub),
    oidcProviders:
      options.repository === undefined ? [] : [{ url: 'https://token.actions.githubusercontent.com', audiences: ['sts.amazonaws.com'] }],
    users: [
      { name: user, managedPolicies: [awsPolicy(partition, 'IAMReadOnlyAccess')], inlinePolicies: [], accessKeys: ['Active'] },
      {
        name: workflowUser,
        managedPolicies: [],
        inlinePolicies: [{ name: 'assume-hub-roles', document: assume(hubRoles.map((role) => arn(partition, hub, role.name))) }],
        accessKeys: ['Active'],
      },
    ],
    groups,
    roles: [...hubRoles, ...(targets.includes(hub) ? targetRoles(hub) : [])],
  };
  const others = targets.filter((account) => account !== hub);
  const targetAccounts = others.map((id) => ({ ...emptyAccount(id), roles: targetRoles(id) }));
  const least: Estate = { partition, accounts: [hubAccount, ...targetAccounts, ...managementAccount(setting)], ...organized(options) };
  const everything = options.stated === 'everything';
  const { externalId, fixer = false, userBoundary = true } = options;
  return {
    estate: everything ? stateEverything(least, { hub, user, group, granted, userBoundary }) : least,
    desiredYaml: desiredFile({ partition, hub, user, groups, roleName, granted, externalId, fixer, everything, userBoundary }),
    hub,
    targets,
    granted,
    user,
    groups: groups.map(({ name }) => name),
    roleName,
    auditorRole: arn(partition, hub, 'DriftAuditor'),
    fixerRole: arn(partition, hub, 'DriftFixer'),
    organizationRole: arn(partition, options.organization?.management ?? '', 'DriftOrganization'),
    workflowUser,
  };
}

function organized({ organization }: GuideOptions): Pick<Estate, 'organization'> {
  return organization === undefined ? {} : { organization };
}

function managementAccount(setting: ToolSetting): AccountEstate[] {
  return setting.management === undefined ? [] : [{ ...emptyAccount(setting.management), roles: [organizationRole(setting)] }];
}

/** ARN of one of AWS's own policies, `job-function/…` included. */
export function awsPolicy(partition: string, name: string): string {
  return `arn:${partition}:iam::aws:policy/${name}`;
}

/** A grant in the guide's words; several roles in `resources` are a list. */
export function assume(resources: readonly string[]): Record<string, unknown> {
  const statement = { Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resources.length === 1 ? resources[0] : resources };
  return { Version: '2012-10-17', Statement: [statement] };
}

/** Trust in an account, by its root ARN. */
export function trustAccount(partition: string, account: string): Record<string, unknown> {
  const principal = { AWS: `arn:${partition}:iam::${account}:root` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] };
}

function arn(partition: string, account: string, roleName: string): string {
  return `arn:${partition}:iam::${account}:role/${roleName}`;
}

/** 200000000001, 200000000002, … */
function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(200_000_000_001 + index));
}

function targetRole(partition: string, hub: string, roleName: string): RoleEstate {
  const managedPolicies = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map((name) => awsPolicy(partition, name));
  return { name: roleName, trust: trustAccount(partition, hub), managedPolicies, inlinePolicies: [] };
}

interface GrantPlan {
  readonly partition: string;
  readonly user: string;
  readonly group: string;
  readonly granted: readonly TargetRole[];
}

/** One policy for each target as long as ten groups hold them all; otherwise as many role ARNs in one policy as fit into a group. */
function grantGroups(plan: GrantPlan): GroupEstate[] {
  const arns = plan.granted.map(({ account, roleName }) => ({ account, roleName, arn: arn(plan.partition, account, roleName) }));
  const single = fill(arns, (part) => part.reduce((size, grant) => size + sizeOf(assume([grant.arn])), 0));
  const packed = single.length > GROUPS_PER_USER;
  const parts = packed ? fill(arns, (part) => sizeOf(assume(part.map((grant) => grant.arn)))) : single;
  return parts.map((part, index) => ({
    name: index === 0 ? plan.group : `${plan.group}-${index + 1}`,
    members: [plan.user],
    managedPolicies: [],
    inlinePolicies: packed
      ? [{ name: 'assume-packed', document: assume(part.map((grant) => grant.arn)) }]
      : part.map((grant) => ({ name: `assume-${grant.account}-${grant.roleName}`, document: assume([grant.arn]) })),
  }));
}

function sizeOf(document: unknown): number {
  return JSON.stringify(document).length;
}

/** Cuts a list into parts that each fit into a group. There is always at least one part, if only an empty one. */
function fill<T>(items: readonly T[], size: (part: readonly T[]) => number): T[][] {
  const fits = (part: readonly T[]) => size(part) <= GROUP_ROOM;
  const parts: T[][] = [[]];
  for (const item of items) {
    const last = parts.at(-1) ?? [];
    if (fits([...last, item])) last.push(item);
    else parts.push([item]);
  }
  return parts;
}
