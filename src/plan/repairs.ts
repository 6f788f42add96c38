import { isExcepted } from '../drift/exceptions.ts';
import type { Finding } from '../drift/finding.ts';
import type { PolicySource } from '../policy/types.ts';
import type { Desired } from '../state/desired.ts';
import { sameName } from '../state/names.ts';
import type { State } from '../state/state.ts';
import { type Broken, byCalls, byPeople, type IamCall, type Repair } from './call.ts';
import { deleteInline, type Entity, putInline } from './entity.ts';
import { type GroupEdit, groupEdits } from './group-edits.ts';
import { hubGroupRepair } from './hub-group.ts';
import { hubUserRepair } from './hub-user.ts';
import { roleRepair } from './role.ts';

/**
 * How each finding would be repaired, or why people have to. Pure.
 *
 * Findings about parts of the same inline policy of a group get the same call, which writes what is left when all of them are repaired: made in any
 * order, and however often, the calls come to the same.
 */
export function planRepairs(findings: readonly Finding[], desired: Desired, live: State): (finding: Finding) => Repair {
  const open = findings.filter((finding) => !isExcepted(finding)).flatMap((finding) => groupEdits({ finding, desired, live }) ?? []);
  return (finding) => {
    const broken = { finding, desired, live };
    const edits = groupEdits(broken);
    if (edits === undefined) return repairOf(broken) ?? byPeople('No call of IAM repairs this.');
    if (edits.length === 0) return byPeople('No hub group of the file is to carry this grant.');
    // What an exception accepts is in nobody else's repair, only in its own.
    const all = isExcepted(finding) ? [...open, ...edits] : open;
    return byCalls(...edits.map((edit) => written(edit, all, live)));
  };
}

function written({ group, policy }: GroupEdit, all: readonly GroupEdit[], live: State): IamCall {
  const there = live.hub.groups.find(({ name }) => sameName(name, group))?.found?.inlinePolicies?.find(({ name }) => name === policy);
  const changes = all.filter((edit) => sameName(edit.group, group) && edit.policy === policy);
  const document = changes.reduce((before: PolicySource | undefined, { change }) => change(before), there?.document);
  const entity: Entity = { kind: 'Group', account: live.hub.account, name: group };
  return document === undefined ? deleteInline(entity, policy) : putInline(entity, { name: policy, document });
}

function repairOf(broken: Broken): Repair | undefined {
  const { rule } = broken.finding;
  if (rule === 'quota-exceeded') {
    return byPeople('The desired state has to change: use more groups, packed grants or shorter names, or have AWS raise the quota.');
  }
  if (rule.startsWith('hub-user-')) return hubUserRepair(broken);
  return rule.startsWith('hub-group-') ? hubGroupRepair(broken) : roleRepair(broken);
}
