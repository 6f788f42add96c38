import { type AccountEstate, type Estate, emptyAccount, type GroupEstate, type RoleEstate } from './estate.ts';
import { assume, awsPolicy, trustAccount } from './guide.ts';
import type { OrganizationEstate } from './organizations/organization.ts';
import { auditorRole, fixerRole, hubAuditorRole, hubFixerRole, organizationRole } from './tool-roles.ts';

/** An estate that has grown for years: accounts of three kinds, some with two roles, boundaries, paths, and packed grants in several groups. */
export interface KindsEstate {
  readonly estate: Estate;
  readonly hub: string;
  /** Of the hub, in the order of the estate. */
  readonly groups: readonly string[];
  readonly targets: readonly string[];
  /** The targets of each kind. */
  readonly ofKind: Readonly<Record<Kind, readonly string[]>>;
  /** ARNs of the roles that the hub user may assume. */
  readonly roles: readonly string[];
  readonly user: string;
  readonly workflowUser: string;
  /** For the input `auditor-role`. */
  readonly auditorRole: string;
  /** For the input `fixer-role`. The role exists only if it was asked for. */
  readonly fixerRole: string;
  /** For the input `organization-role`. */
  readonly organizationRole: string;
  /** The accounts without the hub's, one that has none of the roles, and one that is suspended, all in one unit. */
  readonly organization: OrganizationEstate;
}

export interface KindsOptions {
  /** Account ids, or their number. */
  readonly accounts: number | readonly string[];
  /** Accounts with a second role. */
  readonly withTwoRoles: number;
  readonly groups: number;
  /** Of the accounts the last ones, in which no group grants a role yet. Default 0. */
  readonly newcomers?: number;
  /** Whether there are also roles for a repair run. Default false. */
  readonly fixer?: boolean;
}

export type Kind = 'production' | 'staging' | 'sandbox';

const PARTITION = 'aws';
const HUB = '111111111111';
const USER = 'micetro';
const WORKFLOW_USER = 'drift-workflow';
const HUB_ARN = `arn:${PARTITION}:iam::${HUB}`;

export const MANAGEMENT = '999999999999';
/** An account of the organization in which nobody created a role. */
const STRANGER = '300000000001';
const SUSPENDED = '300000000002';
/** The unit that all targets are in. */
export const UNIT = 'ou-ab12-11111111';

/** Of ten accounts five are production, three are staging and two are sandboxes. */
const KINDS: readonly Kind[] = [
  'production',
  'staging',
  'production',
  'sandbox',
  'production',
  'staging',
  'production',
  'sandbox',
  'production',
  'staging',
];

export function kindsEstate({ accounts, withTwoRoles, groups: count, newcomers = 0, fixer = false }: KindsOptions): KindsEstate {
  const setting = { partition: PARTITION, hub: HUB, externalId: undefined, repository: undefined, management: MANAGEMENT };
  const ids =
    typeof accounts === 'number' ? Array.from({ length: accounts }, (_value, index) => String(200_000_000_001 + index * 7)) : accounts;
  const ofKind = (kind: Kind) => ids.filter((_id, index) => kindAt(index) === kind);
  const tools = () => [auditorRole(setting), ...(fixer ? [fixerRole(setting)] : [])];
  const targets = ids.map((id, index): AccountEstate => {
    const second = index < withTwoRoles ? [readerRole()] : [];
    return { ...emptyAccount(id), policies: [structuredClone(LIMIT)], roles: [roleOfKind(id, kindAt(index)), ...second, ...tools()] };
  });
  const arns = targets
    .slice(0, ids.length - newcomers)
    .flatMap(({ id, roles }) =>
      roles
        .filter(({ name }) => name.startsWith('Micetro'))
        .map(({ name, path = '/' }) => `arn:${PARTITION}:iam::${id}:role${path}${name}`),
    );
  const groups = packedGroups(arns, count);
  const hubRoles = [hubAuditorRole(setting, WORKFLOW_USER), ...(fixer ? [hubFixerRole(setting, WORKFLOW_USER)] : [])];
  const hub: AccountEstate = {
    ...emptyAccount(HUB),
    users: [
      { name: USER, managedPolicies: [awsPolicy(PARTITION, 'IAMReadOnlyAccess')], inlinePolicies: [], accessKeys: ['Active'] },
      {
        name: WORKFLOW_USER,
        managedPolicies: [],
        inlinePolicies: [{ name: 'assume-hub-roles', document: assume(hubRoles.map(({ name }) => `${HUB_ARN}:role/${name}`)) }],
        accessKeys: ['Active'],
      },
    ],
    groups,
    roles: [...hubRoles, { name: 'Reporting', trust: trustAccount(PARTITION, HUB), managedPolicies: [], inlinePolicies: [] }],
  };
  return {
    estate: {
      partition: PARTITION,
      accounts: [hub, ...targets, { ...emptyAccount(MANAGEMENT), roles: [organizationRole(setting)] }, emptyAccount(STRANGER)],
    },
    hub: HUB,
    groups: groups.map(({ name }) => name),
    targets: ids,
    ofKind: { production: ofKind('production'), staging: ofKind('staging'), sandbox: ofKind('sandbox') },
    roles: arns,
    user: USER,
    workflowUser: WORKFLOW_USER,
    auditorRole: `${HUB_ARN}:role/DriftAuditor`,
    fixerRole: `${HUB_ARN}:role/DriftFixer`,
    organizationRole: `arn:${PARTITION}:iam::${MANAGEMENT}:role/DriftOrganization`,
    organization: organizationOf(ids),
  };
}

function kindAt(index: number): Kind {
  return KINDS[index % KINDS.length] ?? 'production';
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

function roleOfKind(account: string, kind: Kind): RoleEstate {
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
  const start = (index: number) => Math.floor((index * arns.length) / count);
  return Array.from({ length: count }, (_value, index) => ({
    name: `micetro-${index + 1}`,
    members: [USER],
    managedPolicies: [],
    inlinePolicies: [{ name: 'assume-roles', document: assume(arns.slice(start(index), start(index + 1))) }],
  }));
}
