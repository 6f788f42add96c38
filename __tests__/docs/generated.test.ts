import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { actionTables } from '../../dev/docs/action-tables.ts';
import { keyTables } from '../../dev/docs/key-tables.ts';
import { fillRegions, table } from '../../dev/docs/regions.ts';
import { ruleSections, ruleTable } from '../../dev/docs/rule-tables.ts';
import { desiredStateJsonSchema } from '../../dev/json-schemas.ts';
import { INPUT_NAMES } from '../../src/inputs/defaults.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { RULES } from '../../src/state/rules.ts';
import { pathOf } from './pages.ts';
import { keysOf } from './schema-keys.ts';

describe('a page', () => {
  const page = 'before\n<!-- generated: a -->\nold\n<!-- end of generated -->\nafter\n';

  test('keeps what is written by hand', () => {
    const filled = fillRegions(page, new Map([['a', 'new $& text']]));
    expect(filled).toBe('before\n<!-- generated: a -->\n\nnew $& text\n\n<!-- end of generated -->\nafter\n');
    expect(fillRegions(filled, new Map([['a', 'new $& text']]))).toBe(filled);
  });

  test.each([
    ['with a region that nothing generates', page, 'region a'],
    ['that lost its regions', 'before\nafter\n', 'no generated region'],
  ])('%s is refused', (_name, text, message) => {
    expect(() => fillRegions(text, new Map())).toThrow(message);
  });
});

test('what would break a table is escaped', () => {
  expect(table(['A'], [['a | b\nc']])).toBe('| A |\n| --- |\n| a \\| b c |');
});

test('the tables of the action name every input and output, in order', () => {
  const { inputs, outputs } = actionTables(readFileSync(pathOf('action.yml'), 'utf8'));
  expect(firstCells(inputs)).toEqual(INPUT_NAMES.map((name) => `\`${name}\``));
  expect(firstCells(outputs)).toEqual(OUTPUT_NAMES.map((name) => `\`${name}\``));
});

test('every rule has its line and its section', () => {
  const rules = Object.keys(RULES);
  expect(firstCells(ruleTable())).toEqual(rules.map((rule) => `[\`${rule}\`](#${rule})`));
  expect(ruleSections().match(/^### .*/gm)).toEqual(rules.map((rule) => `### ${rule}`));
});

test('every key of the desired state is explained', () => {
  const explained = new Set([...keyTables().matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key));
  const keys = keysOf(desiredStateJsonSchema());
  expect(keys.size).toBeGreaterThan(30);
  expect([...keys].filter((key) => !explained.has(key))).toEqual([]);
  expect(keyTables()).not.toContain('undefined');
  expect(keyTables()).not.toMatch(/\| {2}\|/);
});

function firstCells(markdown: string): string[] {
  return markdown
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ')[0]?.replace('| ', '') ?? '');
}
