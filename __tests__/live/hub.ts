import { accountIn, type Estate, withDrift } from '../../dev/aws/estate.ts';
import { type Guide, type GuideOptions, guideEstate } from '../../dev/aws/guide.ts';
import { seedEmbedded } from '../../dev/aws/seed.ts';
import { type AwsOptions, type EmbeddedAws, startAws } from '../../dev/aws/server.ts';
import { DIRECT } from '../../dev/network/direct.ts';
import type { AwsAccess, HubOptions } from '../../src/aws/access.ts';
import { openHub } from '../../src/aws/open-hub.ts';
import { readLive } from '../../src/live/read-live.ts';
import type { Reading } from '../../src/state/reading.ts';
import type { State, Target, User } from '../../src/state/state.ts';
import { systemClock } from '../../src/time/clock.ts';
import { noDeadline } from '../deadlines.ts';

export interface LiveOptions extends AwsOptions {
  /** Default: two targets. */
  readonly guide?: Partial<GuideOptions>;
  readonly edit?: (draft: Estate) => void;
}

/** An embedded AWS with an estate in it, and all that is needed to read it. */
export interface Live extends AsyncDisposable {
  readonly aws: EmbeddedAws;
  readonly guide: Guide;
  readonly options: HubOptions;
  /** What the estate was made to be; a test may hand in another. */
  readonly desired: State;
  open(changes?: Partial<HubOptions>): Promise<AwsAccess>;
  /** Opens the hub, reads everything and closes it. */
  read(changes?: Partial<HubOptions>, desired?: State, organizationRole?: string): Promise<Reading>;
  /** Actions asked of the server since the last look, sorted; the hub's own AssumeRole among them. */
  asked(): string[];
}

/** For a server that hangs: the action itself waits longer. */
export const IMPATIENT = { timeouts: { connect: 500, request: 300 } };

/** Names in an order that does not hang on who was faster. */
export function sorted(names: readonly string[]): string[] {
  return names.toSorted((a, b) => a.localeCompare(b));
}

export async function startLive({ guide: guideOptions, edit = () => undefined, ...awsOptions }: LiveOptions = {}): Promise<Live> {
  const aws = await startAws(awsOptions);
  const guide = guideEstate({ targets: 2, ...guideOptions });
  const estate = withDrift(guide.estate, edit);
  const seeded = await seedEmbedded(aws, estate);
  aws.organize(estate.organization);
  const key = seeded.key(guide.hub, guide.workflowUser);
  const options: HubOptions = {
    account: guide.hub,
    partition: guide.estate.partition,
    role: guide.auditorRole,
    region: undefined,
    sessionName: 'drift-77-1',
    environment: { AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
    concurrency: 8,
    endpoints: { iam: aws.url, sts: aws.url, cloudtrail: aws.url, organizations: aws.url },
    network: DIRECT,
    clock: systemClock,
    deadline: noDeadline(),
    retries: { throttledFor: 60_000, attempts: 3 },
  };
  const auditor = { roleName: 'AssumeRoleAuditor', externalId: guideOptions?.externalId };
  const state = desiredOf(guide);
  const open = (changes: Partial<HubOptions> = {}) => openHub({ ...options, ...changes });
  return {
    aws,
    guide,
    options,
    desired: state,
    open,
    async read(changes, desired = state, organizationRole = undefined) {
      const access = await open(changes);
      try {
        return await readLive({ desired, auditor, access, concurrency: options.concurrency, organizationRole });
      } finally {
        access.close();
      }
    },
    asked: () => sorted(aws.calls.splice(0).map(({ action }) => action)),
    [Symbol.asyncDispose]: () => aws.close(),
  };
}

/** A desired state with other facts of the user. */
export function wanting(desired: State, changes: Partial<User>): State {
  const { value: found } = desired.hub.user;
  return { ...desired, hub: { ...desired.hub, user: { ...desired.hub.user, value: found && { ...found, ...changes } } } };
}

function desiredOf({ estate, hub, user, groups, targets, granted }: Guide): State {
  const managed = accountIn(estate, hub).users.find(({ name }) => name === user)?.managedPolicies ?? [];
  return {
    partition: estate.partition,
    hub: {
      account: hub,
      user: {
        name: user,
        value: {
          path: undefined,
          arn: `arn:${estate.partition}:iam::${hub}:user/${user}`,
          managedPolicies: { required: managed, optional: [] },
          inlinePolicies: [],
          boundary: null,
          groups: { required: groups, optional: [] },
          accessKeys: { min: 1, max: 2, maxAgeDays: undefined, listed: [] },
          otherCredentials: { any: false, listed: [], isDefault: true },
          consoleLogin: false,
        },
      },
      groups: groups.map((name) => ({ name, value: undefined })),
    },
    targets: granted.map(({ account, roleName }) => desiredTarget(estate.partition, account, roleName)),
    accounts: targets.map((account) => ({ account })),
  };
}

function desiredTarget(partition: string, account: string, roleName: string): Target {
  const roleArn = `arn:${partition}:iam::${account}:role/${roleName}`;
  return {
    account,
    name: undefined,
    owner: undefined,
    roleName,
    roleArn,
    grantGroup: undefined,
    role: { name: roleName, value: undefined },
  };
}
