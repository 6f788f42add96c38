import { nameOf } from '../state/arn.ts';
import { sameName } from '../state/names.ts';
import type { Group } from '../state/state.ts';
import { type Broken, byCalls, type IamCall, type Repair } from './call.ts';
import { attach, type Entity, entityCall, putInline, sharedRepair } from './entity.ts';

/** Repairs of the rules `hub-group-…`, but for inline policies: these are edits, see `group-edits.ts`. */
export function hubGroupRepair({ finding, desired }: Broken): Repair | undefined {
  const { hub } = desired.state;
  const name = nameOf(finding.entity);
  const wanted = hub.groups.find((group) => sameName(group.name, name))?.found;
  if (!wanted) return undefined;
  const entity: Entity = { kind: 'Group', account: hub.account, name };
  switch (finding.rule) {
    case 'hub-group-missing':
      return byCalls(...createGroup(entity, wanted));
    case 'hub-group-member-missing':
      return byCalls(membership('iam:AddUserToGroup', entity, finding.resource));
    case 'hub-group-member-extra':
      return byCalls(membership('iam:RemoveUserFromGroup', entity, finding.resource));
    default:
      return sharedRepair(entity, finding, []);
  }
}

/** With its members: a user that is missing, too, is created before (its finding comes first). */
function createGroup(entity: Entity, group: Group): IamCall[] {
  return [
    entityCall(entity, (kind) => `iam:Create${kind}`),
    ...(group.managedPolicies?.required ?? []).map((arn) => attach(entity, arn)),
    ...(group.inlinePolicies ?? []).map((policy) => putInline(entity, policy)),
    ...(group.members ?? []).map(({ arn }) => membership('iam:AddUserToGroup', entity, arn)),
  ];
}

function membership(action: IamCall['action'], { account, name }: Entity, userArn: string): IamCall {
  return { action, account, input: { GroupName: name, UserName: nameOf(userArn) } };
}
