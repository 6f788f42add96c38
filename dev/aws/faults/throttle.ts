/** How many calls an account may make to a service: per second in the long run, and at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** A token bucket for each service and account, which is how AWS limits its APIs. */
export class Throttle {
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  /** Whether the call may pass; `now` in milliseconds. Without a rate, all calls may. */
  admits(rate: Rate | undefined, service: string, account: string, now: number): boolean {
    if (rate === undefined) return true;
    const key = `${service} ${account}`;
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, at: now };
    const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) * rate.perSecond) / 1_000);
    const admitted = tokens >= 1;
    this.#buckets.set(key, { tokens: admitted ? tokens - 1 : tokens, at: now });
    return admitted;
  }
}
