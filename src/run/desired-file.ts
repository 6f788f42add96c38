import { lstat, open, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';

/** No desired-state file is larger; one that is gets cut off here, and the parser says that it is too large. */
export const MOST_BYTES = 2 * 1024 * 1024;

/** The desired-state file can't be read; the message says what to do. */
export class DesiredFileMissing extends Error {
  override readonly name = 'DesiredFileMissing';
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
