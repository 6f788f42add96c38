import { uncomparedCallers } from './callers.ts';
import { uncomparedOrganization } from './organization.ts';
import { userWithUnreadCredentials } from './other-credentials.ts';
import { uncomparedOtherGroups } from './other-groups.ts';
import type { Sides } from './sides.ts';
import type { NotCompared } from './uncompared-entry.ts';
import { uncomparedPolicies } from './uncompared-policies.ts';

/** Lists what the comparison of the two states leaves out, one entry a resource. Pure. */
export function notCompared(sides: Sides): readonly NotCompared[] {
  const credentials = userWithUnreadCredentials(sides).map((resource) => ({ resource, what: 'credentials' as const, accounts: 1 }));
  return [
    ...uncomparedPolicies(sides),
    ...credentials,
    ...uncomparedOtherGroups(sides),
    ...uncomparedCallers(sides),
    ...uncomparedOrganization(sides),
  ];
}
