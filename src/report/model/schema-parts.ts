import { z } from 'zod';
import { RULES, type Rule } from '../../state/rules.ts';

/** What several parts of the report's schema are made of. */

export const rule = z.enum(Object.keys(RULES) as [Rule, ...Rule[]]);
export const access = z.enum(['widened', 'narrowed', 'changed', 'none']);
export const location = z.object({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
export const count = z.int().min(0);
