import type { Clock } from '../time/clock.ts';
import { CallError, present } from './answers.ts';
import type { Credentials } from './sdk-stack/signing.ts';

/** Credentials and the moment (milliseconds since the epoch) from which AWS refuses them; `undefined`: they last. */
export interface Issued {
  readonly credentials: Credentials;
  readonly expiresAt: number | undefined;
}

/** Renewed when this much of their time is left, or a quarter of it if that is less: a call may be on its way for a while, and clocks differ. */
const RENEWAL_MARGIN = 2 * 60_000;

/** Credentials that are fetched once, at first use, and again when about to expire. Callers at the same time share one fetch. */
export class RenewedCredentials {
  readonly #fetch: () => Promise<Issued>;
  readonly #clock: Clock;
  #current: (Issued & { readonly renewAt: number }) | undefined;
  #pending: Promise<Credentials> | undefined;

  constructor(fetch: () => Promise<Issued>, clock: Clock) {
    this.#fetch = fetch;
    this.#clock = clock;
  }

  async get(): Promise<Credentials> {
    if (this.#current !== undefined && this.#clock.now() < this.#current.renewAt) return this.#current.credentials;
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /**
   * Says that AWS calls these credentials expired. They are fetched anew at the next use.
   *
   * @returns whether fetching anew can help: credentials that were handed in once and for all stay what they are
   */
  discard(refused: Credentials): boolean {
    if (this.#current?.credentials === refused) {
      if (this.#current.expiresAt === undefined) return false;
      this.#current = undefined;
    }
    return true;
  }

  async #renew(): Promise<Credentials> {
    const fetchedAt = this.#clock.now();
    const issued = await this.#fetch();
    const lifetime = (issued.expiresAt ?? Number.POSITIVE_INFINITY) - fetchedAt;
    this.#current = { ...issued, renewAt: fetchedAt + lifetime - Math.min(RENEWAL_MARGIN, lifetime / 4) };
    return issued.credentials;
  }
}

/** The part of an STS answer that holds a role's credentials. */
export interface AssumeRoleAnswer {
  readonly Credentials?:
    | {
        readonly AccessKeyId: string | undefined;
        readonly SecretAccessKey: string | undefined;
        readonly SessionToken: string | undefined;
        readonly Expiration: Date | undefined;
      }
    | undefined;
}

/** @throws {UnexpectedAnswer} when a part is missing */
export function issuedBy(answer: AssumeRoleAnswer): Issued {
  const given = present(answer.Credentials, 'credentials');
  return {
    credentials: {
      accessKeyId: present(given.AccessKeyId, 'access key'),
      secretAccessKey: present(given.SecretAccessKey, 'secret key'),
      sessionToken: present(given.SessionToken, 'session token'),
    },
    expiresAt: present(given.Expiration, 'expiration').getTime(),
  };
}

/** The variables that say where AWS credentials are; the entry hands in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the environment names AWS credentials: keys, a profile, a token file or a container's address. */
export function namesCredentials(environment: Environment): boolean {
  return [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  ].some((name) => (environment[name] ?? '') !== '');
}

/**
 * The credentials that the job has: the keys in the environment, else whatever AWS's SDK finds (profiles, SSO, token files,
 * containers, instance roles): https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/setting-credentials-node.html
 *
 * @throws {CallError} when there are none
 */
export async function environmentCredentials(environment: Environment): Promise<Issued> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = environment;
  if (accessKeyId && secretAccessKey && !environment.AWS_PROFILE) {
    return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }, expiresAt: undefined };
  }
  try {
    // Loaded here alone: it is large, and most runs never need it.
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const { expiration, ...credentials } = await fromNodeProviderChain()();
    return { credentials, expiresAt: expiration?.getTime() };
  } catch (error) {
    throw new CallError('credentials', 'the environment', error);
  }
}
