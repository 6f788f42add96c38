import type { Role as IamRole } from '@aws-sdk/client-iam';
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../aws/access.ts';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { entityArn, pathOf } from '../iam/arn.ts';
import { parsePolicy } from '../policy/index.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { Role, Target, ToolTrust } from '../state/state.ts';
import { type AccountReader, createAccountReader, readOrUndefined } from './account-reader.ts';
import { documentText } from './documents.ts';
import { readInlinePolicies, readInlinePolicy, readManagedPolicies } from './policies.ts';

export interface TargetReading {
  readonly target: Target;
  readonly errors: readonly ReadError[];
}

/**
 * Reads one target with the auditor role in its account: four calls and one for each inline policy, in at most three rounds. One more for each of the
 * action's own roles of which the file says who may assume it.
 *
 * @param target the desired target, which names the roles
 */
export async function readTarget(access: AwsAccess, auditor: AssumableRole, target: Target): Promise<TargetReading> {
  const reader = targetReader(access, auditor, target.account);
  const { session } = reader;
  const opened = await reader.read('sts:AssumeRole', session.principal, () => session.open());
  const isOpen = opened.kind === 'read';
  const [found, toolTrusts] = await Promise.all([
    isOpen ? readRole(reader, access.partition, target) : undefined,
    Promise.all((target.toolTrusts ?? []).map((tool) => (isOpen ? readToolTrust(reader, access.partition, tool) : unreadTrust(tool)))),
  ]);
  const read = { ...target, role: { name: target.roleName, value: found } };
  return { target: target.toolTrusts === undefined ? read : { ...read, toolTrusts }, errors: reader.errors };
}

/** Who may assume one of the action's own roles. */
async function readToolTrust(reader: AccountReader, partition: string, tool: ToolTrust): Promise<ToolTrust> {
  const facts = await readRoleFacts(reader, tool.roleName, tool.roleArn, partition);
  if (facts.kind === 'read') return { ...tool, roleArn: facts.value.arn, trust: facts.value.trust };
  return facts.kind === 'missing' ? { ...tool, trust: null } : unreadTrust(tool);
}

function unreadTrust(tool: ToolTrust): ToolTrust {
  return { ...tool, trust: undefined };
}

/** Reads with the auditor role in a target account. */
export function targetReader(access: AwsAccess, auditor: AssumableRole, account: string): AccountReader {
  const session = access.assume(entityArn(access.partition, account, 'role', auditor.roleName), auditor.externalId);
  return createAccountReader({ scope: 'target', session, assumedBy: access.hub.principal, externalId: auditor.externalId });
}

async function readRole(reader: AccountReader, partition: string, target: Target): Promise<Role | null | undefined> {
  const { roleArn: arn, roleName: RoleName } = target;
  const [facts, managed, inline] = await Promise.all([
    readRoleFacts(reader, RoleName, arn, partition),
    readRoleManagedPolicies(reader, RoleName, arn),
    readInlinePolicies(
      reader,
      'Role',
      arn,
      (Marker) => reader.session.iam(new ListRolePoliciesCommand({ RoleName, Marker })),
      getPolicy(reader, RoleName),
    ),
  ]);
  const outcomes = [facts, managed, inline];
  if (outcomes.some((outcome) => outcome.kind === 'missing')) return null;
  if (facts.kind === 'failed' && facts.code === 'WrongAccount') return undefined;
  if (outcomes.every((outcome) => outcome.kind === 'failed')) return undefined;
  return {
    ...(readOrUndefined(facts) ?? unreadFacts(arn)),
    managedPolicies: readOrUndefined(managed),
    inlinePolicies: readOrUndefined(inline),
  };
}

/** What GetRole tells. */
export function readRoleFacts(reader: AccountReader, RoleName: string, arn: string, partition: string) {
  return reader.read('iam:GetRole', arn, async (): Promise<Facts> => {
    const role = present((await reader.session.iam(new GetRoleCommand({ RoleName }))).Role, 'role');
    checkAnsweredBy(reader.session.account, role.Arn);
    return factsOf(role, partition);
  });
}

export function readRoleManagedPolicies(reader: AccountReader, RoleName: string, arn: string) {
  const list = (Marker: string | undefined) => reader.session.iam(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
  return readManagedPolicies(reader, 'Role', arn, list);
}

export function readRoleInlinePolicy(reader: AccountReader, RoleName: string, arn: string, name: string) {
  return readInlinePolicy(reader, 'Role', arn, name, getPolicy(reader, RoleName));
}

function getPolicy({ session }: AccountReader, RoleName: string) {
  return (PolicyName: string) => session.iam(new GetRolePolicyCommand({ RoleName, PolicyName }));
}

type Facts = Omit<Role, 'managedPolicies' | 'inlinePolicies'>;

function factsOf(role: IamRole, partition: string): Facts {
  const arn = present(role.Arn, 'ARN');
  return {
    path: role.Path ?? pathOf(arn),
    arn,
    trust: parsePolicy(documentText(present(role.AssumeRolePolicyDocument, 'trust policy')), 'trust', { partition }),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    maxSessionDuration: present(role.MaxSessionDuration, 'maximum session duration'),
    description: role.Description ?? '',
    tags: (role.Tags ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' })),
  };
}

/** For a role that exists although GetRole was refused; its ARN is taken to be the desired one. */
export function unreadFacts(desiredArn: string): Facts {
  return {
    path: pathOf(desiredArn),
    arn: desiredArn,
    trust: undefined,
    boundary: undefined,
    maxSessionDuration: undefined,
    description: undefined,
    tags: undefined,
  };
}
