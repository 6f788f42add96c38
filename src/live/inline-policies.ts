import type { InlinePolicy } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { present } from './answers.ts';
import { documentText } from './documents.ts';

/**
 * The documents of inline policies that a list has named, side by side; the session bounds how many are in flight.
 *
 * A policy that is gone by then is left out. If one can't be read, none is told: the others alone would look like all there is.
 */
export async function readInlinePolicies(
  reader: AccountReader,
  call: string,
  owner: string,
  names: readonly string[],
  fetch: (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>,
): Promise<readonly InlinePolicy[] | undefined> {
  const outcomes = await Promise.all(
    names.map((name) =>
      reader.read(call, owner, async (): Promise<InlinePolicy> => {
        const answer = await fetch(name);
        return { name, document: documentText(present(answer.PolicyDocument, 'document')) };
      }),
    ),
  );
  const policies: InlinePolicy[] = [];
  for (const outcome of outcomes) {
    if (outcome.kind === 'failed') return undefined;
    if (outcome.kind === 'read') policies.push(outcome.value);
  }
  return policies;
}
