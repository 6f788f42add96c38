/**
 * The calls to IAM, STS, CloudTrail and Organizations that the action makes: on what, by whom and why. The policies of the README, the role templates and the roles of the tests
 * are all made from this one list.
 */

/** `auditor` only reads, also in repair runs: what is about to change, and whether it did. `fixer` only writes. */
export type Tool = 'auditor' | 'fixer';

/**
 * Where the calling role is: in the hub account, in each target account, or, for the role that reads the organization, in its management account or a delegated
 * administrator.
 */
export type Place = 'hub' | 'target' | 'organization';

/** What an identity policy names as the resource of a call. */
export type Resource =
  /** The hub user. */
  | 'user'
  /** The hub groups of the file, and the other groups that the user may be in. */
  | 'groups'
  /** Any group of the hub account: a group that somebody put the user into is unknown before it is found. */
  | 'any-group'
  /** AWS's own managed policies and the hub account's. */
  | 'managed-policies'
  /** For a call that IAM restricts to no resource. */
  | 'all'
  /** The role of every target that the caller assumes: the auditor role for the auditor, the fixer role for the fixer. */
  | 'target-tool-role'
  /** The role that reads the organization. */
  | 'organization-role'
  /** In a target: the roles by which the action itself works there. */
  | 'tool-roles'
  /** The role that the hub user assumes in a target. */
  | 'role'
  /** The customer managed policies of a target. */
  | 'target-policies'
  /** The managed policies that may be attached. Those among them that are AWS's own nobody can change. */
  | 'attachable-policies'
  /** For calls that AWS can't limit to a resource. */
  | 'anything';

/** A condition on a call: the managed policy that it attaches must be on a list. */
export type Limit = 'attachable';

/** Calls that share one statement of a policy. */
export interface CallGroup {
  /** Name of the statement: letters and digits, as IAM requires of a Sid. */
  readonly sid: string;
  readonly place: Place;
  readonly by: readonly Tool[];
  readonly on: Resource;
  readonly limit?: Limit;
  /** What the action does without; the templates have a parameter for the statement. `organization`: where the file has `organization`, and a role reads it. */
  readonly optional?: 'event-lookup' | 'organization';
  /** Each call with its purpose. */
  readonly calls: Readonly<Record<`iam:${string}` | `sts:${string}` | `cloudtrail:${string}` | `organizations:${string}`, string>>;
}

const AUDITOR = ['auditor'] as const;
const FIXER = ['fixer'] as const;

