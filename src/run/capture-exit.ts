import type { Report } from '../report/model/schema.ts';
import { plural } from '../text/plural.ts';
import type { Ending } from '../time/deadline.ts';
import { cancelledText, type Exit, exitOf } from './exit.ts';

/** A capture fails without a file, and for whatever could not be read. Roles that it left out, and what people have to review, are warnings. */
export function captureExit(report: Report, hasProblems: boolean, ending?: Ending): Exit {
  const { failures, warnings } = exitOf(report, 'never', ending);
  const { capture, errors } = report;
  if (capture === undefined)
    return {
      failures: [
        ...cancelledText(report, ending),
        ...(hasProblems ? ['Nothing was captured, and no file was written.'] : whyNoFile(errors)),
      ],
      warnings,
    };
  const left = capture.leftOut.length;
  const review = capture.review.length;
  return {
    failures: [...(capture.reason === '' ? [] : [capture.reason]), ...failures],
    warnings: [
      ...warnings,
      ...(left > 0 ? [`Not captured: ${plural(left, 'granted role')}. The job summary lists them with the reasons.`] : []),
      ...(review > 0 ? [`Review ${plural(review, 'item')} before you accept the file. The job summary lists them.`] : []),
    ],
  };
}

function whyNoFile(errors: Report['errors']): string[] {
  return [...errors.map(({ message, advice }) => [message, advice].filter((text) => text !== '').join(' ')), 'No file was written.'];
}
