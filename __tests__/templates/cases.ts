import { boundaryGuard, guidePolicies, type Names, type PolicyDocument, policyOf, toolRoleGuard } from '../../dev/permissions/policy.ts';
import { hubTrust, type Repository, subjects, type TrustDocument, workflowTrust } from '../../dev/permissions/trust.ts';

/** What the templates are given, in the words of CloudFormation and of Terraform, and what has to come of it. */
export interface Case {
  readonly name: string;
  readonly partition: string;
  readonly cloudFormation: Readonly<Record<string, string>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly auditor: Made;
  /** `undefined` where none is asked for. */
  readonly fixer: Made | undefined;
}

export interface Made {
  readonly trust: TrustDocument;
  readonly policy: PolicyDocument;
  readonly path: string;
  /** ARN of its permissions boundary. */
  readonly boundary: string | undefined;
}

export const HUB = '111111111111';
export const TARGET = '222222222222';

const NAMES: Names = {
  partition: 'aws',
  hub: HUB,
  user: 'micetro',
  groups: ['micetro-targets'],
  roles: ['Micetro'],
  target: TARGET,
  auditorRole: 'AssumeRoleAuditor',
  fixerRole: 'AssumeRoleFixer',
  attachable: guidePolicies('aws'),
};

const BARE: Repository = { owner: 'your-org', name: 'your-repo', ids: undefined };
const NUMBERED: Repository = { ...BARE, ids: { owner: '123456', repository: '456789' } };
const MAIN = 'ref:refs/heads/main';
const ENVIRONMENT = 'environment:aws-repair';
const repository = { GitHubRepository: 'your-org/your-repo' };
const repositoryInTerraform = { github_repository: 'your-org/your-repo' };

interface HubCase {
  readonly names?: Partial<Names>;
  readonly audience?: string;
  readonly auditors: readonly string[];
  readonly fixers?: readonly string[];
  readonly withoutLookup?: true;
  readonly place?: Place;
}

/** Where the roles are made, and within what. */
type Place = Pick<Made, 'path' | 'boundary'>;

const NO_PLACE: Place = { path: '/', boundary: undefined };

function auditorPolicy(place: 'hub' | 'target', names: Names, withoutLookup: true | undefined): PolicyDocument {
  const policy = policyOf('auditor', place, names);
  return withoutLookup ? { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== 'LookUpEvents') } : policy;
}

function hubCase(
  name: string,
  cloudFormation: object,
  terraform: object,
  { names: own, audience, auditors, fixers, withoutLookup, place = NO_PLACE }: HubCase,
): Case {
  const names = { ...NAMES, ...own };
  const trust = (subs: readonly string[]) => workflowTrust(names, audience ?? 'sts.amazonaws.com', subs);
  return {
    name,
    partition: names.partition,
    cloudFormation: { ...repository, ...cloudFormation },
    terraform: { ...repositoryInTerraform, ...terraform },
    auditor: { trust: trust(auditors), policy: auditorPolicy('hub', names, withoutLookup), ...place },
    fixer: fixers && { trust: trust(fixers), policy: policyOf('fixer', 'hub', names), ...place },
  };
}

const ORGANIZATION_ROLE = 'arn:aws:iam::999999999999:role/DriftOrganization';
const OTHER_GROUPS = ['ddi/america', 'readers'];
const CUSTOMER = [`arn:aws:iam::${HUB}:policy/micetro-read`, 'arn:aws:iam::aws:policy/IAMReadOnlyAccess'];
const IN_CHINA = { partition: 'aws-cn', attachable: guidePolicies('aws-cn') };

