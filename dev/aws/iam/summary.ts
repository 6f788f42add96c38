import { element } from '../protocol/xml.ts';
import type { Actions, Call } from './call.ts';

export const summaryActions: Actions = { GetAccountSummary: { resource: () => '*', run: getAccountSummary } };

/** How full the account is, and its quotas (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html). */
function getAccountSummary(call: Call): string {
  const { quotas, tables, policies } = call.account;
  const entries: readonly (readonly [string, number])[] = [
    ['Users', tables.User.all(call.readAt).length],
    ['UsersQuota', quotas.users],
    ['Groups', tables.Group.all(call.readAt).length],
    ['GroupsQuota', quotas.groups],
    ['Roles', tables.Role.all(call.readAt).length],
    ['RolesQuota', quotas.roles],
    ['Policies', policies.all(call.readAt).length],
    ['PoliciesQuota', quotas.policies],
    ['PolicySizeQuota', quotas.policyCharacters],
    ['VersionsPerPolicyQuota', quotas.policyVersions],
    ['UserPolicySizeQuota', quotas.inlineCharacters.User],
    ['GroupPolicySizeQuota', quotas.inlineCharacters.Group],
    ['RolePolicySizeQuota', quotas.inlineCharacters.Role],
    ['AssumeRolePolicySizeQuota', quotas.trustCharacters],
    ['AttachedPoliciesPerUserQuota', quotas.attachedPolicies.User],
    ['AttachedPoliciesPerGroupQuota', quotas.attachedPolicies.Group],
    ['AttachedPoliciesPerRoleQuota', quotas.attachedPolicies.Role],
    ['AccessKeysPerUserQuota', quotas.accessKeysPerUser],
    ['GroupsPerUserQuota', quotas.groupsPerUser],
  ];
  return `<SummaryMap>${entries.map(([key, value]) => `<entry>${element('key', key)}${element('value', value)}</entry>`).join('')}</SummaryMap>`;
}
