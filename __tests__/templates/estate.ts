import { accountIn, type Estate, type RoleEstate, withDrift } from '../../dev/aws/estate.ts';
import { guideEstate, trustAccount } from '../../dev/aws/guide.ts';
import { mapping, outputsOf, resourcesOf, type Template, template } from './stack.ts';

/** An estate whose own roles for the action are made by the stacks, as an organization that demands paths and boundaries has them. */

export const HUB = '111111111111';
/** The role in each target, with its path. */
export const TARGETS = new Map([
  ['222222222222', 'Micetro'],
  ['333333333333', 'ddi/MicetroLab'],
]);

const TEMPLATES = { hub: template('hub'), target: template('target') };
const inAccount = (account: string) => ({ partition: 'aws', account });

const OF_HUB = {
  GitHubRepository: 'your-org/your-repo',
  WithFixer: 'true',
  UserName: 'ddi/micetro',
  GroupName: 'ddi/micetro-targets',
  RolePath: '/ddi/tools/',
  RoleBoundary: 'policy/org-limit',
  TargetAuditorRoleName: 'ddi/AssumeRoleAuditor',
  TargetFixerRoleName: 'ddi/AssumeRoleFixer',
};
const hubOutputs = outputsOf(TEMPLATES.hub, OF_HUB, inAccount(HUB));
const OF_TARGET = {
  HubAccount: HUB,
  HubAuditorRoleName: String(hubOutputs.HubAuditorRoleName),
  HubFixerRoleName: String(hubOutputs.HubFixerRoleName),
  RoleName: 'Micetro,ddi/*',
  ExternalId: 'drift-audit',
  WithFixer: 'true',
  RolePath: '/ddi/',
  RoleBoundary: 'policy/org-limit',
  RequiredBoundaryArn: 'policy/micetro-limit',
};
const targetOutputs = outputsOf(TEMPLATES.target, OF_TARGET, inAccount('222222222222'));

export const AUDITOR_ROLE = String(hubOutputs.AuditorRoleArn);
export const FIXER_ROLE = String(hubOutputs.FixerRoleArn);
export const TARGET_FIXER = 'ddi/AssumeRoleFixer';

/** The file, of what the stacks print. */
export const FILE = [
  'version: 1',
  hubOutputs.FileHub,
  targetOutputs.FileAuditor,
  targetOutputs.FileFixer,
  'defaults: { permissionsBoundary: policy/micetro-limit }',
  'targets:',
  ...[...TARGETS].map(([account, role]) => {
    const [name = '', path] = role.split('/').toReversed();
    return `  - { account: "${account}", roleName: ${name}${path === undefined ? '' : `, path: /${path}/`} }`;
  }),
].join('\n');

/** The role that the stack makes, as plain data. */
function madeRole(from: Template, given: Readonly<Record<string, string>>, account: string, id: 'Auditor' | 'Fixer'): RoleEstate {
  const properties = resourcesOf(from, given, inAccount(account))[id] ?? {};
  const [policy] = Array.isArray(properties.Policies) ? properties.Policies : [];
  return {
    name: String(properties.RoleName),
    path: String(properties.Path),
    trust: mapping(properties.AssumeRolePolicyDocument),
    managedPolicies: [],
    inlinePolicies: [{ name: 'drift', document: mapping(mapping(policy).PolicyDocument) }],
    boundary: String(properties.PermissionsBoundary),
  };
}

const ALL = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const TOOLS = ['Auditor', 'Fixer'] as const;

/** Everything in it is as the file says. */
export function stackEstate(): Estate {
  const { estate } = guideEstate({ hub: HUB, targets: [...TARGETS.keys()], repository: 'your-org/your-repo' });
  return withDrift(estate, (draft) => {
    const hub = accountIn(draft, HUB);
    hub.policies.push({ name: 'org-limit', document: ALL });
    hub.roles = TOOLS.map((id) => madeRole(TEMPLATES.hub, OF_HUB, HUB, id));
    hub.users = hub.users.filter(({ name }) => name === 'micetro').map((user) => ({ ...user, path: '/ddi/' }));
    for (const group of hub.groups) {
      group.path = '/ddi/';
      group.inlinePolicies = [...TARGETS].map(([account, role]) => ({ name: account, document: grant(account, role) }));
    }
    for (const [account, role] of TARGETS) {
      const target = accountIn(draft, account);
      const [name = '', path] = role.split('/').toReversed();
      const managedPolicies = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map((policy) => `arn:aws:iam::aws:policy/${policy}`);
      target.policies.push({ name: 'org-limit', document: ALL }, { name: 'micetro-limit', document: ALL });
      target.roles = [
        {
          name,
          path: path === undefined ? '/' : `/${path}/`,
          trust: trustAccount('aws', HUB),
          managedPolicies,
          inlinePolicies: [],
          boundary: `arn:aws:iam::${account}:policy/micetro-limit`,
        },
        ...TOOLS.map((id) => madeRole(TEMPLATES.target, OF_TARGET, account, id)),
      ];
    }
  });
}

function grant(account: string, role: string): Record<string, unknown> {
  const statement = { Sid: '', Effect: 'Allow', Action: 'sts:AssumeRole', Resource: `arn:aws:iam::${account}:role/${role}` };
  return { Version: '2012-10-17', Statement: [statement] };
}
