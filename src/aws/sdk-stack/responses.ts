import type { HttpResponse } from '@smithy/core/protocols';
import { UnexpectedAnswer } from '../answers.ts';
import { errorCode, errorMessage, httpStatus } from '../errors.ts';

/** How AWS's responses begin: with the element of a call, or as a JSON object. */
const OF_AWS = /<\w+Response[\s>]|^\s*\{/;

/** Bytes within which they do. */
const BEGINNING = 1_000;

/**
 * A proxy's page would be read like a response of AWS, and an empty response like one that a write was made. Emulators send some of their XML errors, and some of
 * their JSON, as HTML.
 *
 * @throws {UnexpectedAnswer} if the response is an HTML page, or says that a call succeeded and is not AWS's
 */
export function refuseStranger({ statusCode, headers, body }: HttpResponse): void {
  const type: string | undefined = headers['content-type'];
  const isPage = type !== undefined && /\bhtml\b/i.test(type);
  if (!isPage && statusCode >= 300) return;
  if (OF_AWS.test(Buffer.from(body).toString('latin1', 0, BEGINNING))) return;
  throw new UnexpectedAnswer(`${isPage ? 'an HTML page' : 'a response that is not from AWS,'} with status ${statusCode}`, statusCode);
}

/** An error of AWS or of the network as it is; in place of any other, such as the XML parser's, an `UnexpectedAnswer`, which is retried. */
export function namedError(error: unknown, response: HttpResponse | undefined): unknown {
  const code = errorCode(error);
  if (code === 'Unknown') return new UnexpectedAnswer('an error without an AWS error code', httpStatus(error));
  // Errors of AWS and of the network have names and codes of their own; these are the HTTP parser's, and those of the parsers of XML, JSON and dates.
  const isOfParser = code === 'Error' || code.startsWith('HPE_') || (response !== undefined && PARSER_ERRORS.has(code));
  if (!isOfParser) return error;
  return new UnexpectedAnswer(errorMessage(error), httpStatus(error) ?? response?.statusCode);
}

const PARSER_ERRORS: ReadonlySet<string> = new Set(['SyntaxError', 'TypeError', 'RangeError']);
