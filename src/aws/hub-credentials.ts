import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { accountOf, partitionOf } from '../iam/arn.ts';
import type { HubOptions } from './access.ts';
import { calling, present } from './answers.ts';
import { checkAccount } from './check-account.ts';
import { type AssumeRoleAnswer, type Issued, issuedBy, RenewedCredentials } from './credentials.ts';
import { credentialsVariable, environmentCredentials } from './environment-credentials.ts';
import { untilOver } from './reading-ended.ts';
import { withRetries } from './retry.ts';
import type { Transport } from './session.ts';
import { ThrottleWindow } from './throttle-window.ts';
import { assumeWithToken } from './web-identity.ts';

/** Seconds. AWS allows an hour at most where one role's credentials assume another role. */
const DURATION = 3600;

/** How the hub's credentials are fetched, at first and at each renewal. */
export interface HubCredentials {
  readonly fetch: () => Promise<Issued>;
  /** Those of the environment, where they assume the role. */
  readonly base?: RenewedCredentials;
}

/** Without a role they are those of the environment. A role is assumed with these, or, if the environment names none, with GitHub's OIDC token. */
export function hubCredentials(options: HubOptions, transport: Transport, region: string): HubCredentials {
  const { environment, oidc, role } = options;
  const fromEnvironment = () => environmentIn(options, transport, region);
  if (role === '') return { fetch: fromEnvironment };
  return oidc === undefined || credentialsVariable(environment) !== undefined
    ? withEnvironment(options, transport, fromEnvironment)
    : { fetch: withToken(options, oidc, transport) };
}

function withEnvironment(options: HubOptions, transport: Transport, fromEnvironment: () => Promise<Issued>): HubCredentials {
  const base = new RenewedCredentials(fromEnvironment, transport.clock);
  const retried = retrying(accountOf(options.role) ?? '', transport);
  const fetch = async () => {
    // Before the call, since a failure here must not be retried as one of the call.
    await base.get();
    const command = new AssumeRoleCommand(requestOf(options));
    return assume('sts:AssumeRole', options, () => retried(async () => transport.clients.sts(command, await base.get())));
  };
  return { fetch, base };
}

function withToken(options: HubOptions, oidc: NonNullable<HubOptions['oidc']>, transport: Transport): () => Promise<Issued> {
  const retried = retrying(accountOf(options.role) ?? '', transport);
  return () =>
    assume('sts:AssumeRoleWithWebIdentity', options, () =>
      assumeWithToken(requestOf(options), oidc, transport, (command) =>
        retried(async () => transport.clients.sts(await command(), 'unsigned')),
      ),
    );
}

/** A profile may start a program, which may never answer. */
function environmentIn({ environment }: HubOptions, { deadline, clock, clients }: Transport, region: string): Promise<Issued> {
  return calling('credentials', 'the environment', () =>
    untilOver(deadline, clock, () => environmentCredentials(environment, region, clients.transport)),
  );
}

function requestOf({ role, sessionName }: HubOptions) {
  return { RoleArn: role, RoleSessionName: sessionName, DurationSeconds: DURATION };
}

function retrying(account: string, transport: Transport): <T>(work: () => Promise<T>) => Promise<T> {
  const window = new ThrottleWindow(transport.clock, 1);
  return (work) => transport.pending.track(account, window, (call) => withRetries(work, call, transport));
}

/** @throws {HubAccessError} when the role that answers is not in the hub account */
async function assume(call: string, options: HubOptions, request: () => Promise<AssumeRoleAnswer>): Promise<Issued> {
  const { role, account = accountOf(role), partition = partitionOf(role) } = options;
  const { assumedRole, issued } = await calling(call, role, async () => {
    const answer = await request();
    return { assumedRole: present(answer.AssumedRoleUser?.Arn, 'assumed role'), issued: issuedBy(answer) };
  });
  checkAccount({ account, partition }, assumedRole);
  return issued;
}
