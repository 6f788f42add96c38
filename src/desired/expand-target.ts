import { entityArn, rootArn } from '../iam/arn.ts';
import { pathAndName } from '../iam/names.ts';
import type { NameSet, Role, Target } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import { expandTrust, type TrustWords } from './expand-trust.ts';
import type { Path } from './file-node.ts';
import { DEFAULT_ROLE_NAME } from './file-paths.ts';
import type { Grantee } from './grants.ts';
import type { ValidParts } from './partial-parse.ts';
import { expandText } from './placeholders.ts';
import { RoleSource } from './role-source.ts';
import { expandedBoundary, expandedInlinePolicies, expandedPolicies, expandedText, type Scope } from './scope.ts';
import { DESCRIPTION, GROUP_NAME, INLINE_POLICY_NAME, LABEL, ROLE_NAME, ROLE_PATH, TAG_KEY, TAG_VALUE } from './syntax.ts';

/** What Micetro's multi-account guide asks of a target's role. */
const GUIDE_POLICIES: NameSet = { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'], optional: ['IAMReadOnlyAccess'] };

/**
 * The targets in the order of the file, with defaults and placeholders filled in.
 *
 * @param userArn the hub user's
 */
export function expandTargets(parts: ValidParts, hub: Scope, userArn: string): readonly Grantee[] {
  return parts.targets.flatMap((given, index) => {
    if (given === undefined) return [];
    const target = typeof given === 'string' ? { account: given } : given;
    return [expandTarget(new RoleSource(parts, target, index), hub, userArn)];
  });
}

function expandTarget(source: RoleSource, hub: Scope, userArn: string): Grantee {
  const { target, path } = source;
  const account = expandText(target.account, hub.values);
  const values = new Map(hub.values).set('account', account);
  const scope: Scope = { ...hub, account, values };
  const label = (key: 'name' | 'owner') => {
    const raw = target[key];
    return raw === undefined ? undefined : expandedText(scope, [...path, key], raw, LABEL);
  };
  // Each of these values may use the placeholders of those before it.
  const name = label('name');
  if (name !== undefined) values.set('targetName', name);
  const statedRoleName = source.get('roleName');
  const roleName = expandedText(scope, statedRoleName.path, statedRoleName.value ?? DEFAULT_ROLE_NAME, ROLE_NAME);
  values.set('roleName', roleName);

  const principals = { 'hub-account': rootArn(hub.partition, hub.account), 'hub-user': userArn };
  const role = expandRole(source, scope, principals, roleName);
  return {
    path,
    values,
    target: {
      account,
      name,
      owner: label('owner'),
      ...(target.class === undefined ? {} : { class: target.class }),
      roleName,
      roleArn: role.arn,
      grantGroup:
        target.group === undefined ? undefined : pathAndName(expandedText(scope, [...path, 'group'], target.group, GROUP_NAME)).name,
      role: { name: roleName, value: role },
    } satisfies Target,
  };
}

function expandRole(source: RoleSource, scope: Scope, principals: TrustWords, roleName: string): Role {
  const path = source.get('path');
  const trust = source.get('trust');
  const managedPolicies = source.get('managedPolicies');
  const inlinePolicies = source.get('inlinePolicies');
  const boundary = source.get('permissionsBoundary');
  const description = source.get('description');
  const tags = source.get('tags');
  const rolePath = expandedText(scope, path.path, path.value ?? '/', ROLE_PATH);
  return {
    path: rolePath,
    arn: entityArn(scope.partition, scope.account, 'role', roleName, rolePath),
    trust: expandTrust(trust.value, trust.path, scope, principals),
    managedPolicies: expandedPolicies(scope, managedPolicies.path, managedPolicies.value ?? GUIDE_POLICIES),
    inlinePolicies: expandedInlinePolicies(scope, inlinePolicies.path, inlinePolicies.value ?? new Map(), INLINE_POLICY_NAME),
    boundary: expandedBoundary(scope, boundary.path, boundary.value),
    maxSessionDuration: source.get('maxSessionDuration').value,
    description: description.value === undefined ? undefined : expandedText(scope, description.path, description.value, DESCRIPTION),
    tags: tags.value === undefined ? undefined : expandTags(tags.value, tags.path, scope),
  };
}

function expandTags(content: ReadonlyMap<string, string>, path: Path, scope: Scope): readonly Tag[] {
  return [...content].map(([key, value]) => ({
    key: expandedText(scope, [...path, key], key, TAG_KEY, 'key'),
    value: expandedText(scope, [...path, key], value, TAG_VALUE),
  }));
}
