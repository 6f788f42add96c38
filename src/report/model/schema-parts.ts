import { z } from 'zod';
import { RULES, type Rule } from '../../state/rules.ts';

/** Schemas that several parts of the report's schema share. */

/** In the order of the documentation. */
export const RULE_IDS: readonly Rule[] = Object.keys(RULES).filter((id): id is Rule => Object.hasOwn(RULES, id));

export const rule = z.enum(RULE_IDS);
export const access = z.enum(['widened', 'narrowed', 'changed', 'none']);
export const location = z.object({ file: z.string(), line: z.int().min(1), column: z.int().min(1) });
export const count = z.int().min(0);
