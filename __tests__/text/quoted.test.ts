import { expect, test } from '@jest/globals';
import { escapeInvisible, quoted } from '../../src/text/quoted.ts';

test.each([
  ['plain', 'a "b" \\ ü 😀', 'a "b" \\ ü 😀'],
  ['control characters', 'a\nb\u0000\u007f', 'a\\u000ab\\u0000\\u007f'],
  ['bidirectional and zero-width marks', '\u202e\u200b\u2066', '\\u202e\\u200b\\u2066'],
  ['line separators', '\u2028\u2029', '\\u2028\\u2029'],
  ['an invisible character of two units', '\u{e0041}', '\\udb40\\udc41'],
  ['half a pair', 'a\ud83d', 'a\\ud83d'],
])('%s on one line', (_name, text, line) => {
  expect(escapeInvisible(text)).toBe(line);
});

test.each([
  ['', 80, '""'],
  ['a "b" \\', 80, '"a \\"b\\" \\\\"'],
  ['a\n::set-env\u202e', 80, '"a\\n::set-env\\u202e"'],
  ['x'.repeat(4), 4, '"xxxx"'],
  ['x'.repeat(5), 4, '"xxxx…"'],
  ['😀'.repeat(4), 4, `"${'😀'.repeat(4)}"`],
  ['😀'.repeat(5), 4, `"${'😀'.repeat(4)}…"`],
])('%j in at most %i characters', (text, limit, said) => {
  expect(quoted(text, limit)).toBe(said);
});
