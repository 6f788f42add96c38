import { cut, singleLine, visibleBlock, visibleLine, withFullStop } from '../../text/visible.ts';

/**
 * GitHub-flavoured Markdown from untrusted text: AWS names, tags, descriptions, documents, error texts, files of a pull request.
 * None of it may become HTML, a link, a mention, a reference or another cell. https://github.github.com/gfm/
 */

/** Inline code, on one line. GitHub does not link mentions, references or addresses in it. */
export function code(text: string): string {
  const shown = visibleLine(text);
  if (shown.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(shown) + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * Inline code in a table row. A pipe ends a cell even in code, unless it is escaped. After a backslash no escape means the same to all parsers, so
 * the pipe is shown as a broken bar.
 */
export function cellCode(text: string): string {
  return code(text.replace(/(?<=\\)\|/g, '¦')).replaceAll('|', '\\|');
}

/** `<code>…</code>`, for raw HTML such as `<summary>`, where Markdown does not apply. */
export function htmlCode(text: string): string {
  return `<code>${html(visibleLine(text))}</code>`;
}

/** Running text for raw HTML, on one line. Like `plain`: what is between backticks, and words that GitHub would link, become code. */
export function htmlText(text: string): string {
  return singleLine(text)
    .split(/(`[^`]+`)/)
    .map((part) =>
      /^`.+`$/.test(part)
        ? htmlCode(part.slice(1, -1))
        : part
            .split(' ')
            .map((word) => (LIVE.test(word) ? htmlCode(word) : html(word)))
            .join(' '),
    )
    .join('');
}

/** HTML entities for `& < > " '`. Mentions and references stay live: for texts of our own only. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** What GitHub turns into a link anywhere: mentions, #1, GH-1, addresses, commit ids. Also `$…$`, which it renders as mathematics. */
const LIVE = /[@#$]|:\/\/|www\.|mailto:|xmpp:|\bgh-\d|[\da-f]{7}/i;
const EDGES = /^([("'[{]*)(.*?)([)"'\]},.;:!?]*)$/u;

/** Words between backticks, with space around them: two pieces of code that touch would be read as something else. */
const QUOTED = /(?<=(?:^|\s)[("'[{]*)`([^`]+)`(?=[)"'\]},.;:!?]*(?:\s|$))/gu;

/**
 * Running text on one line, for a paragraph, a list item or a table cell. Words that GitHub would link become code, so that people can still read
 * and copy them. Text between backticks becomes code, too. Everything else that has a meaning in Markdown is escaped.
 */
export function plain(text: string): string {
  const line = singleLine(text);
  let written = '';
  let end = 0;
  for (const { index, 0: quoted, 1: inner = '' } of line.matchAll(QUOTED)) {
    written += plainWords(line.slice(end, index), end === 0) + codeWithPipes(inner);
    end = index + quoted.length;
  }
  return written + plainWords(line.slice(end), end === 0);
}

/** Running text of at most `max` UTF-16 units, with a full stop. */
export function plainSentence(text: string, max: number): string {
  return plain(withFullStop(cut(text, max)));
}

function plainWords(text: string, first: boolean): string {
  return text
    .split(' ')
    .map((word, index) => plainWord(word, first && index === 0))
    .join(' ');
}

/** A pipe in code would have to be escaped in a table, and only there; so it stands outside the code. */
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
  // A list, a heading's underline or a quotation starts only at the beginning of a line.
  return first ? inline.replace(/^[-+=:]/, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2') : inline;
}

/** A fenced code block. `language` must be a text of our own. */
export function fenced(text: string, language = ''): string {
  const shown = visibleBlock(text).replace(/\n$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}\n`;
}

/** A collapsed section. `summary` is HTML on one line, `body` is Markdown. */
export function details(summary: string, body: string): string {
  const { open, close } = detailsFrame(summary);
  return `${open}${body.trimEnd()}\n${close}`;
}

/** The same in two parts, for a body that ends with a line break. Without the empty lines GitHub would not read the body as Markdown. */
export function detailsFrame(summary: string): { readonly open: string; readonly close: string } {
  return { open: `<details><summary>${summary}</summary>\n\n`, close: '\n</details>\n' };
}

/** A row of a table, from cells that are already escaped. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

export function tableHead(titles: readonly string[]): string {
  return tableRow(titles) + tableRow(titles.map(() => '---'));
}

/** A link with code as its text, for running text. `url` must be one that we built. */
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
