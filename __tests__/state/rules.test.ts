import { expect, test } from '@jest/globals';
import type { RuleDescription } from '../../src/state/rules/description.ts';
import { RULES } from '../../src/state/rules.ts';
import { entities, render } from '../report/example.ts';

/** The texts of a rule, and those that stand in their place for what the live state allows. */
function variantsOf({ byAccess, ...texts }: RuleDescription) {
  return [texts, ...Object.values(byAccess ?? {})];
}

test('no two rules have the same title', () => {
  const titles = Object.values(RULES)
    .flatMap(variantsOf)
    .flatMap(({ title }) => title ?? []);
  expect(new Set(titles).size).toBe(titles.length);
});

test.each(Object.entries(RULES))('the texts of %s are plain sentences, in Markdown as well', (_, description) => {
  for (const { title } of variantsOf(description)) expect(title ?? 'A title').toMatch(/^[A-Z][^.]*[^.]$/);
  for (const text of variantsOf(description).flatMap(({ meaning, remedy }) => [meaning ?? [], remedy ?? []].flat())) {
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(entities(render(text))).toBe(`<p>${text}</p>`);
  }
});
