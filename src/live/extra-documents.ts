import { isOfAws } from '../iam/managed-policy.ts';
import type { ArnDocument, Role, Target } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { defaultContentOf, type HubCache } from './hub-cache.ts';
import { type DefaultContent, readDefaultContent } from './managed-document.ts';
import { Once } from './once.ts';
import { ifReadable, type SharedRead, sharedRead } from './shared-read.ts';

/** Contents of customer managed policies of targets, by ARN: read once for several desired states. */
export type TargetDocuments = Once<SharedRead<DefaultContent | null | undefined>>;

export function targetDocuments(): TargetDocuments {
  return new Once();
}

/**
 * Reads what the policies say that are attached to a target's role and that the file does not allow, as far as the auditor may. What AWS's own say is the same in
 * all accounts, so these are read in the hub, once for all targets. Without such a policy no call is made.
 *
 * @param reader of the target, gets the errors
 */
export async function readExtraDocuments(
  hub: HubCache,
  known: TargetDocuments,
  reader: AccountReader,
  desired: Target,
  live: Role,
): Promise<readonly ArnDocument[]> {
  const read = await Promise.all(
    extraPolicies(desired, live).map(async (arn) => {
      const ofAccount = () => sharedRead(reader, (apart) => readDefaultContent(apart, arn));
      return { arn, content: await (isOfAws(arn) ? defaultContentOf(hub, arn) : known.get(arn, ofAccount)) };
    }),
  );
  return read.flatMap(({ arn, content }) => {
    const found = ifReadable(reader, content);
    return found ? [{ arn, document: found.document }] : [];
  });
}

/** ARNs of what is attached to a target's role and is not in the file. */
export function extraPolicies({ role }: Target, { managedPolicies: live }: Role): readonly string[] {
  const desired = role.value?.managedPolicies;
  if (desired === undefined || live === undefined) return [];
  const allowed = new Set([...desired.required, ...desired.optional]);
  return live.required.filter((arn) => !allowed.has(arn));
}
