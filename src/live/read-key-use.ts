import { GetAccessKeyLastUsedCommand } from '@aws-sdk/client-iam';
import type { LastUsed } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { readOrUndefined } from './account-reader.ts';

/** When an access key was last used. @returns `null`: never; `undefined`: the auditor may not know */
export async function readKeyUse(reader: AccountReader, AccessKeyId: string): Promise<LastUsed | null | undefined> {
  const answer = await reader.read('iam:GetAccessKeyLastUsed', AccessKeyId, () =>
    reader.session.iam(new GetAccessKeyLastUsedCommand({ AccessKeyId })),
  );
  const { LastUsedDate, Region } = readOrUndefined(answer)?.AccessKeyLastUsed ?? {};
  if (answer.kind !== 'read') return undefined;
  // AWS writes N/A for a key that was never used.
  return LastUsedDate === undefined ? null : { at: LastUsedDate.toISOString(), region: Region === 'N/A' ? undefined : Region };
}
