/**
 * Makes what does not show, or shows as something else, visible: control characters, bidirectional overrides, zero-width
 * and other format characters, tags, lone surrogates. A name with U+202E in it reads as another name in a browser, a log and a terminal.
 */

/** U+2400…U+2421 are pictures of the control characters. */
const PICTURES = 0x2400;

/** Default-ignorable code points take no space of their own; besides the format characters, that is variation selectors, fillers and the like. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const HIDDEN_BUT_LAYOUT = new RegExp(`(?![\\n\\t])${HIDDEN.source}`, 'gu');

function show(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** One line: line breaks and tabs become pictures as well. */
export function visibleLine(text: string): string {
  return text.replace(HIDDEN, show);
}

/** Many lines: `\n` and tabs stay, `\r\n` becomes `\n`. */
export function visibleBlock(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN_BUT_LAYOUT, show);
}

/** For running text: white space of any kind, line breaks included, becomes one space. */
export function sentence(text: string): string {
  return visibleLine(text.replace(/[\s\u0085]+/gu, ' ').trim());
}

/**
 * The text itself if it has at most `max` UTF-16 units, else its beginning and how much was cut; never longer than `max`
 * (for a `max` of 40 and up) and never half of a surrogate pair.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const mark = ` … (${text.length} characters)`;
  return head(text, Math.max(0, max - mark.length)) + mark;
}

/** With a full stop, unless it ends like a sentence already. */
export function stop(text: string): string {
  return /[.!?:…]\s*$/.test(text) ? text : `${text}.`;
}

/** The first `max` UTF-16 units, one less where that would split a surrogate pair. */
export function head(text: string, max: number): string {
  const code = text.charCodeAt(max - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? max - 1 : max);
}

/** How many bytes it has in UTF-8, which is how GitHub measures a step's summary. */
export function bytes(text: string): number {
  return Buffer.byteLength(text);
}
