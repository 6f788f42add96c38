import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from './calls.ts';

/** The names that a policy is written for. */
export interface Names {
  readonly partition: string;
  readonly hub: string;
  /** With its path: `ddi/micetro`. */
  readonly user: string;
  readonly groups: readonly string[];
  /** Names of the roles that the hub user assumes, with their paths; each may end with a wildcard. */
  readonly roles: readonly string[];
  /** Ids of the target accounts; `*` for text that fits all of them. */
  readonly target: string;
  /** With its path, as is the fixer's. */
  readonly auditorRole: string;
  readonly fixerRole: string;
  /** ARN of the role that reads the organization, if one does. */
  readonly organizationRole?: string;
  /** ARNs of the managed policies that the fixer may attach. */
  readonly attachable: readonly string[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** What the multi-account guide attaches, as ARNs. */
export function guidePolicies(partition: string): string[] {
  return GUIDE_POLICIES.map((name) => `arn:${partition}:iam::aws:policy/${name}`);
}

/** The smallest policy that lets one of the action's roles do its work. */
export function policyOf(tool: Tool, place: Place, names: Names): PolicyDocument {
  const groups = callsOf(tool, place).filter(({ optional }) => optional !== 'organization' || names.organizationRole !== undefined);
  const Statement = groups.map(
    (group): PolicyStatement => ({
      Sid: group.sid,
      Effect: 'Allow',
      Action: scalarIfOne(Object.keys(group.calls)),
      Resource: scalarIfOne(arnsOf(group.on, tool, names)),
      ...conditionOf(group, names),
    }),
  );
  return { Version: '2012-10-17', Statement };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html */
function conditionOf({ limit }: CallGroup, { attachable }: Names): Pick<PolicyStatement, 'Condition'> {
  return limit === 'attachable' ? { Condition: { ArnEquals: { 'iam:PolicyARN': attachable } } } : {};
}

function arnsOf(resource: Resource, tool: Tool, names: Names): string[] {
  const inHub = (path: string) => `arn:${names.partition}:iam::${names.hub}:${path}`;
  switch (resource) {
    case 'user':
      return [inHub(`user/${names.user}`)];
    case 'groups':
      return names.groups.map((group) => inHub(`group/${group}`));
    case 'any-group':
      return [inHub('group/*')];
    case 'managed-policies':
      return [`arn:${names.partition}:iam::aws:policy/*`, inHub('policy/*')];
    case 'all':
      return ['*'];
    case 'target-tool-role':
      return [`arn:${names.partition}:iam::*:role/${tool === 'auditor' ? names.auditorRole : names.fixerRole}`];
    case 'organization-role':
      return names.organizationRole === undefined ? [] : [names.organizationRole];
    case 'tool-roles':
      return [names.auditorRole, names.fixerRole].map((name) => `arn:${names.partition}:iam::${names.target}:role/${name}`);
    case 'role':
      return rolesIn(names);
    case 'target-policies':
      return [`arn:${names.partition}:iam::${names.target}:policy/*`];
    case 'attachable-policies':
      return [...names.attachable];
    case 'anything':
      return ['*'];
  }
}

function scalarIfOne<T>(list: readonly T[]): T | readonly T[] {
  const [only] = list;
  return list.length === 1 && only !== undefined ? only : list;
}

function rolesIn({ partition, target, roles }: Pick<Names, 'partition' | 'target' | 'roles'>): string[] {
  return roles.map((role) => `arn:${partition}:iam::${target}:role/${role}`);
}

/** What the fixer may only do to a role with the boundary, and what it may not do at all, so that nothing that it grants exceeds the boundary. */
export const GUARDED = {
  sid: 'KeepBoundary',
  actions: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PutRolePermissionsBoundary'],
  never: { sid: 'NeverUnbound', action: 'iam:DeleteRolePermissionsBoundary' },
} as const;

/**
 * A second policy for the fixer of a target that keeps its role inside a permissions boundary.
 *
 * @param boundary its ARN; `*` as the account fits the policy of that name in each account, as no role can have a boundary of another account
 */
export function boundaryGuard(names: Pick<Names, 'partition' | 'target' | 'roles'>, boundary: string): PolicyDocument {
  const Resource = scalarIfOne(rolesIn(names));
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: GUARDED.sid,
        Effect: 'Deny',
        Action: GUARDED.actions,
        Resource,
        // A request without a boundary has no such key, which fits a negated operator: it is denied, too.
        Condition: { StringNotLike: { 'iam:PermissionsBoundary': boundary } },
      },
      { Sid: GUARDED.never.sid, Effect: 'Deny', Action: GUARDED.never.action, Resource },
    ],
  };
}

/** The statement that keeps a fixer whose role names have wildcards from changing the roles of the action itself. */
export const TOOL_ROLE_GUARD = { sid: 'KeepToolRoles', on: 'tool-roles' } as const;

/** The actions that `TOOL_ROLE_GUARD` denies: all that the fixer may do to a role. */
export function roleWrites(): string[] {
  return callsOf('fixer', 'target').flatMap(({ on, calls }) => (on === 'role' ? Object.keys(calls) : []));
}

export function toolRoleGuard(names: Names): PolicyStatement {
  return { Sid: TOOL_ROLE_GUARD.sid, Effect: 'Deny', Action: roleWrites(), Resource: arnsOf(TOOL_ROLE_GUARD.on, 'fixer', names) };
}
