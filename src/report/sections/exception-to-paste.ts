import { Document, isMap, isScalar, Scalar } from 'yaml';
import { isUrgent } from '../../state/rules.ts';
import type { Fold } from '../model/fold.ts';
import { isMasked } from '../model/masked-account.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { fenced } from './markdown.ts';

/** What people have to fill in. The day is none, so that a file in which it was left is rejected. */
const FILL_IN = { owner: 'WHO ANSWERS FOR IT', reason: 'WHY IT IS ACCEPTED', expires: 'YYYY-MM-DD' } as const;

/** Keys whose values another YAML could read as a number. */
const QUOTED: readonly string[] = ['account', 'finding'];

/**
 * An entry of the desired-state file's `exceptions` that accepts this finding and no other. YAML; owner, reason and last day are left to fill in.
 *
 * @param finding of a report with whole account ids
 */
export function exceptionToPaste({ rule, account, resource, id }: Pick<ReportFinding, 'rule' | 'account' | 'resource' | 'id'>): string {
  const named = canBeStated(resource) ? { resource } : {};
  const document = new Document([{ rule, account, ...named, finding: id, ...FILL_IN }]);
  const entry = document.get(0, true);
  for (const { key, value } of isMap(entry) ? entry.items : []) {
    if (isScalar(key) && isScalar(value) && QUOTED.includes(String(key.value))) value.type = Scalar.QUOTE_DOUBLE;
  }
  return document.toString({ lineWidth: 0 });
}

/** The file would take braces for a placeholder, and the name of a resource is one word. The finding's id alone is exact as well. */
function canBeStated(resource: string): boolean {
  return resource.length <= 2048 && /^[^\p{Cc}\p{Cf}\s]+$/u.test(resource) && !/(?<!\$)\{/.test(resource);
}

/** Exceptions for the open findings of a fold, the first ones; empty where there is nothing to accept, and for what is urgent. Markdown. */
export function exceptionBlock({ findings }: Fold, report: Report, most: number): string {
  const open = findings.filter(({ rule, exception, fix }) => !isUrgent(rule) && exception?.expired !== false && fix.status !== 'verified');
  if (open.length === 0) return '';
  // The report that is rendered has other ids, so that no account can be found from them.
  if (isMasked(report)) return 'To accept it until a day, write an exception with the id, account and resource that the report file has.\n';
  const shown = open.slice(0, most);
  const rest = open.length > shown.length ? ' The report has the ids of the others.' : '';
  return `To accept it until a day, under \`exceptions\` in the desired-state file:${rest}\n\n${fenced(shown.map(exceptionToPaste).join(''), 'yaml')}`;
}
