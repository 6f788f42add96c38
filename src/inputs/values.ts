import { z } from 'zod';
import { quoted } from '../text/quoted.ts';

/*
 * The kinds of value that an input can have, each parsed from the input's text. The text of an error is a predicate that follows the quoted value:
 * `"yes" is neither true nor false`.
 */

const CONTROL = /\p{Cc}/u;

/** One of the words. */
export function choice<const T extends string>(...words: readonly T[]) {
  return z.string().transform((text, context): T => {
    const found = words.find((word) => word === text);
    return found ?? refuse(text, context, `is not one of ${words.join(', ')}`);
  });
}

/** A boolean, in the spellings of the YAML 1.2 core schema. GitHub's own toolkit accepts the same ones. */
export const flag = z.string().transform((text, context): boolean => {
  if (['true', 'True', 'TRUE'].includes(text)) return true;
  if (['false', 'False', 'FALSE'].includes(text)) return false;
  return refuse(text, context, 'is neither true nor false');
});

/** `auto`, or a flag. */
export const autoOrFlag = z.string().transform((text, context): 'auto' | boolean => {
  if (text === 'auto') return 'auto';
  const parsed = flag.safeParse(text);
  return parsed.success ? parsed.data : refuse(text, context, 'is not one of auto, true, false');
});

/** A whole number in decimal digits. */
export function wholeNumber(min: number, max: number) {
  return z.string().transform((text, context): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : refuse(text, context, `is not a whole number from ${min} to ${max}`);
  });
}

/** A number in decimal digits, with or without a fraction. */
export function decimal(min: number, max: number) {
  return z.string().transform((text, context): number => {
    const value = /^\d{1,6}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : refuse(text, context, `is not a number from ${min} to ${max}`);
  });
}

/** Empty (`undefined`), or text of this form. */
export function optional<T>(form: z.ZodType<T, string>) {
  return z.string().transform((text, context): T | undefined => {
    if (text === '') return undefined;
    const parsed = form.safeParse(text);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', message: issue.message });
    return z.NEVER;
  });
}

/** Text that matches the pattern. `expected` completes the error `… is not`. */
export function matching(pattern: RegExp, expected: string) {
  return z.string().transform((text, context): string => (pattern.test(text) ? text : refuse(text, context, `is not ${expected}`)));
}

/** One line of at most `limit` characters. */
export function oneLine(limit: number) {
  return z.string().transform((text, context): string => {
    if (CONTROL.test(text)) return refuse(text, context, 'contains line breaks or control characters');
    return [...text].length <= limit ? text : refuse(text, context, `is longer than ${limit} characters`);
  });
}

/** A role's ARN: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
export const roleArn = matching(
  /^arn:aws(?:-[a-z]+){0,3}:iam::\d{12}:role\/(?:[!-~]{0,511}\/)?[\w+=,.@-]{1,64}$/,
  'the ARN of a role, such as arn:aws:iam::111111111111:role/AssumeRoleAuditor',
);

/** A list separated by commas or line breaks. Empty entries and duplicates are dropped; GitHub ignores case in names. */
export function list(limit: number, entry: z.ZodType<string, string>) {
  return z.string().transform((text, context): readonly string[] => {
    const entries = text.split(/[,\r\n]/).map((part) => part.trim());
    const kept: string[] = [];
    for (const part of entries.filter((part) => part !== '')) {
      const parsed = entry.safeParse(part);
      if (!parsed.success) for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', message: issue.message });
      else if (!kept.some((other) => other.toLowerCase() === parsed.data.toLowerCase())) kept.push(parsed.data);
    }
    return kept.length <= limit ? kept : refuse(text, context, `has more than ${limit} entries`);
  });
}

/** A secret. The error does not show it. */
export const secret = z.string().transform((text, context): string => {
  if (/^[!-~]{1,1024}$/.test(text)) return text;
  context.addIssue({
    code: 'custom',
    message: 'is not a valid token: it contains spaces, line breaks or other characters that are not allowed in a token',
  });
  return z.NEVER;
});

/** Adds an error to zod's list. `NEVER` is the value that zod expects of a transform that failed. */
export function refuse(text: string, context: z.RefinementCtx, predicate: string): never {
  context.addIssue({ code: 'custom', message: `${quoted(text)} ${predicate}` });
  return z.NEVER;
}
