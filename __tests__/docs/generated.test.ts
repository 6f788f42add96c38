import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { actionTables } from '../../dev/docs/action-tables.ts';
import { generatedContents } from '../../dev/docs/contents.ts';
import { keyTables } from '../../dev/docs/key-tables.ts';
import { fillRegions, table } from '../../dev/docs/regions.ts';
import { RULE_PAGES, ruleIndex, ruleSections } from '../../dev/docs/rule-tables.ts';
import { desiredStateJsonSchema } from '../../dev/json-schemas.ts';
import { INPUT_NAMES } from '../../src/inputs/defaults.ts';
import { OUTPUT_NAMES } from '../../src/publish/runner.ts';
import { RULES } from '../../src/state/rules.ts';
import { PAGES, pathOf, textOf } from './pages.ts';
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

const action = readFileSync(pathOf('action.yml'), 'utf8');
const contents = generatedContents(action);

test('every generated part is on a page', () => {
  const pages = PAGES.map(textOf).join('\n');
  expect([...contents.keys()].filter((name) => !pages.includes(`<!-- generated: ${name} -->`))).toEqual([]);
});

test('the tables of the action name every input and output, in order', () => {
  const { inputs, fullInputs, outputs } = actionTables(action);
  expect(firstCells(inputs).map((cell) => /`([^`]+)`/.exec(cell)?.[1])).toEqual(INPUT_NAMES);
  const full = [...firstCells(fullInputs.inputs), ...firstCells(fullInputs.results)];
  expect(full).toHaveLength(INPUT_NAMES.length);
  expect(new Set(full)).toEqual(new Set(INPUT_NAMES.map((name) => `\`${name}\``)));
  expect(firstCells(outputs)).toEqual(OUTPUT_NAMES.map((name) => `\`${name}\``));
});

test('the README names every output', () => {
  const section = textOf('README.md').split('## Outputs')[1]?.split('\n## ')[0] ?? '';
  expect([...section.matchAll(/`([\w-]+)`/g)].map(([, name]) => name)).toEqual([...OUTPUT_NAMES]);
});

test('every rule has its section, on the page to which the index links', () => {
  const rules = Object.keys(RULES);
  const linked = [...ruleIndex().matchAll(/\[`([\w-]+)`\]\(([\w-]+)\.md#([\w-]+)\)/g)];
  expect(linked).toHaveLength(rules.length);
  expect(new Set(linked.map(([, rule]) => rule))).toEqual(new Set(rules));
  const sections = RULE_PAGES.flatMap((page) =>
    [...ruleSections(page).matchAll(/^## (.*)$/gm)].map(([, rule]) => `${rule} ${page.name} ${rule}`),
  );
  expect(sections).toHaveLength(rules.length);
  expect(new Set(sections)).toEqual(new Set(linked.map(([, rule, page, anchor]) => `${rule} ${page} ${anchor}`)));
});

test('every key of the desired state is explained', () => {
  const tables = `${keyTables('hub')}\n${keyTables('targets')}`;
  const explained = new Set([...tables.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key));
  const keys = keysOf(desiredStateJsonSchema());
  expect(keys.size).toBeGreaterThan(30);
  expect([...keys].filter((key) => !explained.has(key))).toEqual([]);
  expect(tables).not.toContain('undefined');
  expect(tables).not.toMatch(/\| {2}\|/);
});

function firstCells(markdown: string): string[] {
  return markdown
    .split('\n')
    .slice(2)
    .map((line) => line.split(' | ')[0]?.replace('| ', '') ?? '');
}
