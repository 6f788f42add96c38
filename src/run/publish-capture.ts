import type { Inputs } from '../inputs/inputs.ts';
import { connect } from '../publish/octokit.ts';
import type { RunContext } from '../publish/run-context.ts';
import { annotate, appendSummary, failStep, log, setOutputs } from '../publish/runner.ts';
import { accountsOf, maskReport, maskText } from '../report/model/mask.ts';
import { captureLog } from '../report/outputs/capture-log.ts';
import { renderCaptureSummary } from '../report/outputs/capture-summary.ts';
import { count } from '../report/sections/verdict.ts';
import type { CaptureOutcome } from './capture.ts';
import { exitOf } from './exit.ts';
import type { Job } from './job.ts';
import { isMasked, resultOutputs, warn, whereabouts, writeJson } from './publish-report.ts';

/** Hands over what came of a capture: report, outputs, log and summary. No issue and no comment: nothing has drifted from a file that nobody agreed to yet. */
export async function publishCapture(
  { clock }: Job,
  context: RunContext,
  given: Inputs,
  { report, problems, text }: CaptureOutcome,
): Promise<void> {
  const inputs = { ...given, sarifPath: undefined };
  const octokit = inputs.githubToken === undefined ? undefined : connect({ token: inputs.githubToken, baseUrl: context.apiUrl, clock });
  const masked = await isMasked(context, inputs, octokit);
  const shown = masked ? maskReport(report) : report;
  const mask = (told: string) => (masked ? maskText(told, accountsOf(report)) : told);
  const unwritten = await writeJson(context, inputs.reportPath, report);
  setOutputs(resultOutputs(report, inputs, report.capture !== undefined));

  log(captureLog(shown));
  for (const { text: message, location } of problems) annotate({ level: 'error', message: mask(message), ...location });
  const file = text === undefined ? undefined : mask(text);
  warn(await appendSummary(renderCaptureSummary(shown, { ...whereabouts(context, inputs), file, masked })));

  const { failures, warnings } = exitOf(shown, 'never', context.event === 'pull_request');
  warnings.forEach(warn);
  const { capture } = shown;
  if (capture !== undefined && capture.leftOut.length > 0)
    warn(`Not captured: ${count(capture.leftOut.length, 'granted role')}; the job summary says which, and why.`);
  if (capture !== undefined && capture.review.length > 0)
    warn(`Review ${count(capture.review.length, 'thing')} before you accept the file; the job summary lists them.`);
  const reasons = [...reasonsOf(shown, problems.length), ...(capture === undefined ? [] : failures), ...unwritten];
  if (reasons.length > 0) failStep(reasons.join(' '));
}

/** Why there is no file. */
function reasonsOf({ capture, errors }: CaptureOutcome['report'], problems: number): string[] {
  if (capture !== undefined) return capture.reason === '' ? [] : [capture.reason];
  if (problems > 0) return ['Nothing was captured, and no file was written.'];
  return [...errors.map(({ message, advice }) => [message, advice].filter((text) => text !== '').join(' ')), 'No file was written.'];
}
