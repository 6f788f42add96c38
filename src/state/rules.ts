import { ACCOUNT_RULES } from './rules/account.ts';
import type { RuleDescription } from './rules/description.ts';
import { EXISTENCE_RULES } from './rules/existence.ts';
import { GRANT_RULES } from './rules/grant.ts';
import { HUB_GROUP_RULES } from './rules/hub-group.ts';
import { HUB_USER_RULES } from './rules/hub-user.ts';
import { ROLE_RULES } from './rules/role.ts';

const DESCRIPTIONS = {
  ...EXISTENCE_RULES,
  ...HUB_USER_RULES,
  ...HUB_GROUP_RULES,
  ...GRANT_RULES,
  ...ROLE_RULES,
  ...ACCOUNT_RULES,
} as const satisfies Record<string, RuleDescription>;

export type Rule = keyof typeof DESCRIPTIONS;

/** The rules of drift, in the order in which the documentation lists them. */
export const RULES: Readonly<Record<Rule, RuleDescription>> = DESCRIPTIONS;

/** The names of the rules, in the order of `RULES`. */
export const RULE_NAMES: readonly Rule[] = Object.keys(RULES).filter((name): name is Rule => Object.hasOwn(RULES, name));

/** Whose finding of a rule it is, by the account that it is about. */
export function placeOf({ rule, account }: { readonly rule: Rule; readonly account: string }, hubAccount: string): 'hub' | 'target' {
  const { of } = RULES[rule];
  if (of !== 'hub or target') return of;
  return account === hubAccount ? 'hub' : 'target';
}

/** Whether findings of this rule stand above everything else. */
export function isUrgent(rule: Rule): boolean {
  return RULES[rule].urgent === true;
}
