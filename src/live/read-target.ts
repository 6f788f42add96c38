import type { Role as IamRole } from '@aws-sdk/client-iam';
import { GetRoleCommand, GetRolePolicyCommand, ListAttachedRolePoliciesCommand, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import type { AwsAccess } from '../aws/access.ts';
import { checkAnsweredBy, present } from '../aws/answers.ts';
import { entityArn, pathOf } from '../iam/arn.ts';
import { parsePolicy } from '../policy/index.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { Role, Target } from '../state/state.ts';
import { type AccountReader, createAccountReader, readOrUndefined } from './account-reader.ts';
import { documentText } from './documents.ts';
import { readInlinePolicies, readManagedPolicies } from './policies.ts';

export interface TargetReading {
  readonly target: Target;
  readonly errors: readonly ReadError[];
}

/**
 * Reads one target with the auditor role in its account: four calls and one for each inline policy, in at most three rounds.
 *
 * @param target the desired target, which names the role
 */
export async function readTarget(access: AwsAccess, auditor: AssumableRole, target: Target): Promise<TargetReading> {
  const auditorArn = entityArn(access.partition, target.account, 'role', auditor.roleName);
  const session = access.assume(auditorArn, auditor.externalId);
  const reader = createAccountReader({ scope: 'target', session, assumedBy: access.hub.principal, externalId: auditor.externalId });
  const opened = await reader.read('sts:AssumeRole', auditorArn, () => session.open());
  const found = opened.kind === 'read' ? await readRole(reader, access.partition, target) : undefined;
  return { target: { ...target, role: { name: target.roleName, value: found } }, errors: reader.errors };
}

async function readRole(reader: AccountReader, partition: string, target: Target): Promise<Role | null | undefined> {
  const { session } = reader;
  const arn = target.roleArn;
  const name = { RoleName: target.roleName };
  const [facts, managed, inline] = await Promise.all([
    reader.read('iam:GetRole', arn, async () => {
      const role = present((await session.iam(new GetRoleCommand(name))).Role, 'role');
      checkAnsweredBy(target.account, role.Arn);
      return factsOf(role, partition);
    }),
    readManagedPolicies(reader, 'Role', arn, (Marker) => session.iam(new ListAttachedRolePoliciesCommand({ ...name, Marker }))),
    readInlinePolicies(
      reader,
      'Role',
      arn,
      (Marker) => session.iam(new ListRolePoliciesCommand({ ...name, Marker })),
      (PolicyName) => session.iam(new GetRolePolicyCommand({ ...name, PolicyName })),
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
function unreadFacts(desiredArn: string): Facts {
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
