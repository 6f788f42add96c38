import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ReportFile, reportSchema } from '../report/model/schema.ts';
import { systemErrorCode } from '../text/system-error.ts';

/** A report of a thousand accounts is a tenth of that. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The report to undo can't be used; the message says why. */
export class ReportUnusable extends Error {
  override readonly name = 'ReportUnusable';
}

/**
 * Reads the report of a run that wrote to AWS: of a repair, or of a rollback.
 *
 * @param path from the workspace, or absolute; one file
 * @throws {ReportUnusable}
 */
export async function loadReport(workspace: string, path: string): Promise<ReportFile> {
  const parsed = reportSchema.safeParse(parse(path, await textOf(resolve(workspace, path), path)));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ReportUnusable(`${path} is not a report of this action: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
  }
  const { run } = parsed.data;
  if (!run.fix && run.mode !== 'rollback') {
    throw new ReportUnusable(
      `${path} is the report of a run that wrote nothing (mode ${run.mode} without fix: true), so there is nothing to undo.`,
    );
  }
  return parsed.data;
}

async function textOf(whole: string, path: string): Promise<string> {
  try {
    const found = await stat(whole);
    if (!found.isFile()) throw new ReportUnusable(`${path} is not a file.`);
    if (found.size > MOST_BYTES)
      throw new ReportUnusable(`${path} is larger than ${MOST_BYTES / 1024 / 1024} MiB, the maximum size of a report.`);
    return await readFile(whole, 'utf8');
  } catch (error) {
    if (error instanceof ReportUnusable) throw error;
    const code = systemErrorCode(error) || 'unknown error';
    const advice = /[*?[\]{}]/.test(path)
      ? ' Set one file: a rollback undoes one run.'
      : ' Download it first, from the artifact of the repair run.';
    throw new ReportUnusable(`${path} can't be read (${code}).${advice}`, { cause: error });
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ReportUnusable(`${path} is not JSON, so it is not a report of this action.`);
  }
}
