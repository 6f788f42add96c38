import { z } from 'zod';
import { RULE_NAMES } from '../../state/rules.ts';

/** Schemas that several parts of the report's schema share. */

export const rule = z.enum(RULE_NAMES);
export const access = z.enum(['widened', 'narrowed', 'changed', 'none']);
export const location = z.object({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
export const count = z.int().min(0);
export const time = z.iso.datetime();
