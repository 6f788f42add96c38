import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { accountOf, partitionOf } from '../iam/arn.ts';
import type { Clock } from '../time/clock.ts';
import { adviseHubAccess } from './advice.ts';
import { CallError, checkAnsweredBy, present } from './answers.ts';
import type { Clients, Endpoints, Timeouts } from './clients.ts';
import { createClients, defaultTimeouts } from './clients.ts';
import type { Environment, Issued } from './credentials.ts';
import { environmentCredentials, issuedBy, namesCredentials, RenewedCredentials } from './credentials.ts';
import { errorCode, errorMessage } from './errors.ts';
import type { RetryLimits } from './retry.ts';
import { defaultRetryLimits, withRetries } from './retry.ts';
import type { Session } from './session.ts';
import { createSession } from './session.ts';
import { ThrottleWindow } from './throttle-window.ts';

export interface HubOptions {
  /** The hub account of the desired-state file: no other account's credentials are accepted. `undefined`, both: the hub is whichever account they are of. */
  readonly account: string | undefined;
  readonly partition: string | undefined;
  /** ARN of a role in the hub (input `auditor-role` or `fixer-role`); empty: the environment's credentials are used as they are. */
  readonly role: string;
  readonly region: string;
  /** Shown in CloudTrail for everything that is done, in the user agent, too; see `sessionNameOf`. */
  readonly sessionName: string;
  /** `process.env`: where the credentials are looked for. */
  readonly environment: Environment;
  /** GitHub's OIDC token, if the job can have one. */
  readonly oidc?: { readonly audience: string; readonly fetchIdToken: (audience: string) => Promise<string> } | undefined;
  /** Targets in flight; connections are bounded to match. */
  readonly concurrency: number;
  readonly endpoints?: Endpoints;
  readonly timeouts?: Timeouts;
  readonly retries?: RetryLimits;
  readonly clock: Clock;
}

/** Access to the hub, and through it to the targets. Account and partition are those of the credentials, seen to be the ones that were asked for. */
export interface AwsAccess {
  readonly account: string;
  readonly partition: string;
  readonly hub: Session;
  /** Calls with a role that the hub's identity assumes; the same role is assumed once however often it is asked for. */
  assume(roleArn: string, externalId: string | undefined): Session;
  /** Closes the connections. */
  close(): void;
}

/** Why the hub could not be reached at all. The message is for people, and says what to do. */
export class HubAccessError extends Error {
  override readonly name = 'HubAccessError';
  readonly code: string;
  /** `sts:AssumeRole`, or `credentials` where no call was made. */
  readonly call: string;
  readonly advice: string;

  constructor(code: string, call: string, message: string, advice: string) {
    super(message);
    this.code = code;
    this.call = call;
    this.advice = advice;
  }
}

/** Seconds. A role assumed from a role's session lasts an hour at most; reading one target takes seconds. */
const HUB_DURATION = 3600;
const TARGET_DURATION = 900;

/** What of one target is read side by side, unless it has many inline policies; connections are counted by it. */
const READS_SIDE_BY_SIDE = 3;
const TARGET_MAX_IN_FLIGHT = 8;

/** The session name for a run of a workflow: `drift-123-1`. */
export function sessionNameOf(runId: string, attempt: string): string {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: 2 to 64 of these characters
  return `drift-${runId}-${attempt}`.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
}

/**
 * Takes the hub's credentials and makes sure that they are the hub's: before anything is read, the account of the credentials
 * must be the one in the desired-state file. Where no file says which, the credentials do.
 *
 * @throws {HubAccessError} when there are no credentials, AWS refuses them, or they are another account's
 */
export async function openHub(options: HubOptions): Promise<AwsAccess> {
  checkRole(options);
  const { clock } = options;
  const retries = options.retries ?? defaultRetryLimits;
  const clients = createClients({
    region: options.region,
    endpoints: options.endpoints ?? {},
    maxSockets: options.concurrency * READS_SIDE_BY_SIDE,
    timeouts: options.timeouts ?? defaultTimeouts,
    clock,
    runName: options.sessionName,
  });
  const shared = { clients, clock, retries };
  const credentials = new RenewedCredentials(hubCredentials(options, shared), clock);
  const hubSession = { ...shared, credentials, maxInFlight: options.concurrency };
  let principal = options.role;
  try {
    await credentials.get();
    if (principal === '') {
      principal = await identify(createSession({ ...hubSession, account: options.account ?? '', principal: 'the credentials of the job' }));
      checkAccount(options, principal);
    }
  } catch (error) {
    clients.destroy();
    throw hubAccessError(error, options);
  }
  const account = accountOf(principal) ?? '';
  const hub = createSession({ ...hubSession, account, principal });
  return {
    account,
    partition: partitionOf(principal) ?? '',
    hub,
    assume: assumer(hub, options, shared),
    close: () => clients.destroy(),
  };
}

