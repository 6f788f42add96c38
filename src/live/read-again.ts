import type { Reading } from '../state/reading.ts';
import { readHub } from './read-hub.ts';
import type { LiveRequest } from './read-live.ts';
import { readTarget } from './read-target.ts';

/** Reads the hub again, without a cache. @returns the earlier reading with the hub's new state and errors */
export async function readHubAgain({ access, desired }: LiveRequest, earlier: Reading): Promise<Reading> {
  const { hub, errors } = await readHub(access, desired);
  return { state: { ...earlier.state, hub }, errors: [...errors, ...earlier.errors.filter(({ scope }) => scope !== 'hub')] };
}

/** Reads one target again. @returns the earlier reading with the target's new state and errors */
export async function readTargetAgain({ access, auditor, desired }: LiveRequest, earlier: Reading, account: string): Promise<Reading> {
  const desiredTarget = desired.targets.find((target) => target.account === account);
  if (desiredTarget === undefined) return earlier;
  const { target, errors } = await readTarget(access, auditor, desiredTarget);
  return {
    state: { ...earlier.state, targets: earlier.state.targets.map((other) => (other.account === account ? target : other)) },
    errors: [...earlier.errors.filter((error) => error.scope === 'hub' || error.account !== account), ...errors],
  };
}
