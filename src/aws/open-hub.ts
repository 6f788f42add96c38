import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { accountOf, partitionOf } from '../iam/arn.ts';
import { type AwsAccess, HubAccessError, type HubOptions } from './access.ts';
import { CallError, calling, present } from './answers.ts';
import { checkAccount, checkRole } from './check-account.ts';
import { createClients, defaultTimeouts } from './clients.ts';
import { RenewedCredentials } from './credentials.ts';
import { errorCode, errorMessage } from './errors.ts';
import { hubCredentials } from './hub-credentials.ts';
import { PendingCalls } from './pending-calls.ts';
import { describeEnded, endedCall } from './reading-ended.ts';
import { regionOf } from './regions.ts';
import { defaultRetryLimits } from './retry.ts';
import { createSession, type Transport } from './session.ts';
import { adviseHubAccess } from './sign-in-advice.ts';
import { targetSessions } from './target-sessions.ts';

/** What is read of one target at a time, unless it has many inline policies. The number of connections follows from it. */
const READS_SIDE_BY_SIDE = 3;

/**
 * Fetches the hub's credentials and makes sure that they are the hub's: before anything is read, their account must be the one in the desired-state file.
 * Where no file names it, the hub is the account of the credentials.
 *
 * @throws {HubAccessError} when there are no credentials, AWS refuses them, or they are another account's; before any call where role or region can't be right
 */
export async function openHub(options: HubOptions): Promise<AwsAccess> {
  if (options.role !== '') checkRole(options, options.role);
  const region = regionOf(options);
  const transport = transportOf(options, region);
  try {
    const { fetch, base } = hubCredentials(options, transport, region);
    const credentials = new RenewedCredentials(fetch, options.clock);
    await credentials.get();
    const principal = options.role || (await identify(options, transport, credentials));
    const assumedBy = options.asksCaller && base !== undefined ? await callerOf(transport, base) : undefined;
    const account = accountOf(principal) ?? '';
    const hub = createSession({ ...transport, credentials, maxInFlight: options.concurrency, account, principal });
    return {
      account,
      partition: partitionOf(principal) ?? '',
      region,
      hub,
      ...(assumedBy === undefined ? {} : { assumedBy }),
      assume: targetSessions(hub, options.sessionName, transport),
      waits: () => transport.pending.waits(),
      close: () => transport.clients.destroy(),
    };
  } catch (error) {
    transport.clients.destroy();
    throw hubAccessError(error, options);
  }
}

/** The session name for a run of a workflow: `drift-123-1`. */
export function sessionNameOf(runId: string, attempt: string): string {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 2 to 64 of these characters
  return `drift-${runId}-${attempt}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

function transportOf(options: HubOptions, region: string): Transport {
  const { endpoints = {}, concurrency, timeouts = defaultTimeouts, retries = defaultRetryLimits, network, clock, deadline } = options;
  const maxSockets = concurrency * READS_SIDE_BY_SIDE;
  const clients = createClients({ region, endpoints, maxSockets, timeouts, network, clock, deadline, runName: options.sessionName });
  return { clients, clock, retries, deadline, pending: new PendingCalls(clock) };
}

/** The ARN of the identity whose credentials they are. @throws {HubAccessError} when it is not in the hub account */
async function identify(options: HubOptions, transport: Transport, credentials: RenewedCredentials): Promise<string> {
  const arn = await callerOf(transport, credentials);
  checkAccount(options, arn);
  return arn;
}

/** Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function callerOf(transport: Transport, credentials: RenewedCredentials): Promise<string> {
  const unnamed = createSession({ ...transport, credentials, maxInFlight: 1, account: '', principal: 'the credentials of the job' });
  return calling('sts:GetCallerIdentity', 'the credentials', async () =>
    present((await unnamed.sts(new GetCallerIdentityCommand({}))).Arn, 'ARN'),
  );
}

/** What is asked before AWS is, for people. */
const SOURCES: ReadonlyMap<string, string> = new Map([
  ['oidc', "GitHub's token service"],
  ['credentials', 'The source of the credentials'],
]);

function hubAccessError(error: unknown, options: HubOptions): HubAccessError {
  if (error instanceof HubAccessError) return error;
  const { call, cause } = error instanceof CallError ? error : { call: 'credentials', cause: error };
  const ended = endedCall(error);
  if (ended !== undefined) {
    const source = SOURCES.get(call);
    const { code, message, advice } = describeEnded(ended, source ?? call, '', 'the hub account was reached');
    const isSource = source !== undefined && ended.ending.by === 'time-limit';
    return new HubAccessError(code, call, message, isSource ? adviseHubAccess(cause, call, options) : advice);
  }
  return new HubAccessError(errorCode(cause), call, errorMessage(cause), adviseHubAccess(cause, call, options));
}
