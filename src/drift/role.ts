import { sameName } from '../iam/names.ts';
import type { Role, Tag, Target } from '../state/state.ts';
import { attachedPolicyDrift } from './attached.ts';
import { boundaryDrift } from './boundary.ts';
import type { Draft, Sides } from './draft.ts';
import { inlinePolicyDrift } from './inline.ts';
import type { Owner } from './owner.ts';
import { trustDrift } from './trust.ts';

/** All rules of a target's role. A role that is missing is one finding, without findings for its parts. */
export function roleDrift(sides: Sides, target: Target, live: Target): Draft[] {
  const wanted = target.role.value;
  const there = live.role.value;
  if (!wanted || there === undefined) return [];
  const { account, roleName, roleArn } = target;
  const locate = (key?: string) => sides.locate.target(account, key);
  if (there === null) {
    const message = `The role ${roleName} does not exist in ${account}.`;
    const about = { account, resource: roleArn, location: locate('roleName'), desired: roleArn };
    return [{ ...about, rule: 'role-missing', access: 'narrowed', message }];
  }
  const owner: Owner<'role'> = { rules: 'role', label: `role ${roleName} in ${account}`, account, arn: there.arn, locate };
  return [
    ...trustDrift(sides, target, wanted, there),
    ...pathDrift(owner, wanted, there),
    ...attachedPolicyDrift(owner, wanted.managedPolicies, there.managedPolicies),
    ...inlinePolicyDrift(owner, wanted.inlinePolicies, there.inlinePolicies),
    ...boundaryDrift(owner, wanted.boundary, there.boundary),
    ...durationDrift(owner, wanted, there),
    ...descriptionDrift(owner, wanted, there),
    ...tagDrift(owner, wanted.tags, there.tags),
  ];
}

type About = Pick<Draft, 'account' | 'resource' | 'location' | 'desired' | 'live'>;

function about(owner: Owner, key: string, desired: unknown, live: unknown): About {
  return { account: owner.account, resource: owner.arn, location: owner.locate(key), desired, live };
}

/** Rule `role-path-changed`: the path is part of the ARN, so grants that name the wanted one do not reach this role. */
function pathDrift(owner: Owner, wanted: Role, there: Role): Draft[] {
  if (wanted.arn === there.arn) return [];
  const message = `The ${owner.label} is ${there.arn}; wanted is ${wanted.arn}. A role's path can't be changed: it has to be created anew by hand.`;
  return [{ ...about(owner, 'path', wanted.arn, there.arn), rule: 'role-path-changed', access: 'narrowed', message }];
}

/** Rule `role-session-duration-changed`. */
function durationDrift(owner: Owner, { maxSessionDuration: wanted }: Role, { maxSessionDuration: there }: Role): Draft[] {
  if (wanted === undefined || there === undefined || wanted === there) return [];
  const message = `Sessions of the ${owner.label} may last ${there} seconds; wanted are ${wanted}.`;
  return [{ ...about(owner, 'maxSessionDuration', wanted, there), rule: 'role-session-duration-changed', access: 'none', message }];
}

/** Rule `role-description-changed`. */
function descriptionDrift(owner: Owner, { description: wanted }: Role, { description: there }: Role): Draft[] {
  if (wanted === undefined || there === undefined || wanted === there) return [];
  const message = `The ${owner.label} is described as "${there}"; wanted is "${wanted}".`;
  return [{ ...about(owner, 'description', wanted, there), rule: 'role-description-changed', access: 'none', message }];
}

/** Rules `role-tag-missing` and `role-tag-changed`. Tags that the file does not name are left alone. */
function tagDrift(owner: Owner, wanted: readonly Tag[] | undefined, there: readonly Tag[] | undefined): Draft[] {
  if (wanted === undefined || there === undefined) return [];
  return wanted.flatMap((tag): Draft[] => {
    const found = there.find(({ key }) => sameName(key, tag.key));
    if (found === undefined) {
      const message = `The ${owner.label} lacks the tag ${tag.key}=${tag.value}.`;
      return [{ ...about(owner, 'tags', tag, null), rule: 'role-tag-missing', access: 'none', message, identity: tag.key }];
    }
    if (found.value === tag.value) return [];
    const message = `The tag ${tag.key} of the ${owner.label} is ${found.value}; wanted is ${tag.value}.`;
    return [{ ...about(owner, 'tags', tag, found), rule: 'role-tag-changed', access: 'none', message }];
  });
}
