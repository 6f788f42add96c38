import type { Role as IamRole } from '@aws-sdk/client-iam';
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { pathOf } from '../iam/arn.ts';
import { parsePolicy } from '../policy/index.ts';
import type { LastUsed, Role, Target } from '../state/state.ts';
import { type AccountReader, readOrUndefined } from './account-reader.ts';
import { documentText } from './documents.ts';
import { readInlinePolicies, readInlinePolicy, readManagedPolicies } from './policies.ts';

/** A target with its role as it was read: nothing of what is desired of the role is left. */
export function asRead(target: Target, role: Role | null | undefined): Target {
  return { ...target, role: { name: target.role.name, value: role } };
}

/** Reads a target's role by three calls, and one for each inline policy. `null`: there is no such role; `undefined`: nothing of it could be read. */
export async function readRole(reader: AccountReader, partition: string, target: Target): Promise<Role | null | undefined> {
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
