import type { AwsAccess } from '../aws/access.ts';
import { accountOf, entityArn } from '../iam/arn.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { ManagedPolicy, Target, ToolTrust } from '../state/state.ts';
import type { AccountPart } from '../state/targets.ts';
import { requiredPolicies, rolesOf } from '../state/used-policies.ts';
import { type AccountReader, createAccountReader } from './account-reader.ts';
import { readContents, readReadableContents } from './policy-contents.ts';
import { asRead, readRole, readRoleFacts } from './read-role.ts';

/** What one session reads. */
export interface AccountReading extends AccountPart {
  readonly errors: readonly ReadError[];
}

/**
 * Reads the targets of one account with the auditor role there. Of each role three calls, and one for each inline policy; of the account one to assume the
 * auditor's role, two for each customer managed policy whose content the file states, and one for each of the action's own roles of which the file says who
 * may assume it. At most four rounds.
 *
 * @param desired names the roles, and says which contents are compared
 * @param contents `all`: of every policy that the roles have, as far as the auditor may read them
 */
export async function readAccount(
  access: AwsAccess,
  auditor: AssumableRole,
  desired: AccountPart,
  contents: 'stated' | 'all' = 'stated',
): Promise<AccountReading> {
  const { account } = desired.account;
  const reader = targetReader(access, auditor, account);
  const { session } = reader;
  const opened = await reader.read('sts:AssumeRole', session.principal, () => session.open());
  if (opened.kind !== 'read') {
    return { account: { account }, targets: desired.targets.map((target) => asRead(target, undefined)), errors: reader.errors };
  }
  const [{ targets, policies }, toolTrusts] = await Promise.all([
    contents === 'all' ? readWithAllContents(reader, access, desired) : readWithContents(reader, access, desired),
    desired.account.toolTrusts && Promise.all(desired.account.toolTrusts.map((tool) => readToolTrust(reader, access.partition, tool))),
  ]);
  return {
    account: { account, ...(policies === undefined ? {} : { policies }), ...(toolTrusts === undefined ? {} : { toolTrusts }) },
    targets,
    errors: reader.errors,
  };
}

interface TargetsWithContents {
  readonly targets: readonly Target[];
  readonly policies: readonly ManagedPolicy[] | undefined;
}

/** The policies of the hub account are the hub's, and are read with it. */
async function readWithAllContents(reader: AccountReader, access: AwsAccess, desired: AccountPart): Promise<TargetsWithContents> {
  const { account } = desired.account;
  const targets = await readRoles(reader, access.partition, desired.targets);
  const used = account === access.account ? [] : rolesOf(targets).flatMap(requiredPolicies);
  const own = used.filter((arn) => accountOf(arn) === account);
  return { targets, policies: await readReadableContents(reader, [...new Set(own)]) };
}

/** Contents of optional policies are read only if these are attached. */
async function readWithContents(reader: AccountReader, access: AwsAccess, desired: AccountPart): Promise<TargetsWithContents> {
  const { policies: stated } = desired.account;
  const required = new Set(rolesOf(desired.targets).flatMap(requiredPolicies));
  const [targets, first] = await Promise.all([
    readRoles(reader, access.partition, desired.targets),
    readContents(reader, stated?.filter(({ arn }) => required.has(arn)) ?? []),
  ]);
  const attached = new Set(rolesOf(targets).flatMap(requiredPolicies));
  const further = await readContents(reader, stated?.filter(({ arn }) => !required.has(arn) && attached.has(arn)) ?? []);
  return { targets, policies: stated && [...first, ...further] };
}

/** What fails of one role alone is recorded as that role's. */
function readRoles(reader: AccountReader, partition: string, targets: readonly Target[]): Promise<readonly Target[]> {
  return Promise.all(
    targets.map(async (target) => {
      const ofRole = reader.ofRole(target.roleName);
      const role = await readRole(ofRole, partition, target);
      reader.record(ofRole.errors);
      return asRead(target, role);
    }),
  );
}

/** Who may assume one of the action's own roles. */
async function readToolTrust(reader: AccountReader, partition: string, tool: ToolTrust): Promise<ToolTrust> {
  const facts = await readRoleFacts(reader, tool.roleName, tool.roleArn, partition);
  if (facts.kind === 'read') return { ...tool, roleArn: facts.value.arn, trust: facts.value.trust };
  return { ...tool, trust: facts.kind === 'missing' ? null : undefined };
}

/** Reads with the auditor role in an account of targets. */
export function targetReader(access: AwsAccess, auditor: AssumableRole, account: string): AccountReader {
  const session = access.assume(entityArn(access.partition, account, 'role', auditor.roleName, auditor.path), auditor.externalId);
  return createAccountReader({ scope: 'target', session, assumedBy: access.hub.principal, externalId: auditor.externalId });
}
