import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { type Policy, parsePolicy } from '../policy/index.ts';
import type { PolicyContent } from '../state/state.ts';
import type { AccountReader, ReadOutcome } from './account-reader.ts';
import { documentText } from './documents.ts';

/** The default version of a managed policy, with its document. */
export type DefaultContent = PolicyContent & { readonly document: Policy };

/**
 * The default version and its document, in two calls.
 *
 * @returns `null` when the policy does not exist, `undefined` when it could not be read
 */
export async function readDefaultContent(reader: AccountReader, arn: string): Promise<DefaultContent | null | undefined> {
  const version = await readDefaultVersion(reader, arn);
  if (version === null || version === undefined) return version;
  return withDocument(version, await readVersionDocument(reader, arn, version));
}

export function withDocument(version: string, document: Policy | null | undefined): DefaultContent | null | undefined {
  return document ? { version, document } : document;
}

/** AWS changes the default version of its own policies without a new ARN. */
export async function readDefaultVersion(reader: AccountReader, arn: string): Promise<string | null | undefined> {
  const outcome = await reader.read('iam:GetPolicy', arn, async () => {
    const { Policy: found } = await reader.session.iam(new GetPolicyCommand({ PolicyArn: arn }));
    return present(found?.DefaultVersionId, 'default version');
  });
  return valueOrNull(outcome);
}

/** @returns `null` when there is no such version */
export async function readVersionDocument(reader: AccountReader, arn: string, version: string): Promise<Policy | null | undefined> {
  const outcome = await reader.read('iam:GetPolicyVersion', arn, async () => {
    const { PolicyVersion } = await reader.session.iam(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }));
    return parsePolicy(documentText(present(PolicyVersion?.Document, 'document')), 'identity');
  });
  return valueOrNull(outcome);
}

function valueOrNull<T>(outcome: ReadOutcome<T>): T | null | undefined {
  if (outcome.kind === 'read') return outcome.value;
  return outcome.kind === 'missing' ? null : undefined;
}
