import { Document, isMap, isScalar, Scalar } from 'yaml';
import type { Finding } from '../../drift/finding.ts';

/** What people have to fill in. The day is none, so that a file in which it was left is rejected. */
const FILL_IN = { owner: 'WHO ANSWERS FOR IT', reason: 'WHY IT IS ACCEPTED', expires: 'YYYY-MM-DD' } as const;

/** Keys whose values another YAML could read as a number. */
const QUOTED: readonly string[] = ['account', 'finding'];

/** An entry of the desired-state file's `exceptions` that accepts this finding and no other. YAML; owner, reason and last day are left to fill in. */
export function exceptionToPaste({ rule, account, resource, id }: Pick<Finding, 'rule' | 'account' | 'resource' | 'id'>): string {
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
