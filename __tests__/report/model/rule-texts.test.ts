import { expect, test } from '@jest/globals';
import { RULE_TEXTS } from '../../../src/report/model/rule-texts.ts';
import { RULES } from '../../../src/state/rules.ts';
import { entities, render } from '../example.ts';

test('every rule has its texts, in the order of the rules', () => expect(Object.keys(RULE_TEXTS)).toEqual(Object.keys(RULES)));

test('no two rules have the same title', () => {
  const titles = Object.values(RULE_TEXTS).map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(Object.entries(RULE_TEXTS))('the texts of %s are plain sentences, in Markdown as well', (_, { title, meaning, remedy }) => {
  expect(title).toMatch(/^[A-Z][^.]*[^.]$/);
  for (const text of [meaning, remedy]) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(entities(render(text))).toBe(`<p>${text}</p>`);
  }
});
