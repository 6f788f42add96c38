import { CALLS, type CallGroup } from '../permissions/calls.ts';
import { boundaryGuard, guidePolicies, type Names, type PolicyDocument, policyOf } from '../permissions/policy.ts';
import { hubTrust, type Repository, subjects, workflowTrust } from '../permissions/trust.ts';
import { jsonText } from './json-text.ts';
import { table } from './regions.ts';

/** The names of the documentation's example. */
const NAMES: Names = {
  partition: 'aws',
  hub: '111111111111',
  user: 'micetro',
  groups: ['micetro-targets'],
  roles: ['Micetro'],
  target: '*',
  auditorRole: 'AssumeRoleAuditor',
  fixerRole: 'AssumeRoleFixer',
  attachable: guidePolicies('aws'),
};
const REPOSITORY: Repository = { owner: 'acme', name: 'access', ids: { owner: '123456', repository: '456789' } };
const EXTERNAL_ID = 'drift-audit';
const ENVIRONMENT = 'aws-repair';

/** The policies that the documentation shows, by the name of their region. Each is a block that names the policy. */
export function policyRegions(): [region: string, markdown: string][] {
  const branch = 'ref:refs/heads/main';
  const environment = `environment:${ENVIRONMENT}`;
  const documents = {
    'hub-auditor-trust': workflowTrust(NAMES, 'sts.amazonaws.com', subjects(REPOSITORY, branch)),
    'hub-auditor-permissions': policyOf('auditor', 'hub', NAMES),
    'target-auditor-trust': hubTrust(NAMES, 'DriftAuditor', EXTERNAL_ID),
    'target-auditor-permissions': policyOf('auditor', 'target', NAMES),
    'organization-delegation': delegation(policyOf('auditor', 'organization', NAMES), NAMES),
    'hub-fixer-trust': workflowTrust(NAMES, 'sts.amazonaws.com', subjects(REPOSITORY, environment)),
    'hub-fixer-permissions': policyOf('fixer', 'hub', NAMES),
    'target-fixer-trust': hubTrust(NAMES, 'DriftFixer', EXTERNAL_ID),
    'target-fixer-permissions': policyOf('fixer', 'target', NAMES),
    'target-fixer-boundary': boundaryGuard(NAMES, 'arn:aws:iam::*:policy/micetro-limit'),
  };
  return Object.entries(documents).map(([name, document]) => [
    `policy-${name}`,
    `<!-- policy: ${name} -->\n\`\`\`json\n${jsonText(document)}\n\`\`\``,
  ]);
}

/** The same as a resource-based delegation policy of the organization, for the hub account. */
function delegation({ Version, Statement }: PolicyDocument, { partition, hub }: Names): object {
  const Principal = { AWS: `arn:${partition}:iam::${hub}:root` };
  return { Version, Statement: Statement.map(({ Sid, Effect, ...rest }) => ({ Sid, Effect, Principal, ...rest })) };
}

const ON: Readonly<Record<CallGroup['on'], string>> = {
  user: 'the hub user',
  groups: 'the hub groups',
  'any-group': 'any group of the hub account',
  'managed-policies': "AWS's managed policies and the hub account's",
  all: 'every resource',
  'target-tool-role': 'the auditor or fixer role of the targets',
  'organization-role': 'the role under `organization-role`',
  'tool-roles': 'the auditor and the fixer role in the target',
  role: 'the role in the target',
  'target-policies': "the target's own managed policies",
  'attachable-policies': 'the managed policies of the list that may be attached',
  anything: 'everything: AWS limits this call to nothing',
};

/** Every call that the auditors, or the fixers, make: where, on what and why. */
export function callTable(role: 'auditor' | 'fixer'): string {
  const rows = CALLS.filter(({ by }) => by.includes(role)).flatMap(({ place, on, limit, calls }) =>
    Object.entries(calls).map(([action, why]) => [
      `\`${action}\``,
      place,
      limit === undefined ? ON[on] : `${ON[on]}, policies of a list`,
      why,
    ]),
  );
  return table(['Call', 'In', 'On', 'For'], rows);
}
