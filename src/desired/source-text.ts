import { createHash } from 'node:crypto';
import type { FileError } from './file-error.ts';

/** More than any desired state needs (1,000 targets written out in full take about 300 KiB), and little enough to parse in about a second. */
export const MAX_FILE_BYTES = 1024 * 1024;

export interface SourceText {
  readonly path: string;
  readonly text: string;
  /** Hex digest of the file's bytes. */
  readonly sha256: string;
}

/** Decodes the file. A byte order mark is dropped. The error says why the file is not text. */
export function readSource(input: string | Uint8Array, path: string): { source: SourceText } | { error: FileError } {
  const bytes = typeof input === 'string' ? Buffer.from(input, 'utf8') : input;
  const fail = (message: string, expected: string, line = 1, column = 1) => ({
    error: { file: path, line, column, path: '', message, expected },
  });
  if (bytes.length > MAX_FILE_BYTES) {
    return fail(`the file has ${bytes.length.toLocaleString('en')} bytes`, `at most ${MAX_FILE_BYTES.toLocaleString('en')}`);
  }
  const text = decode(bytes);
  if (text === undefined) return fail('the file is not valid UTF-8', 'a text file in UTF-8', firstInvalidLine(bytes));
  const control = CONTROL.exec(text);
  if (control !== null) {
    const before = text.slice(0, control.index).split('\n');
    const code = (control[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return fail(`found the control character U+${code}`, 'a text file in UTF-8', before.length, (before.at(-1)?.length ?? 0) + 1);
  }
  return { source: { path, text, sha256: createHash('sha256').update(bytes).digest('hex') } };
}

/** Characters that YAML 1.2 does not allow unescaped (https://yaml.org/spec/1.2.2/#51-character-set). NUL is typical of a binary file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression searches for them
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

/** `undefined` if the bytes are not UTF-8. Drops a byte order mark. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function firstInvalidLine(bytes: Uint8Array): number {
  let line = 1;
  for (let start = 0; start <= bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline;
    if (decode(bytes.subarray(start, end)) === undefined) return line;
    start = end + 1;
  }
  return 1;
}
