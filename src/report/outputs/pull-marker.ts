import { fileMark } from './marker-path.ts';

/**
 * The hidden first line by which the comment of a pull request is found again. By the file alone: it has one hub, and where the file is wrong nobody knows
 * which.
 */
export function pullMarker(file: string): string {
  return `<!-- assume-role-drift:pull-request file=${fileMark(file)} -->`;
}

/** What a comment tells of: the head commit, and when the run that wrote it began to read. */
export interface Told {
  readonly head: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The hidden second line. */
export function toldLine({ head, at }: Told): string {
  return `<!-- assume-role-drift:head ${/^[\da-f]{1,64}$/.test(head) ? head : 'unknown'} ${at} -->`;
}

/** What the comment says of itself; `undefined` where somebody took it out. */
export function readTold(body: string): Told | undefined {
  const [, head, at] = /<!-- assume-role-drift:head ([\da-f]+|unknown) ([\d:TZ.-]+) -->/.exec(body) ?? [];
  return head === undefined || at === undefined ? undefined : { head, at };
}
