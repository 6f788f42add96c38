import { escapeInvisible } from '../text/quoted.ts';

/** An error in the desired-state file, with all that is needed to correct it without the documentation. */
export interface FileError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** The path in the file, such as `hub.user.managedPolicies[0]`; empty for the file as a whole. */
  readonly path: string;
  /** What was found. */
  readonly message: string;
  /** What was expected instead. */
  readonly expected: string;
  /** What was probably meant, as it is written in a file. */
  readonly suggestion?: string;
}

/** One line: `file:line:column path: message; expected …; did you mean …?`. Invisible characters are escaped. */
export function formatFileError(error: FileError): string {
  const path = error.path === '' ? '' : ` ${error.path}`;
  const expected = error.expected === '' ? '' : `; expected ${error.expected}`;
  const suggestion = error.suggestion === undefined ? '' : `; did you mean \`${error.suggestion}\`?`;
  return escapeInvisible(`${error.file}:${error.line}:${error.column}${path}: ${error.message}${expected}${suggestion}`);
}
