import { type AwsAccess, HubAccessError, type HubOptions } from '../aws/access.ts';
import { credentialsVariable } from '../aws/environment-credentials.ts';
import { openHub, sessionNameOf } from '../aws/open-hub.ts';
import { untilOver } from '../aws/reading-ended.ts';
import { type LiveRequest, liveReader } from '../live/read-live.ts';
import { asRead } from '../live/read-role.ts';
import { fetchIdToken, tokenServiceOf } from '../publish/id-token.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { Job } from './job.ts';
import { maskerOf } from './masking.ts';
import { Progress } from './progress.ts';
import type { CheckedRun, Task } from './task.ts';

/** Whether the job has credentials for AWS, or can get them. A pull request from a fork has none. */
export function hasCredentials({ job, inputs }: Pick<Task, 'job' | 'inputs'>): boolean {
  const { env } = job;
  return credentialsVariable(env) !== undefined || (inputs.auditorRole !== undefined && tokenServiceOf(env) !== undefined);
}

/** The live state, and what it takes to read it again. */
export interface Seen {
  readonly reading: Reading;
  /** `undefined` if the hub could not be reached; then nothing can be written. */
  readonly live: LiveRequest | undefined;
  /** Reads the live state for another desired state of the same hub. What was read already is not read again. */
  readonly readFor: (other: State) => Promise<Reading>;
}

/** Reads all accounts, and keeps the auditor's access open while `work` runs. If the hub can't be reached, nothing in the readings is known. */
export async function withAuditor<T>(task: Task, work: (seen: Seen) => Promise<T>): Promise<T> {
  const { inputs, desired } = task;
  const { state, auditor } = desired;
  const accounts = new Set([state.hub, ...state.accounts].map(({ account }) => account));
  const progress = progressOf(task, accounts.size);
  let access: AwsAccess;
  try {
    access = await openHubOf(task, hubOf(state), inputs.auditorRole, true);
    progress.signedIn(access.waits);
  } catch (error) {
    progress.stop();
    if (!(error instanceof HubAccessError)) throw error;
    return work({ reading: nothingRead(state, error), live: undefined, readFor: async (other) => nothingRead(other, error) });
  }
  try {
    const live: LiveRequest = {
      desired: state,
      auditor,
      access,
      concurrency: inputs.concurrency,
      organizationRole: inputs.organizationRole,
    };
    const readFor = liveReader({ ...live, onRead: () => progress.readOne() });
    const reading = await readFor(state);
    progress.stop();
    return await work({ reading, live, readFor });
  } finally {
    progress.stop();
    access.close();
  }
}

/** Lines in the log while the run reads for long. @param total accounts; `undefined` where no file names them all */
export function progressOf(run: CheckedRun & { readonly desired?: Desired }, total: number | undefined): Progress {
  const mask = maskerOf(run, run.desired?.state);
  return new Progress({ clock: run.job.clock, total, log: (line) => run.job.runner.log(mask(line)) });
}

type HubOf = { readonly account: string; readonly partition: string };

export function hubOf({ hub, partition }: State): HubOf {
  return { account: hub.account, partition };
}

/**
 * Opens the hub according to the inputs.
 *
 * @param hub the hub account; `undefined` if there is no file yet that names it
 * @param role ARN in the hub; `undefined`: the credentials in the environment are used as they are
 * @param asksCaller whether to find out who assumes the role with the credentials in the environment
 * @throws {HubAccessError}
 */
export function openHubOf(
  { job, context, inputs, network, deadline }: CheckedRun,
  hub: HubOf | undefined,
  role: string | undefined,
  asksCaller = false,
): Promise<AwsAccess> {
  const { env, clock } = job;
  const service = tokenServiceOf(env);
  return openHub({
    account: hub?.account,
    partition: hub?.partition,
    role: role ?? '',
    region: inputs.awsRegion,
    sessionName: sessionNameOf(context.runId, String(context.runAttempt)),
    environment: env,
    asksCaller,
    oidc: service && {
      audience: inputs.audience,
      fetchIdToken: (audience) =>
        untilOver(deadline, clock, () => fetchIdToken(service, audience, { clock, fetch: network.fetch, signal: deadline.signal })),
    },
    concurrency: inputs.concurrency,
    endpoints: endpoints(env),
    network,
    clock,
    deadline,
  });
}

/** A service's own variable takes precedence over the one for all services: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpoints(env: Job['env']): NonNullable<HubOptions['endpoints']> {
  return {
    iam: env.AWS_ENDPOINT_URL_IAM || env.AWS_ENDPOINT_URL || undefined,
    sts: env.AWS_ENDPOINT_URL_STS || env.AWS_ENDPOINT_URL || undefined,
    cloudtrail: env.AWS_ENDPOINT_URL_CLOUDTRAIL || env.AWS_ENDPOINT_URL || undefined,
    organizations: env.AWS_ENDPOINT_URL_ORGANIZATIONS || env.AWS_ENDPOINT_URL || undefined,
  };
}

function nothingRead(state: State, { code, message, call, advice }: HubAccessError): Reading {
  const hub = {
    account: state.hub.account,
    user: { name: state.hub.user.name, value: undefined },
    groups: state.hub.groups.map(({ name }) => ({ name, value: undefined })),
  };
  const targets = state.targets.map((target) => asRead(target, undefined));
  return {
    state: { partition: state.partition, hub, targets, accounts: state.accounts.map(({ account }) => ({ account })) },
    errors: [{ scope: 'hub', account: state.hub.account, code, message, call, advice }],
  };
}
