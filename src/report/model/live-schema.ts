import { z } from 'zod';
import { count } from './schema-parts.ts';

/** What was read of the hub and of each target, for the record. Names, not documents: what differs is in the findings. A key is left out where that was not read. */

const names = z.array(z.string());

const policies = {
  managedPolicies: names.optional().describe('ARNs of the attached policies'),
  inlinePolicies: names.optional(),
} as const;
const boundary = z.string().nullable().optional().describe('ARN of the permissions boundary; null: none');

export const liveRoleSchema = z
  .object({
    trust: z
      .object({
        allows: names.describe('whom its Allow statements name'),
        denies: names.describe('whom its Deny statements name'),
        conditions: names.describe('the keys of all conditions in it'),
      })
      .optional()
      .describe('also left out where the trust policy could not be understood'),
    ...policies,
    boundary,
  })
  .nullable()
  .optional()
  .describe('the role as it was read; null: it does not exist');

export const liveHubSchema = z
  .object({
    user: z
      .object({
        arn: z.string(),
        ...policies,
        boundary,
        groups: names.optional(),
        activeKeys: count.optional(),
        consoleLogin: z.boolean().optional(),
      })
      .nullable()
      .optional()
      .describe('the hub user; null: it does not exist'),
    groups: z.array(z.object({ arn: z.string(), members: names.optional(), ...policies })).describe('the hub groups that exist'),
  })
  .optional()
  .describe('the hub as it was read');