export const HUB_CASES: readonly Case[] = [
  hubCase('the least', {}, {}, { auditors: subjects(BARE, MAIN) }),
  hubCase(
    'a repository with its numbers',
    { GitHubOwnerId: '123456', GitHubRepositoryId: '456789' },
    { github_owner_id: '123456', github_repository_id: '456789' },
    { auditors: subjects(NUMBERED, MAIN) },
  ),
  hubCase(
    'another branch, pull requests, and no look-ups in CloudTrail',
    { GitHubBranch: 'trunk', AllowPullRequests: 'true', WithEventLookup: 'false' },
    { github_branch: 'trunk', allow_pull_requests: true, with_event_lookup: false },
    { withoutLookup: true, auditors: subjects(BARE, 'ref:refs/heads/trunk', 'pull_request') },
  ),
  hubCase(
    'a fixer for the branch',
    { WithFixer: 'true' },
    { with_fixer: true },
    { auditors: subjects(BARE, MAIN), fixers: subjects(BARE, MAIN) },
  ),
  hubCase(
    'all at once',
    {
      GitHubOwnerId: '123456',
      GitHubRepositoryId: '456789',
      AllowPullRequests: 'true',
      WithFixer: 'true',
      GitHubEnvironment: 'aws-repair',
      UserName: 'ddi/micetro',
      GroupName: 'europe',
      MoreGroupArns: OTHER_GROUPS.map((group) => `arn:aws:iam::${HUB}:group/${group}`).join(','),
      TargetAuditorRoleName: 'ddi/Reader',
      TargetFixerRoleName: 'ddi/Mender',
      AttachablePolicyArns: CUSTOMER.join(','),
      OrganizationRoleArn: ORGANIZATION_ROLE,
      RolePath: '/ddi/tools/',
      RoleBoundary: 'policy/org/limit',
    },
    {
      github_owner_id: '123456',
      github_repository_id: '456789',
      allow_pull_requests: true,
      with_fixer: true,
      github_environment: 'aws-repair',
      user_name: 'ddi/micetro',
      group_names: ['europe', ...OTHER_GROUPS],
      target_auditor_role_name: 'ddi/Reader',
      target_fixer_role_name: 'ddi/Mender',
      attachable_policy_arns: CUSTOMER,
      organization_role_arn: ORGANIZATION_ROLE,
      role_path: '/ddi/tools/',
      role_boundary: 'policy/org/limit',
    },
    {
      names: {
        user: 'ddi/micetro',
        groups: ['europe', ...OTHER_GROUPS],
        auditorRole: 'ddi/Reader',
        fixerRole: 'ddi/Mender',
        attachable: CUSTOMER,
        organizationRole: ORGANIZATION_ROLE,
      },
      place: { path: '/ddi/tools/', boundary: `arn:aws:iam::${HUB}:policy/org/limit` },
      auditors: subjects(NUMBERED, MAIN, ENVIRONMENT, 'pull_request'),
      fixers: subjects(NUMBERED, ENVIRONMENT),
    },
  ),
  hubCase(
    'another partition, with its provider',
    {
      WithFixer: 'true',
      Audience: 'sts.amazonaws.com.cn',
      OidcProviderArn: `arn:aws-cn:iam::${HUB}:oidc-provider/token.actions.githubusercontent.com`,
    },
    {
      with_fixer: true,
      audience: 'sts.amazonaws.com.cn',
      oidc_provider_arn: `arn:aws-cn:iam::${HUB}:oidc-provider/token.actions.githubusercontent.com`,
    },
    { names: IN_CHINA, audience: 'sts.amazonaws.com.cn', auditors: subjects(BARE, MAIN), fixers: subjects(BARE, MAIN) },
  ),
];

export const MANAGEMENT = '999999999999';

function organizationCase(
  name: string,
  cloudFormation: object,
  terraform: object,
  hubRole: string,
  place: Place = NO_PLACE,
  partition = 'aws',
): Case {
  const names = { ...NAMES, partition };
  return {
    name,
    partition,
    cloudFormation: { HubAccount: HUB, ...cloudFormation },
    terraform: { hub_account: HUB, ...terraform },
    auditor: { trust: hubTrust(names, hubRole, undefined), policy: policyOf('auditor', 'organization', names), ...place },
    fixer: undefined,
  };
}

export const ORGANIZATION_CASES: readonly Case[] = [
  organizationCase('the least', {}, {}, 'DriftAuditor'),
  organizationCase(
    'all at once, in another partition',
    { HubAuditorRoleName: 'ddi/Reader', OrganizationRoleName: 'Lister', RolePath: '/ddi/', RoleBoundary: 'policy/limit' },
    { hub_auditor_role_name: 'ddi/Reader', organization_role_name: 'Lister', role_path: '/ddi/', role_boundary: 'policy/limit' },
    'ddi/Reader',
    { path: '/ddi/', boundary: `arn:aws-cn:iam::${MANAGEMENT}:policy/limit` },
    'aws-cn',
  ),
];

interface TargetCase {
  readonly names?: Partial<Names>;
  readonly hubRoles?: readonly [auditor: string, fixer: string];
  readonly externalId?: string;
  readonly withFixer?: boolean;
  /** The one that the fixer keeps. */
  readonly boundary?: string;
  readonly withoutLookup?: true;
  readonly place?: Place;
}

