import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { systemErrorCode } from '../text/system-error.ts';

/** A file could not be written. The message is for people; `cause` is the system's error. */
export class FileNotWritten extends Error {
  constructor(path: string, cause: unknown) {
    super(`${JSON.stringify(path)} could not be written: ${reason(cause)}.`, { cause });
    this.name = 'FileNotWritten';
  }
}

/** What a test replaces. */
export interface Renaming {
  readonly rename: (from: string, to: string) => Promise<void>;
  /** Milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
}

const SYSTEM: Renaming = { rename, wait: (ms) => setTimeout(ms) };

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name. Creates missing folders. A link in the file's own place is
 * replaced, not followed.
 *
 * A run that is cancelled in the middle must not leave half a report for the next step to read.
 *
 * @param path absolute, or relative to the current directory
 * @throws {FileNotWritten}
 */
export async function writeFileWhole(path: string, text: string, system: Renaming = SYSTEM): Promise<void> {
  const temporary = join(dirname(path), `.${randomBytes(8).toString('hex')}.tmp`);
  try {
    if (await isFolder(path)) throw new FolderInPlace();
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await renameOnceFree(temporary, path, system);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new FileNotWritten(path, error);
  }
}

/** A link to a folder would be replaced as well, and the files in the folder be out of reach. */
class FolderInPlace extends Error {
  readonly code = 'EISDIR';
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() ?? false;
}

/** Windows refuses to replace a file while a virus scanner or an indexer has it open, which they do for a moment after each write. */
const IN_USE: ReadonlySet<string> = new Set(['EPERM', 'EACCES', 'EBUSY']);
const FIRST_WAIT = 10;
/** The waits add up to two and a half seconds. */
const MOST_WAITS = 8;

async function renameOnceFree(from: string, to: string, system: Renaming): Promise<void> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await system.rename(from, to);
    } catch (error) {
      if (waits === MOST_WAITS || !IN_USE.has(systemErrorCode(error))) throw error;
      await system.wait(FIRST_WAIT * 2 ** waits);
    }
  }
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['EBUSY', 'another program has it open'],
  ['ENOSPC', 'no space is left on the disk'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EISDIR', 'a directory of that name exists'],
  ['ENOTEMPTY', 'a directory of that name exists'],
  ['ENOTDIR', 'one of its directories is a file'],
  ['EEXIST', 'one of its directories is a file'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

function reason(cause: unknown): string {
  const code = systemErrorCode(cause);
  return REASONS.get(code) ?? (code === '' ? 'an unexpected error' : `system error ${code}`);
}
