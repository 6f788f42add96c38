import { expect, test } from '@jest/globals';
import { RULES } from '../../src/state/rules.ts';
import { entities, render } from '../report/example.ts';

test('no two rules have the same title', () => {
  const titles = Object.values(RULES).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(Object.entries(RULES))('the texts of %s are plain sentences, in Markdown as well', (_, { title, meaning, remedy }) => {
  expect(title).toMatch(/^[A-Z][^.]*[^.]$/);
  for (const text of [meaning, remedy]) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(entities(render(text))).toBe(`<p>${text}</p>`);
  }
});
