import type { Reading } from '../state/reading.ts';
import { readHub } from './read-hub.ts';
import type { LiveRequest } from './read-live.ts';
import { readTarget } from './read-target.ts';

/** Reads the hub anew, and puts what is found in place of what an earlier reading says of it. Nothing is kept between two reads. */
export async function readHubAgain({ access, desired }: LiveRequest, earlier: Reading): Promise<Reading> {
  const { hub, errors } = await readHub(access, desired);
  return { state: { ...earlier.state, hub }, errors: [...errors, ...earlier.errors.filter(({ scope }) => scope !== 'hub')] };
}

/** The same for one target. */
export async function readTargetAgain({ access, auditor, desired }: LiveRequest, earlier: Reading, account: string): Promise<Reading> {
  const wanted = desired.targets.find((target) => target.account === account);
  if (wanted === undefined) return earlier;
  const { target, errors } = await readTarget(access, auditor, wanted);
  return {
    state: { ...earlier.state, targets: earlier.state.targets.map((other) => (other.account === account ? target : other)) },
    errors: [...earlier.errors.filter((error) => error.scope === 'hub' || error.account !== account), ...errors],
  };
}
