import { maskText } from '../model/mask.ts';
import { percentEncoded } from '../sections/links.ts';

/**
 * The desired-state file's path as hidden markers have it. The same whether the report is masked or not: a path may hold an account id, and what is written by
 * one has to be found by the other. Nothing in it ends a comment.
 */
export function fileMark(file: string): string {
  const short = maskText(file, []).replace(/(…\d{4})·\d+/gu, '$1');
  return percentEncoded(short).replaceAll('-', '%2D');
}
