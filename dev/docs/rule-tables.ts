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
  return rules.map(section).join('\n\n');
}

function section({ rule, of, title, meaning, remedy, byAccess }: (typeof rules)[number]): string {
  const cases = Object.entries(byAccess ?? {}).map(([access, texts]) => {
    const name = texts.title === undefined ? '' : `**${texts.title}.** `;
    return `- If \`${access}\`: ${name}${[texts.meaning, texts.remedy].filter((text) => text !== undefined).join(' ')}`.trimEnd();
  });
  const parts = [`### ${rule}`, `**${title}** (${of}). ${meaning}`, remedy, cases.join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}
