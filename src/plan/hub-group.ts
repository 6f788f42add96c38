import { accountOf, sameName, shortName } from '../state/names.ts';
import type { Group, InlinePolicy } from '../state/state.ts';
import { type Broken, byCalls, type IamCall, type Repair } from './call.ts';
import { attach, deleteInline, type Entity, entityCall, inlineNameOf, putInline, sharedRepair } from './entity.ts';
import { withoutOthers, withStatements } from './group-policy.ts';

/** Repairs of the rules `hub-group-…`. */
export function hubGroupRepair({ finding, desired, live }: Broken): Repair | undefined {
  const { hub } = desired.state;
  const name = finding.entity.slice(finding.entity.lastIndexOf('/') + 1);
  const wanted = hub.groups.find((group) => sameName(group.name, name))?.found;
  const there = live.hub.groups.find((group) => sameName(group.name, name))?.found;
  if (!wanted) return undefined;
  const entity: Entity = { kind: 'Group', account: hub.account, name };
  switch (finding.rule) {
    case 'hub-group-missing':
      return byCalls(...createGroup(entity, wanted, live.hub.user.found === null ? hub.user.name : undefined));
    case 'hub-group-member-missing':
      return byCalls(membership('iam:AddUserToGroup', entity, finding.resource));
    case 'hub-group-member-extra':
      return byCalls(membership('iam:RemoveUserFromGroup', entity, finding.resource));
    case 'hub-group-inline-policy-changed':
    case 'hub-group-inline-policy-extra':
      return besideGrants(
        entity,
        inlineNameOf(finding),
        wanted,
        there?.inlinePolicies ?? [],
        desired.state.targets.map(({ roleArn }) => roleArn),
      );
    default:
      return sharedRepair(entity, finding, wanted.inlinePolicies ?? []);
  }
}

function createGroup(entity: Entity, group: Group, missingUser: string | undefined): IamCall[] {
  const members = (group.members ?? []).filter(({ name }) => missingUser === undefined || !sameName(name, missingUser));
  return [
    entityCall(entity, (kind) => `iam:Create${kind}`),
    ...(group.managedPolicies?.required ?? []).map((arn) => attach(entity, arn)),
    ...(group.inlinePolicies ?? []).map((policy) => putInline(entity, policy)),
    ...members.map(({ arn }) => membership('iam:AddUserToGroup', entity, arn)),
  ];
}

function membership(action: IamCall['action'], { account, name }: Entity, userArn: string): IamCall {
  const user = shortName(userArn);
  return { action, account: account || accountOf(userArn), input: { GroupName: name, UserName: user.slice(user.lastIndexOf('/') + 1) } };
}

/** A policy may hold grants beside what drifted: these stay. */
function besideGrants(entity: Entity, name: string, wanted: Group, there: readonly InlinePolicy[], roleArns: readonly string[]): Repair {
  const stated = wanted.inlinePolicies?.find((policy) => policy.name === name);
  const live = there.find((policy) => policy.name === name);
  const grants = live === undefined ? undefined : withoutOthers(live.document, roleArns);
  if (stated !== undefined) {
    const document = grants === undefined ? stated.document : withStatements(stated.document, grants);
    return byCalls(putInline(entity, { name, document }));
  }
  return byCalls(grants === undefined ? deleteInline(entity, name) : putInline(entity, { name, document: grants }));
}
