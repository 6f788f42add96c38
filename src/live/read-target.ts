import type { Role as IamRole } from '@aws-sdk/client-iam';
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../aws/access.ts';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { accountOf, entityArn, pathOf } from '../iam/arn.ts';
import { parsePolicy } from '../policy/index.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { LastUsed, Role, Target, ToolTrust } from '../state/state.ts';
import { requiredPolicies } from '../state/used-policies.ts';
import { type AccountReader, createAccountReader, readOrUndefined } from './account-reader.ts';
import { documentText } from './documents.ts';
import { readInlinePolicies, readInlinePolicy, readManagedPolicies } from './policies.ts';
import { readContents, readReadableContents } from './policy-contents.ts';

export interface TargetReading {
  readonly target: Target;
  readonly errors: readonly ReadError[];
}

/**
 * Reads one target with the auditor role in its account: four calls, one for each inline policy, and two for each customer managed policy whose content the
 * file states, in at most four rounds. One more for each of the action's own roles of which the file says who may assume it.
 *
 * @param target the desired target, which names the roles and says which contents are compared
 * @param contents `all`: of every policy that the role has, as far as the auditor may read them
 */
export async function readTarget(
  access: AwsAccess,
  auditor: AssumableRole,
  target: Target,
  contents: 'stated' | 'all' = 'stated',
): Promise<TargetReading> {
  const reader = targetReader(access, auditor, target.account);
  const { session } = reader;
  const opened = await reader.read('sts:AssumeRole', session.principal, () => session.open());
  const isOpen = opened.kind === 'read';
  const readContentsToo = contents === 'all' ? readRoleWithAllContents : readRoleWithContents;
  const [{ role, policies }, toolTrusts] = await Promise.all([
    isOpen ? readContentsToo(reader, access.partition, target) : { role: undefined, policies: undefined },
    Promise.all((target.toolTrusts ?? []).map((tool) => (isOpen ? readToolTrust(reader, access.partition, tool) : unreadTrust(tool)))),
  ]);
  const read = { role: { name: target.roleName, value: role }, policies, toolTrusts: target.toolTrusts && toolTrusts };
  return { target: asRead(target, read), errors: reader.errors };
}

/** What is read of a target. */
type ReadParts = Pick<Target, 'role'> & { readonly [K in 'policies' | 'toolTrusts']?: Target[K] | undefined };

/** A desired target as it was read: nothing of what is desired of its roles is left. */
export function asRead({ policies: _policies, toolTrusts: _trusts, ...target }: Target, { role, policies, toolTrusts }: ReadParts): Target {
  return { ...target, role, ...(policies === undefined ? {} : { policies }), ...(toolTrusts === undefined ? {} : { toolTrusts }) };
}

interface RoleWithContents {
  readonly role: Role | null | undefined;
  readonly policies: Target['policies'];
}

async function readRoleWithAllContents(reader: AccountReader, partition: string, target: Target): Promise<RoleWithContents> {
  const role = await readRole(reader, partition, target);
  const own = role ? requiredPolicies(role).filter((arn) => accountOf(arn) === target.account) : [];
  return { role, policies: await readReadableContents(reader, [...new Set(own)]) };
}

/** Contents of optional policies are read only if these are attached. */
async function readRoleWithContents(reader: AccountReader, partition: string, target: Target): Promise<RoleWithContents> {
  const stated = target.policies ?? [];
  const required = target.role.value ? requiredPolicies(target.role.value) : [];
  const [role, first] = await Promise.all([
    readRole(reader, partition, target),
    readContents(
      reader,
      stated.filter(({ arn }) => required.includes(arn)),
    ),
  ]);
  const attached = role ? requiredPolicies(role) : [];
  const further = await readContents(
    reader,
    stated.filter(({ arn }) => !required.includes(arn) && attached.includes(arn)),
  );
  return { role, policies: target.policies && [...first, ...further] };
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
  const session = access.assume(entityArn(access.partition, account, 'role', auditor.roleName, auditor.path), auditor.externalId);
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
    return factsOf(role, partition, reader.session.account);
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

function factsOf(role: IamRole, partition: string, account: string): Facts {
  const arn = present(role.Arn, 'ARN');
  return {
    path: role.Path ?? pathOf(arn),
    arn,
    trust: parsePolicy(documentText(present(role.AssumeRolePolicyDocument, 'trust policy')), 'trust', { partition, account }),
    boundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
    maxSessionDuration: present(role.MaxSessionDuration, 'maximum session duration'),
    description: role.Description ?? '',
    tags: (role.Tags ?? []).map((tag) => ({ key: tag.Key ?? '', value: tag.Value ?? '' })),
    lastUsed: lastUsedOf(role),
  };
}

function lastUsedOf({ RoleLastUsed }: IamRole): LastUsed | null {
  const { LastUsedDate, Region } = RoleLastUsed ?? {};
  return LastUsedDate === undefined ? null : { at: LastUsedDate.toISOString(), region: Region };
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
