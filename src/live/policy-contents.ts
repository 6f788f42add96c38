import { isDeepStrictEqual } from 'node:util';
import type { AwsAccess } from '../aws/access.ts';
import { isOfAws } from '../iam/managed-policy.ts';
import type { ReadError } from '../state/reading.ts';
import type { ManagedPolicy, PolicyContent, State } from '../state/state.ts';
import { isInHub, requiredPolicies, rolesOf, usersInHub } from '../state/used-policies.ts';
import type { AccountReader } from './account-reader.ts';
import { defaultContentOf, defaultVersionOf, type HubCache, hubCache, versionDocumentOf } from './hub-cache.ts';
import { type DefaultContent, readDefaultContent } from './managed-document.ts';
import { readStanding } from './policy-standing.ts';
import { asNeeded, ifReadable, type SharedRead, sharedRead } from './shared-read.ts';

/** Live contents of customer managed policies in one account: two calls each, and more where one differs from what is stated. What can't be read is an error. */
export function readContents(reader: AccountReader, stated: readonly ManagedPolicy[]): Promise<readonly ManagedPolicy[]> {
  return Promise.all(
    stated.map(async ({ arn, content }) => ({
      arn,
      content: await withStanding(reader, arn, content, await readDefaultContent(reader, arn)),
    })),
  );
}

async function withStanding(
  reader: AccountReader,
  arn: string,
  stated: ManagedPolicy['content'],
  found: DefaultContent | null | undefined,
): Promise<PolicyContent | null | undefined> {
  if (!found || stated?.document === undefined || isDeepStrictEqual(stated.document.canonical, found.document.canonical)) return found;
  return { ...found, standing: await readStanding(reader, arn, found) };
}

/** The same as far as the auditor may: what it may not read is not known, and that is no error. */
export async function readReadableContents(reader: AccountReader, arns: readonly string[]): Promise<readonly ManagedPolicy[]> {
  return ifReadable(
    reader,
    await sharedRead(reader, (apart) =>
      readContents(
        apart,
        arns.map((arn) => ({ arn, content: undefined })),
      ),
    ),
  );
}

/** The live contents of the policies that the desired state says the content of: AWS's, for all accounts, and those of the hub account. */
export function readHubContents(cache: HubCache, { hub }: State): Promise<readonly ManagedPolicy[]> {
  const { reader } = cache;
  return Promise.all(
    (hub.policies ?? []).map(async ({ arn, content }) => {
      if (isOfAws(arn)) return { arn, content: await readOfAws(cache, arn, content?.version, (shared) => asNeeded(reader, shared)) };
      return { arn, content: await withStanding(reader, arn, content, asNeeded(reader, await defaultContentOf(cache, arn))) };
    }),
  );
}

/**
 * The contents of all policies that are in use in the hub, and of AWS's that are in use anywhere, as far as the auditor may read them.
 *
 * @param stated what a file says of them so far
 */
export async function readUsedContents(
  access: AwsAccess,
  { hub, targets }: Pick<State, 'hub' | 'targets'>,
  stated: readonly ManagedPolicy[],
): Promise<{ readonly policies: readonly ManagedPolicy[]; readonly errors: readonly ReadError[] }> {
  const cache = hubCache(access);
  const inHub = [...usersInHub(hub), ...rolesOf(targets.filter((target) => isInHub(target, { hub })))].flatMap(requiredPolicies);
  const ofAws = rolesOf(targets).flatMap(requiredPolicies).filter(isOfAws);
  const ifMay: Judge = (shared) => ifReadable(cache.reader, shared);
  const policies = await Promise.all(
    [...new Set([...inHub, ...ofAws])].map(async (arn) => {
      const reviewed = stated.find((policy) => policy.arn === arn)?.content?.version;
      return { arn, content: isOfAws(arn) ? await readOfAws(cache, arn, reviewed, ifMay) : ifMay(await defaultContentOf(cache, arn)) };
    }),
  );
  return { policies, errors: cache.reader.errors };
}

/** What to do about errors of a read. */
type Judge = <T>(shared: SharedRead<T>) => T;

/** One call as long as the version that was reviewed is the default one, or none was; else the documents of both. */
async function readOfAws(
  cache: HubCache,
  arn: string,
  reviewed: string | undefined,
  judge: Judge,
): Promise<PolicyContent | null | undefined> {
  const version = judge(await defaultVersionOf(cache, arn));
  if (version === null || version === undefined) return version;
  if (reviewed === undefined || version === reviewed) return { version, document: undefined };
  const [now, then] = await Promise.all([versionDocumentOf(cache, arn, version), versionDocumentOf(cache, arn, reviewed)]);
  const [document, before] = [judge(now), judge(then)];
  return document && before !== undefined ? { version, document, reviewed: before } : undefined;
}
