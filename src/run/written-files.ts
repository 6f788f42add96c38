import { resolve } from 'node:path';
import type { InputName } from '../inputs/defaults.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { isInside } from '../inputs/paths.ts';
import { quoted } from '../text/quoted.ts';
import { fileIdentity, NoPlace, realPlace } from './real-place.ts';

/** A file that an input names, as the workflow writes it. */
interface NamedFile {
  readonly input: InputName;
  readonly path: string;
}

/**
 * Whether the run would write where it must not, with links followed: out of the workspace through a link, or over the desired-state file, the report to undo
 * or another file that it writes. An absolute path outside the workspace is not a mistake: it may be in the runner's temporary folder.
 *
 * @returns the errors, one line each
 */
export async function writtenFileConflicts(inputs: Inputs, workspace: string): Promise<string[]> {
  const root = await realPlace(workspace);
  const errors: string[] = [];
  const taken = new Map<string, NamedFile>();
  for (const file of readFiles(inputs)) {
    const place = await realPlace(resolve(workspace, file.path)).catch(ignoreNoPlace);
    if (place !== undefined) taken.set(await fileIdentity(place), file);
  }
  for (const file of writtenFiles(inputs)) {
    const found = await checkedPlace(file, workspace, root);
    if ('error' in found) {
      errors.push(found.error);
      continue;
    }
    const identity = await fileIdentity(found.place);
    const other = taken.get(identity);
    if (other === undefined) taken.set(identity, file);
    else
      errors.push(
        `Input ${file.input}: ${quoted(file.path)} is the file of ${other.input} (${quoted(other.path)}), which it would overwrite. Use a different path.`,
      );
  }
  return errors;
}

function readFiles({ mode, desiredState, repairReport }: Inputs): NamedFile[] {
  const desired: NamedFile = { input: 'desired-state', path: desiredState };
  return mode !== 'rollback' || repairReport === undefined ? [desired] : [desired, { input: 'repair-report', path: repairReport }];
}

function writtenFiles({ reportPath, sarifPath, htmlPath }: Inputs): NamedFile[] {
  return [
    { input: 'report-path', path: reportPath },
    ...(sarifPath === undefined ? [] : [{ input: 'sarif-path' as const, path: sarifPath }]),
    ...(htmlPath === undefined ? [] : [{ input: 'html-path' as const, path: htmlPath }]),
  ];
}

async function checkedPlace({ input, path }: NamedFile, workspace: string, root: string): Promise<{ place: string } | { error: string }> {
  const named = resolve(workspace, path);
  try {
    const place = await realPlace(named);
    const isMeantInside = isInside(workspace, named) || isInside(root, named);
    if (!isMeantInside || isInside(root, place)) return { place };
    return {
      error: `Input ${input}: ${quoted(path)} leads outside the workspace through a symbolic link, to ${quoted(place)}. Use a path in the workspace, or an absolute path outside it.`,
    };
  } catch (error) {
    if (error instanceof NoPlace) return { error: `Input ${input}: ${quoted(path)} ${error.message}. Use a different path.` };
    throw error;
  }
}

/** Whoever reads that file says what is wrong with it. */
function ignoreNoPlace(error: unknown): undefined {
  if (!(error instanceof NoPlace)) throw error;
}
