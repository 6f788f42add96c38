import type { Finding } from '../drift/finding.ts';
import type { AccountReader } from '../live/account-reader.ts';
import { readKeyUse } from '../live/read-key-use.ts';
import type { AccessKey, State } from '../state/state.ts';
import type { Use } from './use.ts';

/** When the access keys that a finding is about were last used; `null` where it is about none, or that is not known. */
export async function keyUseOf({ difference }: Finding, live: State, reader: AccountReader): Promise<Use | null> {
  switch (difference.kind) {
    case 'key':
    case 'key-age':
      return useOfKeys([difference.live], reader);
    case 'key-quarantine':
      // AWS does not say which of them has leaked.
      return useOfKeys(live.hub.user.value?.accessKeys?.listed.filter(({ active }) => active) ?? [], reader);
    default:
      return null;
  }
}

/** The last use of any of them. */
async function useOfKeys(keys: readonly AccessKey[], reader: AccountReader): Promise<Use | null> {
  const read = await Promise.all(keys.map(({ id }) => readKeyUse(reader, id)));
  const [since] = keys.map(({ createdAt }) => createdAt).toSorted();
  if (since === undefined || read.includes(undefined)) return null;
  const last = read.flatMap((one) => one ?? []).toSorted((one, other) => other.at.localeCompare(one.at))[0];
  return { since, count: null, atLeast: false, by: [], lastAt: last?.at ?? null, regions: last?.region === undefined ? [] : [last.region] };
}
