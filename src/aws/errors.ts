/** Characters of a message that are kept: some of AWS's messages repeat whole documents. */
const LONGEST_MESSAGE = 500;

/** AWS's error code (`AccessDenied`), a network error's (`ECONNRESET`), or the error's name. */
export function errorCode(error: unknown): string {
  // The SDK names modelled errors after their class (`NoSuchEntityException`) and keeps the code that AWS sent in `Code`.
  return textOf(error, 'Code') ?? textOf(error, 'code') ?? textOf(error, 'name') ?? 'UnknownError';
}

/** Whether a code says that the caller lacks a permission. */
export function isRefusal(code: string): boolean {
  return /^(AccessDenied(Exception)?|UnauthorizedOperation|AuthorizationError|NotAuthorized)$/.test(code);
}

/** What the SDK adds before and after a message for developers. */
const SDK_REMARKS = /^@(smithy|aws-sdk)[\w/-]* (- )?(\[\w+\] )?| Deserialization error: to see the raw response.*$/g;

/** What AWS repeats of a request whose signature does not match, including the session token. */
const SIGNED_TEXT = / ?The Canonical String for this request should have been.*$/;

/** The message on one line, without control characters, at most 500 characters. */
export function errorMessage(error: unknown): string {
  const text = (textOf(error, 'message') ?? String(error)).replace(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
  const line = text.replace(SDK_REMARKS, '').replace(SIGNED_TEXT, '');
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE)}…`;
}

/** The HTTP status of the response, if there was one. */
export function httpStatus(error: unknown): number | undefined {
  const metadata = property(error, '$metadata');
  const status = property(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

/** Node's code of a failed connection (`ECONNREFUSED`), of the error itself, one of its causes, or the first attempt of a dual-stack connection. */
export function networkCode(error: unknown): string | undefined {
  let current = error;
  for (let depth = 0; depth < 5 && current !== undefined; depth += 1) {
    const code = textOf(current, 'code');
    if (code !== undefined && /^E(?!RR_)[A-Z_]+$/.test(code) && fileCode(current) === undefined) return code;
    const attempts = property(current, 'errors');
    current = Array.isArray(attempts) ? attempts[0] : property(current, 'cause');
  }
  return undefined;
}

/** The codes of files that can't be read. They look like those of the network, and a firewall's EACCES is one. */
const FILE_CODES: ReadonlySet<string> = new Set(['EACCES', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'ENOENT', 'ENOTDIR', 'EPERM']);

/** Node's code of a file that can't be read (`ENOENT`). */
export function fileCode(error: unknown): string | undefined {
  const code = textOf(error, 'code');
  return code !== undefined && FILE_CODES.has(code) && textOf(error, 'syscall') !== 'connect' ? code : undefined;
}

function textOf(value: unknown, key: string): string | undefined {
  const text = property(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** The property's value. There is no check by `instanceof`, so errors from another realm are accepted. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
