import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { refuse } from './values.ts';

/** A path of a file to read: relative to the workspace or absolute, in any case inside it. Comes out relative, with `/`, and without `.` and `..`. */
export function fileInside(workspace: string) {
  return z.string().transform((text, context): string => inside(workspace, text, context));
}

/**
 * A path of a file to write. A relative one has to stay in the workspace, since `..` is a slip there; an absolute one may lead anywhere (the
 * runner's temporary folder, say) and comes out as it is.
 */
export function fileToWrite(workspace: string) {
  return z
    .string()
    .transform((text, context): string => (isAbsolute(text) && !/\p{Cc}/u.test(text) ? resolve(text) : inside(workspace, text, context)));
}

/** The same file, however it is spelled. */
export function sameFile(workspace: string, one: string, other: string): boolean {
  return resolve(workspace, one) === resolve(workspace, other);
}

function inside(workspace: string, text: string, context: z.RefinementCtx): string {
  if (/\p{Cc}/u.test(text)) return refuse(text, context, 'has line breaks or control characters in it');
  const path = relative(workspace, resolve(workspace, text));
  if (path === '') return refuse(text, context, 'is the workspace itself, not a file in it');
  if (path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)) return refuse(text, context, 'is not in the workspace');
  return path.split(sep).join('/');
}
