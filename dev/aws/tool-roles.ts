import { actionsOf, type Place, type Tool } from '../permissions/calls.ts';
import type { RoleEstate } from './estate.ts';

/** Where the roles that the action itself uses are created. */
export interface ToolSetting {
  readonly partition: string;
  readonly hub: string;
  readonly externalId: string | undefined;
  readonly repository: string | undefined;
  /** Management account of the organization, if there is one. */
  readonly management: string | undefined;
}

/** In the hub: reads it, and assumes the auditor role of every target. */
export function hubAuditorRole(setting: ToolSetting, workflowUser: string): RoleEstate {
  return hubRole(setting, workflowUser, 'DriftAuditor', 'AssumeRoleAuditor', iam('auditor', 'hub'));
}

export function hubFixerRole(setting: ToolSetting, workflowUser: string): RoleEstate {
  return hubRole(setting, workflowUser, 'DriftFixer', 'AssumeRoleFixer', iam('fixer', 'hub'));
}

/** In the management account: reads the organization, and trusts only the hub's auditor role. */
export function organizationRole(setting: ToolSetting): RoleEstate {
  return targetToolRole({ ...setting, externalId: undefined }, 'DriftOrganization', 'DriftAuditor', iam('auditor', 'organization'));
}

/** In a target: trusts only the hub's auditor role. */
export function auditorRole(setting: ToolSetting): RoleEstate {
  return targetToolRole(setting, 'AssumeRoleAuditor', 'DriftAuditor', iam('auditor', 'target'));
}

export function fixerRole(setting: ToolSetting): RoleEstate {
  return targetToolRole(setting, 'AssumeRoleFixer', 'DriftFixer', iam('fixer', 'target'));
}

function hubRole(
  { partition, hub, repository, management }: ToolSetting,
  workflowUser: string,
  name: string,
  targetRole: string,
  actions: readonly string[],
): RoleEstate {
  const byUser = { Effect: 'Allow', Principal: { AWS: `arn:${partition}:iam::${hub}:user/${workflowUser}` }, Action: 'sts:AssumeRole' };
  const byToken = {
    Effect: 'Allow',
    Principal: { Federated: `arn:${partition}:iam::${hub}:oidc-provider/token.actions.githubusercontent.com` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
      StringLike: { 'token.actions.githubusercontent.com:sub': `repo:${repository}:*` },
    },
  };
  const statements = [
    { Effect: 'Allow', Action: actions, Resource: '*' },
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:${partition}:iam::*:role/${targetRole}` },
    ...(management === undefined
      ? []
      : [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:${partition}:iam::${management}:role/DriftOrganization` }]),
  ];
  return {
    name,
    trust: { Version: '2012-10-17', Statement: repository === undefined ? [byUser] : [byUser, byToken] },
    managedPolicies: [],
    inlinePolicies: [{ name: 'drift', document: { Version: '2012-10-17', Statement: statements } }],
  };
}

function targetToolRole(
  { partition, hub, externalId }: ToolSetting,
  name: string,
  hubRoleName: string,
  actions: readonly string[],
): RoleEstate {
  const condition = externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } };
  const principal = { AWS: `arn:${partition}:iam::${hub}:role/${hubRoleName}` };
  return {
    name,
    trust: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...condition }] },
    managedPolicies: [],
    inlinePolicies: [
      { name: 'drift', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] } },
    ],
  };
}

/** Everything that the role calls, except for STS: the roles that it assumes are given separately. */
function iam(tool: Tool, place: Place): string[] {
  return actionsOf(tool, place).filter((action) => !action.startsWith('sts:'));
}
