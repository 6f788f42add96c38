import { type AwsAccess, HubAccessError, type HubOptions } from '../aws/access.ts';
import { namesCredentials } from '../aws/environment-credentials.ts';
import { openHub, sessionNameOf } from '../aws/open-hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { liveReader } from '../live/read-live.ts';
import type { RunContext } from '../publish/run-context.ts';
import type { Desired } from '../state/desired.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import type { Job } from './job.ts';

/** Whether the job has credentials for AWS, or can get them. A pull request from a fork has none. */
export function hasCredentials(job: AwsJob, inputs: Inputs): boolean {
  return namesCredentials(job.env) || (inputs.auditorRole !== undefined && hasIdToken(job));
}

function hasIdToken({ env }: AwsJob): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

/** Reads the live state. If the hub can't be reached, nothing in the reading is known, and its error says why. */
export async function readThroughHub(job: AwsJob, context: RunContext, inputs: Inputs, desired: Desired): Promise<Reading> {
  const { now } = await readBoth(job, context, inputs, desired, Promise.resolve(undefined));
  return now;
}

/**
 * Reads the live state for two desired states, the second of which (a pull request's base) is known later. Of the second only what differs is read, so that
 * nothing is read twice.
 */
export async function readBoth(
  job: AwsJob,
  context: RunContext,
  inputs: Inputs,
  { state, auditor }: Desired,
  other: Promise<State | undefined>,
): Promise<{ readonly now: Reading; readonly before: Reading | undefined }> {
  try {
    const access = await openHubOf(job, context, inputs, hubOf(state), inputs.auditorRole);
    try {
      const read = liveReader({ auditor, access, concurrency: inputs.concurrency });
      const now = await read(state);
      const base = await other;
      return { now, before: base && (await read(base)) };
    } finally {
      access.close();
    }
  } catch (error) {
    if (!(error instanceof HubAccessError)) throw error;
    const base = await other;
    return { now: nothingRead(state, error), before: base && nothingRead(base, error) };
  }
}

/** The part of the job that AWS access needs. */
export type AwsJob = Pick<Job, 'env' | 'fetchIdToken' | 'clock'>;

type HubOf = { readonly account: string; readonly partition: string };

export function hubOf({ hub, partition }: State): HubOf {
  return { account: hub.account, partition };
}

/**
 * Opens the hub according to the inputs.
 *
 * @param hub the hub account; `undefined` if there is no file yet that names it
 * @param role ARN in the hub; `undefined`: the credentials in the environment are used as they are
 * @throws {HubAccessError}
 */
export function openHubOf(
  job: AwsJob,
  context: RunContext,
  inputs: Inputs,
  hub: HubOf | undefined,
  role: string | undefined,
): Promise<AwsAccess> {
  const { env } = job;
  return openHub({
    account: hub?.account,
    partition: hub?.partition,
    role: role ?? '',
    region: inputs.awsRegion,
    sessionName: sessionNameOf(context.runId, String(context.runAttempt)),
    environment: env,
    oidc: hasIdToken(job) ? { audience: inputs.audience, fetchIdToken: job.fetchIdToken } : undefined,
    concurrency: inputs.concurrency,
    endpoints: endpoints(env),
    clock: job.clock,
  });
}

/** A service's own variable takes precedence over the one for all services: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpoints(env: Job['env']): NonNullable<HubOptions['endpoints']> {
  return {
    iam: env.AWS_ENDPOINT_URL_IAM || env.AWS_ENDPOINT_URL || undefined,
    sts: env.AWS_ENDPOINT_URL_STS || env.AWS_ENDPOINT_URL || undefined,
  };
}

export function nothingRead(state: State, { code, message, call, advice }: HubAccessError): Reading {
  const hub = {
    account: state.hub.account,
    user: { name: state.hub.user.name, value: undefined },
    groups: state.hub.groups.map(({ name }) => ({ name, value: undefined })),
  };
  const targets = state.targets.map((target) => ({ ...target, role: { name: target.role.name, value: undefined } }));
  return {
    state: { partition: state.partition, hub, targets },
    errors: [{ scope: 'hub', account: state.hub.account, code, message, call, advice }],
  };
}
