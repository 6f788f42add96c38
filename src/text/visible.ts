/**
 * Makes characters visible that are not displayed, or that change how text is displayed: control characters, bidirectional overrides, zero-width and
 * other format characters, tags, lone surrogates. A name with U+202E in it reads as another name in a browser, a log and a terminal.
 */

/** U+2400…U+2421 are pictures of the control characters. */
const PICTURES = 0x2400;

/** Default-ignorable code points take no space of their own. Beside format characters these are variation selectors, fillers and the like. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const HIDDEN_BUT_LAYOUT = new RegExp(`(?![\\n\\t])${HIDDEN.source}`, 'gu');

function show(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}

/** Text on one line: line breaks and tabs become pictures as well. */
export function visibleLine(text: string): string {
  return text.replace(HIDDEN, show);
}

/** Text on many lines: `\n` and tabs stay, `\r\n` becomes `\n`. */
export function visibleBlock(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN_BUT_LAYOUT, show);
}

/** Running text on one line: white space of any kind, line breaks included, becomes one space. */
export function singleLine(text: string): string {
  return visibleLine(text.replace(/[\s\u0085]+/gu, ' ').trim());
}

/**
 * The text itself if it has at most `max` UTF-16 units, else its beginning and its full length. The result is never longer than `max`
 * (for a `max` of 40 or more) and never ends in half a surrogate pair.
 */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const mark = ` … (${text.length} characters)`;
  return truncate(text, Math.max(0, max - mark.length)) + mark;
}

/** The text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Adds a full stop, unless the text already ends like a sentence. */
export function withFullStop(text: string): string {
  return /[.!?:…]\s*$/.test(text) ? text : `${text}.`;
}

/** The first `max` UTF-16 units, or one less if that would split a surrogate pair. */
export function truncate(text: string, max: number): string {
  const code = text.charCodeAt(max - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? max - 1 : max);
}

/** Length in UTF-8, in bytes. GitHub measures a job summary by it. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}
