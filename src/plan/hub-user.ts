import { nameOf } from '../state/arn.ts';
import type { User } from '../state/state.ts';
import { type Broken, byCalls, byPeople, type IamCall, type Repair } from './call.ts';
import { attach, type Entity, entityCall, putInline, sharedRepair } from './entity.ts';

/** Repairs of the rules `hub-user-…`. */
export function hubUserRepair({ finding, desired, live }: Broken): Repair | undefined {
  const { account, user } = desired.state.hub;
  const entity: Entity = { kind: 'User', account, name: user.name };
  if (!user.found) return undefined;
  switch (finding.rule) {
    case 'hub-user-missing':
      return byCalls(
        ...createUser(
          entity,
          user.found,
          live.hub.groups.filter(({ found }) => found !== null).map(({ name }) => name),
        ),
      );
    case 'hub-user-group-extra':
      return byCalls({
        action: 'iam:RemoveUserFromGroup',
        account,
        input: { GroupName: nameOf(finding.resource), UserName: user.name },
      });
    case 'hub-user-login-extra':
      return byPeople('A console password is never taken away by a repair: ask whoever uses it.');
    case 'hub-user-key-missing':
    case 'hub-user-key-extra':
    case 'hub-user-key-old':
      return byPeople('Access keys are never touched by a repair: create, rotate or remove them by hand.');
    default:
      return sharedRepair(entity, finding, user.found.inlinePolicies ?? []);
  }
}

/** The user without a key, and its memberships: what a key opens is a decision of people. */
function createUser(entity: Entity, user: User, groups: readonly string[]): IamCall[] {
  const boundary = user.boundary ? { PermissionsBoundary: user.boundary } : {};
  return [
    entityCall(entity, (kind) => `iam:Create${kind}`, boundary),
    ...(user.managedPolicies?.required ?? []).map((arn) => attach(entity, arn)),
    ...(user.inlinePolicies ?? []).map((policy) => putInline(entity, policy)),
    ...groups.map(
      (group): IamCall => ({ action: 'iam:AddUserToGroup', account: entity.account, input: { GroupName: group, UserName: entity.name } }),
    ),
  ];
}
