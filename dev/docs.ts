/**
 * `npm run docs`: writes the generated parts of the documentation: inputs and outputs from action.yml, the rules from their texts, the keys of the
 * desired-state file from its schema, the permissions from the list of calls. With --check it writes nothing, names the stale pages and exits with 1.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { actionTables } from './docs/action-tables.ts';
import { keyTables } from './docs/key-tables.ts';
import { callTable, policyRegions } from './docs/policies.ts';
import { fillRegions } from './docs/regions.ts';
import { ruleSections, ruleTable } from './docs/rule-tables.ts';

const PAGES = ['README.md', 'docs/desired-state.md', 'docs/permissions.md', 'docs/rules.md'];

const root = new URL('../', import.meta.url);
const { inputs, outputs } = actionTables(readFileSync(new URL('action.yml', root), 'utf8'));
const contents = new Map([
  ['inputs', inputs],
  ['outputs', outputs],
  ['rules', ruleTable()],
  ['rule-sections', ruleSections()],
  ['keys', keyTables()],
  ['calls', callTable()],
  ...policyRegions(),
]);

const check = process.argv.includes('--check');
for (const path of PAGES) {
  const url = new URL(path, root);
  const page = readFileSync(url, 'utf8');
  const fresh = fillRegions(page, contents);
  if (fresh === page) continue;
  if (check) {
    console.error(`${path} is stale: run npm run docs`);
    process.exitCode = 1;
  } else {
    writeFileSync(url, fresh);
    console.log(`${path} written`);
  }
}
