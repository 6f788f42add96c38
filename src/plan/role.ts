import type { Role, Tag } from '../state/state.ts';
import { type Broken, byCalls, byPeople, documentText, type IamCall, type Repair } from './call.ts';
import { attach, type Entity, entityCall, putInline, sharedRepair } from './entity.ts';

/** Repairs of a target's role. */
export function roleRepair({ finding, desired, live }: Broken): Repair | undefined {
  const target = desired.state.targets.find(({ account }) => account === finding.account);
  const wanted = target?.role.found;
  const there = live.targets.find(({ account }) => account === finding.account)?.role.found;
  if (target === undefined || !wanted) return undefined;
  const entity: Entity = { kind: 'Role', account: target.account, name: target.roleName };
  switch (finding.rule) {
    case 'role-missing':
      return byCalls(...createRole(entity, wanted));
    case 'trust-changed':
    case 'trust-orphaned':
      return byCalls(entityCall(entity, () => 'iam:UpdateAssumeRolePolicy', { PolicyDocument: JSON.stringify(finding.desired) }));
    case 'role-path-changed':
      return byPeople('A path can only be changed by deleting and re-creating the role, which a repair never does.');
    case 'role-session-duration-changed':
    case 'role-description-changed':
      return byCalls(updateRole(entity, wanted, there));
    case 'role-tag-missing':
    case 'role-tag-changed':
      return byCalls(
        entityCall(entity, (kind) => `iam:Tag${kind}`, { Tags: (wanted.tags ?? []).filter((tag) => tag === finding.desired).map(apiTag) }),
      );
    default:
      return sharedRepair(entity, finding, wanted.inlinePolicies ?? []);
  }
}

function createRole(entity: Entity, role: Role): IamCall[] {
  const create = entityCall(entity, (kind) => `iam:Create${kind}`, {
    Path: role.path,
    AssumeRolePolicyDocument: documentText(role.trust ?? {}),
    ...(role.description === undefined ? {} : { Description: role.description }),
    ...(role.maxSessionDuration === undefined ? {} : { MaxSessionDuration: role.maxSessionDuration }),
    ...(role.boundary ? { PermissionsBoundary: role.boundary } : {}),
    ...(role.tags === undefined ? {} : { Tags: role.tags.map(apiTag) }),
  });
  return [
    create,
    ...(role.managedPolicies?.required ?? []).map((arn) => attach(entity, arn)),
    ...(role.inlinePolicies ?? []).map((policy) => putInline(entity, policy)),
  ];
}

/** UpdateRole gets both values, so that neither can be taken for one to be cleared. */
function updateRole(entity: Entity, wanted: Role, there: Role | null | undefined): IamCall {
  const description = wanted.description ?? there?.description;
  const duration = wanted.maxSessionDuration ?? there?.maxSessionDuration;
  return entityCall(entity, (kind) => `iam:Update${kind}`, {
    ...(description === undefined ? {} : { Description: description }),
    ...(duration === undefined ? {} : { MaxSessionDuration: duration }),
  });
}

function apiTag({ key, value }: Tag): { Key: string; Value: string } {
  return { Key: key, Value: value };
}
