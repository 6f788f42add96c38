import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import type { Report } from '../../model/schema.ts';
import { bulletList, type Content, facts, mono, paragraph, section, separated, words } from './nodes.ts';
import { accountNames, lineInFile } from './places.ts';
import { table } from './table.ts';

type ReportProposal = NonNullable<Report['proposal']>;
type RequestedAccess = NonNullable<ReportProposal['asked']>[number];

/** What the change of a pull request, or of a merge queue, asks for, and what it would do to what is live. Nothing for other runs. */
export function proposalSection(report: Report): Element[] {
  const { proposal } = report;
  if (proposal === null) return [];
  const { pullRequest, head, base, asked } = proposal;
  return [
    section(
      'proposal',
      'The proposed change',
      paragraph('The desired-state file of this report is a proposal. This report does not approve it.'),
      facts([
        ['Pull request', pullRequest === null ? [] : [`#${pullRequest}`]],
        ['Head', [mono(head)]],
        ['Base', [mono(base.commit), ...(base.reason === '' ? [] : [': ', ...words(base.reason)])]],
        ...impactFacts(proposal),
      ]),
      ...(asked === null ? [] : [h('h3', 'Access that this change requests'), askedPart(asked, accountNames(report))]),
    ),
  ];
}

function impactFacts({ live }: ReportProposal): (readonly [string, Content])[] {
  if (live === null) return [];
  const count = (number: number): Content => [plural(number, 'finding')];
  return [
    ['It causes', count(live.causes.length)],
    ['It resolves', count(live.resolves.length)],
    ['Already drifted', count(live.drifted.length)],
    ['Possibly caused by it', count(live.unsure.length)],
  ];
}

function askedPart(asked: readonly RequestedAccess[], nameOf: (account: string) => Content): Element {
  if (asked.length === 0) return paragraph('It requests no other access.');
  const rows = asked.map((one) => ({
    cells: [
      [one.kind],
      whereContent(one, nameOf),
      [...words(one.what), ...(one.explanation.length === 0 ? [] : [bulletList(one.explanation.map(words))])],
      one.location === null ? ['–'] : lineInFile(one.location),
    ],
  }));
  return table({ caption: 'Access that this change requests', className: 'asked', columns: ['Kind', 'Where', 'What', 'Stated at'], rows });
}

/** Accounts that are listed; the JSON report has them all. */
const MOST_ACCOUNTS = 50;

const WHERE: Readonly<Record<RequestedAccess['where'], string>> = {
  hub: '',
  targets: '',
  added: ', new in the file',
  removed: ', no longer in the file',
};

function whereContent({ where, accounts }: RequestedAccess, nameOf: (account: string) => Content): Content {
  if (where === 'hub') return ['the hub'];
  const more = accounts.length - MOST_ACCOUNTS;
  const names = separated(accounts.slice(0, MOST_ACCOUNTS).map(nameOf), ', ');
  return [
    `${plural(accounts.length, 'account')}${WHERE[where]}: `,
    ...names,
    ...(more > 0 ? [` and ${more.toLocaleString('en-US')} more`] : []),
  ];
}
