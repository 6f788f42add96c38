import type { HttpResponse } from '@smithy/core/protocols';
import { UnexpectedAnswer } from '../answers.ts';
import { errorCode, errorMessage, httpStatus } from '../errors.ts';

/**
 * A proxy's page would be read like a response of AWS. Emulators send some of their XML errors, and some of their JSON, as HTML.
 *
 * @throws {UnexpectedAnswer} if the response is an HTML page
 */
export function refusePage({ statusCode, headers, body }: HttpResponse): void {
  const type: string | undefined = headers['content-type'];
  if (type === undefined || !/\bhtml\b/i.test(type)) return;
  if (!/<\w+Response[\s>]|^\s*\{/.test(String(body))) throw new UnexpectedAnswer(`an HTML page with status ${statusCode}`, statusCode);
}

/** An error of AWS or of the network as it is; in place of any other, such as the XML parser's, an `UnexpectedAnswer`, which is retried. */
export function namedError(error: unknown, response: HttpResponse | undefined): unknown {
  const code = errorCode(error);
  if (code === 'Unknown') return new UnexpectedAnswer('an error without an AWS error code', httpStatus(error));
  // Errors of AWS and of the network have names and codes of their own; these are the XML parser's and the HTTP parser's.
  if (code !== 'Error' && !code.startsWith('HPE_')) return error;
  return new UnexpectedAnswer(errorMessage(error), httpStatus(error) ?? response?.statusCode);
}
