import { escapeInvisible } from '../text/quoted.ts';

/** One thing wrong with the desired-state file, told so that it can be mended without opening the documentation. */
export interface FileError {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where in the file's structure: `hub.user.managedPolicies[0]`; empty for the file as a whole. */
  readonly path: string;
  /** What was found. */
  readonly message: string;
  /** What should be there. */
  readonly expected: string;
  /** What was probably meant, as it would be written. */
  readonly suggestion?: string;
}

/** One line: `file:line:column path: message; expected …; did you mean …?`. Control characters of the file are shown escaped. */
export function formatFileError(error: FileError): string {
  const path = error.path === '' ? '' : ` ${error.path}`;
  const expected = error.expected === '' ? '' : `; expected ${error.expected}`;
  const suggestion = error.suggestion === undefined ? '' : `; did you mean \`${error.suggestion}\`?`;
  return escapeInvisible(`${error.file}:${error.line}:${error.column}${path}: ${error.message}${expected}${suggestion}`);
}
