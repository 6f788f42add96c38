import { cut } from '../../text/visible.ts';
import type { RememberedFinding } from '../model/memory.ts';
import { code, plain } from './markdown.ts';

/** A finding of an earlier run, in a line of Markdown. People can edit an issue, so nothing in it is trusted. */
export function rememberedLine({ id, account, rule, message }: RememberedFinding): string {
  if (account === '') return `a finding of which only the id is known: ${code(cut(id, 100))}`;
  const what = message === '' ? '' : `: ${plain(cut(message, 500))}`;
  return `${code(cut(account, 100))} ${code(cut(rule, 100))}${what}`;
}
