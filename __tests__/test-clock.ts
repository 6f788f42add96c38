import type { Clock } from '../src/time/clock.ts';

/**
 * A clock that jumps. Sleepers are woken one after another, earliest first, whenever the event loop turns: hours of waiting take milliseconds, and the
 * order of what happens is that of the real clock. Servers that are to share the time are handed `now`.
 */
export class TestClock implements Clock {
  /** Milliseconds of each sleep, in the order in which they began. */
  readonly slept: number[] = [];
  readonly #sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  #time: number;

  /** @param start milliseconds since the epoch; default the real time */
  constructor(start: number = Date.now()) {
    this.#time = start;
  }

  readonly now = (): number => this.#time;

  readonly random = (): number => 0.5;

  sleep(milliseconds: number): Promise<void> {
    this.slept.push(milliseconds);
    return new Promise((wake) => {
      this.#sleepers.push({ until: this.#time + milliseconds, wake });
      this.#sleepers.sort((one, other) => one.until - other.until);
      setImmediate(() => this.#wakeNext());
    });
  }

  forward(milliseconds: number): void {
    this.#time += milliseconds;
  }

  #wakeNext(): void {
    const next = this.#sleepers.shift();
    if (next === undefined) return;
    this.#time = Math.max(this.#time, next.until);
    next.wake();
  }
}
