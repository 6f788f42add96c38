import type { Element } from 'hast';
import { h } from 'hastscript';
import { withFullStop } from '../../../text/visible.ts';
import { ACCESS_TEXTS } from '../../model/access-texts.ts';
import type { Fold } from '../../model/fold.ts';
import { meaningOf, remedyOf } from '../../model/rule-texts.ts';
import type { Report, ReportFinding } from '../../model/schema.ts';
import { causeRecord } from '../cause-line.ts';
import { REPAIR_TEXTS } from '../finding-details.ts';
import { titleOfFold } from '../finding-title.ts';
import { accessChip } from './access-chip.ts';
import { documentDiff, isDocument } from './document-diff.ts';
import { bulletList, type Content, div, facts, mono, paragraph, words } from './nodes.ts';
import { accountNames, lineInFile } from './places.ts';
import { table } from './table.ts';

export interface ArticleOptions {
  readonly id: string;
  /** Of its rule and access: what the rule means, and what to do about it, stands with the first alone. */
  readonly isFirst: boolean;
}

/** A finding, or the same in several accounts, with all that is known of it. */
export function findingArticle(entry: Fold, report: Report, { id, isFirst }: ArticleOptions): Element {
  const { first, findings } = entry;
  return h(
    'article',
    { id, className: ['finding', first.access] },
    h('h3', ...words(titleOfFold(entry, report))),
    h('p', { className: ['meta'] }, ...metaOf(entry)),
    paragraph(...words(withFullStop(first.message))),
    ...(isFirst ? [paragraph(meaningOf(first), ' ', h('strong', 'What to do:'), ' ', remedyOf(first))] : []),
    facts([
      ...(findings.length === 1 ? placeFacts(first, report) : []),
      ['Details', first.explanation.length === 0 ? [] : [bulletList(first.explanation.map(words))]],
      ['For example', first.witness ? [mono(first.witness)] : []],
      ...valueFacts(first),
      ['Exception', expiredText(first)],
      ['Repair', repairText(first)],
    ]),
    ...(findings.length === 1 ? [] : [accountsTable(entry, report)]),
    ...([first.desired, first.live].some(isDocument) ? documentDiff(first, 'Expected (-) and found (+)') : []),
  );
}

/** Its access, rule and id on one line. */
function metaOf({ first, findings }: Fold): Content {
  const id = findings.length === 1 ? [' · id ', mono(first.id)] : [];
  return [accessChip(first), ` ${ACCESS_TEXTS[first.access].meaning} · `, mono(first.rule), ...id];
}

type Fact = readonly [name: string, content: Content];

function placeFacts(finding: ReportFinding, report: Report): Fact[] {
  return [
    ['Account', accountNames(report)(finding.account)],
    ['Resource', [mono(finding.resource)]],
    ['Stated at', lineInFile(finding.location)],
    ['Changed by, and use', words(causeRecord(finding))],
  ];
}

function accountsTable({ findings }: Fold, report: Report): Element {
  const nameOf = accountNames(report);
  const rows = findings.map((finding) => ({
    cells: [
      nameOf(finding.account),
      [mono(finding.resource), div('sub', 'id ', mono(finding.id))],
      lineInFile(finding.location),
      words(causeRecord(finding) || 'not looked up'),
    ],
  }));
  const columns = ['Account', 'Resource', 'Stated at', 'Changed by, and use'];
  return table({ caption: 'Accounts with this finding', className: 'places', columns, rows });
}

/** Short values. Documents are compared line by line. */
function valueFacts({ desired, live }: ReportFinding): Fact[] {
  const [expected, found] = [shortValue(desired), shortValue(live)];
  if (expected === undefined || found === undefined || (desired ?? live ?? null) === null) return [];
  return [
    ['Expected', expected],
    ['Found', found],
  ];
}

/** `undefined` of a document, and of what has more than one value (a key, a tag, a quota), of which the message says enough. */
function shortValue(value: unknown): Content | undefined {
  if (value === null || value === undefined) return ['nothing'];
  return typeof value === 'object' || isDocument(value) ? undefined : [mono(String(value))];
}

function expiredText({ exception }: ReportFinding): Content {
  if (exception === null) return [];
  const { owner, reason, expires } = exception;
  return [`expired on ${expires}: `, mono(owner), ', ', ...words(reason)];
}

function repairText({ fix: { status, reason } }: ReportFinding): Content {
  return reason === '' ? [REPAIR_TEXTS[status]] : [`${REPAIR_TEXTS[status]}: `, ...words(reason)];
}
