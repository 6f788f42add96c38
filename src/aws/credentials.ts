import type { AssumeRoleResponse } from '@aws-sdk/client-sts';
import type { Clock } from '../time/clock.ts';
import { present } from './answers.ts';
import type { Credentials } from './sdk-stack/signing.ts';

/** Credentials, and the time (milliseconds since the epoch) from which AWS refuses them; `undefined`: they don't expire. */
export interface Issued {
  readonly credentials: Credentials;
  readonly expiresAt: number | undefined;
}

/**
 * Milliseconds before they expire at which credentials are renewed, or a quarter of their lifetime if that is less: a call may take a while to arrive, and
 * clocks differ.
 */
const RENEWAL_MARGIN = 2 * 60_000;

/** Credentials that are fetched at first use, and again before they expire. Concurrent callers share one fetch. */
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
   * Drops credentials that AWS refuses as expired, so that the next use fetches new ones.
   *
   * @returns whether new ones can be fetched: keys from the environment stay the same
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

/** The parts of an STS response that name the role and hold its credentials. */
export type AssumeRoleAnswer = Pick<AssumeRoleResponse, 'AssumedRoleUser' | 'Credentials'>;

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
