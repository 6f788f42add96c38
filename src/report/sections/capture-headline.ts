import { plural } from '../../text/plural.ts';
import type { Report } from '../model/schema.ts';

/** The outcome of a capture in a few sentences. They hold no text from outside. */
export function renderCaptureHeadline({ capture, summary }: Report): string {
  if (capture === undefined) return 'Nothing was captured, and no file was written.';
  const read = `${summary.observed} of ${plural(summary.expected, 'account')} read.`;
  if (capture.reason !== '') return `The desired-state file could not be written. ${read}`;
  const written = capture.written ? 'The file was written.' : 'The file already matches and was not changed.';
  const left = capture.leftOut.length === 0 ? '' : ` ${plural(capture.leftOut.length, 'granted role')} not captured.`;
  const review = capture.review.length === 0 ? '' : ` ${plural(capture.review.length, 'item')} to review before you accept it.`;
  const taken = capture.taken.length === 0 ? '' : ` ${plural(capture.taken.length, 'new target')} from the organization, not granted yet.`;
  const outside =
    capture.notTakenIn.length === 0 ? '' : ` ${plural(capture.notTakenIn.length, 'account')} of the organization not taken in.`;
  return `Captured ${plural(capture.targets.length, 'target')}. ${written} ${read}${taken}${outside}${left}${review}`;
}

export function captureEmoji({ capture, summary }: Report): '✅' | '⚠️' | '❌' {
  if (capture === undefined || capture.reason !== '') return '❌';
  return summary.unreadable > 0 || capture.leftOut.length > 0 ? '⚠️' : '✅';
}
