import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file could not be written. The message is for people; `cause` is the system's error. */
export class FileNotWritten extends Error {
  constructor(path: string, cause: unknown) {
    super(`${JSON.stringify(path)} could not be written: ${reason(cause)}.`, { cause });
    this.name = 'FileNotWritten';
  }
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. Creates missing folders.
 *
 * A run that is cancelled in the middle must not leave half a report for the next step to read.
 *
 * @param path absolute, or relative to the current directory
 * @throws {FileNotWritten}
 */
export async function writeFileWhole(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FileNotWritten(path, error);
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EISDIR', 'there is a folder of that name'],
  ['ENOTEMPTY', 'there is a folder of that name'],
  ['ENOTDIR', 'one of its folders is a file'],
  ['EEXIST', 'one of its folders is a file'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

function reason(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  return REASONS.get(code) ?? (code === '' ? 'an unexpected error' : `system error ${code}`);
}
