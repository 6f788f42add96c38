import { z } from 'zod';
import { isMapping } from '../state/json.ts';

/**
 * A mapping whose keys are names that people choose. It is read into a Map, because zod's records drop the key `__proto__`, which is a valid policy name.
 * The published JSON Schema shows it as the mapping that it is in the file.
 */
export function namedValues<Value extends z.ZodType>(key: z.ZodType<string>, value: Value, expected: string) {
  return z
    .unknown()
    .transform((input, context): ReadonlyMap<string, z.output<Value>> => {
      if (!isMapping(input)) {
        context.issues.push({ code: 'custom', message: expected, input });
        return z.NEVER;
      }
      const values = new Map<string, z.output<Value>>();
      for (const [name, given] of Object.entries(input)) {
        const keyIssue = key.safeParse(name).error?.issues[0];
        if (keyIssue !== undefined)
          context.issues.push({ code: 'custom', message: keyIssue.message, input, path: [name], params: { at: 'key' } });
        const parsed = value.safeParse(given);
        if (parsed.success) values.set(name, parsed.data);
        for (const issue of parsed.error?.issues ?? []) {
          context.issues.push({
            code: 'custom',
            message: issue.message,
            input: given,
            path: [name, ...issue.path],
            params: { text: wantsText(issue) },
          });
        }
      }
      return values;
    })
    .meta(recordSchema(value));
}

function wantsText(issue: z.core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' && issue.expected === 'string';
}

function recordSchema(value: z.ZodType): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(z.record(z.string(), value), { io: 'input', unrepresentable: 'any' });
  return schema;
}
