import pLimit from 'p-limit';
import type { AwsAccess } from '../aws/access.ts';
import type { AssumableRole } from '../state/desired.ts';
import type { ReadError, Reading } from '../state/reading.ts';
import type { State, Target } from '../state/state.ts';
import { type AccountPart, accountParts, byTarget } from '../state/targets.ts';
import { grouped } from '../text/grouped.ts';
import { organizationReads, withOrganization } from './compared-organization.ts';
import { extraPolicies, readExtraDocuments, targetDocuments } from './extra-documents.ts';
import { hubCache } from './hub-cache.ts';
import { Once } from './once.ts';
import { type AccountReading, readAccount, targetReader } from './read-account.ts';
import { readHub } from './read-hub.ts';
import { asRead } from './read-role.ts';

export interface LiveRequest {
  /** Names the user, the groups, the targets and their roles. */
  readonly desired: State;
  /** The role to assume in each target. */
  readonly auditor: AssumableRole;
  /** Left open for the caller. */
  readonly access: AwsAccess;
  /** Maximum number of accounts in flight. */
  readonly concurrency: number;
  /** ARN of a role that may read the organization; `undefined`: the hub's own identity does. */
  readonly organizationRole?: string | undefined;
}

export interface ReaderRequest extends Omit<LiveRequest, 'desired'> {
  /** Called when all that there is to read of the hub, or of one account of targets, has been read. */
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
  const knownAccounts = new Once<AccountReading>();
  const knownDocuments = targetDocuments();
  const organizationOf = organizationReads(access, organizationRole);
  const withExtras = async (desired: Target, read: Target): Promise<TargetReading> => {
    const { value: live } = read.role;
    if (!live || extraPolicies(desired, live).length === 0) return { target: asRead(desired, live), errors: [] };
    const reader = targetReader(access, auditor, desired.account).ofRole(desired.roleName);
    const extraDocuments = await limit(() => readExtraDocuments(knownHub, knownDocuments, reader, desired, live));
    return { target: asRead(desired, { ...live, extraDocuments }), errors: reader.errors };
  };
  const readOne = async (desired: AccountPart): Promise<AccountReading> => {
    const { account, targets, errors } = await knownAccounts.get(whatIsRead(desired), () =>
      limit(() => readAccount(access, auditor, desired)),
    );
    const read = byTarget(targets);
    const withTheirs = await Promise.all(
      desired.targets.map((target) => withExtras(target, read.get(target) ?? asRead(target, undefined))),
    );
    return { account, targets: withTheirs.map(({ target }) => target), errors: [...errors, ...withTheirs.flatMap((one) => one.errors)] };
  };
  return async (desired) => {
    const [organization, hub, ...accounts] = await Promise.all([
      organizationOf(desired),
      readHub(access, desired, knownHub).finally(onRead),
      // The hub account counts once, by what takes longer as a rule.
      ...accountParts(desired).map((one) => (one.account.account === desired.hub.account ? readOne(one) : readOne(one).finally(onRead))),
    ]);
    const read = byTarget(accounts.flatMap(({ targets }) => targets));
    const reading = {
      state: {
        partition: desired.partition,
        hub: hub.hub,
        targets: desired.targets.map((target) => read.get(target) ?? asRead(target, undefined)),
        accounts: accounts.map(({ account }) => account),
      },
      errors: [...hub.errors, ...accounts.flatMap(({ errors }) => errors)],
      readAs: access.hub.principal,
      ...(access.assumedBy === undefined ? {} : { assumedBy: access.assumedBy }),
    };
    return withOrganization(reading, organization);
  };
}

interface TargetReading {
  readonly target: Target;
  readonly errors: readonly ReadError[];
}

/** What is read of an account, for the cache: a file that states more of it has the account read again. */
function whatIsRead({ account: { policies, toolTrusts = [] }, targets }: AccountPart): string {
  const arns = targets.map(({ roleArn }) => roleArn);
  return JSON.stringify([arns, policies?.map(({ arn }) => arn), toolTrusts.map((tool) => tool.roleArn)]);
}

/** Reads the targets without the hub, account by account, and what all of their roles' own policies say. */
export function readTargets({
  targets,
  auditor,
  access,
  concurrency,
  onRead,
}: ReaderRequest & { readonly targets: readonly Target[] }): Promise<readonly AccountReading[]> {
  const limit = pLimit(concurrency);
  const accounts = [...grouped(targets, ({ account }) => account)].map(([account, inAccount]) => ({
    account: { account },
    targets: inAccount,
  }));
  return Promise.all(accounts.map((one) => limit(() => readAccount(access, auditor, one, 'all').finally(onRead))));
}
