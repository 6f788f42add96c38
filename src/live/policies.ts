import type { AttachedPolicy } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { allPages, type Paged } from '../aws/pages.ts';
import { parsePolicy } from '../policy/index.ts';
import type { Entity } from '../state/entity.ts';
import type { InlinePolicy, NameSet } from '../state/state.ts';
import type { AccountReader, ReadOutcome } from './account-reader.ts';
import { documentText } from './documents.ts';

/** Lists one page; `undefined` is the marker of the first. */
type List<Page> = (marker: string | undefined) => Promise<Paged & Page>;
type AttachedPage = { readonly AttachedPolicies?: readonly AttachedPolicy[] | undefined };
type NamesPage = { readonly PolicyNames?: readonly string[] | undefined };

type Get = (name: string) => Promise<{ readonly PolicyDocument?: string | undefined }>;

/** The ARNs of the managed policies attached to a user, group or role. */
export function readManagedPolicies(
  reader: AccountReader,
  kind: Entity['kind'],
  arn: string,
  list: List<AttachedPage>,
): Promise<ReadOutcome<NameSet>> {
  return reader.read(`iam:ListAttached${kind}Policies`, arn, async () => {
    const policies = await allPages(list, (page) => page.AttachedPolicies);
    return nameSet(policies.map((policy) => present(policy.PolicyArn, 'policy ARN')));
  });
}

/**
 * Reads the documents of the inline policies of a user, group or role concurrently; the session limits how many calls are in flight.
 *
 * If one can't be read, the value is `undefined`: the others would look like all of them. If a listed policy does not exist when it is read, the list is
 * read again. Either the policy was deleted in between, or it was written just now and must not be taken for deleted, since IAM shows changes late.
 */
export function readInlinePolicies(
  reader: AccountReader,
  kind: Entity['kind'],
  arn: string,
  list: List<NamesPage>,
  get: Get,
): Promise<ReadOutcome<readonly InlinePolicy[] | undefined>> {
  const listNames = () => allPages(list, (page) => page.PolicyNames);
  const read = (name: string, known?: 'listed') => readInlinePolicy(reader, kind, arn, name, get, known);
  return reader.read(`iam:List${kind}Policies`, arn, async () => {
    const names = await listNames();
    const first = await Promise.all(names.map((name) => read(name)));
    const lost = names.filter((_name, index) => first[index]?.kind === 'missing');
    const listed = lost.length === 0 ? [] : await listNames();
    const second = await Promise.all(lost.filter((name) => listed.includes(name)).map((name) => read(name, 'listed')));
    const outcomes = [...first.filter((outcome) => outcome.kind !== 'missing'), ...second];
    const policies = outcomes.flatMap((outcome) => (outcome.kind === 'read' ? [outcome.value] : []));
    return policies.length === outcomes.length ? policies : undefined;
  });
}

/** Reads one inline policy of a user, group or role. */
export function readInlinePolicy(
  reader: AccountReader,
  kind: Entity['kind'],
  arn: string,
  name: string,
  get: Get,
  known?: 'listed',
): Promise<ReadOutcome<InlinePolicy>> {
  const read = async (): Promise<InlinePolicy> => {
    const answer = await get(name);
    return { name, document: parsePolicy(documentText(present(answer.PolicyDocument, 'document')), 'identity') };
  };
  return reader.read(`iam:Get${kind}Policy`, arn, read, known);
}

/** A live set: every name exists, so none is optional. */
export function nameSet(names: readonly string[]): NameSet {
  return { required: names, optional: [] };
}
