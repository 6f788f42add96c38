import { type CallGroup, callsOf, GUIDE_POLICIES, type Place, type Resource, type Tool } from './calls.ts';

/** The names that a policy is written for. */
export interface Names {
  readonly partition: string;
  readonly hub: string;
  /** With its path: `ddi/micetro`. */
  readonly user: string;
  readonly groups: readonly string[];
  /** Name of the role that the hub user assumes, with its path. */
  readonly role: string;
  /** Ids of the target accounts; `*` for text that fits all of them. */
  readonly target: string;
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
      return [`arn:${names.partition}:iam::${names.target}:role/${names.role}`];
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

/** What the fixer may only do to a role with the boundary, and what it may not do at all, so that nothing that it grants exceeds the boundary. */
export const GUARDED = {
  sid: 'KeepBoundary',
  actions: ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:PutRolePermissionsBoundary'],
  never: { sid: 'NeverUnbound', action: 'iam:DeleteRolePermissionsBoundary' },
} as const;

/** A second policy for the fixer of a target that keeps its role inside a permissions boundary. */
export function boundaryGuard(names: Pick<Names, 'partition' | 'target' | 'role'>, boundary: string): PolicyDocument {
  const Resource = `arn:${names.partition}:iam::${names.target}:role/${names.role}`;
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: GUARDED.sid,
        Effect: 'Deny',
        Action: GUARDED.actions,
        Resource,
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundary } },
      },
      { Sid: GUARDED.never.sid, Effect: 'Deny', Action: GUARDED.never.action, Resource },
    ],
  };
}
