import type { Reading } from '../state/reading.ts';
import { accountPart, withAccount } from '../state/targets.ts';
import { readAccount } from './read-account.ts';
import { readHub } from './read-hub.ts';
import type { LiveRequest } from './read-live.ts';

/** Reads the hub again, without a cache. @returns the earlier reading with the hub's new state and errors */
export async function readHubAgain({ access, desired }: LiveRequest, earlier: Reading): Promise<Reading> {
  const { hub, errors } = await readHub(access, desired);
  return { state: { ...earlier.state, hub }, errors: [...errors, ...earlier.errors.filter(({ scope }) => scope !== 'hub')] };
}

/** Reads the targets of one account again. @returns the earlier reading with the account's new state and errors */
export async function readAccountAgain({ access, auditor, desired }: LiveRequest, earlier: Reading, account: string): Promise<Reading> {
  const read = await readAccount(access, auditor, accountPart(desired, account));
  return {
    state: withAccount(earlier.state, read),
    errors: [...earlier.errors.filter((error) => error.scope === 'hub' || error.account !== account), ...read.errors],
  };
}
