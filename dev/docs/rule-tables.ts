import { RULES } from '../../src/state/rules.ts';

/** A page in docs/ that describes some of the rules. */
interface RulePage {
  readonly name: string;
  readonly title: string;
  readonly rules: RegExp;
}

/** In the order of the index. A rule is on the first page that fits. */
export const RULE_PAGES: readonly RulePage[] = [
  { name: 'rules-hub-user', title: 'The hub user', rules: /^hub-user-(?!key|credential|login)/ },
  { name: 'rules-credentials', title: 'Credentials of the hub user', rules: /^hub-user-/ },
  { name: 'rules-hub-groups', title: 'Hub groups and other callers', rules: /^hub-/ },
  { name: 'rules-grants', title: 'Grants', rules: /^(?:grant|quota)-/ },
  { name: 'rules-role-policies', title: 'Policies of target roles', rules: /^policy-|^role-.*(?:policy|boundary|sessions)/ },
  { name: 'rules-roles', title: 'Target roles', rules: /^(?:role|trust|tool-role)-/ },
  { name: 'rules-organization', title: 'Accounts of the organization', rules: /^target-/ },
];

const rules = Object.entries(RULES).map(([rule, description]) => ({ rule, page: pageOf(rule), ...description }));

function pageOf(rule: string): RulePage {
  const page = RULE_PAGES.find((one) => one.rules.test(rule));
  if (page === undefined) throw new Error(`No page describes the rule ${rule}: add it to RULE_PAGES.`);
  return page;
}

/** The pages, each with its rules. */
export function ruleIndex(): string {
  return RULE_PAGES.map((page) => {
    const own = rules.filter((rule) => rule.page === page).map(({ rule }) => `[\`${rule}\`](${page.name}.md#${rule})`);
    return `## ${page.title}\n\n${own.join(' · ')}`;
  }).join('\n\n');
}

/** A section for each rule of a page, with everything that the summary says about it. */
export function ruleSections(page: RulePage): string {
  return rules
    .filter((rule) => rule.page === page)
    .map(section)
    .join('\n\n');
}

function section({ rule, of, title, meaning, remedy, byAccess }: (typeof rules)[number]): string {
  const cases = Object.entries(byAccess ?? {}).map(([access, texts]) => {
    const name = texts.title === undefined ? '' : `**${texts.title}.** `;
    return `- If \`${access}\`: ${name}${[texts.meaning, texts.remedy].filter((text) => text !== undefined).join(' ')}`.trimEnd();
  });
  const parts = [`## ${rule}`, `**${title}** (${of}). ${meaning}`, remedy, cases.join('\n')];
  return parts.filter((part) => part !== '').join('\n\n');
}
