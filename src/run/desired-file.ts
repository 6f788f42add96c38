import { lstat, open, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';

/** No desired-state file is larger; one that is gets cut off here, and the parser says that it is too large. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** The desired-state file can't be read; the message says what to do. */
export class DesiredFileMissing extends Error {
  override readonly name = 'DesiredFileMissing';

  /** There is nothing of that name. */
  get isAbsent(): boolean {
    return this.cause instanceof Error && 'code' in this.cause && this.cause.code === 'ENOENT';
  }
}

/**
 * Reads the desired-state file. It may come from a pull request, so a symbolic link must not lead out of the workspace, and size is bounded.
 *
 * @param path from the workspace
 * @throws {DesiredFileMissing}
 */
export async function readDesiredFile(workspace: string, path: string): Promise<Uint8Array> {
  const whole = join(workspace, path);
  try {
    const inside = relative(await realpath(workspace), await realpath(whole));
    if (inside.startsWith('..') || isAbsolute(inside)) throw new DesiredFileMissing(`${path} is a link that leads out of the workspace.`);
    const { size } = await lstat(await realpath(whole));
    return size <= MOST_BYTES ? await readFile(whole) : await firstBytes(whole);
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
 * Where the desired-state file is written: the file that a link leads to, if it is one, and in any case inside the workspace, whichever of its folders are there.
 *
 * @throws {DesiredFileMissing} when one of the folders is a link that leads out
 */
export async function placeOfDesiredFile(workspace: string, path: string): Promise<string> {
  const root = await realpath(workspace);
  for (let known = join(workspace, path), rest = ''; ; rest = join(basename(known), rest), known = dirname(known)) {
    const real = await realpath(known).catch(() => undefined);
    if (real === undefined && known !== dirname(known)) continue;
    const inside = relative(root, real ?? known);
    if (inside.startsWith('..') || isAbsolute(inside)) throw new DesiredFileMissing(`${path} is a link that leads out of the workspace.`);
    return rest === '' ? (real ?? known) : join(real ?? known, rest);
  }
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
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EISDIR') return `${path} is a folder, not a file.`;
  if (code !== 'ENOENT') return `${path} can't be read (${code || 'unknown error'}).`;
  return `There is no ${path} in the workspace. Check out the repository first (actions/checkout), or name the file with the input desired-state.`;
}
