import { present } from '../aws/answers.ts';
import { parsePolicy } from '../policy/index.ts';
import type { InlinePolicy } from '../state/state.ts';
import type { AccountReader, ReadOutcome } from './account-reader.ts';
import { documentText } from './documents.ts';

type Fetch = (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>;

/**
 * Reads the documents of an entity's inline policies concurrently; the session limits how many calls are in flight.
 *
 * If one can't be read, the result is `undefined`: the others would look like all of them. If a listed policy does not exist when it is read, the list is
 * read again. Either the policy was deleted in between, or it was written just now and must not be taken for deleted, since IAM shows changes late.
 */
export async function readInlinePolicies(
  reader: AccountReader,
  call: string,
  owner: string,
  list: () => Promise<readonly string[]>,
  fetch: Fetch,
): Promise<readonly InlinePolicy[] | undefined> {
  const read = (name: string, known?: 'listed') => reader.read(call, owner, () => policyOf(name, fetch), known);
  const names = await list();
  const first = await Promise.all(names.map((name) => read(name)));
  const lost = names.filter((_name, index) => first[index]?.kind === 'missing');
  const listed = lost.length === 0 ? [] : await list();
  const second = await Promise.all(lost.filter((name) => listed.includes(name)).map((name) => read(name, 'listed')));
  const outcomes = [...first.filter(({ kind }) => kind !== 'missing'), ...second];
  const policies = outcomes.filter(isRead).map(({ value }) => value);
  return policies.length === outcomes.length ? policies : undefined;
}

async function policyOf(name: string, fetch: Fetch): Promise<InlinePolicy> {
  const answer = await fetch(name);
  return { name, document: parsePolicy(documentText(present(answer.PolicyDocument, 'document')), 'identity') };
}

function isRead<T>(outcome: ReadOutcome<T>): outcome is ReadOutcome<T> & { readonly kind: 'read' } {
  return outcome.kind === 'read';
}
