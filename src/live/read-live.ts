import pLimit from 'p-limit';
import type { AwsAccess } from '../aws/access.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State, Target } from '../state/state.ts';
import { Once } from './once.ts';
import { hubMemory, readHub } from './read-hub.ts';
import { readTarget, type TargetReading } from './read-target.ts';

export interface LiveRequest {
  /** Which user, groups, targets and roles to look for. */
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
export function readLive({ desired, ...request }: LiveRequest): Promise<Reading> {
  return liveReader(request)(desired);
}

/** The same for several desired states, one after the other: what one of them has looked at already is not asked for again. */
export function liveReader({ auditor, access, concurrency }: Omit<LiveRequest, 'desired'>): (desired: State) => Promise<Reading> {
  const limit = pLimit(concurrency);
  const hubSeen = hubMemory(access);
  const targetsSeen = new Once<TargetReading>();
  return async (desired) => {
    const [hub, ...targets] = await Promise.all([
      readHub(access, desired, hubSeen),
      ...desired.targets.map(async (target) => {
        const { target: seen, errors } = await targetsSeen.get(target.roleArn, () => limit(() => readTarget(access, auditor, target)));
        return { target: { ...target, role: seen.role }, errors };
      }),
    ]);
    return {
      state: { partition: desired.partition, hub: hub.hub, targets: targets.map(({ target }) => target) },
      errors: [...hub.errors, ...targets.flatMap(({ errors }) => errors)],
      readAs: access.hub.principal,
    };
  };
}

/** The targets alone, each with what could not be read of it. */
export function readTargets({
  targets,
  auditor,
  access,
  concurrency,
}: Omit<LiveRequest, 'desired'> & { readonly targets: readonly Target[] }): Promise<readonly TargetReading[]> {
  const limit = pLimit(concurrency);
  return Promise.all(targets.map((target) => limit(() => readTarget(access, auditor, target))));
}
