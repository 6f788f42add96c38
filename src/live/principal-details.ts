import type { AttachedPolicy, GroupDetail, ManagedPolicyDetail, PolicyDetail, RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { pathOf } from '../iam/arn.ts';
import { isOfAws } from '../iam/managed-policy.ts';
import { type Policy, parsePolicy } from '../policy/index.ts';
import type { HubPrincipal, PrincipalPolicy } from '../state/principals.ts';
import { documentText } from './documents.ts';

/** What GetAccountAuthorizationDetails tells of an account. */
export interface AuthorizationDetails {
  readonly users: readonly UserDetail[];
  readonly roles: readonly RoleDetail[];
  readonly groups: readonly GroupDetail[];
  /** The account's own managed policies. */
  readonly policies: readonly ManagedPolicyDetail[];
}

/** Documents of managed policies by ARN, as far as they were read. */
export type ManagedDocuments = ReadonlyMap<string, Policy | undefined>;

/** AWS's own policies that users, roles and groups have attached, or as boundaries: their documents are not among the details. */
export function policiesOfAws({ users, roles, groups }: AuthorizationDetails): readonly string[] {
  const attached = [...users, ...roles, ...groups].flatMap(({ AttachedManagedPolicies = [] }) => AttachedManagedPolicies.map(arnOfPolicy));
  const boundaries = [...users, ...roles].flatMap(({ PermissionsBoundary }) => PermissionsBoundary?.PermissionsBoundaryArn ?? []);
  return [...new Set([...attached, ...boundaries])].filter(isOfAws);
}

/** The users and roles with their policies. A document that stands in several places is parsed once. */
export function principalsIn(details: AuthorizationDetails, ofAws: ManagedDocuments): readonly HubPrincipal[] {
  const parsed = new Map<string, Policy>();
  const parse = (raw: string): Policy => {
    const text = documentText(raw);
    const policy = parsed.get(text) ?? parsePolicy(text, 'identity');
    parsed.set(text, policy);
    return policy;
  };
  const managed = new Map([...ofAws, ...details.policies.map((policy) => [arnOf(policy), defaultDocument(policy, parse)] as const)]);
  const policiesOf = ({ arn, inline = [], attached = [] }: PolicyOwner, group?: string): readonly PrincipalPolicy[] => [
    ...attached.map((policy) => ({ arn: arnOfPolicy(policy), group, document: managed.get(arnOfPolicy(policy)) })),
    ...inline.map(({ PolicyName, PolicyDocument }) => ({
      arn: `${arn}/policy/${present(PolicyName, 'policy name')}`,
      group,
      document: parse(present(PolicyDocument, 'document')),
    })),
  ];
  const groups = new Map(
    details.groups.map((group) => {
      const name = present(group.GroupName, 'group name');
      return [
        name,
        policiesOf({ arn: arnOf(group), inline: group.GroupPolicyList, attached: group.AttachedManagedPolicies }, name),
      ] as const;
    }),
  );
  const factsOf = (detail: UserDetail | RoleDetail) => {
    const arn = arnOf(detail);
    const boundary = detail.PermissionsBoundary?.PermissionsBoundaryArn;
    return {
      arn,
      path: detail.Path ?? pathOf(arn),
      tags: (detail.Tags ?? []).map(({ Key = '', Value = '' }) => ({ key: Key, value: Value })),
      boundary: boundary === undefined ? null : managed.get(boundary),
    };
  };
  return [
    ...details.users.map((user): HubPrincipal => {
      const own = policiesOf({ arn: arnOf(user), inline: user.UserPolicyList, attached: user.AttachedManagedPolicies });
      const joined = (user.GroupList ?? []).flatMap((name) => groups.get(name) ?? []);
      const identity = { name: present(user.UserName, 'user name'), id: present(user.UserId, 'user id') };
      return { kind: 'User', ...identity, ...factsOf(user), policies: [...own, ...joined] };
    }),
    ...details.roles.map((role): HubPrincipal => {
      const policies = policiesOf({ arn: arnOf(role), inline: role.RolePolicyList, attached: role.AttachedManagedPolicies });
      const identity = { name: present(role.RoleName, 'role name'), id: present(role.RoleId, 'role id') };
      return { kind: 'Role', ...identity, ...factsOf(role), policies };
    }),
  ];
}

interface PolicyOwner {
  readonly arn: string;
  readonly inline: readonly PolicyDetail[] | undefined;
  readonly attached: readonly AttachedPolicy[] | undefined;
}

function arnOf({ Arn }: { readonly Arn?: string | undefined }): string {
  return present(Arn, 'ARN');
}

function arnOfPolicy({ PolicyArn }: AttachedPolicy): string {
  return present(PolicyArn, 'policy ARN');
}

function defaultDocument(policy: ManagedPolicyDetail, parse: (raw: string) => Policy): Policy {
  const version = present(
    policy.PolicyVersionList?.find(({ VersionId, IsDefaultVersion }) => IsDefaultVersion === true || VersionId === policy.DefaultVersionId),
    'default version',
  );
  return parse(present(version.Document, 'document'));
}
