import pLimit from 'p-limit';
import type { AwsAccess } from '../aws/access.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State, Target } from '../state/state.ts';
import { hubCache } from './hub-cache.ts';
import { Once } from './once.ts';
import { readHub } from './read-hub.ts';
import { asRead, readTarget, type TargetReading } from './read-target.ts';

export interface LiveRequest {
  /** Names the user, the groups, the targets and their roles. */
  readonly desired: State;
  /** The role to assume in each target. */
  readonly auditor: AssumableRole;
  /** Left open for the caller. */
  readonly access: AwsAccess;
  /** Maximum number of targets in flight. */
  readonly concurrency: number;
}

/**
 * Reads the live state of the hub and of all targets. It does not fail, whatever AWS answers: what could not be read is `undefined` in the state, and an
 * error says why and what to do.
 *
 * The targets are those of the desired state, in the same order.
 */
export function readLive({ desired, ...request }: LiveRequest): Promise<Reading> {
  return liveReader(request)(desired);
}

/** `readLive` for several desired states, one after another: what was read for one of them is not read again. */
export function liveReader({ auditor, access, concurrency }: Omit<LiveRequest, 'desired'>): (desired: State) => Promise<Reading> {
  const limit = pLimit(concurrency);
  const knownHub = hubCache(access);
  const knownTargets = new Once<TargetReading>();
  return async (desired) => {
    const [hub, ...targets] = await Promise.all([
      readHub(access, desired, knownHub),
      ...desired.targets.map(async (target) => {
        const { target: read, errors } = await knownTargets.get(whatIsRead(target), () => limit(() => readTarget(access, auditor, target)));
        return { target: asRead(target, read), errors };
      }),
    ]);
    return {
      state: { partition: desired.partition, hub: hub.hub, targets: targets.map(({ target }) => target) },
      errors: [...hub.errors, ...targets.flatMap(({ errors }) => errors)],
      readAs: access.hub.principal,
      ...(access.assumedBy === undefined ? {} : { assumedBy: access.assumedBy }),
    };
  };
}

/** What is read of a target, for the cache: a file that states more of it has the target read again. */
function whatIsRead({ roleArn, policies, toolTrusts = [] }: Target): string {
  return JSON.stringify([roleArn, policies?.map(({ arn }) => arn), toolTrusts.map((tool) => tool.roleArn)]);
}

/** Reads the targets without the hub, and what all of their roles' own policies say. */
export function readTargets({
  targets,
  auditor,
  access,
  concurrency,
}: Omit<LiveRequest, 'desired'> & { readonly targets: readonly Target[] }): Promise<readonly TargetReading[]> {
  const limit = pLimit(concurrency);
  return Promise.all(targets.map((target) => limit(() => readTarget(access, auditor, target, 'all'))));
}
