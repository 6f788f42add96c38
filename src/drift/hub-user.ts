import { entityArn } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import { type LocateKey, locateIn } from '../state/entities.ts';
import type { User } from '../state/state.ts';
import { accessKeyDrift } from './access-keys.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { keyQuarantineDrift, withoutQuarantine } from './key-quarantine.ts';
import { otherCredentialDrift } from './other-credentials.ts';
import { attachedPolicyDrift, boundaryDrift, inlinePolicyDrift } from './owned.ts';
import type { Sides } from './sides.ts';
import { suggestedUsers } from './suggestions.ts';

/** All rules `hub-user-…`. A user that is missing is one finding, without findings for its parts. */
export function hubUserDrift(sides: Sides): FindingInput[] {
  const { live, locate, comparer, at } = sides;
  const { hub, partition } = sides.desired;
  const [desired, found] = [hub.user.value, live.hub.user.value];
  if (!desired || found === undefined) return [];
  const of: Owner<'User'> = { kind: 'User', account: hub.account, name: hub.user.name, arn: found?.arn ?? desired.arn };
  if (found === null) {
    const difference = { kind: 'existence', of, desired: of.arn, live: null, suggested: suggestedUsers(sides) } as const;
    return [{ difference, access: 'narrowed', location: locate.hub('user') }];
  }
  const locateKey = locateIn(locate, of);
  return [
    ...keyQuarantineDrift(of, locateKey, found),
    ...attachedPolicyDrift(
      of,
      locateKey,
      withoutQuarantine(desired.managedPolicies),
      withoutQuarantine(found.managedPolicies),
      live.hub.driftedDocuments ?? [],
      hub.policies,
    ),
    ...inlinePolicyDrift(comparer, of, locateKey, desired.inlinePolicies, found.inlinePolicies),
    ...boundaryDrift(of, locateKey, desired.boundary, found.boundary),
    ...otherGroups(of, locateKey, desired, found, partition),
    ...consoleLogin(of, locateKey, desired, found),
    ...accessKeyDrift(of, locateKey('accessKeys'), desired.accessKeys, found.accessKeys, at),
    ...otherCredentialDrift(of, locateKey('otherCredentials'), desired.otherCredentials, found.otherCredentials),
  ];
}

/** Rule `hub-user-group-extra`: groups beside the hub's own. That the user is missing in a hub group is that group's finding. */
function otherGroups(of: Owner<'User'>, locate: LocateKey, desired: User, live: User, partition: string): FindingInput[] {
  if (desired.groups === undefined || live.groups === undefined) return [];
  const allowed = [...desired.groups.required, ...desired.groups.optional];
  const extra = live.groups.required.filter((name) => !allowed.some((other) => sameName(name, other)));
  return extra.map((name): FindingInput => {
    const arn = live.groupArns?.find((group) => sameName(group.name, name))?.arn ?? entityArn(partition, of.account, 'group', name);
    const difference = { kind: 'other-group', of, group: { name, arn }, desired: false, live: true } as const;
    return { difference, access: 'widened', location: locate('otherGroups') };
  });
}

/** Rule `hub-user-login-extra`. */
function consoleLogin(of: Owner<'User'>, locate: LocateKey, desired: User, live: User): FindingInput[] {
  if (desired.consoleLogin !== false || live.consoleLogin !== true) return [];
  return [{ difference: { kind: 'console-login', of, desired: false, live: true }, access: 'widened', location: locate('consoleLogin') }];
}
