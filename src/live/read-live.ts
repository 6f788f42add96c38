import pLimit from 'p-limit';
import type { AwsAccess } from '../aws/access.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { Role, State, Target } from '../state/state.ts';
import { organizationReads, withOrganization } from './compared-organization.ts';
import { extraPolicies, readExtraDocuments, targetDocuments } from './extra-documents.ts';
import { hubCache } from './hub-cache.ts';
import { Once } from './once.ts';
import { readHub } from './read-hub.ts';
import { asRead, readTarget, type TargetReading, targetReader } from './read-target.ts';

export interface LiveRequest {
  /** Names the user, the groups, the targets and their roles. */
  readonly desired: State;
  /** The role to assume in each target. */
  readonly auditor: AssumableRole;
  /** Left open for the caller. */
  readonly access: AwsAccess;
  /** Maximum number of targets in flight. */
  readonly concurrency: number;
  /** ARN of a role that may read the organization; `undefined`: the hub's own identity does. */
  readonly organizationRole?: string | undefined;
}

export interface ReaderRequest extends Omit<LiveRequest, 'desired'> {
  /** Called when all that there is to read of the hub, or of one target, has been read. */
  readonly onRead?: () => void;
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
export function liveReader({
  auditor,
  access,
  concurrency,
  organizationRole,
  onRead = () => undefined,
}: ReaderRequest): (desired: State) => Promise<Reading> {
  const limit = pLimit(concurrency);
  const knownHub = hubCache(access);
  const knownTargets = new Once<TargetReading>();
  const knownDocuments = targetDocuments();
  const organizationOf = organizationReads(access, organizationRole);
  const withExtras = async (target: Target, reading: TargetReading): Promise<TargetReading> => {
    const { value: live } = reading.target.role;
    if (!live || extraPolicies(target, live).length === 0) return reading;
    const reader = targetReader(access, auditor, target.account);
    const extraDocuments = await limit(() => readExtraDocuments(knownHub, knownDocuments, reader, target, live));
    const role: Role = { ...live, extraDocuments };
    return { target: { ...reading.target, role: { ...reading.target.role, value: role } }, errors: [...reading.errors, ...reader.errors] };
  };
  return async (desired) => {
    const [organization, hub, ...targets] = await Promise.all([
      organizationOf(desired),
      readHub(access, desired, knownHub).finally(onRead),
      ...desired.targets.map(async (target) => {
        const reading = await knownTargets.get(whatIsRead(target), () => limit(() => readTarget(access, auditor, target)));
        const { target: read, errors } = await withExtras(target, reading).finally(onRead);
        return { target: asRead(target, read), errors };
      }),
    ]);
    const reading = {
      state: { partition: desired.partition, hub: hub.hub, targets: targets.map(({ target }) => target) },
      errors: [...hub.errors, ...targets.flatMap(({ errors }) => errors)],
      readAs: access.hub.principal,
      ...(access.assumedBy === undefined ? {} : { assumedBy: access.assumedBy }),
    };
    return withOrganization(reading, organization);
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
  onRead,
}: ReaderRequest & { readonly targets: readonly Target[] }): Promise<readonly TargetReading[]> {
  const limit = pLimit(concurrency);
  return Promise.all(targets.map((target) => limit(() => readTarget(access, auditor, target, 'all').finally(onRead))));
}
