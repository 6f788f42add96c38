import { z } from 'zod';
import { isMapping } from '../state/json.ts';
import { namedValues } from './named-values.ts';
import { boundary, count, inlinePolicies, list, mapping, policies, text } from './schema-forms.ts';
import * as syntax from './syntax.ts';
import { isShortTrust } from './trust-forms.ts';

/*
 * What `defaults`, a class and a target state of a role.
 */

const principals = mapping('Trusted principals', {
  principals: list(
    text(syntax.TRUSTED_PRINCIPAL).meta({ examples: ['hub-user', 'hub-account', '222222222222', 'arn:aws:iam::222222222222:role/Admin'] }),
    'principals',
  )
    .min(1, { error: 'at least one principal' })
    .describe('hub-user, hub-account, account ids, and ARNs of users, roles and account roots: exactly these may call sts:AssumeRole.'),
  externalId: text(syntax.EXTERNAL_ID).optional().describe('External id that each of them must send. Default: none is required.'),
});

const trustExpectation =
  'hub-account, hub-user, a mapping with principals and externalId, or a policy document as a mapping or as JSON text';
const isDocument = (value: unknown) => isMapping(value) && !isShortTrust(value);

const trust = z
  .union(
    [
      z.enum(['hub-account', 'hub-user'], { error: trustExpectation }),
      principals,
      z.string().regex(/^\s*\{/, { error: trustExpectation }),
      z
        .custom<Readonly<Record<string, unknown>>>(isDocument, { error: trustExpectation })
        .meta({ type: 'object', required: ['Statement'], not: { anyOf: [{ required: ['principals'] }, { required: ['externalId'] }] } }),
    ],
    { error: trustExpectation },
  )
  .describe(
    "Who may assume the role: `hub-account` (the hub's root principal, the default), `hub-user`, a mapping with principals and externalId, or a trust policy document.",
  );

export const roleKeys = {
  roleName: text(syntax.ROLE_NAME).optional().describe('Name of the role. Default Micetro.'),
  path: text(syntax.ROLE_PATH).optional().describe('Path of the role. Default /.'),
  trust: trust.optional(),
  managedPolicies: policies.optional(),
  inlinePolicies: inlinePolicies.optional(),
  permissionsBoundary: boundary.optional(),
  maxSessionDuration: count(3600, 43_200).optional().describe('Seconds. Checked only if stated.'),
  description: text(syntax.DESCRIPTION).optional().describe('Checked only if stated.'),
  tags: namedValues(text(syntax.TAG_KEY), text(syntax.TAG_VALUE), 'a mapping of tag keys to tag values')
    .optional()
    .describe('Checked only if stated. Other tags are ignored.'),
} as const;

export const defaults = mapping('Defaults', roleKeys).describe(
  "For every target. A key of the target's class replaces the same key here, and the target's own key replaces both; values are not merged.",
);

const roleClass = mapping('Class', roleKeys).describe('The same keys as defaults, for the targets that name this class.');

/** Which names a class may have is checked by a rule, because zod's records drop the key `__proto__`. */
export const classes = z
  .record(z.string(), roleClass, { error: 'a mapping of class names to mappings with the same keys as defaults' })
  .meta({ propertyNames: { pattern: syntax.CLASS_NAME.form.source, maxLength: syntax.CLASS_NAME.max } })
  .describe('Named sets of the same keys as defaults, each for the targets that name it under class.');

export type TrustContent = z.infer<typeof trust>;
export type DefaultsContent = z.infer<typeof defaults>;
export type PrincipalsContent = z.infer<typeof principals>;
