// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import { Budget } from '../../src/policy/compare/budget.ts';
import { isWithin } from '../../src/policy/compare/inclusion.ts';
import { accepts, arnPattern, type Pattern, resourcePattern, stringPattern } from '../../src/policy/pattern.ts';

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
  ["${aws:u, 'x*'}", '*', true],
  ["${aws:u, 'x*'}", "${aws:u, 'x*'}", false],
  ["${aws:u, 'x*'}", "${aws:u, 'x'}", false],
])('is %s within %s: %s', (inner, outer, expected) => {
  expect(isWithin(resourcePattern(inner, '2012-10-17'), resourcePattern(outer, '2012-10-17'), new Budget(10_000))).toBe(expected);
});

test.each([
  ['${aws:u}', '${aws:U}', true],
  ['A', 'a', true],
  ["${aws:u, 'A'}", "${aws:u, 'A'}", true],
  ["${aws:u, 'A'}", "${aws:u, 'b'}", false],
  ["${aws:u, 'A'}", '${aws:u}', false],
])('is %s within %s where case is ignored: %s', (inner, outer, expected) => {
  const pattern = (text: string): Pattern => stringPattern(text, '2012-10-17', { wildcards: false, ignoreCase: true });
  expect(isWithin(pattern(inner), pattern(outer), new Budget(10_000))).toBe(expected);
});

test('what is one text may be the same text in any case, but not the other way round', () => {
  const [exact, folded] = [false, true].map((ignoreCase) => stringPattern("${aws:u, 'x'}", '2012-10-17', { wildcards: false, ignoreCase }));
  if (!exact || !folded) throw new Error('two patterns');
  expect([isWithin(exact, folded, new Budget(100)), isWithin(folded, exact, new Budget(100))]).toEqual([true, false]);
});

test.each([
  ['*:x', '*:x', true],
  ['*:x', '*:x:x', false],
  ['*:x:x', '*:x', false],
  ['*:x:x', '*:*', true],
  ['a?:x', 'a*:x', true],
  ['a*:x', 'a?:x', false],
  ['a?:x', 'a?:?', true],
  ['?:x', 'a:x', false],
  ['x:?', 'x:*', true],
  ['x:*', 'x:*:*', false],
  ['x:*:*', 'x:*', true],
  ['x:${aws:u}', 'x:*', true],
  ['x:${aws:u}', 'x:${aws:u}*', true],
  ['x:${aws:u}', 'x:a${aws:u}', false],
])('is the ARN …::%s within …::%s: %s', (inner, outer, expected) => {
  const [one, two] = [inner, outer].map((text) => arnPattern(`arn:aws:sns::${text}`, '2012-10-17'));
  expect(one && two && isWithin(one, two, new Budget(10_000))).toBe(expected);
});

test('an ARN of which nobody says how it is read is in no other', () => {
  const [told, open] = ['*', '${aws:u}'].map((region) => arnPattern(`arn:aws:sns:${region}:1:x`, '2012-10-17'));
  if (!told || !open) throw new Error('two patterns');
  expect([isWithin(open, told, new Budget(100)), isWithin(told, open, new Budget(100))]).toEqual([false, false]);
});

describe('held against a look at every short text', () => {
  const TEXTS = textsOf(['a', 'b', 'c'], 5);

  /** The texts that a pattern takes, as bits. */
  function taken(text: string): bigint {
    const { tokens } = resourcePattern(text, '2008-10-17');
    return TEXTS.reduce((bits, one, index) => (accepts(tokens, one) ? bits | (1n << BigInt(index)) : bits), 0n);
  }

  test('of patterns without variables, it is neither more nor less', () => {
    const all = textsOf(['a', 'b', '?', '*'], 3).map((text) => ({
      text,
      pattern: resourcePattern(text, '2012-10-17'),
      taken: taken(text),
    }));
    const wrong = all.flatMap((inner) =>
      all
        .filter((outer) => isWithin(inner.pattern, outer.pattern, new Budget(10_000)) !== ((inner.taken & ~outer.taken) === 0n))
        .map((outer) => `${inner.text} in ${outer.text}`),
    );
    expect(wrong).toEqual([]);
  });

  test('of patterns with variables, it is so whatever these stand for', () => {
    const fillings = [null, '', 'a', 'b', 'ca'];
    const filled = (text: string): readonly bigint[] =>
      fillings.map((value) => {
        const whole = text.replace(/\$\{aws:u(?:, '(a)')?\}/g, (_whole, fallback?: string) => value ?? fallback ?? 'none');
        return whole.includes('none') ? 0n : taken(whole);
      });
    const all = textsOf(['a', '*', '?', '${aws:u}', "${aws:u, 'a'}"], 3).map((text) => ({
      text,
      pattern: resourcePattern(text, '2012-10-17'),
      filled: filled(text),
    }));
    const pairs = all.flatMap((inner) => all.map((outer) => [inner, outer] as const));
    const within = pairs.filter(([inner, outer]) => isWithin(inner.pattern, outer.pattern, new Budget(10_000)));
    const wrong = within.filter(([inner, outer]) => inner.filled.some((bits, index) => (bits & ~(outer.filled[index] ?? 0n)) !== 0n));
    expect(wrong.map(([inner, outer]) => `${inner.text} in ${outer.text}`)).toEqual([]);
  });
});

/** All texts of up to this many letters. */
function textsOf(letters: readonly string[], longest: number): readonly string[] {
  const shorter = longest === 0 ? [] : textsOf(letters, longest - 1);
  return longest === 0 ? [''] : ['', ...shorter.flatMap((text) => letters.map((letter) => `${letter}${text}`))];
}
