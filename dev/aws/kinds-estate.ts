import { type AccountEstate, type Estate, emptyAccount, type GroupEstate, type RoleEstate } from './estate.ts';
import { assume, awsPolicy, trustAccount } from './guide.ts';
import type { OrganizationEstate } from './organizations/organization.ts';
import { auditorRole, hubAuditorRole, organizationRole } from './tool-roles.ts';

/** An estate that has grown for years: accounts of three kinds, some with two roles, boundaries, paths, and packed grants in several groups. */
export interface KindsEstate {
  readonly estate: Estate;
  readonly hub: string;
  /** Of the hub, in the order of the estate. */
  readonly groups: readonly string[];
  readonly targets: readonly string[];
  /** ARNs of the roles that the hub user may assume. */
  readonly roles: readonly string[];
  readonly user: string;
  readonly workflowUser: string;
  /** For the input `auditor-role`. */
  readonly auditorRole: string;
  /** For the input `organization-role`. */
  readonly organizationRole: string;
  /** The accounts without the hub's, one that has none of the roles, and one that is suspended, all in one unit. */
  readonly organization: OrganizationEstate;
}

export interface KindsOptions {
  readonly accounts: number;
  /** Accounts with a second role. */
  readonly withTwoRoles: number;
  readonly groups: number;
  /** Of the accounts the last ones, in which no group grants a role yet. Default 0. */
  readonly newcomers?: number;
}

const PARTITION = 'aws';
const HUB = '111111111111';
const USER = 'micetro';
const WORKFLOW_USER = 'drift-workflow';
const HUB_ARN = `arn:${PARTITION}:iam::${HUB}`;

const MANAGEMENT = '999999999999';
/** An account of the organization in which nobody created a role. */
const STRANGER = '300000000001';
const SUSPENDED = '300000000002';
/** The unit that all targets are in. */
export const UNIT = 'ou-ab12-11111111';

/** Of ten accounts five are production, three are staging and two are sandboxes. */
const KINDS = ['production', 'staging', 'production', 'sandbox', 'production', 'staging', 'production', 'sandbox', 'production', 'staging'];

export function kindsEstate({ accounts, withTwoRoles, groups: count, newcomers = 0 }: KindsOptions): KindsEstate {
  const setting = { partition: PARTITION, hub: HUB, externalId: undefined, repository: undefined, management: MANAGEMENT };
  const targets = Array.from({ length: accounts }, (_value, index): AccountEstate => {
    const id = String(200_000_000_001 + index * 7);
    const kind = KINDS[index % KINDS.length] ?? '';
    const second = index < withTwoRoles ? [readerRole()] : [];
    return { ...emptyAccount(id), policies: [LIMIT], roles: [roleOfKind(id, kind), ...second, auditorRole(setting)] };
  });
  const arns = targets
    .slice(0, accounts - newcomers)
    .flatMap(({ id, roles }) =>
      roles
        .filter(({ name }) => name.startsWith('Micetro'))
        .map(({ name, path = '/' }) => `arn:${PARTITION}:iam::${id}:role${path}${name}`),
    );
  const groups = packedGroups(arns, count);
  const hubRole = hubAuditorRole(setting, WORKFLOW_USER);
  const hub: AccountEstate = {
    ...emptyAccount(HUB),
    users: [
      { name: USER, managedPolicies: [awsPolicy(PARTITION, 'IAMReadOnlyAccess')], inlinePolicies: [], accessKeys: ['Active'] },
      {
        name: WORKFLOW_USER,
        managedPolicies: [],
        inlinePolicies: [{ name: 'assume-hub-roles', document: assume([`${HUB_ARN}:role/${hubRole.name}`]) }],
        accessKeys: ['Active'],
      },
    ],
    groups,
    roles: [hubRole, { name: 'Reporting', trust: trustAccount(PARTITION, HUB), managedPolicies: [], inlinePolicies: [] }],
  };
  return {
    estate: {
      partition: PARTITION,
      accounts: [hub, ...targets, { ...emptyAccount(MANAGEMENT), roles: [organizationRole(setting)] }, emptyAccount(STRANGER)],
    },
    hub: HUB,
    groups: groups.map(({ name }) => name),
    targets: targets.map(({ id }) => id),
    roles: arns,
    user: USER,
    workflowUser: WORKFLOW_USER,
    auditorRole: `${HUB_ARN}:role/${hubRole.name}`,
    organizationRole: `arn:${PARTITION}:iam::${MANAGEMENT}:role/DriftOrganization`,
    organization: organizationOf(targets.map(({ id }) => id)),
  };
}

function organizationOf(targets: readonly string[]): OrganizationEstate {
  const members = [...targets, STRANGER].map((id) => ({ id, unit: UNIT }));
  return {
    management: MANAGEMENT,
    units: [{ id: 'r-ab12' }, { id: UNIT, parent: 'r-ab12' }],
    accounts: [
      { id: HUB, unit: 'r-ab12' },
      { id: MANAGEMENT, unit: 'r-ab12' },
      ...members,
      { id: SUSPENDED, unit: UNIT, state: 'SUSPENDED' },
    ],
  };
}

/** What no role may exceed. */
const LIMIT = {
  name: 'ddi-limit',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['route53:*', 'ec2:*', 's3:*'], Resource: '*' }] },
};

function roleOfKind(account: string, kind: string): RoleEstate {
  const guide = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map((name) => awsPolicy(PARTITION, name));
  const boundary = `arn:${PARTITION}:iam::${account}:policy/${LIMIT.name}`;
  const tags = [{ key: 'env', value: kind }];
  const common = { name: 'Micetro', trust: trustAccount(PARTITION, HUB), managedPolicies: guide, inlinePolicies: [], tags };
  if (kind === 'production') return { ...common, boundary };
  if (kind === 'sandbox') return { ...common, path: '/ddi/', managedPolicies: [awsPolicy(PARTITION, 'ReadOnlyAccess')] };
  return { ...common, boundary, trust: trustUser('ddi-staging'), inlinePolicies: [{ name: 'zones', document: zonesOf(account) }] };
}

function readerRole(): RoleEstate {
  const principal = { AWS: [`${HUB_ARN}:role/Reporting`, `${HUB_ARN}:user/${USER}`] };
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }] };
  return { name: 'MicetroReader', trust, managedPolicies: [awsPolicy(PARTITION, 'job-function/ViewOnlyAccess')], inlinePolicies: [] };
}

function trustUser(externalId: string): Record<string, unknown> {
  const condition = { StringEquals: { 'sts:ExternalId': externalId } };
  const principal = { AWS: `${HUB_ARN}:user/${USER}` };
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', Condition: condition }] };
}

function zonesOf(account: string): Record<string, unknown> {
  const bucket = `arn:${PARTITION}:s3:::zones-${account}`;
  const read = { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: `${bucket}/*` };
  return { Version: '2012-10-17', Statement: [read, { Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket }] };
}

/** As many role ARNs in each as in the others. */
function packedGroups(arns: readonly string[], count: number): GroupEstate[] {
  const each = Math.ceil(arns.length / count);
  return Array.from({ length: count }, (_value, index) => ({
    name: `micetro-targets-${index + 1}`,
    members: [USER],
    managedPolicies: [],
    inlinePolicies: [{ name: 'assume-roles', document: assume(arns.slice(index * each, (index + 1) * each)) }],
  }));
}
