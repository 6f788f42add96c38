import { type InputContext, type Inputs, parseInputs } from '../inputs/inputs.ts';
import type { Job } from './job.ts';
import { writtenFileConflicts } from './written-files.ts';

/** The inputs, checked by their texts and then by the files that they name; or all errors, one line each. */
export async function checkInputs(
  { input }: Pick<Job, 'input'>,
  context: InputContext,
): Promise<{ inputs: Inputs } | { errors: string[] }> {
  const parsed = parseInputs(input, context);
  if ('errors' in parsed) return parsed;
  const errors = await writtenFileConflicts(parsed.inputs, context.workspace);
  return errors.length === 0 ? parsed : { errors };
}
