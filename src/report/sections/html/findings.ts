import type { Element } from 'hast';
import { h } from 'hastscript';
import { plural } from '../../../text/plural.ts';
import { ACCESS_TEXTS } from '../../model/access-texts.ts';
import { type Fold, fold } from '../../model/fold.ts';
import { ACCESS_ORDER, isOpen, worstFirst } from '../../model/order.ts';
import type { Report } from '../../model/schema.ts';
import { causeRecord } from '../cause-line.ts';
import { REPAIR_TEXTS } from '../finding-details.ts';
import { titleOfFold } from '../finding-title.ts';
import { accessChip } from './access-chip.ts';
import { div, mono, paragraph, section, words } from './nodes.ts';
import { findingArticle } from './one-finding.ts';
import { accountNames } from './places.ts';
import { table } from './table.ts';

/** Findings that have all their details. The table above them has them all, and so has the JSON report. */
const MOST_DETAILED = 500;

/** The findings that are left, the worst first: at a glance, then each with all that is known of it. The same in several accounts is one. */
export function findingsSection(report: Report): Element {
  const folds = fold(worstFirst(report, isOpen), report);
  if (folds.length === 0) return section('findings', 'Findings', paragraph(nothingFound(report)));
  const left = folds.length - MOST_DETAILED;
  return section(
    'findings',
    'Findings',
    paragraph('Worst first. The same in several accounts is one line.'),
    legend(),
    glance(folds, report),
    ...folds
      .slice(0, MOST_DETAILED)
      .map((entry, index) => findingArticle(entry, report, { id: idOf(index), isFirst: isFirstOfRule(folds, index) })),
    ...(left > 0 ? [paragraph(`The details of ${plural(left, 'more finding')} are in the JSON report.`)] : []),
  );
}

function nothingFound({ summary }: Report): string {
  if (summary.expected === 0) return 'AWS was not read, so no drift could be found.';
  return summary.unreadable > 0 || summary.observed < summary.expected
    ? 'None in what was read and compared. For what could not be read, see Coverage.'
    : 'None in what was compared. For what was not compared, see Coverage.';
}

function legend(): Element {
  const entries = ACCESS_ORDER.map((access) => h('li', accessChip({ access }), ' ', ACCESS_TEXTS[access].meaning));
  return h('ul', { className: ['legend'] }, ...entries);
}

function glance(folds: readonly Fold[], report: Report): Element {
  const nameOf = accountNames(report);
  const rows = folds.map((entry, index) => {
    const { first, findings } = entry;
    const title = titleOfFold(entry, report);
    const link = index < MOST_DETAILED ? [h('a', { href: `#${idOf(index)}` }, ...words(title))] : words(title);
    const cause = causeRecord(first);
    return {
      cells: [
        [...link, div('sub', mono(first.rule))],
        [accessChip(first)],
        findings.length === 1 ? nameOf(first.account) : [plural(findings.length, 'account')],
        cause === '' ? ['not looked up'] : words(findings.length === 1 ? cause : 'see below'),
        [REPAIR_TEXTS[first.fix.status]],
      ],
    };
  });
  const columns = ['Finding', 'Access', 'Account', 'Changed by, and use', 'Repair'];
  return table({ caption: 'Findings at a glance', className: 'glance', columns, rows });
}

function idOf(index: number): string {
  return `finding-${index + 1}`;
}

/** What a rule means depends on the direction, too. */
function isFirstOfRule(folds: readonly Fold[], index: number): boolean {
  const current = folds[index]?.first;
  return folds.findIndex(({ first }) => first.rule === current?.rule && first.access === current.access) === index;
}
