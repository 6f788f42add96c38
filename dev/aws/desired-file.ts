import type { GroupEstate } from './estate.ts';
import { STATED, type TargetRole } from './stated.ts';

export interface DesiredFile {
  readonly partition: string;
  readonly hub: string;
  readonly user: string;
  readonly groups: readonly GroupEstate[];
  readonly roleName: string;
  readonly granted: readonly TargetRole[];
  readonly externalId: string | undefined;
  readonly fixer: boolean;
  /** Whether the optional parts are stated (see `STATED`). */
  readonly everything: boolean;
  readonly userBoundary: boolean;
}

/** The text of the desired-state file that an estate of the guide fulfils. */
export function desiredFile(file: DesiredFile): string {
  const defaults = defaultLines(file);
  return [
    'version: 1',
    'hub:',
    `  account: "${file.hub}"`,
    ...(file.partition === 'aws' ? [] : [`  partition: ${file.partition}`]),
    ...userLines(file),
    ...groupLines(file),
    ...(file.everything ? [`  otherCallers: [role/${STATED.caller.name}]`] : []),
    ...(isPacked(file.groups) ? ['  grants: { layout: packed }'] : []),
    ...toolRole(file, 'auditor'),
    ...(file.fixer ? toolRole(file, 'fixer') : []),
    ...(defaults.length === 0 ? [] : ['defaults:', ...defaults]),
    ...(file.everything ? [`policies: { policy/${STATED.role.policy.name}: ${JSON.stringify(STATED.role.policy.document)} }`] : []),
    'targets:',
    ...file.granted.map(({ account, roleName }) =>
      roleName === file.roleName ? `  - "${account}"` : `  - { account: "${account}", roleName: ${roleName} }`,
    ),
    '',
  ].join('\n');
}

function isPacked(groups: readonly GroupEstate[]): boolean {
  return groups.some(({ inlinePolicies }) => inlinePolicies.some(({ name }) => name === 'assume-packed'));
}

function toolRole({ externalId, everything, partition, hub }: DesiredFile, tool: 'auditor' | 'fixer'): string[] {
  const [roleName, hubRole] = tool === 'auditor' ? ['AssumeRoleAuditor', 'DriftAuditor'] : ['AssumeRoleFixer', 'DriftFixer'];
  const keys = [
    ...(externalId === undefined ? [] : [`externalId: "${externalId}"`]),
    ...(everything ? [`trustedBy: "arn:${partition}:iam::${hub}:role/${hubRole}"`] : []),
  ];
  return keys.length === 0 ? [] : [`${tool}: { roleName: ${roleName}, ${keys.join(', ')} }`];
}

function userLines({ user, everything, userBoundary }: DesiredFile): string[] {
  if (!everything) return [`  user: ${user}`];
  return [
    '  user:',
    `    name: ${user}`,
    `    inlinePolicies: ${flow(STATED.user.inlinePolicies)}`,
    `    accessKeys: { min: 1, max: 1, maxAgeDays: ${STATED.user.maxKeyAgeDays} }`,
    ...(userBoundary ? [`    permissionsBoundary: ${STATED.boundary}`] : []),
  ];
}

function groupLines({ groups, everything, user }: DesiredFile): string[] {
  const [first = '', ...more] = groups.map(({ name }) => name);
  if (!everything) return [more.length === 0 ? `  group: ${first}` : `  groups: [${[first, ...more].join(', ')}]`];
  const { managedPolicies, inlinePolicies } = STATED.group;
  const whole = `{ name: ${first}, members: [${user}], managedPolicies: [${managedPolicies.join(', ')}], inlinePolicies: ${flow(inlinePolicies)} }`;
  return more.length === 0 ? [`  group: ${whole}`] : ['  groups:', `    - ${whole}`, ...more.map((name) => `    - ${name}`)];
}

function defaultLines({ roleName, everything }: DesiredFile): string[] {
  const { role, boundary } = STATED;
  return [
    ...(roleName === 'Micetro' ? [] : [`  roleName: ${roleName}`]),
    ...(everything
      ? [
          `  managedPolicies: { required: [AmazonRoute53FullAccess, AmazonEC2FullAccess, policy/${role.policy.name}], optional: [IAMReadOnlyAccess] }`,
          `  inlinePolicies: ${flow(role.inlinePolicies)}`,
          `  permissionsBoundary: ${boundary}`,
          `  maxSessionDuration: ${role.maxSessionDuration}`,
          `  description: "${role.description}"`,
          `  tags: { ${role.tags.map(({ key, value }) => `${key}: ${value}`).join(', ')} }`,
        ]
      : []),
  ];
}

/** JSON is YAML. */
function flow(policies: readonly { readonly name: string; readonly document: unknown }[]): string {
  return `{ ${policies.map(({ name, document }) => `${name}: ${JSON.stringify(document)}`).join(', ')} }`;
}
