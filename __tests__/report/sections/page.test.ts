import { expect, test } from '@jest/globals';
import { firstRows, fitPage, listSection, type Row } from '../../../src/report/sections/page.ts';

const rows = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ text: () => `- ${index}\n`, rank: 0, weight: 2 }));
const head = (leftOut: number) => `${leftOut} left out\n`;

const CASES: readonly [string, number, number, string][] = [
  ['fewer rows than it may have', 2, 3, '0 left out\n## List\n- 0\n- 1\n'],
  ['as many', 3, 3, '0 left out\n## List\n- 0\n- 1\n- 2\n'],
  ['more: all that is missing is counted, by its weight', 5, 3, '4 left out\n## List\n- 0\n- 1\n- 2\n\n_4 more rows not shown here._\n'],
];

test.each(CASES)('a section with %s', (_name, count, most, page) => {
  expect(fitPage(head, [firstRows(listSection('## List\n', rows(count), 'more row'), most)], 1_000)).toBe(page);
});

test('what does not fit is counted together with it', () => {
  const section = firstRows(listSection('## List\n', rows(50), 'more row'), 40);
  const page = fitPage(head, [section], 150);
  const shown = page.match(/^- /gm)?.length ?? 0;
  expect(shown).toBeGreaterThan(0);
  expect(page).toContain(`_${100 - 2 * shown} more rows not shown here._`);
  expect(page.split('\n')[0]).toBe(`${100 - 2 * shown} left out`);
});
