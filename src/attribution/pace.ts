import type { Clock } from '../time/clock.ts';

/** Milliseconds: a second, and a little for the way. */
const WINDOW = 1_050;
const CALLS_PER_WINDOW = 2;

/** CloudTrail answers two look-ups a second for an account and region. */
export class Pace {
  readonly #clock: Clock;
  readonly #starts: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Waits until one more call may be sent, or until the signal is aborted: the call then fails by itself. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#clock.now();
    const earlier = this.#starts.at(-CALLS_PER_WINDOW);
    const start = earlier === undefined ? now : Math.max(now, earlier + WINDOW);
    this.#starts.push(start);
    if (start > now) await this.#clock.sleep(start - now, signal).catch(() => undefined);
  }
}
