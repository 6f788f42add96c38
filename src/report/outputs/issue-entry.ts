import { cut } from '../../text/visible.ts';
import type { Remembered } from '../model/memory.ts';
import type { Whereabouts } from '../sections/links.ts';
import { code, plain } from '../sections/markdown.ts';

export interface IssueOptions extends Whereabouts {
  /** Characters; counted in bytes, of which there are at least as many. */
  readonly limit?: number;
}

/** GitHub refuses the body of an issue or a comment that is longer. */
export const ISSUE_LIMIT = 65_536;

/** A finding of an earlier run in a line of Markdown; an issue can be edited, so nothing in it is trusted. */
export function rememberedLine({ id, account, rule, message }: Remembered): string {
  if (account === '') return `a finding of which only the id is known: ${code(cut(id, 100))}`;
  const what = message === '' ? '' : `: ${plain(cut(message, 500))}`;
  return `${code(cut(account, 100))} ${code(cut(rule, 100))}${what}`;
}
