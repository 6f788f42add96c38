import { sameName } from '../iam/names.ts';
import { type LocateKey, locateIn } from '../state/entities.ts';
import type { Role, Target } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import { policyHolder } from '../state/used-policies.ts';
import type { Difference } from './difference.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { attachedPolicyDrift, boundaryDrift, inlinePolicyDrift } from './owned.ts';
import { revokedSessionsDrift, sessionRevocation } from './revoked-sessions.ts';
import type { Sides } from './sides.ts';
import { suggestedRoles } from './suggestions.ts';
import { trustDrift } from './trust.ts';

/** All rules of a target's role. A role that is missing is one finding, without findings for its parts. */
export function roleDrift(sides: Sides, target: Target, live: Target): FindingInput[] {
  const [desired, found] = [target.role.value, live.role.value];
  if (!desired || found === undefined) return [];
  const { account, roleName, roleArn } = target;
  const of: Owner<'Role'> = { kind: 'Role', account, name: roleName, arn: found?.arn ?? roleArn };
  const locate = locateIn(sides.locate, of);
  if (found === null) {
    const difference = { kind: 'existence', of, desired: roleArn, live: null, suggested: suggestedRoles(sides, target) } as const;
    return [{ difference, access: 'narrowed', location: locate('roleName') }];
  }
  const revocation = sessionRevocation(desired.inlinePolicies, found.inlinePolicies);
  const others = found.inlinePolicies?.filter((policy) => policy !== revocation);
  const { policies } = policyHolder(target.account, sides.desired);
  return [
    ...trustDrift(sides, of, locate('trust'), desired, found),
    ...pathDrift(of, locate, desired, found),
    ...attachedPolicyDrift(of, locate, desired.managedPolicies, found.managedPolicies, found.extraDocuments ?? [], policies),
    ...inlinePolicyDrift(sides.comparer, of, locate, desired.inlinePolicies, others),
    ...revokedSessionsDrift(of, locate, revocation),
    ...boundaryDrift(of, locate, desired.boundary, found.boundary),
    ...descriptive(of, locate, desired, found),
    ...tagDrift(of, locate, desired.tags, found.tags),
  ];
}

/** Rule `role-path-changed`: the path is part of the ARN, so grants that name the desired one do not reach this role. */
function pathDrift(of: Owner<'Role'>, locate: LocateKey, desired: Role, live: Role): FindingInput[] {
  if (desired.arn === live.arn) return [];
  return [{ difference: { kind: 'path', of, desired: desired.arn, live: live.arn }, access: 'narrowed', location: locate('path') }];
}

/** Rules `role-session-duration-changed` and `role-description-changed`: compared only where stated. */
function descriptive(of: Owner<'Role'>, locate: LocateKey, desired: Role, live: Role): FindingInput[] {
  const found: FindingInput[] = [];
  const add = (difference: Difference<'session-duration' | 'description'>, key: string) =>
    found.push({ difference, access: 'none', location: locate(key) });
  const [duration, description] = [desired.maxSessionDuration, desired.description];
  if (duration !== undefined && live.maxSessionDuration !== undefined && duration !== live.maxSessionDuration) {
    add({ kind: 'session-duration', of, desired: duration, live: live.maxSessionDuration }, 'maxSessionDuration');
  }
  if (description !== undefined && live.description !== undefined && description !== live.description) {
    add({ kind: 'description', of, desired: description, live: live.description }, 'description');
  }
  return found;
}

/** Rules `role-tag-missing` and `role-tag-changed`. Tags that the file does not name are left alone. */
function tagDrift(
  of: Owner<'Role'>,
  locate: LocateKey,
  desired: readonly Tag[] | undefined,
  live: readonly Tag[] | undefined,
): FindingInput[] {
  if (desired === undefined || live === undefined) return [];
  return desired.flatMap((tag): FindingInput[] => {
    const found = live.find(({ key }) => sameName(key, tag.key)) ?? null;
    if (found?.value === tag.value) return [];
    return [{ difference: { kind: 'tag', of, desired: tag, live: found }, access: 'none', location: locate('tags') }];
  });
}
