import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isInside } from '../inputs/paths.ts';
import { systemErrorCode } from '../text/system-error.ts';
import { NoPlace, realPlace } from './real-place.ts';

/** No desired-state file is larger; one that is gets cut off here, and the parser says that it is too large. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** The desired-state file can't be read; the message says what to do. */
export class DesiredFileMissing extends Error {
  override readonly name = 'DesiredFileMissing';

  /** There is nothing of that name. */
  get isAbsent(): boolean {
    return systemErrorCode(this.cause) === 'ENOENT';
  }
}

/**
 * Reads the desired-state file. It may come from a pull request, so a symbolic link must not lead out of the workspace, and size is bounded.
 *
 * @param path from the workspace
 * @throws {DesiredFileMissing}
 */
export async function readDesiredFile(workspace: string, path: string): Promise<Uint8Array> {
  try {
    const place = await placeOfDesiredFile(workspace, path);
    const { size } = await stat(place);
    return size <= MOST_BYTES ? await readFile(place) : await firstBytes(place);
  } catch (error) {
    throw error instanceof DesiredFileMissing ? error : new DesiredFileMissing(advice(path, error), { cause: error });
  }
}

/** The desired-state file, or `undefined` where there is none. @throws {DesiredFileMissing} when there is one that can't be read */
export async function readDesiredFileIfThere(workspace: string, path: string): Promise<Uint8Array | undefined> {
  try {
    return await readDesiredFile(workspace, path);
  } catch (error) {
    if (error instanceof DesiredFileMissing && error.isAbsent) return undefined;
    throw error;
  }
}

/**
 * Where the desired-state file is, or is written: the file that a link leads to, if it is one, and in any case inside the workspace, whichever of its folders
 * are there.
 *
 * @throws {DesiredFileMissing} when it leads out, or nowhere
 */
export async function placeOfDesiredFile(workspace: string, path: string): Promise<string> {
  try {
    const place = await realPlace(join(workspace, path));
    if (isInside(await realPlace(workspace), place)) return place;
  } catch (error) {
    if (error instanceof NoPlace)
      throw new DesiredFileMissing(`${path} ${error.message}. Set the input desired-state to another file.`, { cause: error });
    throw error;
  }
  throw new DesiredFileMissing(
    `${path} is a symbolic link to a file outside the workspace. Set the input desired-state to a file in the workspace.`,
  );
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function advice(path: string, error: unknown): string {
  const code = systemErrorCode(error);
  if (code === 'EISDIR') return `${path} is a directory, not a file.`;
  if (code !== 'ENOENT') return `${path} can't be read (${code || 'unknown error'}).`;
  return `${path} does not exist in the workspace. Check out the repository first (actions/checkout), or set the input desired-state to the path of the file.`;
}
