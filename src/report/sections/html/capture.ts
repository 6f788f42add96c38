import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import type { Report } from '../../model/schema.ts';
import { type Content, mono, paragraph, section, separated, words } from './nodes.ts';
import { accountNames } from './places.ts';
import { table } from './table.ts';

/** What a capture wrote into the desired-state file, and what it could not. Nothing for other runs. */
export function captureSection(report: Report): Element[] {
  const { capture } = report;
  if (capture === undefined) return [];
  const nameOf = accountNames(report);
  const accounts = (all: readonly string[]): Content => separated(all.map(nameOf), ', ');
  return [
    section(
      'capture',
      'Captured',
      paragraph(`${plural(capture.targets.length, 'target')} in the file: `, ...accounts(accountsOf(capture.targets))),
      ...(capture.removed.length === 0
        ? []
        : [paragraph('No longer targets, because no grant names a role in them: ', ...accounts(accountsOf(capture.removed)))]),
      ...leftOutPart(report, nameOf),
      ...reviewPart(report, accounts),
    ),
  ];
}

/** Each once, however many of its roles are meant. */
function accountsOf(roles: readonly { readonly account: string }[]): readonly string[] {
  return [...new Set(roles.map(({ account }) => account))];
}

function leftOutPart({ capture }: Report, nameOf: (account: string) => Content): Element[] {
  const rows = (capture?.leftOut ?? []).map(({ account, roleArn, reason }) => ({
    cells: [nameOf(account), [mono(roleArn)], words(reason)],
  }));
  if (rows.length === 0) return [];
  return [
    h('h3', 'Not captured'),
    table({ caption: 'Roles that were not captured', className: 'not-made', columns: ['Account', 'Role', 'Reason'], rows }),
  ];
}

function reviewPart({ capture }: Report, accounts: (all: readonly string[]) => Content): Element[] {
  const rows = (capture?.review ?? []).map(({ text, accounts: where }) => ({ cells: [words(text), accounts(where)] }));
  if (rows.length === 0) return [];
  return [
    h('h3', 'Review before you accept'),
    table({ caption: 'What to review before the file is accepted', className: 'review', columns: ['What', 'Accounts'], rows }),
  ];
}
