import { isUrgent } from '../../state/rules.ts';
import type { Fold } from '../model/fold.ts';
import { isMasked } from '../model/masked-account.ts';
import { isOpen } from '../model/order.ts';
import type { Report } from '../model/schema.ts';
import { fenced } from './markdown.ts';

/** Exceptions for the open findings of a fold, the first ones; empty where there is nothing to accept, and for what is urgent. Markdown. */
export function exceptionBlock({ findings }: Fold, report: Report, most: number): string {
  const open = findings.filter((finding) => isOpen(finding) && !isUrgent(finding.rule));
  if (open.length === 0) return '';
  // The report that is rendered has other ids, so that no account can be found from them.
  if (isMasked(report))
    return 'To accept the finding until a given day, add an exception with the id, account and resource from the report file.\n';
  const shown = open.slice(0, most);
  const rest = open.length > shown.length ? ' The report contains the ids of the others.' : '';
  return `To accept the finding until a given day, add this to \`exceptions\` in the desired-state file:${rest}\n\n${fenced(shown.map((finding) => finding.toAccept).join(''), 'yaml')}`;
}
