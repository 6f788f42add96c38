import type { Rule } from './rules.ts';

/** What only describes may change again without anybody having other access. */
const DESCRIPTIVE: readonly Rule[] = ['role-description-changed', 'role-session-duration-changed', 'role-tag-changed'];

/**
 * Whether the drift that a rule finds can become another under the same resource: a trust that was accepted as one partner's can be everybody's the next day.
 * An exception for such a rule has to name the finding that it accepts. New rules of what differs from the file are of that kind by their names.
 */
export function needsFinding(rule: string): boolean {
  return rule === 'trust-orphaned' || (rule.endsWith('-changed') && !DESCRIPTIVE.some((other) => other === rule));
}
