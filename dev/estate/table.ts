import type { Step } from './story.ts';

const WIDTHS = [24, 9, 10, 6];

/** The head of a Markdown table whose rows are printed one by one, as the steps end. */
export function heading(place: string, accounts: number): string {
  return [
    `\n${accounts} accounts on ${place}\n`,
    line(['step', 'seconds', 'requests', ''].slice(0, 3), 'what came of it'),
    line(
      WIDTHS.slice(0, 3).map((width) => '-'.repeat(width)),
      '---',
    ),
  ].join('\n');
}

export function row({ name, seconds, requests, detail }: Step): string {
  return line([name, seconds.toFixed(1), requests.toLocaleString('en')], detail);
}

/** What was expected and not found, and what was found and not expected. */
export function mistakes({ expected, found }: Step): string[] {
  return [...without(expected, found).map((one) => `  MISSING ${one}`), ...without(found, expected).map((one) => `  UNEXPECTED ${one}`)];
}

function without(all: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return all.filter((one) => {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

function line(cells: readonly string[], last: string): string {
  return `| ${cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[index] ?? 0) : cell.padStart(WIDTHS[index] ?? 0))).join(' | ')} | ${last} |`;
}
