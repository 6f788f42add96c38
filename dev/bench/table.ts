import type { Measured } from './measure.ts';

const HEAD = ['targets', 'what', 'wall s', '× floor', 'CPU s', 'start ms', 'requests', 'most in flight', 'peak MB'];

/** An aligned Markdown table. The first row is the floor. */
export function table(rows: readonly { readonly size: number; readonly measured: readonly Measured[] }[]): string {
  const cells = rows.flatMap(({ size, measured }) => measured.map((one) => line(size, one, measured[0]?.wallSeconds ?? one.wallSeconds)));
  const widths = HEAD.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const text = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [text(HEAD), text(widths.map((width) => '-'.repeat(width))), ...cells.map(text)].join('\n');
}

function line(
  size: number,
  { name, wallSeconds, cpuSeconds, startMilliseconds, requests, mostInFlight, megabytes }: Measured,
  floor: number,
): string[] {
  const numbers = [wallSeconds.toFixed(2), (wallSeconds / floor).toFixed(2), cpuSeconds.toFixed(2), startMilliseconds.toFixed(0)];
  return [String(size), name, ...numbers, String(requests), String(mostInFlight), megabytes.toFixed(0)];
}
