import type { Element } from 'hast';
import { h } from 'hastscript';
import { isExcepted } from '../../../drift/exceptions.ts';
import { RULES } from '../../../state/rules.ts';
import { withFullStop } from '../../../text/visible.ts';
import { accessCounts } from '../../model/access-texts.ts';
import { isMasked } from '../../model/masked-account.ts';
import { isOpen } from '../../model/order.ts';
import { reachOf } from '../../model/reach.ts';
import type { Report } from '../../model/schema.ts';
import { captureEmoji, renderCaptureHeadline } from '../capture-headline.ts';
import { type ReportVerdict, reportVerdict } from '../headline.ts';
import { urgentFindings } from '../urgent.ts';
import { bulletList, mono, paragraph, words } from './nodes.ts';

const TONES = { '✅': { tone: 'good', sign: '✓' }, '⚠️': { tone: 'warn', sign: '!' }, '❌': { tone: 'bad', sign: '✕' } } as const;

/** The head of the page: whose report it is, the verdict, what is urgent, and the figures. */
export function headOfPage(report: Report): Element {
  const { hub } = report;
  const whose = hub.account === '' ? [] : [': hub ', mono(hub.account)];
  return h('header', h('h1', 'AWS access report', ...whose), verdictBox(report), ...urgentBoxes(report), figures(report));
}

function verdictBox(report: Report): Element {
  const { emoji, lead, rest } = verdictParts(report);
  const { tone, sign } = TONES[emoji];
  return h(
    'div',
    { className: ['verdict', tone] },
    h('p', { className: ['lead'] }, h('span', { className: ['sign'], ariaHidden: 'true' }, sign), `${lead}.`),
    ...(rest.length === 0 ? [] : [paragraph(rest.join(' '))]),
  );
}

function verdictParts(report: Report): ReportVerdict {
  if (report.run.mode !== 'capture') return reportVerdict(report);
  return { emoji: captureEmoji(report), lead: renderCaptureHeadline(report).replace(/\.$/, ''), rest: [] };
}

function urgentBoxes(report: Report): Element[] {
  return urgentFindings(report).map(({ rule, message, explanation }) =>
    h(
      'div',
      { className: ['verdict', 'bad'] },
      h('p', { className: ['lead'] }, RULES[rule].title),
      paragraph(...words(withFullStop(message))),
      ...(explanation.length === 0 ? [] : [bulletList(explanation.map(words))]),
      paragraph(h('strong', 'What to do now:'), ' ', RULES[rule].remedy),
      ...(isMasked(report) ? [paragraph('Account and key ids are shortened here. The report contains them in full.')] : []),
    ),
  );
}

interface Figure {
  readonly title: string;
  readonly value: string;
  readonly note: string;
}

function figures(report: Report): Element {
  return h(
    'dl',
    { className: ['figures'] },
    ...figuresOf(report).map(({ title, value, note }) =>
      h('div', h('dt', title), h('dd', h('b', value), ...(note === '' ? [] : [h('span', note)]))),
    ),
  );
}

function figuresOf(report: Report): Figure[] {
  const { summary, findings, run } = report;
  const open = findings.filter(isOpen);
  const reach = reachOf(report);
  const number = (value: number) => value.toLocaleString('en-US');
  const accounts: Figure[] =
    summary.expected === 0
      ? []
      : [
          {
            title: 'Accounts read',
            value: `${number(summary.observed)} of ${number(summary.expected)}`,
            note: `${number(summary.clean)} without drift, ${number(summary.drifted)} with drift, ${number(summary.unreadable)} not read`,
          },
          {
            title: 'Targets reached',
            value: `${number(reach.works)} of ${number(reach.all)}`,
            note: `${number(reach.broken)} not reached, ${number(reach.unknown)} unknown`,
          },
        ];
  return [
    ...accounts,
    { title: 'Open findings', value: number(open.length), note: accessCounts(open) },
    { title: 'Accepted by an exception', value: number(findings.filter(isExcepted).length), note: '' },
    ...(run.fix ? [{ title: 'Repaired and verified', value: number(summary.fixed), note: '' }] : []),
  ];
}

/** The title of the page, for the tab and the printed head. Plain text. */
export function pageTitle({ hub, run }: Report): string {
  return [hub.account === '' ? '' : `hub ${hub.account}, `, run.finishedAt.slice(0, 10)].join('');
}
