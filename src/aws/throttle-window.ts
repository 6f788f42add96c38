import { type Clock, sleepUntil } from '../time/clock.ts';

/** Milliseconds. */
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 20_000;

/**
 * Limits how many calls to one service are in flight with one identity. When AWS throttles, the window pauses and halves its limit; each response then raises
 * the limit a little, up to the bound (additive increase, multiplicative decrease).
 *
 * AWS counts requests per account and API. Each account has a window of its own, so a throttled account does not slow the others, and there is no budget of
 * retries that throttled calls could use up.
 */
export class ThrottleWindow {
  readonly #clock: Clock;
  /** In the order in which they came. */
  readonly #waiting = new Set<() => void>();
  readonly #bound: number;
  #limit: number;
  #inFlight = 0;
  #entered = 0;
  #enteredAtLastCut = 0;
  #cutsInARow = 0;
  #pauses = 0;
  #throttledSince: number | undefined;

  constructor(clock: Clock, bound: number) {
    this.#clock = clock;
    this.#bound = bound;
    this.#limit = bound;
  }

  /** Milliseconds since the epoch from which AWS has only throttled; `undefined` when the last response was another. */
  get throttledSince(): number | undefined {
    return this.#throttledSince;
  }

  /** Waits until one more call may be sent. @returns a ticket for `leave` @throws the signal's reason, as soon as it is aborted */
  async enter(signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    while (this.#pauses > 0 || this.#inFlight >= Math.floor(this.#limit)) await sleepUntil(signal, (wake) => this.#line(wake));
    this.#inFlight += 1;
    this.#entered += 1;
    return this.#entered;
  }

  leave(ticket: number, throttled: boolean): void {
    const inFlight = this.#inFlight;
    this.#inFlight -= 1;
    if (!throttled) {
      this.#cutsInARow = 0;
      this.#throttledSince = undefined;
      this.#limit = Math.min(this.#bound, this.#limit + 1 / this.#limit);
    } else if (ticket > this.#enteredAtLastCut) {
      // Calls that were sent together are throttled together. That counts once, not once for each call.
      this.#enteredAtLastCut = this.#entered;
      this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, inFlight) / 2));
      this.#pause();
    }
    this.#wake();
  }

  /** Lines up to be woken. @returns what leaves the line */
  #line(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  #pause(): void {
    this.#throttledSince ??= this.#clock.now();
    const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.#cutsInARow);
    this.#cutsInARow += 1;
    this.#pauses += 1;
    void this.#clock.sleep(longest * (0.5 + this.#clock.random() / 2)).then(() => {
      this.#pauses -= 1;
      this.#wake();
    });
  }

  #wake(): void {
    if (this.#pauses > 0) return;
    const free = Math.floor(this.#limit) - this.#inFlight;
    for (const wake of [...this.#waiting].slice(0, Math.max(0, free))) {
      this.#waiting.delete(wake);
      wake();
    }
  }
}
