import type { Report } from '../model/schema.ts';
import { accountLabel } from './accounts.ts';
import { code } from './markdown.ts';

/** Accounts that are named where a group of them is neither a class nor all. */
const LISTED = 5;
/** Accounts by which a group may differ from a class and still be described by it. */
const FEW = 3;
/** Classes that a group may be made of and still be described by them. */
const FEW_CLASSES = 4;
/** Up to here the accounts are named, and nothing more. */
const NAMED = 3;

/**
 * Describes groups of accounts exactly, and as shortly as can be: by the classes of the file if the group is one or a few, or lacks a few accounts of one; else
 * by the first few names. `all accounts of class sandbox`, `all accounts of class sandbox but acct-5`, `acct-1, acct-2, … and 31 more`, as Markdown for running text.
 *
 * @param most accounts that are named at most; the report has the others
 */
export function accountSets(report: Report, most = LISTED): (accounts: readonly string[]) => string {
  const label = accountLabel(report);
  const classes = (report.classes ?? []).map(({ name, accounts }) => ({ name, accounts: new Set(accounts) }));
  const all = new Set(report.targets.map(({ account }) => account));
  return (given) => {
    const accounts = [...new Set(given)];
    const set = accounts.length <= NAMED ? undefined : (byWhole(accounts, all, label, 'all accounts') ?? byClass(accounts, classes, label));
    return set ?? listed(accounts.map(label), most);
  };
}

type Class = { readonly name: string; readonly accounts: ReadonlySet<string> };
type Label = (account: string) => string;

/** As the whole of a set, or all of it but a few; `undefined` if it is neither. */
function byWhole(accounts: readonly string[], whole: ReadonlySet<string>, label: Label, name: string): string | undefined {
  const own = new Set(accounts);
  if (whole.size < accounts.length || whole.size - accounts.length > FEW || accounts.some((account) => !whole.has(account)))
    return undefined;
  const missing = [...whole].filter((account) => !own.has(account));
  return missing.length === 0 ? name : `${name} but ${missing.map(label).join(', ')}`;
}

function byClass(accounts: readonly string[], classes: readonly Class[], label: Label): string | undefined {
  for (const { name, accounts: whole } of classes) {
    const text = byWhole(accounts, whole, label, `all accounts of class ${code(name)}`);
    if (text !== undefined) return text;
  }
  return byUnion(accounts, classes);
}

function byUnion(accounts: readonly string[], classes: readonly Class[]): string | undefined {
  const own = new Set(accounts);
  const parts = classes.filter(({ accounts: whole }) => [...whole].every((account) => own.has(account)));
  if (parts.length > FEW_CLASSES || new Set(parts.flatMap(({ accounts: whole }) => [...whole])).size < own.size) return undefined;
  return `all accounts of the classes ${parts.map(({ name }) => code(name)).join(', ')}`;
}

function listed(names: readonly string[], most: number): string {
  const more = names.length - most;
  return names.slice(0, most).join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-US')} more` : '');
}
