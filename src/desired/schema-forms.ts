import { z } from 'zod';
import { isMapping } from '../state/json.ts';
import { namedValues } from './named-values.ts';
import * as syntax from './syntax.ts';

/*
 * What the parts of the file's schema are made of. An `error` text names what is expected; what was found is added later, from the file.
 * A text with placeholders is checked as far as possible here, and again after they are replaced.
 */

export const text = (form: syntax.Syntax) =>
  z
    .string({ error: form.expected })
    .refine((value) => syntax.mayFit(value, form), { error: form.expected })
    .meta(form.characters === undefined ? {} : { pattern: `^([${form.characters}]|\\{[A-Za-z]+\\})+$` });

export const mapping = <Shape extends z.core.$ZodLooseShape>(title: string, shape: Shape) =>
  z.strictObject(shape, { error: `a mapping with the keys ${Object.keys(shape).join(', ')}` }).meta({ title });

export const list = <Item extends z.ZodType>(item: Item, of: string) => z.array(item, { error: `a list of ${of}` });

export const count = (min: number, max: number) => {
  const error = `a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

export const flag = z.boolean({ error: 'true or false' });

export const account = text(syntax.ACCOUNT).meta({ pattern: '^[0-9]{12}$', examples: ['222222222222'] });

const accountExpectation = `${syntax.ACCOUNT.expected}, or "{hubAccount}"`;
export const accountOrHub = z
  .string({ error: accountExpectation })
  .refine((value) => value === '{hubAccount}' || syntax.fits(value, syntax.ACCOUNT), { error: accountExpectation })
  .meta({ pattern: '^([0-9]{12}|\\{hubAccount\\})$', examples: ['222222222222'] });

export const policy = text(syntax.POLICY).meta({ examples: ['AmazonEC2FullAccess', 'job-function/ViewOnlyAccess', 'policy/my-own'] });

export const policies = z
  .union(
    [
      list(policy, 'managed policies'),
      mapping('Managed policies', {
        required: list(policy, 'managed policies').optional().describe('must be attached'),
        optional: list(policy, 'managed policies').optional().describe('may be attached'),
      }),
    ],
    { error: 'a list of managed policies, or a mapping with required and optional' },
  )
  .describe(
    'Attached managed policies: exactly these, or `required` and `optional` ones. Each by its ARN, by name for an AWS managed policy, or as policy/NAME for a policy of the account.',
  );

const documentExpectation = 'a policy document, as a mapping or as JSON text';
/** A custom type, because zod's own objects drop the key `__proto__`. */
export const documentMapping = (error: string) =>
  z.custom<Readonly<Record<string, unknown>>>(isMapping, { error }).meta({ type: 'object' });

const document = z
  .union([z.string(), documentMapping(documentExpectation)], { error: documentExpectation })
  .describe('A policy document, as a mapping or as JSON text.');

export const inlinePolicies = namedValues(
  text(syntax.INLINE_POLICY_NAME),
  document,
  'a mapping of policy names to policy documents',
).describe('Inline policies by name: exactly these.');

export const boundary = text({ ...syntax.POLICY, expected: `none, or ${syntax.POLICY.expected}` }).describe(
  'Permissions boundary: none (the default), or a managed policy as in managedPolicies.',
);
