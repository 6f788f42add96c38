import { actionTables } from './action-tables.ts';
import { keyTables } from './key-tables.ts';
import { callTable, policyRegions } from './policies.ts';
import { RULE_PAGES, ruleIndex, ruleSections } from './rule-tables.ts';

/**
 * Everything that is written into the pages, by the name of its region.
 *
 * @param action the text of action.yml
 */
export function generatedContents(action: string): ReadonlyMap<string, string> {
  const { inputs, fullInputs, outputs } = actionTables(action);
  return new Map([
    ['inputs', inputs],
    ['inputs-run', fullInputs.inputs],
    ['inputs-published', fullInputs.results],
    ['outputs', outputs],
    ['rules', ruleIndex()],
    ...RULE_PAGES.map((page): [string, string] => [page.name, ruleSections(page)]),
    ['keys-hub', keyTables('hub')],
    ['keys-targets', keyTables('targets')],
    ['calls-auditor', callTable('auditor')],
    ['calls-fixer', callTable('fixer')],
    ...policyRegions(),
  ]);
}
