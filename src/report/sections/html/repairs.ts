import type { Element } from 'hast';
import { h } from 'hastscript';
import { isExcepted } from '../../../drift/exceptions.ts';
import { worstFirst } from '../../model/order.ts';
import type { Report, ReportChange } from '../../model/schema.ts';
import { callWords, OUTCOME_TEXTS } from '../changes.ts';
import { titleWithPlace } from '../finding-title.ts';
import { documentDiff } from './document-diff.ts';
import { type Content, chip, div, moment, mono, paragraph, section, separated, type Tone, words } from './nodes.ts';
import { accountNames } from './places.ts';
import { table } from './table.ts';

const TONES: Readonly<Record<ReportChange['outcome'], Tone>> = { verified: 'good', failed: 'bad', unverified: 'warn' };

const EFFECTS: Readonly<Record<ReportChange['effect'], string>> = {
  grant: 'grants access',
  revoke: 'revokes access',
  both: 'may grant and revoke access',
  neither: 'no change in access',
};

/** What a run that may write did in AWS and what it did not. Nothing for a run that only reads. */
export function repairSections(report: Report): Element[] {
  const { run, changes, notMade } = report;
  if (!run.fix && run.mode !== 'rollback') return [];
  return [
    section(
      'changes',
      'Written to AWS',
      ...(changes.length === 0 ? [paragraph('Nothing was written.')] : [changesTable(report)]),
      ...repairedPart(report),
    ),
    ...(notMade.length === 0
      ? []
      : [section('not-made', 'Not attempted', paragraph('These calls were not sent to AWS.'), notMadeTable(report))]),
  ];
}

function changesTable(report: Report): Element {
  const nameOf = accountNames(report);
  const rows = report.changes.map((change) => {
    const { at, account, effect, outcome, reason, requestId, before, after } = change;
    const values = { desired: before, live: after, canonical: { desired: before, live: after } };
    return {
      cells: [
        [moment(at, at.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC'))],
        nameOf(account),
        callContent(change),
        [EFFECTS[effect]],
        [chip(TONES[outcome], OUTCOME_TEXTS[outcome].text), ...(reason === '' ? [] : [' ', ...words(reason)])],
        requestId === null ? ['–'] : [mono(requestId)],
      ],
      below: div('before-after', ...documentDiff(values, 'Before (-) and after (+)')),
    };
  });
  const columns = ['Sent', 'Account', 'Call', 'Effect', 'Outcome', 'Request id'];
  return table({ caption: 'Changes in the order in which they were sent', className: 'changes', columns, rows });
}

function callContent(call: Pick<ReportChange, 'action' | 'input'>): Content {
  return separated(
    callWords(call).map((word) => [mono(word)]),
    ' ',
  );
}

function repairedPart(report: Report): Element[] {
  const repaired = worstFirst(report, (finding) => finding.fix.status === 'verified' && !isExcepted(finding));
  if (repaired.length === 0) return [];
  const nameOf = accountNames(report);
  const rows = repaired.map((finding) => ({
    cells: [words(titleWithPlace(finding, report)), nameOf(finding.account), [mono(finding.resource)], [mono(finding.id)]],
  }));
  const columns = ['Finding', 'Account', 'Resource', 'Id'];
  return [
    h('h3', 'Repaired and verified'),
    table({ caption: 'Findings that were repaired and verified', className: 'repaired', columns, rows }),
  ];
}

function notMadeTable(report: Report): Element {
  const nameOf = accountNames(report);
  const rows = report.notMade.map((call) => ({ cells: [callContent(call), nameOf(call.account), words(call.reason)] }));
  return table({ caption: 'Calls that were not attempted', className: 'not-made', columns: ['Call', 'Account', 'Reason'], rows });
}
