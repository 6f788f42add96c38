import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { parsePolicy } from '../policy/index.ts';
import type { ArnDocument } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { documentText } from './documents.ts';

/**
 * The default version's document, which AWS changes in its own policies without a new ARN.
 *
 * @returns `null` when the policy does not exist, `undefined` when it could not be read
 */
export async function readManagedDocument(reader: AccountReader, arn: string): Promise<ArnDocument | null | undefined> {
  const version = await reader.read('iam:GetPolicy', arn, async () => {
    const { Policy } = await reader.session.iam(new GetPolicyCommand({ PolicyArn: arn }));
    return present(Policy?.DefaultVersionId, 'default version');
  });
  if (version.kind !== 'read') return version.kind === 'missing' ? null : undefined;
  const document = await reader.read('iam:GetPolicyVersion', arn, async () => {
    const { PolicyVersion } = await reader.session.iam(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version.value }));
    return parsePolicy(documentText(present(PolicyVersion?.Document, 'document')), 'identity');
  });
  if (document.kind !== 'read') return document.kind === 'missing' ? null : undefined;
  return { arn, document: document.value };
}
