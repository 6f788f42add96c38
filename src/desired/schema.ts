import { z } from 'zod';
import type { PolicySource } from '../policy/types.ts';
import { needsFinding } from '../state/pinned-rules.ts';
import { RULE_NAMES } from '../state/rules.ts';
import { isCalendarDay } from '../time/days.ts';
import { namedValues } from './named-values.ts';
import { classes, defaults, roleKeys } from './role-schema.ts';
import {
  account,
  accountOrHub,
  boundary,
  count,
  documentMapping,
  flag,
  inlinePolicies,
  list,
  mapping,
  policies,
  policy,
  text,
} from './schema-forms.ts';
import * as syntax from './syntax.ts';

/*
 * The schema of the desired-state file, version 1. Its types, the checks of single values and schema/desired-state.v1.json are all made from it.
 */

const contentExpectation = 'the document of a customer managed policy, or the version of an AWS managed policy, such as v5';
const policyContents = namedValues(
  policy,
  z.union(
    [
      z
        .string()
        .regex(/^\s*\{|^v[1-9][0-9]*(?:\.[A-Za-z0-9-]*)?$/, { error: contentExpectation })
        .meta({ examples: ['v5'] }),
      documentMapping(contentExpectation),
    ],
    { error: contentExpectation },
  ),
  'a mapping of customer managed policies to their documents and of AWS managed policies to their versions',
).describe(
  'Contents of managed policies, by policy name. Each is compared wherever the file attaches the policy or uses it as a boundary. For a customer managed policy, its document. For an AWS managed policy, the reviewed version, which is compared with the current default version. An entry by ARN overrides an entry by name.',
);

const accessKeys = mapping('Access keys', {
  min: count(0, 2).optional().describe('Minimum number of active keys. Default 1.'),
  max: count(0, 2).optional().describe('Maximum number of active keys. Default 2.'),
  maxAgeDays: count(1, 36_500).optional().describe('Maximum age in days. An older active key is drift. Not checked by default.'),
}).describe('Active access keys of the hub user. Reported, never repaired.');

const groupName = text(syntax.GROUP_NAME);

const otherGroup = z
  .union(
    [
      groupName,
      mapping('Other group', {
        name: groupName.describe('Name of the IAM group. With its path if it has one: ddi/micetro-targets.'),
        managedPolicies: policies.optional(),
        inlinePolicies: inlinePolicies.optional(),
      }),
    ],
    { error: 'a group name, or a mapping with name, managedPolicies, …' },
  )
  .describe('A group: its name (its policies are then not compared), or a mapping with its policies, where an omitted key means none.');

const user = z
  .union(
    [
      text(syntax.USER_NAME),
      mapping('Hub user', {
        name: text(syntax.USER_NAME).describe('Name of the IAM user. With its path if it has one: ddi/micetro.'),
        managedPolicies: policies.optional(),
        inlinePolicies: inlinePolicies.optional(),
        accessKeys: accessKeys.optional(),
        otherCredentials: flag
          .optional()
          .describe(
            'Whether the user may have SSH public keys, signing certificates or service-specific credentials. Default false. Reported, never repaired.',
          ),
        otherGroups: list(otherGroup, 'groups')
          .optional()
          .describe(
            'Other groups that the user may be in, each a name or a mapping with its policies. Stated policies are compared while the user is in the group. For a name without policies, they are not compared. Default none.',
          ),
        permissionsBoundary: boundary.optional(),
        consoleLogin: flag.optional().describe('Whether the user may have a console password. Default false.'),
      }),
    ],
    { error: 'a user name, or a mapping with name, managedPolicies, …' },
  )
  .describe('The IAM user whose access key reaches the targets: its name, or a mapping.');

const group = z
  .union(
    [
      groupName,
      mapping('Hub group', {
        name: groupName.describe('Name of the IAM group. With its path if it has one: ddi/micetro-targets.'),
        members: list(text(syntax.USER_NAME), 'user names').optional().describe('Exactly these users. Default: the hub user.'),
        managedPolicies: policies.optional(),
        inlinePolicies: inlinePolicies.optional().describe('Inline policies other than the grants: exactly these.'),
      }),
    ],
    { error: 'a group name, or a mapping with name, members, …' },
  )
  .describe('An IAM group that carries grants: its name, or a mapping.');

const grants = mapping('Grants', {
  policyName: text(syntax.INLINE_POLICY_NAME)
    .optional()
    .describe('Name of a new grant. Default assume-{account}-{roleName}. Live grants are matched by content, not by name.'),
  layout: z
    .enum(['one-per-account', 'packed'], { error: 'one-per-account or packed' })
    .optional()
    .describe(
      'one-per-account (the default): a policy for each target. packed: one policy with many role ARNs, named assume-roles if policyName differs by target.',
    ),
}).describe('How new grants are named and laid out.');

const caller = text(syntax.CALLER_NAME)
  .meta({ examples: ['role/Admin', 'user/break-glass'] })
  .describe(
    'A user or role of the hub account: user/NAME or role/NAME, including the path, if any. The name without a path is accepted if it is unique.',
  );

const hub = mapping('Hub', {
  account: account.describe('Account id of the hub, in quotes.'),
  partition: text(syntax.PARTITION)
    .meta({ examples: ['aws', 'aws-cn', 'aws-us-gov'] })
    .optional()
    .describe('AWS partition. Default aws.'),
  user,
  group: group.optional(),
  groups: list(group, 'groups')
    .min(1, { error: 'at least one group' })
    .optional()
    .describe('Instead of group, if the targets need more than one because of quotas.'),
  grants: grants.optional(),
  otherCallers: list(caller, 'users and roles')
    .optional()
    .describe(
      'The other users and roles of the hub account that may assume the target roles: exactly these. The hub user and the members of the hub groups need no entry. Not compared by default. Reported, never repaired.',
    ),
}).describe('The account that reaches the targets.');

const assumable = mapping('Role in every target', {
  roleName: text(syntax.TOOL_ROLE_NAME)
    .optional()
    .describe('Name of the role, the same in every target. With its path if it has one: ddi/AssumeRoleAuditor.'),
  externalId: text(syntax.EXTERNAL_ID).optional().describe('External id that the role requires.'),
  trustedBy: text(syntax.HUB_PRINCIPAL)
    .optional()
    .describe(
      'ARN of the only role or user of the hub that may assume it. If stated, the trust policy of this role is compared in every target: only this principal, with the external id. Reported, never repaired.',
    ),
});

const target = mapping('Target', {
  account: accountOrHub.describe('Account id of the target, in quotes.'),
  name: text(syntax.LABEL).optional().describe('A label for people.'),
  owner: text(syntax.LABEL).optional().describe("Shown beside the target's findings, such as @acme/ddi."),
  class: z
    .string({ error: syntax.CLASS_NAME.expected })
    .meta({ pattern: syntax.CLASS_NAME.form.source, maxLength: syntax.CLASS_NAME.max, examples: ['sandbox'] })
    .optional()
    .describe('The class whose keys apply to the target. A key of the target replaces the same key of the class.'),
  group: groupName.optional().describe('The hub group that carries the grant. Default: any of them.'),
  ...roleKeys,
});

const exception = mapping('Exception', {
  rule: z.enum(RULE_NAMES, { error: 'the name of a rule' }).describe('The rule of the findings that are accepted.'),
  account: accountOrHub.optional().describe('Only in this account.'),
  resource: text(syntax.RESOURCE).optional().describe('Only for this ARN, as in the finding.'),
  roleName: text(syntax.ROLE_NAME).optional().describe('Only for the role of this name and its grant, if an account has several roles.'),
  finding: z
    .string({ error: syntax.FINDING.expected })
    .refine((value) => syntax.fits(value, syntax.FINDING), { error: syntax.FINDING.expected })
    .meta({ pattern: '^[0-9a-f]{16}$', examples: ['0ab1c2d3e4f50617'] })
    .optional()
    .describe(
      'Only for the finding with this id, as in every report. If the drift changes, the exception no longer covers it. Required for trust-orphaned and for rules that end in -changed, except those of a description, a session duration or a tag.',
    ),
  owner: text(syntax.LABEL).describe('Who is responsible for it.'),
  reason: text(syntax.REASON).describe('Why it is accepted.'),
  expires: z
    .string({ error: 'the last day of the exception, as YYYY-MM-DD' })
    .refine(isCalendarDay, { error: 'a day of the calendar, as YYYY-MM-DD' })
    .meta({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
    .describe('The last day, in UTC. From the next day on, the finding is reported again.'),
}).meta({
  title: 'Exception',
  if: {
    properties: { rule: { enum: RULE_NAMES.filter(needsFinding), description: 'A rule whose drift can change under the same resource.' } },
    required: ['rule'],
  },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['finding'] },
});

/** An id that stands as it is, without placeholders. */
const id = (form: syntax.Syntax, examples: readonly string[]) =>
  z
    .string({ error: form.expected })
    .refine((value) => syntax.fits(value, form), { error: form.expected })
    .meta({ pattern: form.form.source, examples });

const organization = mapping('Organization', {
  include: list(id(syntax.UNIT, ['ou-ab12-11111111']), 'organizational units and roots')
    .min(1, { error: 'at least one organizational unit or root' })
    .optional()
    .describe('Organizational units and roots, each with everything below it. Default: the whole organization.'),
  exclude: list(id(syntax.UNIT_OR_ACCOUNT, ['444444444444', 'ou-ab12-22222222']), 'account ids and organizational units')
    .optional()
    .describe('Accounts, and organizational units with everything below them, that are not expected to be targets. Default none.'),
}).describe(
  'Compares the targets with the accounts of AWS Organizations: an active account of these units must be a target, and a target must be an active account of the organization. Reported, never repaired. Requires permission to read the organization, for the input organization-role or for the hub.',
);

export const partSchemas = {
  hub,
  defaults,
  roleClass: classes.valueType,
  target,
  exception,
} as const;

export const fileSchema = mapping('Desired state', {
  version: z.literal(1, { error: 'the number 1' }).describe('Version of this format.'),
  hub,
  auditor: assumable.optional().describe('The role that every run assumes in each target to read it. Default roleName AssumeRoleAuditor.'),
  fixer: assumable
    .optional()
    .describe('The role that a repair run assumes in each target to write to it. Default roleName AssumeRoleFixer.'),
  defaults: defaults.optional(),
  classes: classes.optional(),
  targets: list(
    z.union([accountOrHub, target], { error: `${syntax.ACCOUNT.expected}, or a mapping with account, name, …` }),
    'targets',
  ).describe(
    'The accounts that are reached: each an account id in quotes, or a mapping. An account can have several entries, each with a different roleName.',
  ),
  policies: policyContents.optional(),
  organization: organization.optional(),
  exceptions: list(exception, 'exceptions').optional().describe('Accepted drift, each until its last day.'),
});

export type FileContent = z.infer<typeof fileSchema>;
export type HubContent = z.infer<typeof hub>;
export type UserContent = Exclude<HubContent['user'], string>;
export type GroupContent = Exclude<NonNullable<HubContent['group']>, string>;
export type { DefaultsContent, PrincipalsContent, TrustContent } from './role-schema.ts';
export type TargetContent = z.infer<typeof target>;
export type ExceptionContent = z.infer<typeof exception>;
export type OrganizationContent = z.infer<typeof organization>;
export type PoliciesContent = z.infer<typeof policies>;
export type DocumentsContent = ReadonlyMap<string, PolicySource>;
