/** What is said of an error is bounded: some of AWS's messages repeat whole documents. */
const LONGEST_MESSAGE = 500;

/** AWS's error code (`AccessDenied`), a network error's (`ECONNRESET`), or the error's name. */
export function errorCode(error: unknown): string {
  // The SDK names modelled errors after their class (`NoSuchEntityException`) and keeps the code of the wire in `Code`.
  return textOf(error, 'Code') ?? textOf(error, 'code') ?? textOf(error, 'name') ?? 'UnknownError';
}

/** What the SDK says to its developers before and behind a message. */
const SDK_REMARKS = /^@(smithy|aws-sdk)[\w/-]* (- )?(\[\w+\] )?| Deserialization error: to see the raw response.*$/g;

/** What AWS repeats of a request whose signature does not match: the session token is in it. */
const SIGNED_TEXT = / ?The Canonical String for this request should have been.*$/;

/** The message on one line, without control characters, at most 500 characters. */
export function errorMessage(error: unknown): string {
  const text = (textOf(error, 'message') ?? String(error)).replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
  const line = text.replace(SDK_REMARKS, '').replace(SIGNED_TEXT, '');
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE)}…`;
}

/** HTTP status of the answer, where there was one. */
export function httpStatus(error: unknown): number | undefined {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

/** Node's code of a failed connection (`ECONNREFUSED`); looked for in causes, and in the attempts of a failed dual-stack connect. */
export function networkCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined; depth += 1) {
    const code = textOf(current, 'code');
    if (code !== undefined && /^E(?!RR_)[A-Z_]+$/.test(code)) return code;
    const attempts = property(current, 'errors');
    current = Array.isArray(attempts) ? attempts[0] : property(current, 'cause');
  }
  return undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const text = property(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Without `instanceof`: what came from another realm counts as well. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
