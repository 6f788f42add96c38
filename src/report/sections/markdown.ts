import { sentence, visibleBlock, visibleLine } from '../../text/visible.ts';

/**
 * GitHub-flavoured Markdown from text that others wrote: AWS names, tags, descriptions, documents, error texts, files of a pull request.
 * None of it may become HTML, a link, a mention, a reference or another cell. https://github.github.com/gfm/
 */

/** Inline code, on one line; inside it GitHub links no mentions, references or addresses. */
export function code(text: string): string {
  const shown = visibleLine(text);
  if (shown.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * Inline code inside a table row. A pipe ends a cell even in code unless it is escaped; one after a backslash can't be escaped in a way
 * that all parsers read alike, so it is shown as a broken bar.
 */
export function cellCode(text: string): string {
  return code(text.replace(/(?<=\\)\|/g, '¦')).replaceAll('|', '\\|');
}

/** For a raw HTML context such as `<summary>`, where Markdown is not read: `<code>…</code>`. */
export function htmlCode(text: string): string {
  return `<code>${html(visibleLine(text))}</code>`;
}

/** HTML entities for `& < > " '`. Mentions and references stay live: for our own words only. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** What GitHub turns into a link wherever it stands: mentions, #1, GH-1, addresses, commit ids; and `$…$`, which it sets as mathematics. */
const LIVE = /[@#$]|:\/\/|www\.|mailto:|xmpp:|\bgh-\d|[\da-f]{7}/i;
const EDGES = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/u;

/** Words between backticks, which stand apart from others: two pieces of code that touched would become something else. */
const QUOTED = /(?<=(?:^|\s)[("'[{]*)`([^`]+)`(?=[)"'\]},.;:!?]*(?:\s|$))/gu;

/**
 * Running text on one line, in a paragraph, a list item or a table cell. Words that GitHub would link are shown as code,
 * so that they can still be read and copied; so is what stands between backticks. Everything else that Markdown would read is escaped.
 */
export function plain(text: string): string {
  const told = sentence(text);
  let written = '';
  let end = 0;
  for (const { index, 0: quoted, 1: inner = '' } of told.matchAll(QUOTED)) {
    written += plainWords(told.slice(end, index), end === 0) + codeWithPipes(inner);
    end = index + quoted.length;
  }
  return written + plainWords(told.slice(end), end === 0);
}

function plainWords(text: string, first: boolean): string {
  return text
    .split(' ')
    .map((word, index) => plainWord(word, first && index === 0))
    .join(' ');
}

/** A pipe in code would need another form in a table than elsewhere. */
function codeWithPipes(text: string): string {
  return text
    .split('|')
    .map((part) => (part === '' ? '' : code(part)))
    .join('&#124;');
}

function plainWord(word: string, first: boolean): string {
  if (!LIVE.test(word)) return escapePlain(word, first);
  const [, before = '', core = word, after = ''] = EDGES.exec(word) ?? [];
  const parts = core.split('|').map((part) => (LIVE.test(part) ? code(part) : escapePlain(part, false)));
  return escapePlain(before, first) + parts.join('&#124;') + escapePlain(after, false);
}

function escapePlain(text: string, first: boolean): string {
  const inline = text.replace(/[\\`*_[\]~!{}^]/g, '\\$&').replace(/[&<>|@#$]/g, (char) => `&#${char.charCodeAt(0)};`);
  // What starts a list, a heading's underline or a quotation does so only where a line begins.
  return first ? inline.replace(/^[-+=:]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2') : inline;
}

/** A fenced block; what it shows ends with a line break. `language` is ours. */
export function fenced(text: string, language = ''): string {
  const shown = visibleBlock(text).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}\n`;
}

/** A fold; `summary` is HTML on one line, `body` Markdown. */
export function details(summary: string, body: string): string {
  const { open, close } = detailsFrame(summary);
  return `${open}${body.trimEnd()}\n${close}`;
}

/** The same in two parts, for a body that ends with a line break. The empty lines let Markdown begin and end. */
export function detailsFrame(summary: string): { readonly open: string; readonly close: string } {
  return { open: `<details><summary>${summary}</summary>\n\n`, close: '\n</details>\n' };
}

/** A row of a table, from cells that are escaped already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

export function tableHead(titles: readonly string[]): string {
  return tableRow(titles) + tableRow(titles.map(() => '---'));
}

/** A link with code as its text, for within a line of running text; `url` is one that we built. */
export function codeLink(text: string, url: string): string {
  return link(code(text), url);
}

/** `text` is Markdown. */
export function link(text: string, url: string): string {
  return `[${text}](${url.replace(/[()<>\s\\`|[\]*_]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)})`;
}

function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
