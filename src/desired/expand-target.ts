import { entityArn, rootArn } from '../iam/arn.ts';
import { trustPolicy } from '../iam/grant-document.ts';
import { pathAndName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { NameSet, Role, Target } from '../state/state.ts';
import type { Tag } from '../state/tag.ts';
import type { Path } from './file-node.ts';
import type { Grantee } from './grants.ts';
import type { ValidParts } from './partial-parse.ts';
import { expandText } from './placeholders.ts';
import type { DefaultsContent, TargetContent } from './schema.ts';
import { expandedBoundary, expandedDocument, expandedInlinePolicies, expandedPolicies, expandedText, type Scope } from './scope.ts';
import { DESCRIPTION, GROUP_NAME, INLINE_POLICY_NAME, LABEL, ROLE_NAME, ROLE_PATH, TAG_KEY, TAG_VALUE } from './syntax.ts';

/** What Micetro's multi-account guide asks of a target's role. */
const GUIDE: { readonly roleName: string; readonly managedPolicies: NameSet } = {
  roleName: 'Micetro',
  managedPolicies: { required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess'], optional: ['IAMReadOnlyAccess'] },
};

/**
 * The targets in the order of the file, with defaults and placeholders filled in.
 *
 * @param userArn the hub user's
 */
export function expandTargets(parts: ValidParts, hub: Scope, userArn: string): readonly Grantee[] {
  return parts.targets.flatMap((given, index) => {
    if (given === undefined) return [];
    const target = typeof given === 'string' ? { account: given } : given;
    return [expandTarget(new RoleSource(parts.defaults, target, index), hub, userArn)];
  });
}

/** The ARNs that the words for a trust policy stand for. */
type HubPrincipals = Readonly<Record<'hub-account' | 'hub-user', string>>;

/** Looks up the keys of a target's role: the target's own key, else that of the defaults. */
class RoleSource {
  readonly target: TargetContent;
  readonly path: Path;
  readonly #defaults: DefaultsContent;

  constructor(defaults: DefaultsContent, target: TargetContent, index: number) {
    this.#defaults = defaults;
    this.target = target;
    this.path = ['targets', index];
  }

  /** The value of a key, and the path in the file where it stands or could stand. */
  get<Key extends keyof DefaultsContent>(key: Key): { readonly value: DefaultsContent[Key]; readonly path: Path } {
    const own: DefaultsContent = this.target;
    if (own[key] !== undefined) return { value: own[key], path: [...this.path, key] };
    return { value: this.#defaults[key], path: ['defaults', key] };
  }
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
  const roleName = expandedText(scope, statedRoleName.path, statedRoleName.value ?? GUIDE.roleName, ROLE_NAME);
  values.set('roleName', roleName);

  const principals = { 'hub-account': rootArn(hub.partition, hub.account), 'hub-user': userArn };
  const role = expandRole(source, scope, principals, roleName);
  return {
    values,
    target: {
      account,
      name,
      owner: label('owner'),
      roleName,
      roleArn: role.arn,
      grantGroup:
        target.group === undefined ? undefined : pathAndName(expandedText(scope, [...path, 'group'], target.group, GROUP_NAME)).name,
      role: { name: roleName, value: role },
    } satisfies Target,
  };
}

function expandRole(source: RoleSource, scope: Scope, principals: HubPrincipals, roleName: string): Role {
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
    managedPolicies: expandedPolicies(scope, managedPolicies.path, managedPolicies.value ?? GUIDE.managedPolicies),
    inlinePolicies: expandedInlinePolicies(scope, inlinePolicies.path, inlinePolicies.value ?? new Map(), INLINE_POLICY_NAME),
    boundary: expandedBoundary(scope, boundary.path, boundary.value),
    maxSessionDuration: source.get('maxSessionDuration').value,
    description: description.value === undefined ? undefined : expandedText(scope, description.path, description.value, DESCRIPTION),
    tags: tags.value === undefined ? undefined : expandTags(tags.value, tags.path, scope),
  };
}

function expandTrust(content: DefaultsContent['trust'] = 'hub-account', path: Path, scope: Scope, principals: HubPrincipals): Policy {
  if (content === 'hub-account' || content === 'hub-user') return trustPolicy(principals[content], scope);
  return expandedDocument(scope, path, content, 'trust');
}

function expandTags(content: ReadonlyMap<string, string>, path: Path, scope: Scope): readonly Tag[] {
  return [...content].map(([key, value]) => ({
    key: expandedText(scope, [...path, key], key, TAG_KEY, 'key'),
    value: expandedText(scope, [...path, key], value, TAG_VALUE),
  }));
}
