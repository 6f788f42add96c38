import pLimit from 'p-limit';
import type { AssumableRole } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { AwsAccess } from './open-hub.ts';
import { readHub } from './read-hub.ts';
import { readTarget } from './read-target.ts';

export interface LiveRequest {
  /** Which user, groups, targets and roles to look for; of a shard, its targets only. */
  readonly desired: State;
  /** Assumed in every target. */
  readonly auditor: AssumableRole;
  /** An open hub; it is left open. */
  readonly access: AwsAccess;
  /** Targets in flight. */
  readonly concurrency: number;
}

/**
 * Reads the live state of the hub and of all targets. It never fails because of what AWS answers: what could not be read is
 * `undefined` in the state and has an error that says why and what to do.
 *
 * Targets come in the order of the desired state, one for one.
 */
export async function readLive({ desired, auditor, access, concurrency }: LiveRequest): Promise<Reading> {
  const limit = pLimit(concurrency);
  const [hub, ...targets] = await Promise.all([
    readHub(access, desired),
    ...desired.targets.map((target) => limit(() => readTarget(access, auditor, target))),
  ]);
  return {
    state: { partition: desired.partition, hub: hub.hub, targets: targets.map(({ target }) => target) },
    errors: [...hub.errors, ...targets.flatMap(({ errors }) => errors)],
    readAs: access.hub.principal,
  };
}