interface Shared {
  readonly clients: Clients;
  readonly clock: Clock;
  readonly retries: RetryLimits;
}

function assumer(hub: Session, options: HubOptions, shared: Shared): AwsAccess['assume'] {
  const sessions = new Map<string, Session>();
  return (roleArn, externalId) => {
    const known = sessions.get(roleArn);
    if (known !== undefined) return known;
    const account = accountOf(roleArn) ?? '';
    const credentials = new RenewedCredentials(async () => {
      const request = { RoleArn: roleArn, RoleSessionName: options.sessionName, DurationSeconds: TARGET_DURATION };
      return calling('sts:AssumeRole', roleArn, async () => {
        const answer = await hub.sts(new AssumeRoleCommand(externalId === undefined ? request : { ...request, ExternalId: externalId }));
        checkAnsweredBy(account, answer.AssumedRoleUser?.Arn);
        return issuedBy(answer);
      });
    }, shared.clock);
    const session = createSession({ ...shared, account, principal: roleArn, credentials, maxInFlight: TARGET_MAX_IN_FLIGHT });
    sessions.set(roleArn, session);
    return session;
  };
}

/** How the hub's credentials are had, and had again. */
function hubCredentials(options: HubOptions, shared: Shared): () => Promise<Issued> {
  const { environment, oidc, role } = options;
  if (role === '') return () => environmentCredentials(environment);
  const request = { RoleArn: role, RoleSessionName: options.sessionName, DurationSeconds: HUB_DURATION };
  const window = new ThrottleWindow(shared.clock, 1);
  const retried = <T>(work: () => Promise<T>) => withRetries(work, window, shared.clock, shared.retries);

  if (oidc !== undefined && !namesCredentials(environment)) {
    return async () => {
      const token = await calling('oidc', 'GitHub', () => oidc.fetchIdToken(oidc.audience));
      return calling('sts:AssumeRoleWithWebIdentity', role, async () => {
        const command = new AssumeRoleWithWebIdentityCommand({ ...request, WebIdentityToken: token });
        return checkedIssue(options, await retried(() => shared.clients.sts(command, 'unsigned')));
      });
    };
  }
  const own = new RenewedCredentials(() => environmentCredentials(environment), shared.clock);
  return async () => {
    await own.get();
    return calling('sts:AssumeRole', role, async () => {
      const command = new AssumeRoleCommand(request);
      return checkedIssue(options, await retried(async () => shared.clients.sts(command, await own.get())));
    });
  };
}

function checkedIssue(
  options: HubOptions,
  answer: Parameters<typeof issuedBy>[0] & { AssumedRoleUser?: { Arn: string | undefined } | undefined },
): Issued {
  const { role, account = accountOf(role), partition = partitionOf(role) } = options;
  checkAccount({ account, partition }, present(answer.AssumedRoleUser?.Arn, 'assumed role'));
  return issuedBy(answer);
}

async function identify(hub: Session): Promise<string> {
  return calling('sts:GetCallerIdentity', 'the credentials', async () =>
    present((await hub.sts(new GetCallerIdentityCommand({}))).Arn, 'ARN'),
  );
}

async function calling<T>(call: string, resource: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof CallError || error instanceof HubAccessError ? error : new CallError(call, resource, error);
  }
}

/** Before the first call: a role in another account can't be the hub's. */
function checkRole({ role, account, partition }: HubOptions): void {
  if (role === '') return;
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+/.test(role)) {
    throw new HubAccessError(
      'InvalidRole',
      'credentials',
      `"${role}" is not the ARN of a role.`,
      `Write it as arn:${partition ?? 'aws'}:iam::${account ?? '111111111111'}:role/NAME.`,
    );
  }
  checkAccount({ account, partition }, role);
}

function checkAccount({ account, partition }: Pick<HubOptions, 'account' | 'partition'>, arn: string): void {
  if (account === undefined && partition === undefined && accountOf(arn) !== undefined) return;
  if (accountOf(arn) !== account || partitionOf(arn) !== partition) throw wrongAccount(`${account} (partition ${partition})`, arn);
}

function wrongAccount(wanted: string, arn: string): HubAccessError {
  return new HubAccessError(
    'WrongAccount',
    'credentials',
    `The credentials are of account ${accountOf(arn) ?? '(unknown)'} (partition ${partitionOf(arn) ?? '(unknown)'}); the hub account of the desired-state file is ${wanted}. Nothing was read.`,
    'Give the job credentials of the hub account, or correct hub.account (or hub.partition) in the file.',
  );
}

function hubAccessError(error: unknown, options: HubOptions): HubAccessError {
  if (error instanceof HubAccessError) return error;
  const call = error instanceof CallError ? error.call : 'credentials';
  const cause = error instanceof CallError ? error.cause : error;
  return new HubAccessError(errorCode(cause), call, errorMessage(cause), adviseHubAccess(cause, call, options));
}
