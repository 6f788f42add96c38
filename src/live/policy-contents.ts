import { isOfAws } from '../iam/managed-policy.ts';
import type { ManagedPolicy, PolicyContent, State } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { defaultContentOf, defaultVersionOf, type HubCache, versionDocumentOf } from './hub-cache.ts';
import { readDefaultContent } from './managed-document.ts';
import { asNeeded } from './shared-read.ts';

/** Contents of customer managed policies in one account: two calls each. What can't be read is an error. */
export function readContents(reader: AccountReader, arns: readonly string[]): Promise<readonly ManagedPolicy[]> {
  return Promise.all(arns.map(async (arn) => ({ arn, content: await readDefaultContent(reader, arn) })));
}

/** The live contents of the policies that the desired state says the content of: AWS's, for all accounts, and those of the hub account. */
export function readHubContents(cache: HubCache, { hub }: State): Promise<readonly ManagedPolicy[]> {
  return Promise.all(
    (hub.policies ?? []).map(async ({ arn, content }) => {
      const reviewed = isOfAws(arn) ? content?.version : undefined;
      return {
        arn,
        content: reviewed === undefined ? asNeeded(cache.reader, await defaultContentOf(cache, arn)) : await ofAws(cache, arn, reviewed),
      };
    }),
  );
}

/** One call as long as the version that was reviewed is the default one; else the documents of both. */
async function ofAws(cache: HubCache, arn: string, reviewed: string): Promise<PolicyContent | null | undefined> {
  const { reader } = cache;
  const version = asNeeded(reader, await defaultVersionOf(cache, arn));
  if (version === null || version === undefined) return version;
  if (version === reviewed) return { version, document: undefined };
  const [now, then] = await Promise.all([version, reviewed].map((id) => versionDocumentOf(cache, arn, id)));
  const [document, before] = [now, then].map((shared) => shared && asNeeded(reader, shared));
  return document && before !== undefined ? { version, document, reviewed: before } : undefined;
}
