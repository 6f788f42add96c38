import { type Style, width, wrap } from './style.ts';

/*
 * GitHub's Markdown on a terminal: only what the action's summary and issue use, so that the demo shows exactly the text that GitHub
 * would get.
 */

export interface Rendering {
  readonly style: Style;
  /** Columns of text. */
  readonly columns: number;
  /** Whether a `<details>` with this title is shown open. */
  readonly isOpen: (title: string) => boolean;
}

/** Lines of text. Leaves out HTML comments, as a browser does. */
export function renderMarkdown(markdown: string, rendering: Rendering): string[] {
  const lines = markdown.replace(/<!--[\s\S]*?-->\n*/g, '').split('\n');
  const shown: string[] = [];
  for (let index = 0; index < lines.length; ) {
    const taken = block(lines, index, rendering);
    shown.push(...taken.text);
    index += taken.lines;
  }
  return shown.filter((line, index) => line !== '' || shown[index - 1] !== '');
}

interface Block {
  readonly text: string[];
  /** Lines of the source that it takes. */
  readonly lines: number;
}

function block(lines: readonly string[], start: number, rendering: Rendering): Block {
  const line = lines[start] ?? '';
  const { style, columns } = rendering;
  if (line.startsWith('|')) return table(lines, start, rendering);
  if (line.startsWith('```')) return fence(lines, start, style);
  if (line.startsWith('<details')) return details(lines, start, rendering);
  const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
  if (heading !== undefined) return { text: [style.bold(inline(heading, style))], lines: 1 };
  const [mark, ...more] = item(line, columns) ?? ['', ...wrap(plainText(line), columns)];
  return { text: more.map((part, index) => `${index === 0 ? mark : ' '.repeat(mark?.length ?? 0)}${inline(part, style)}`), lines: 1 };
}

/** An item of a list, or of one in it. */
function item(line: string, columns: number): string[] | undefined {
  const [lead, indent] = /^( *)- /.exec(line) ?? [];
  if (lead === undefined || indent === undefined) return undefined;
  const mark = `${indent}${indent === '' ? '•' : '◦'} `;
  return [mark, ...wrap(plainText(line.slice(lead.length)), columns - mark.length)];
}

function table(lines: readonly string[], start: number, { style }: Rendering): Block {
  const source = lines.slice(start);
  const end = source.findIndex((line) => !line.startsWith('|'));
  const rows = source.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => plainText(cell.trim())),
  );
  const [head = [], , ...body] = rows;
  const bare = (cell: string) => cell.replaceAll(BOLD, '');
  const widths = head.map((_title, column) => Math.max(...[head, ...body].map((row) => width(bare(row[column] ?? '')))));
  const write = (row: readonly string[]) =>
    row
      .map((cell, column) => inline(cell, style) + ' '.repeat((widths[column] ?? 0) - width(bare(cell))))
      .join('  ')
      .trimEnd();
  return { text: [style.dim(write(head)), ...body.map(write)], lines: rows.length };
}

function fence(lines: readonly string[], start: number, style: Style): Block {
  const mark = /^`+/.exec(lines[start] ?? '')?.[0] ?? '```';
  const body = lines.slice(start + 1);
  const inside = body.slice(0, Math.max(0, body.indexOf(mark)));
  const colour = (line: string) => {
    if (line.startsWith('+')) return style.green(line);
    return line.startsWith('-') ? style.red(line) : line;
  };
  return { text: inside.map((line) => `  ${colour(line)}`), lines: inside.length + 2 };
}

function details(lines: readonly string[], start: number, rendering: Rendering): Block {
  const title = inline(plainText(/<summary>(.*)<\/summary>/.exec(lines[start] ?? '')?.[1] ?? ''), rendering.style);
  const length = lines.slice(start).indexOf('</details>');
  const inside = lines.slice(start + 1, start + length).join('\n');
  if (!rendering.isOpen(title)) return { text: [`▸ ${title}`], lines: length + 2 };
  const text = renderMarkdown(inside, { ...rendering, columns: rendering.columns - 4 }).map((line) => (line === '' ? '' : `    ${line}`));
  return { text: [`▾ ${title}`, ...text, ''], lines: length + 2 };
}

/** Marks the beginning and the end of bold text between the two steps below. */
const BOLD = '\u0000';

/** The text without the marks of Markdown and HTML. */
function plainText(text: string): string {
  return text
    .replace(/\[((?:[^\]\\]|\\.)*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|<\/?b>/g, BOLD)
    .replace(/<[^>]*>/g, '')
    .replace(/(`+) ?(.+?) ?\1(?!`)/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}

function inline(text: string, style: Style): string {
  return text
    .split(BOLD)
    .map((part, index) => (index % 2 === 1 ? style.bold(part) : part))
    .join('');
}