/** The purpose says so if only `rollback` needs the call, to undo what a repair run did. */
export const CALLS: readonly CallGroup[] = [
  {
    sid: 'ReadHubUser',
    place: 'hub',
    by: AUDITOR,
    on: 'user',
    calls: {
      'iam:GetUser': 'its ARN and permissions boundary',
      'iam:ListGroupsForUser': 'the groups that it is in',
      'iam:ListAccessKeys': 'how many active keys it has, and how old they are',
      'iam:ListUserPolicies': 'its inline policies',
      'iam:GetUserPolicy': 'their documents',
      'iam:ListAttachedUserPolicies': 'its managed policies',
      'iam:GetLoginProfile': 'whether it has a console password',
      'iam:GetAccessKeyLastUsed': 'of keys that are a finding: when they were last used',
    },
  },
  {
    sid: 'ReadOtherCredentials',
    place: 'hub',
    by: AUDITOR,
    on: 'user',
    calls: {
      'iam:ListSSHPublicKeys': 'whether it has an active SSH public key',
      'iam:ListSigningCertificates': 'whether it has an active signing certificate',
      'iam:ListServiceSpecificCredentials': 'whether it has an active service-specific credential',
    },
  },
  {
    sid: 'ReadHubGroups',
    place: 'hub',
    by: AUDITOR,
    on: 'groups',
    calls: {
      'iam:GetGroup': 'its members',
      'iam:ListGroupPolicies': 'its inline policies, the grants among them',
      'iam:GetGroupPolicy': 'their documents',
      'iam:ListAttachedGroupPolicies': 'its managed policies',
    },
  },
  {
    sid: 'ReadOtherGroups',
    place: 'hub',
    by: AUDITOR,
    on: 'any-group',
    calls: {
      'iam:ListGroupPolicies': 'inline policies of any other group that the user is in',
      'iam:GetGroupPolicy': 'their documents',
      'iam:ListAttachedGroupPolicies': 'managed policies of that group',
    },
  },
  {
    sid: 'ReadManagedPolicies',
    place: 'hub',
    by: AUDITOR,
    on: 'managed-policies',
    calls: {
      'iam:GetPolicy':
        "which version is in force, where the file states what a policy says, where a grant is missing, or a policy or boundary is not the one in the file; of AWS's own policies in the targets, too",
      'iam:GetPolicyVersion': 'what that version allows',
      'iam:ListPolicyVersions':
        "where one of the hub's own policies says something else than the file: whether an older version says the same",
      'iam:ListEntitiesForPolicy': 'whom else a change of that policy would concern',
    },
  },
  {
    sid: 'ReadCallers',
    place: 'hub',
    by: AUDITOR,
    on: 'all',
    calls: {
      'iam:GetAccountAuthorizationDetails':
        "all users and roles of the hub account with their policies, where the file states otherCallers: which of them may assume the targets' roles",
    },
  },
  {
    sid: 'AssumeInTargets',
    place: 'hub',
    by: ['auditor', 'fixer'],
    on: 'target-tool-role',
    calls: { 'sts:AssumeRole': 'gets into the target accounts' },
  },
  {
    sid: 'AssumeOrganizationRole',
    place: 'hub',
    by: AUDITOR,
    on: 'organization-role',
    optional: 'organization',
    calls: { 'sts:AssumeRole': 'assumes the role that reads the organization (input organization-role)' },
  },
  {
    sid: 'LookUpEvents',
    place: 'hub',
    by: AUDITOR,
    on: 'anything',
    optional: 'event-lookup',
    calls: { 'cloudtrail:LookupEvents': 'who changed what has drifted in the hub, and whether an extra grant was used' },
  },
  {
    sid: 'RepairHubUser',
    place: 'hub',
    by: FIXER,
    on: 'user',
    calls: {
      'iam:PutUserPolicy': 'an inline policy that is missing or differs',
      'iam:DeleteUserPolicy': 'an inline policy that is extra',
      'iam:DetachUserPolicy': 'a managed policy that is extra',
      'iam:PutUserPermissionsBoundary': 'a boundary that is missing or another',
      'iam:DeleteUserPermissionsBoundary': 'a boundary that is extra',
    },
  },
  {
    sid: 'AttachToHubUser',
    place: 'hub',
    by: FIXER,
    on: 'user',
    limit: 'attachable',
    calls: { 'iam:AttachUserPolicy': 'a managed policy that is missing' },
  },
  {
    sid: 'RepairHubGroups',
    place: 'hub',
    by: FIXER,
    on: 'groups',
    calls: {
      'iam:CreateGroup': 'a missing hub group',
      'iam:DeleteGroup': 'rollback: a group that the run created',
      'iam:AddUserToGroup': 'a member that is missing',
      'iam:RemoveUserFromGroup': 'a member that is extra',
      'iam:PutGroupPolicy': 'a grant that is missing or differs, any other inline policy',
      'iam:DeleteGroupPolicy': 'an inline policy of which nothing is left',
      'iam:DetachGroupPolicy': 'a managed policy that is extra',
    },
  },
  {
    sid: 'AttachToHubGroups',
    place: 'hub',
    by: FIXER,
    on: 'groups',
    limit: 'attachable',
    calls: { 'iam:AttachGroupPolicy': 'a managed policy that is missing' },
  },
  {
    sid: 'LeaveOtherGroups',
    place: 'hub',
    by: FIXER,
    on: 'any-group',
    calls: { 'iam:RemoveUserFromGroup': 'removes the hub user from a group that it should not be in' },
  },
  {
    sid: 'RepairHubPolicies',
    place: 'hub',
    by: FIXER,
    on: 'attachable-policies',
    calls: {
      'iam:CreatePolicy': 'a policy that is missing and whose document the file states',
      'iam:CreatePolicyVersion': 'a policy that says something else than the file',
      'iam:SetDefaultPolicyVersion': 'the same, if an older version says what the file does; rollback: the former version',
      'iam:DeletePolicyVersion': 'rollback: a version that the run created',
      'iam:DeletePolicy': 'rollback: a policy that the run created',
    },
  },
  {
    sid: 'ReadRole',
    place: 'target',
    by: AUDITOR,
    on: 'role',
    calls: {
      'iam:GetRole': 'its trust policy, boundary, tags, description and session duration',
      'iam:ListRolePolicies': 'its inline policies',
      'iam:GetRolePolicy': 'their documents',
      'iam:ListAttachedRolePolicies': 'its managed policies',
    },
  },
  {
    sid: 'ReadRolePolicies',
    place: 'target',
    by: AUDITOR,
    on: 'target-policies',
    calls: {
      'iam:GetPolicy':
        "which version of one of the account's own policies is in force, where the file states what it says, or does not allow it",
      'iam:GetPolicyVersion': 'what that version allows',
      'iam:ListPolicyVersions': 'where it says something else than the file: whether an older version says the same',
      'iam:ListEntitiesForPolicy': 'whom else a change of that policy would concern',
    },
  },
  {
    sid: 'ReadToolRoles',
    place: 'target',
    by: AUDITOR,
    on: 'tool-roles',
    calls: { 'iam:GetRole': 'who may assume the auditor and the fixer role, where the file states trustedBy' },
  },
  {
    sid: 'LookUpEvents',
    place: 'target',
    by: AUDITOR,
    on: 'anything',
    optional: 'event-lookup',
    calls: { 'cloudtrail:LookupEvents': 'who changed what has drifted there, and whether a trust that was opened was used' },
  },
  {
    sid: 'ReadOrganization',
    place: 'organization',
    by: AUDITOR,
    on: 'anything',
    calls: {
      'organizations:ListAccounts': 'the accounts of the organization and their states',
      'organizations:ListAccountsForParent': 'which accounts are in the units that the file names, where AWS gives no paths',
      'organizations:ListOrganizationalUnitsForParent': 'the units below these, and whether a unit without accounts exists',
    },
  },
  {
    sid: 'RepairRole',
    place: 'target',
    by: FIXER,
    on: 'role',
    calls: {
      'iam:CreateRole': 'a missing role',
      'iam:DeleteRole': 'rollback: a role that the run created',
      'iam:UpdateAssumeRolePolicy': 'a trust policy that differs',
      'iam:UpdateRole': 'a description or session duration that differs',
      'iam:PutRolePolicy': 'an inline policy that is missing or differs',
      'iam:DeleteRolePolicy': 'an inline policy that is extra',
      'iam:DetachRolePolicy': 'a managed policy that is extra',
      'iam:PutRolePermissionsBoundary': 'a boundary that is missing or another',
      'iam:DeleteRolePermissionsBoundary': 'a boundary that is extra',
      'iam:TagRole': 'tags that are missing or differ; creating a role with tags needs it, too',
      'iam:UntagRole': 'rollback: a tag that the run added',
    },
  },
  {
    sid: 'AttachToRole',
    place: 'target',
    by: FIXER,
    on: 'role',
    limit: 'attachable',
    calls: { 'iam:AttachRolePolicy': 'a managed policy that is missing' },
  },
  {
    sid: 'RepairRolePolicies',
    place: 'target',
    by: FIXER,
    on: 'attachable-policies',
    calls: {
      'iam:CreatePolicy': 'a policy that is missing and whose document the file states',
      'iam:CreatePolicyVersion': 'a policy that says something else than the file',
      'iam:SetDefaultPolicyVersion': 'the same, if an older version says what the file does; rollback: the former version',
      'iam:DeletePolicyVersion': 'rollback: a version that the run created',
      'iam:DeletePolicy': 'rollback: a policy that the run created',
    },
  },
];

/** What Micetro's guide attaches. By default, the fixer may attach only this. */
export const GUIDE_POLICIES = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'IAMReadOnlyAccess'] as const;

/** The groups of calls that one role makes. */
export function callsOf(tool: Tool, place: Place): readonly CallGroup[] {
  return CALLS.filter((group) => group.place === place && group.by.includes(tool));
}

/** The actions that one role makes, each once. */
export function actionsOf(tool: Tool, place: Place): readonly string[] {
  return [...new Set(callsOf(tool, place).flatMap(({ calls }) => Object.keys(calls)))];
}