function targetCase(name: string, cloudFormation: object, terraform: object, made: TargetCase): Case {
  const { names: own, hubRoles = ['DriftAuditor', 'DriftFixer'], externalId, boundary, place = NO_PLACE } = made;
  const names = { ...NAMES, ...own };
  const fixer = policyOf('fixer', 'target', names);
  const guards = [toolRoleGuard(names), ...(boundary === undefined ? [] : boundaryGuard(names, boundary).Statement)];
  return {
    name,
    partition: names.partition,
    cloudFormation: { HubAccount: HUB, ...cloudFormation },
    terraform: { hub_account: HUB, ...terraform },
    auditor: { trust: hubTrust(names, hubRoles[0], externalId), policy: auditorPolicy('target', names, made.withoutLookup), ...place },
    fixer: made.withFixer
      ? { trust: hubTrust(names, hubRoles[1], externalId), policy: { ...fixer, Statement: [...fixer.Statement, ...guards] }, ...place }
      : undefined,
  };
}

const LIMIT = `arn:aws:iam::${TARGET}:policy/micetro-limit`;

export const TARGET_CASES: readonly Case[] = [
  targetCase('the least', {}, {}, {}),
  targetCase('an external id', { ExternalId: 'drift-audit' }, { external_id: 'drift-audit' }, { externalId: 'drift-audit' }),
  targetCase('a fixer', { WithFixer: 'true' }, { with_fixer: true }, { withFixer: true }),
  targetCase(
    'all at once',
    {
      RoleName: 'ddi/MicetroProd',
      HubAuditorRoleName: 'Reader',
      HubFixerRoleName: 'Mender',
      ExternalId: 'drift-audit',
      WithFixer: 'true',
      AttachablePolicyArns: CUSTOMER.join(','),
      RequiredBoundaryArn: LIMIT,
      WithEventLookup: 'false',
    },
    {
      role_names: ['ddi/MicetroProd'],
      hub_auditor_role_name: 'Reader',
      hub_fixer_role_name: 'Mender',
      external_id: 'drift-audit',
      with_fixer: true,
      attachable_policy_arns: CUSTOMER,
      required_boundary_arn: LIMIT,
      with_event_lookup: false,
    },
    {
      names: { roles: ['ddi/MicetroProd'], attachable: CUSTOMER },
      hubRoles: ['Reader', 'Mender'],
      externalId: 'drift-audit',
      withFixer: true,
      boundary: LIMIT,
      withoutLookup: true,
    },
  ),
  targetCase(
    'several roles, and a path and a boundary for those made',
    {
      RoleName: 'Micetro,ddi/MicetroProd,lab/*',
      HubAuditorRoleName: 'ddi/DriftAuditor',
      HubFixerRoleName: 'ddi/DriftFixer',
      WithFixer: 'true',
      RolePath: '/ddi/',
      RoleBoundary: 'policy/limit',
      RequiredBoundaryArn: 'policy/micetro-limit',
    },
    {
      role_names: ['Micetro', 'ddi/MicetroProd', 'lab/*'],
      hub_auditor_role_name: 'ddi/DriftAuditor',
      hub_fixer_role_name: 'ddi/DriftFixer',
      with_fixer: true,
      role_path: '/ddi/',
      role_boundary: 'policy/limit',
      required_boundary_arn: 'policy/micetro-limit',
    },
    {
      names: {
        roles: ['Micetro', 'ddi/MicetroProd', 'lab/*'],
        auditorRole: 'ddi/AssumeRoleAuditor',
        fixerRole: 'ddi/AssumeRoleFixer',
      },
      hubRoles: ['ddi/DriftAuditor', 'ddi/DriftFixer'],
      withFixer: true,
      boundary: LIMIT,
      place: { path: '/ddi/', boundary: `arn:aws:iam::${TARGET}:policy/limit` },
    },
  ),
  targetCase(
    'as many roles as there may be',
    { RoleName: 'A,B,C,D,e/F*' },
    { role_names: ['A', 'B', 'C', 'D', 'e/F*'] },
    { names: { roles: ['A', 'B', 'C', 'D', 'e/F*'] } },
  ),
  targetCase('every role', { RoleName: '*' }, { role_names: ['*'] }, { names: { roles: ['*'] } }),
  targetCase('another partition', { WithFixer: 'true' }, { with_fixer: true }, { names: IN_CHINA, withFixer: true }),
];

/** The same document with lists wherever IAM takes one, and in one order: what the templates write is compared word for word but for that. */
export function listed(document: unknown): unknown {
  if (Array.isArray(document)) return document.map(listed);
  if (typeof document !== 'object' || document === null) return document;
  const values = (key: string, value: unknown) =>
    key === 'Effect' || key === 'Version' || key === 'Sid' || (typeof value === 'object' && !Array.isArray(value))
      ? listed(value)
      : [listed(value)].flat();
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, values(key, value)]));
}
