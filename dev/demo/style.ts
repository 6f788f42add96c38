/** Colours of the terminal; plain text where there is none. https://no-color.org */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

export function styleFor(output: { readonly isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): Style {
  const coloured = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const wrap = (on: number, off: number) => (text: string) => (coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text);
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39), green: wrap(32, 39), cyan: wrap(36, 39) };
}

/** Columns that a text takes up: two for an emoji, none for a character that only modifies the one before it. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/[\p{Mn}\p{Cf}]/u.test(character)) continue;
    columns += /\p{Extended_Pictographic}/u.test(character) ? 2 : 1;
  }
  return columns;
}

/** Lines with a maximum number of columns, broken at blanks. A longer word gets its own line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && width(longer) > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
