import { isExcepted } from '../../drift/exceptions.ts';
import { ACCESS_TEXTS } from '../model/access-texts.ts';
import { type Fold, fold } from '../model/fold.ts';
import { ACCESS_ORDER, isOpen, severityRank, worstFirst } from '../model/order.ts';
import type { Report, ReportFinding } from '../model/schema.ts';
import { subjectOf } from '../model/subject.ts';
import { accountLabel } from './accounts.ts';
import { causeMarkdown } from './cause-line.ts';
import { exceptionLines, type FindingBounds, findingRenderer } from './finding-details.ts';
import { titleOfFold } from './finding-title.ts';
import { locationLink, type PageLinks } from './links.ts';
import { code, plain, plainSentence } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';
import { REPORT_RANKS } from './ranks.ts';

const MAX_TEXT = 1_000;

/** The sections of a repair run: what became of its findings. */
const AFTER_REPAIR: readonly { readonly title: string; readonly statuses: readonly ReportFinding['fix']['status'][] }[] = [
  { title: 'Repair failed', statuses: ['failed'] },
  { title: 'Written, but not yet verified', statuses: ['applied'] },
  { title: 'Repair refused', statuses: ['refused'] },
  { title: 'Needs manual action', statuses: ['none'] },
  { title: 'Planned for the next run', statuses: ['planned'] },
];

/**
 * The open findings, folded, worst first. For a repair run, grouped by what became of them.
 *
 * @param most how many have all their details; the others are a line each
 */
export function findingSections(report: Report, links: PageLinks, bounds: FindingBounds, most: number): Section[] {
  const open = worstFirst(report, isOpen);
  const render = findingRenderer(report, links, bounds);
  const section = (title: string, findings: readonly ReportFinding[]): Section => {
    const folds = fold(findings, report);
    const rows = folds.map(
      (entry, index): Row => ({
        text: () => (index < most ? render(entry, isFirstOfRule(folds, index)) : lineOf(entry, index === most)),
        rank: REPORT_RANKS.finding + severityRank(entry.first),
        weight: entry.findings.length,
      }),
    );
    return listSection(`\n## ${title}\n\nWorst first. ${LEGEND}\n\n`, rows, 'more finding');
  };
  const lineOf = (entry: Fold, isFirstLine: boolean): string => {
    const { first } = entry;
    const title = plain(titleOfFold(entry, report));
    const { emoji } = ACCESS_TEXTS[first.access];
    const cause = causeMarkdown(first, report);
    const by = cause === '' ? '' : `: ${cause}`;
    return `${isFirstLine ? '\n' : ''}- ${emoji} ${title} (${code(first.rule)}, ${locationLink(first.location, links)})${by}\n`;
  };
  if (!report.run.fix) return [section('Findings', open)];
  return AFTER_REPAIR.map(({ title, statuses }) =>
    section(
      title,
      open.filter(({ fix }) => statuses.includes(fix.status)),
    ),
  );
}

/** What a rule means depends on the direction, too. */
function isFirstOfRule(folds: readonly Fold[], index: number): boolean {
  const current = folds[index]?.first;
  return folds.findIndex(({ first }) => first.rule === current?.rule && first.access === current.access) === index;
}

const LEGEND = ACCESS_ORDER.map((access) => `${ACCESS_TEXTS[access].emoji} ${access}: ${ACCESS_TEXTS[access].meaning}`).join(' · ');

/** Findings that were repaired and verified, a line each. */
export function repairedSection(report: Report): Section {
  const repaired = worstFirst(report, (finding) => finding.fix.status === 'verified' && !isExcepted(finding));
  return listSection('\n## Repaired\n\n', findingLines(report, repaired, REPORT_RANKS.repaired), 'more repaired finding');
}

/** Findings that an exception accepts at present, a line each. */
export function exceptedSection(report: Report): Section {
  const excepted = worstFirst(report, isExcepted);
  return listSection('\n## Accepted by an exception\n\n', findingLines(report, excepted, REPORT_RANKS.excepted), 'more accepted finding');
}

function findingLines(report: Report, findings: readonly ReportFinding[], rank: number): Row[] {
  const label = accountLabel(report);
  const lineOf = (finding: ReportFinding): string => {
    const { emoji } = ACCESS_TEXTS[finding.access];
    const why = exceptionLines(finding)
      .map((line) => ` ${line}`)
      .join('');
    return `- ${emoji} ${label(subjectOf(finding))} ${code(finding.rule)}: ${plainSentence(finding.message, MAX_TEXT)}${why}\n`;
  };
  return findings.map((finding): Row => ({ text: () => lineOf(finding), rank, weight: 1 }));
}
