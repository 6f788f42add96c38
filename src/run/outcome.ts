import { accountsOf, maskReport } from '../report/model/mask.ts';
import { masker } from '../report/model/mask-text.ts';
import type { Report } from '../report/model/schema.ts';
import type { FileProblem } from './load-desired.ts';

/** What a run found. `problems`: what is wrong with the file or the inputs; with any of them the run read nothing. */
export interface RunOutcome {
  readonly report: Report;
  readonly problems: readonly FileProblem[];
  /** Of a capture: the desired-state file as it is now, if there is one. */
  readonly text?: string | undefined;
}

/** The outcome with account ids shortened, for pages that anybody can read. */
export function maskOutcome({ report, problems, text }: RunOutcome): RunOutcome {
  const shown = maskReport(report);
  if (problems.length === 0 && text === undefined) return { report: shown, problems };
  const mask = masker(accountsOf(report));
  return {
    report: shown,
    problems: problems.map((problem) => ({ ...problem, text: mask(problem.text) })),
    text: text === undefined ? undefined : mask(text),
  };
}
