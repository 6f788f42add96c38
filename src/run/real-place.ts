import { lstat, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemErrorCode } from '../text/system-error.ts';

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/** The place of a file can't be found out; the message follows the file's name. */
export class NoPlace extends Error {
  override readonly name = 'NoPlace';
}

/**
 * Where a file is, or would be if it and its missing folders were made: the path without a link in it. A link that leads nowhere leads to what would be there.
 *
 * @param path absolute
 * @throws {NoPlace}
 */
export async function realPlace(path: string, linksLeft = MOST_LINKS): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ELOOP' || linksLeft === 0) throw new NoPlace('is reached through symbolic links that form a loop', { cause: error });
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw new NoPlace(`can't be reached (${code || 'unknown error'})`, { cause: error });
    const folder = dirname(path);
    if (folder === path) return path;
    const place = join(await realPlace(folder, linksLeft), basename(path));
    const target = (await isLink(place)) ? await readlink(place) : undefined;
    return target === undefined ? place : realPlace(resolve(dirname(place), target), linksLeft - 1);
  }
}

/**
 * The same text for paths of the same file, also where the file system ignores case or one is a hard link of the other. For files that are not there, names
 * that differ only in case count as the same: a workflow has to do the same on every runner.
 *
 * @param place a result of `realPlace`
 */
export async function fileIdentity(place: string): Promise<string> {
  const found = await stat(place, { bigint: true }).catch(() => undefined);
  // Some network drives number no files.
  if (found !== undefined) return found.ino === 0n ? place : `${found.dev}:${found.ino}`;
  const folder = dirname(place);
  return folder === place ? place : `${await fileIdentity(folder)}/${basename(place).toLowerCase()}`;
}

async function isLink(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isSymbolicLink() ?? false;
}
