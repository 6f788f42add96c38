import { type FileError, formatFileError, parseDesired } from '../desired/index.ts';
import type { Desired } from '../state/desired.ts';
import { DesiredFileMissing, readDesiredFile } from './desired-file.ts';

/** Something wrong with the desired-state file, at a place in it where there is one. */
export interface FileProblem {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | undefined;
}

/** Reads and checks the desired-state file: what it says, or everything that is wrong with it. */
export async function loadDesired(workspace: string, path: string): Promise<{ desired: Desired } | { problems: readonly FileProblem[] }> {
  try {
    const parsed = parseDesired(await readDesiredFile(workspace, path), { path });
    return 'errors' in parsed ? { problems: parsed.errors.map(problemOf) } : parsed;
  } catch (error) {
    if (error instanceof DesiredFileMissing) return { problems: [{ text: error.message, location: undefined }] };
    throw error;
  }
}

/** An error of the file, as it is published. */
export function problemOf(error: FileError): FileProblem {
  const { file, line, column } = error;
  return { text: formatFileError(error), location: { file, line, column } };
}
