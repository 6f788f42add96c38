import { isAbsolute, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { refuse } from './values.ts';

/**
 * The path of a file to read, relative to the workspace or absolute, but always inside the workspace. The result is relative, with `/` and without `.`
 * and `..`.
 */
export function fileInside(workspace: string) {
  return z.string().transform((text, context): string => inside(workspace, text, context));
}

/**
 * The path of a file to write. A relative path must stay in the workspace, because a `..` that leads out of it is probably a mistake. An absolute path may
 * lead anywhere, for example to the runner's temporary folder, and stays absolute.
 */
export function fileToWrite(workspace: string) {
  return z
    .string()
    .transform((text, context): string => (isAbsolute(text) && !/\p{Cc}/u.test(text) ? resolve(text) : inside(workspace, text, context)));
}

/** Whether a path leads to something in the folder, judged by the texts of both: links are not followed. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const rest = relative(folder, path);
  return rest !== '' && rest !== '..' && !rest.startsWith(`..${sep}`) && !isAbsolute(rest);
}

function inside(workspace: string, text: string, context: z.RefinementCtx): string {
  if (/\p{Cc}/u.test(text)) return refuse(text, context, 'contains line breaks or control characters');
  const path = resolve(workspace, text);
  if (path === resolve(workspace)) return refuse(text, context, 'is the workspace itself, not a file in it');
  return isInside(workspace, path) ? relative(workspace, path).split(sep).join('/') : refuse(text, context, 'is outside the workspace');
}
