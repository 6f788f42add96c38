import type { Clock } from '../time/clock.ts';

/** Somebody cancelled the run: asked for at every step, so that it ends within seconds, and waited for by none alone. */
export class Cancellation {
  readonly requested: Promise<void>;
  readonly #signal: AbortSignal;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    // One listener for all that wait: Node warns of more than ten.
    this.requested = new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  get isRequested(): boolean {
    return this.#signal.aborted;
  }

  /** What comes of the work; `undefined` when the run is cancelled first: the work goes on, and nobody waits for it. */
  race<T>(work: Promise<T>): Promise<T | undefined> {
    return Promise.race([work, this.requested.then(() => undefined)]);
  }

  /** @returns whether it was slept to its end */
  async pause(milliseconds: number, clock: Clock): Promise<boolean> {
    if (!this.isRequested) await this.race(clock.sleep(milliseconds));
    return !this.isRequested;
  }
}

/** Milliseconds of the n-th pause (from 0) between two tries: growing, jittered. */
export function pauseAfter(n: number, clock: Clock): number {
  return (0.5 + clock.random() / 2) * Math.min(8_000, 250 * 2 ** n);
}
