import { z } from 'zod';
import { networkProblem } from '../network/advice.ts';
import type { Fetch } from '../network/fetch.ts';
import { plural } from '../text/plural.ts';
import { quoted } from '../text/quoted.ts';
import type { Clock } from '../time/clock.ts';
import { hideSecret } from './runner.ts';

/** Where a job with `id-token: write` gets its OIDC tokens: https://docs.github.com/actions/reference/openid-connect-reference */
export interface TokenService {
  /** `ACTIONS_ID_TOKEN_REQUEST_URL` */
  readonly url: string;
  /** `ACTIONS_ID_TOKEN_REQUEST_TOKEN` */
  readonly requestToken: string;
}

export interface TokenLimits {
  /** Milliseconds of real time for one attempt, from the connection to the end of the answer. */
  readonly timeout: number;
  readonly attempts: number;
  /** Milliseconds for all attempts and the waits between them. */
  readonly total: number;
}

const DEFAULT_LIMITS: TokenLimits = { timeout: 6_000, attempts: 4, total: 30_000 };

/** Milliseconds before the second attempt; each further wait is twice as long. */
const FIRST_DELAY = 500;

export interface TokenRun {
  readonly clock: Clock;
  /** Asks by way of the proxies of the job. */
  readonly fetch: Fetch;
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  readonly limits?: TokenLimits;
}

/** The token service gave no token. The message is for people. */
export class NoIdToken extends Error {
  override readonly name = 'NoIdToken';
}

/** One attempt failed. */
interface Failure {
  /** The end of a sentence. */
  readonly reason: string;
  readonly isPassing: boolean;
  /** Milliseconds that the service asks to wait. */
  readonly wait: number;
  readonly cause?: unknown;
}

const tokenForm = z.object({ value: z.string().min(1) });
const messageForm = z.object({ message: z.string() });

/** The service of the job; `undefined` where the job may not ask for tokens. */
export function tokenServiceOf(env: Readonly<Record<string, string | undefined>>): TokenService | undefined {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken } = env;
  return url && requestToken ? { url, requestToken } : undefined;
}

/**
 * The job's OIDC token for an audience, hidden in the log from now on. `getIDToken` of `@actions/core` asks once where the service drops the connection or
 * answers 429 or 500, and waits three minutes for one that hangs.
 *
 * @throws {NoIdToken}, or the signal's reason
 */
export async function fetchIdToken(
  service: TokenService,
  audience: string,
  { clock, fetch, signal, limits = DEFAULT_LIMITS }: TokenRun,
): Promise<string> {
  const { timeout, attempts, total } = limits;
  const startedAt = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask(service, audience, { fetch, timeout, cancelled: signal });
    signal.throwIfAborted();
    if (typeof outcome === 'string') return outcome;
    const { reason, isPassing, cause } = outcome;
    const wait = Math.max(outcome.wait, FIRST_DELAY * 2 ** (attempt - 1));
    if (!isPassing || attempt === attempts || clock.now() - startedAt + wait + timeout > total) {
      const times = attempt === 1 ? '' : ` (attempt ${attempt}, after ${plural(Math.round((clock.now() - startedAt) / 1000), 'second')})`;
      throw new NoIdToken(`GitHub's token service at ${new URL(service.url).host} ${reason}${times}.`, { cause });
    }
    await clock.sleep(wait, signal);
  }
}

async function ask(
  { url, requestToken }: TokenService,
  audience: string,
  { fetch, timeout, cancelled }: { readonly fetch: Fetch; readonly timeout: number; readonly cancelled: AbortSignal },
): Promise<string | Failure> {
  const address = new URL(url);
  address.searchParams.set('audience', audience);
  const signal = AbortSignal.any([AbortSignal.timeout(timeout), cancelled]);
  try {
    const response = await fetch(address.href, {
      headers: { accept: 'application/json', authorization: `Bearer ${requestToken}`, 'user-agent': 'assume-role-drift' },
      signal,
    });
    const text = await response.text();
    if (!response.ok) return refusal(response.status, text, response.headers.get('retry-after'));
    const token = tokenForm.safeParse(parsed(text)).data?.value;
    if (token === undefined) return passing('sent a response without a token');
    hideSecret(token);
    return token;
  } catch (error) {
    const problem = networkProblem(error);
    if (problem !== undefined)
      return { reason: `could not be reached: ${problem.message}`, isPassing: problem.isPassing, wait: 0, cause: error };
    return passing(
      signal.aborted ? `did not respond within ${timeout / 1000} seconds` : `could not be called: ${reasonOf(error, requestToken)}`,
    );
  }
}

function refusal(status: number, text: string, retryAfter: string | null): Failure {
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  const isPassing = status === 408 || status === 429 || status >= 500;
  const message = isPassing ? undefined : messageForm.safeParse(parsed(text)).data?.message;
  const said = message === undefined ? '' : `: ${quoted(message, 200)}`;
  const asked = seconds === 0 ? '' : ` and asked to wait ${plural(seconds, 'second')}`;
  return { reason: `responded with HTTP status ${status}${said}${asked}`, isPassing, wait: seconds * 1000 };
}

function passing(reason: string): Failure {
  return { reason, isPassing: true, wait: 0 };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `fetch` names the reason in the cause, and a header that it refuses with its value. */
function reasonOf(error: unknown, secret: string): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
  return quoted(reason.replaceAll(secret, '***'), 200);
}
