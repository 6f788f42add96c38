import { type Broken, byPeople, type Repair } from './call.ts';
import { grantRepair } from './grants.ts';
import { hubGroupRepair } from './hub-group.ts';
import { hubUserRepair } from './hub-user.ts';
import { roleRepair } from './role.ts';

/** The IAM calls that would repair one finding, or why people have to. Pure. */
export function repair(broken: Broken): Repair {
  return repairOf(broken) ?? byPeople('No call of IAM repairs this.');
}

function repairOf(broken: Broken): Repair | undefined {
  const { rule } = broken.finding;
  if (rule === 'quota-exceeded')
    return byPeople('The desired state has to change: use more groups, packed grants or shorter names, or have AWS raise the quota.');
  if (rule.startsWith('hub-user-')) return hubUserRepair(broken);
  if (rule.startsWith('hub-group-')) return hubGroupRepair(broken);
  if (rule.startsWith('grant-')) return grantRepair(broken);
  return roleRepair(broken);
}
