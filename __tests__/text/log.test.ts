import { expect, test } from '@jest/globals';
import { logLine, logText } from '../../src/text/log.ts';

test.each([
  ['plain text: a::b, arn:aws:iam::111111111111:role/x', 'plain text: a::b, arn:aws:iam::111111111111:role/x'],
  ['::error::x', ': :error::x'],
  ['first\n::set-output name=a::b', 'first\n: :set-output name=a::b'],
  ['first\r\n::x::', 'first\n: :x::'],
  ['first\r::x::', 'first␍::x::'],
  [' \t::x::', ' \t: :x::'],
  ['\u00a0\u3000::x::', '\u00a0\u3000: :x::'],
  [':::x', ': ::x'],
  ['tag ##[error]x ##[add-mask]', 'tag # #[error]x # #[add-mask]'],
  ['a\u001b[2K\u202eb\u0000', 'a␛[2K⟨U+202E⟩b␀'],
  ['a\u0085::x', 'a⟨U+85⟩::x'],
])('%j', (text, expected) => {
  expect(logText(text).replaceAll('U+0085', 'U+85')).toBe(expected);
});

test.each([
  ['first\r\n::x::', 'first ::x::'],
  ['\n\t::error::x', ': :error::x'],
  ['a\u0085 ##[error]x', 'a # #[error]x'],
  ['a\u202eb\u0000', 'a⟨U+202E⟩b␀'],
])('on one line: %j', (text, expected) => {
  expect(logLine(text)).toBe(expected);
});
