import { RULE_TEXTS } from '../../src/report/model/rule-texts.ts';
import { RULES } from '../../src/state/rules.ts';
import { table } from './regions.ts';

const rules = Object.entries(RULES).map(([rule, { of }]) => ({ rule, of }));
const texts = new Map(Object.entries(RULE_TEXTS));

/** One line for each rule. */
export function ruleTable(): string {
  return table(
    ['Rule', 'Of', 'What was found'],
    rules.map(({ rule, of }) => [`[\`${rule}\`](#${rule})`, of, texts.get(rule)?.title ?? '']),
  );
}

/** A section for each rule, with everything that the summary says about it. */
export function ruleSections(): string {
  return rules
    .map(({ rule, of }) => {
      const { title = '', meaning = '', remedy = '' } = texts.get(rule) ?? {};
      return `### ${rule}\n\n**${title}** (${of}). ${meaning}\n\n${remedy}`;
    })
    .join('\n\n');
}
