import type { PolicyKind } from '../../../src/policy/index.ts';
import type { Case, CaseTable } from '../case.ts';
import { ACTIONS } from './actions.ts';
import { COMPLEMENTS } from './complements.ts';
import { CONDITION_PRESENCE } from './condition-presence.ts';
import { CONDITION_SETS } from './condition-sets.ts';
import { CONDITION_STRINGS } from './condition-strings.ts';
import { CONDITION_VALUES } from './condition-values.ts';
import { COSMETIC } from './cosmetic.ts';
import { DENY } from './deny.ts';
import { GRANTS } from './grants.ts';
import { INVALID } from './invalid.ts';
import { PRINCIPALS } from './principals.ts';
import { PUBLISHED } from './published.ts';
import { RESOURCES } from './resources.ts';
import { SEVERAL_VALUES } from './several-values.ts';
import { UNIQUE_IDS } from './unique-ids.ts';
import { VARIABLES } from './variables.ts';
import { VARIABLES_AND_CONDITIONS } from './variables-and-conditions.ts';
import { VARIABLES_IN_CONDITIONS } from './variables-in-conditions.ts';

/** One file a theme; a new case is a new entry. */
export const TABLES: Readonly<Record<string, CaseTable>> = {
  actions: ACTIONS,
  complements: COMPLEMENTS,
  'condition-presence': CONDITION_PRESENCE,
  'condition-sets': CONDITION_SETS,
  'condition-strings': CONDITION_STRINGS,
  'condition-values': CONDITION_VALUES,
  cosmetic: COSMETIC,
  deny: DENY,
  grants: GRANTS,
  invalid: INVALID,
  principals: PRINCIPALS,
  published: PUBLISHED,
  resources: RESOURCES,
  'several-values': SEVERAL_VALUES,
  'unique-ids': UNIQUE_IDS,
  variables: VARIABLES,
  'variables-and-conditions': VARIABLES_AND_CONDITIONS,
  'variables-in-conditions': VARIABLES_IN_CONDITIONS,
};

const KINDS: readonly PolicyKind[] = ['identity', 'trust'];

export const CASES: readonly (Case & { readonly theme: string; readonly kind: PolicyKind })[] = Object.entries(TABLES).flatMap(
  ([theme, table]) => KINDS.flatMap((kind) => (table[kind] ?? []).map((one) => ({ ...one, theme, kind }))),
);
