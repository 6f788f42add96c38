import { AssumeRoleWithWebIdentityCommand, type AssumeRoleWithWebIdentityRequest } from '@aws-sdk/client-sts';
import type { HubOptions } from './access.ts';
import { calling } from './answers.ts';
import type { AssumeRoleAnswer } from './credentials.ts';
import { errorCode, errorMessage, isRefusal } from './errors.ts';
import { claimsOf, type TokenClaims } from './id-token-claims.ts';
import { untilOver } from './reading-ended.ts';
import type { Transport } from './session.ts';

/** AWS refused the token: its error, and what the token says of itself. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  /** AWS's error code, in the place in which the SDK's errors have it. */
  readonly Code: string;
  readonly claims: TokenClaims | undefined;

  constructor(cause: unknown, claims: TokenClaims | undefined) {
    super(errorMessage(cause), { cause });
    this.Code = errorCode(cause);
    this.claims = claims;
  }
}

/** Milliseconds before each further attempt when AWS could not fetch the keys of the identity provider. */
const KEY_RETRIES: readonly number[] = [1_000, 2_000, 4_000, 8_000];

/** Milliseconds for which a token is used again. GitHub's are valid for five minutes, and a throttled call may wait for longer. */
const REUSED_FOR = 60_000;

/**
 * Assumes a role with the job's OIDC token. AWS then fetches the keys of the identity provider, and sometimes fails to; it is asked again a few times.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html#API_AssumeRoleWithWebIdentity_Errors
 *
 * @param send makes the call, with the retries of all calls
 * @throws {TokenRefused} when AWS does not accept the token
 */
export async function assumeWithToken(
  request: Omit<AssumeRoleWithWebIdentityRequest, 'WebIdentityToken'>,
  { fetchIdToken, audience }: NonNullable<HubOptions['oidc']>,
  { clock, deadline }: Pick<Transport, 'clock' | 'deadline'>,
  send: (command: () => Promise<AssumeRoleWithWebIdentityCommand>) => Promise<AssumeRoleAnswer>,
): Promise<AssumeRoleAnswer> {
  const fetch = async () => ({ at: clock.now(), text: await calling('oidc', 'GitHub', () => fetchIdToken(audience)) });
  // Before the call, since a failure here must not be retried as one of the call.
  let token = await fetch();
  const command = async () => {
    if (clock.now() - token.at >= REUSED_FOR) token = await fetch();
    return new AssumeRoleWithWebIdentityCommand({ ...request, WebIdentityToken: token.text });
  };
  for (let failures = 0; ; failures += 1) {
    try {
      return await send(command);
    } catch (error) {
      const delay = KEY_RETRIES[failures];
      if (delay === undefined || !lacksKeys(error)) throw isRefused(error) ? new TokenRefused(error, claimsOf(token.text)) : error;
      await untilOver(deadline, clock, () => clock.sleep(delay, deadline.signal));
    }
  }
}

/** Whether AWS could not fetch the keys with which it verifies the token. */
export function lacksKeys(error: unknown): boolean {
  return /^IDPCommunicationError/.test(errorCode(error)) || (isInvalid(error) && /retrieve verification key/i.test(errorMessage(error)));
}

function isRefused(error: unknown): boolean {
  return isInvalid(error) || isRefusal(errorCode(error)) || lacksKeys(error) || /^IDPRejectedClaim/.test(errorCode(error));
}

function isInvalid(error: unknown): boolean {
  return /^InvalidIdentityToken(Exception)?$/.test(errorCode(error));
}
