import type { Inputs } from '../inputs/inputs.ts';
import type { Report } from '../report/model/schema.ts';
import { annotations, type FileAnnotation } from '../report/outputs/annotations.ts';
import { renderCaptureLog } from '../report/outputs/capture-log.ts';
import { renderCaptureSummary } from '../report/outputs/capture-summary.ts';
import { renderLog } from '../report/outputs/log.ts';
import { renderSummary } from '../report/outputs/summary.ts';
import { renderCaptureHeadline } from '../report/sections/capture-headline.ts';
import { headlineText } from '../report/sections/headline.ts';
import type { PageLinks } from '../report/sections/links.ts';
import type { Ending } from '../time/deadline.ts';
import { captureExit } from './capture-exit.ts';
import { cancelledText, type Exit, exitOf } from './exit.ts';
import type { RunOutcome } from './outcome.ts';

/** How an outcome is shown. Every run is published in the same way; the modes differ in this alone. */
export interface Presentation {
  /** Whether there are counts for the outputs. */
  readonly hasResult: boolean;
  /** The verdict in one line of plain text. */
  readonly headline: (report: Report) => string;
  /** Whether code scanning and the issue are to follow this run. */
  readonly writesSarif: boolean;
  readonly keepsIssue: boolean;
  readonly renderLog: (report: Report) => string;
  readonly annotations: (report: Report) => readonly FileAnnotation[];
  readonly renderSummary: (shown: RunOutcome, links: PageLinks) => string;
  readonly exit: (shown: RunOutcome, failOn: Inputs['failOn'], ending?: Ending) => Exit;
}

/** Live was compared with the file, or the file was checked. */
const COMPARISON: Presentation = {
  hasResult: true,
  headline: headlineText,
  writesSarif: true,
  keepsIssue: true,
  renderLog,
  annotations,
  renderSummary: ({ report }, links) => renderSummary(report, links),
  exit: ({ report }, failOn, ending) => exitOf(report, failOn, ending),
};

/** The run ended at the file. It must not say anything about accounts that it did not try to read. */
const INVALID_FILE: Presentation = {
  ...COMPARISON,
  hasResult: false,
  keepsIssue: false,
  exit: ({ report, problems: { length } }, _failOn, ending) => ({
    failures: [
      ...cancelledText(report, ending),
      `The desired-state file has ${length === 1 ? '1 error' : `${length} errors`}. Nothing was compared.`,
    ],
    warnings: [],
  }),
};

/** Nobody has agreed to a captured file yet, so nothing has drifted from it: no annotations, no alerts, no issue. */
const CAPTURE: Presentation = {
  hasResult: true,
  headline: renderCaptureHeadline,
  writesSarif: false,
  keepsIssue: false,
  renderLog: renderCaptureLog,
  annotations: () => [],
  renderSummary: ({ report, text }, links) => renderCaptureSummary(report, { ...links, file: text }),
  exit: ({ report, problems }, _failOn, ending) => captureExit(report, problems.length > 0, ending),
};

export function presentationOf({ report, problems }: RunOutcome): Presentation {
  if (report.run.mode === 'capture') return { ...CAPTURE, hasResult: report.capture !== undefined };
  return problems.length > 0 ? INVALID_FILE : COMPARISON;
}
