import { compareText } from '../../text/compare-text.ts';
import { cut } from '../../text/visible.ts';
import type { Report } from '../model/schema.ts';
import { plain } from './markdown.ts';
import { listSection, type Row, type Section } from './page.ts';

const MAX_WORD = 200;
const MAX_TEXT = 1_000;

/** Quotas that are nearly full, and the notes of the report. */
export function notesSection(report: Report, rank: number): Section {
  const rows = noteTexts(report).map((note): Row => ({ text: () => `- ${plain(note)}\n`, rank, weight: 1 }));
  return listSection('\n## Notes\n\n', rows, 'more note');
}

/** The same as texts that are not escaped yet. */
export function noteTexts(report: Report): readonly string[] {
  const forecast = [...report.forecast]
    .sort((a, b) => b.used / b.limit - a.used / a.limit || compareText(a.what, b.what))
    .map(({ what, used, limit, unit }) => {
      const share = limit > 0 ? ` (${Math.round((used / limit) * 100)} %)` : '';
      return `Quota: ${cut(what, MAX_WORD)} will use ${used.toLocaleString('en-US')} of ${limit.toLocaleString('en-US')} ${unit}${share}`;
    });
  return [...forecast, ...report.notes.map((note) => cut(note, MAX_TEXT))];
}
