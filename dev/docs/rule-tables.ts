import { RULES } from '../../src/state/rules.ts';
import { table } from './regions.ts';

const rules = Object.entries(RULES).map(([rule, description]) => ({ rule, ...description }));

/** One line for each rule. */
export function ruleTable(): string {
  return table(
    ['Rule', 'Of', 'What was found'],
    rules.map(({ rule, of, title }) => [`[\`${rule}\`](#${rule})`, of, title]),
  );
}

/** A section for each rule, with everything that the summary says about it. */
export function ruleSections(): string {
  return rules.map(({ rule, of, title, meaning, remedy }) => `### ${rule}\n\n**${title}** (${of}). ${meaning}\n\n${remedy}`).join('\n\n');
}
