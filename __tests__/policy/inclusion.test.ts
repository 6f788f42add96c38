// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { expect, test } from '@jest/globals';
import { Budget } from '../../src/policy/compare/budget.ts';
import { isWithin } from '../../src/policy/compare/inclusion.ts';
import { resourcePattern } from '../../src/policy/pattern.ts';

test.each([
  ['a', 'a', true],
  ['a', 'ab', false],
  ['ab', 'a', false],
  ['', '*', true],
  ['*', '', false],
  ['*', 'a*', false],
  ['a*', '*', true],
  ['a*', 'a?*', false],
  ['a?*', 'a*', true],
  ['*a', '*a*', true],
  ['*a*', '*a', false],
  ['?', '*', true],
  ['?', 'a', false],
  ['${aws:u}', '${aws:u}', true],
  ['${aws:u}', '${aws:v}', false],
  ['${aws:u}', '*', true],
  ['${aws:u}', '?', false],
  ['${aws:u}', '?*', false],
  ['*', '${aws:u}', false],
  ['a', '${aws:u}', false],
  ['${aws:u}', 'a', false],
  ['home/${aws:u}/x', 'home/${aws:u}/*', true],
  ['home/${aws:u}/*', 'home/${aws:u}/x', false],
  ['home/${aws:u}/*', 'home/*', true],
  ['home/${aws:u}', 'home/${aws:u}/*', false],
  ['${aws:u}${aws:v}', '${aws:u}*', true],
  ['${aws:u}${aws:v}', '${aws:v}*', false],
  ["${aws:u, 'x'}", "${aws:u, 'x'}", true],
  ["${aws:u, 'x'}", "${aws:u, 'y'}", false],
  ["${aws:u, 'x'}", '${aws:u}', false],
  ['${aws:u}', "${aws:u, 'x'}", true],
])('is %s within %s: %s', (inner, outer, expected) => {
  expect(isWithin(resourcePattern(inner, '2012-10-17'), resourcePattern(outer, '2012-10-17'), new Budget(10_000))).toBe(expected);
});
