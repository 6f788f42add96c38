import { type AlarmClock, sleepUntil } from '../src/time/clock.ts';

/**
 * A clock that jumps. Sleepers are woken one after another, earliest first, whenever the event loop turns: hours of waiting take milliseconds, and the
 * order of what happens is that of the real clock. Servers that are to share the time are handed `now`.
 */
export class TestClock implements AlarmClock {
  /** Milliseconds of each sleep, in the order in which they began. */
  readonly slept: number[] = [];
  readonly #sleepers: Sleeper[] = [];
  readonly #alarms: Sleeper[] = [];
  #time: number;

  /** @param start milliseconds since the epoch; default the real time */
  constructor(start: number = Date.now()) {
    this.#time = start;
  }

  readonly now = (): number => this.#time;

  readonly random = (): number => 0.5;

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    this.slept.push(milliseconds);
    return sleepUntil(signal, (wake) => {
      const stop = add(this.#sleepers, { until: this.#time + milliseconds, wake });
      setImmediate(() => this.#wakeNext());
      return stop;
    });
  }

  /** Rings when the time has passed, and does not make it pass. */
  alarm(milliseconds: number, ring: () => void): () => void {
    return add(this.#alarms, { until: this.#time + milliseconds, wake: ring });
  }

  forward(milliseconds: number): void {
    this.#pass(this.#time + milliseconds);
  }

  #wakeNext(): void {
    const [next] = this.#sleepers;
    if (next === undefined) return;
    const [alarm] = this.#alarms;
    if (alarm !== undefined && alarm.until <= next.until) {
      // What it sets off comes before the sleeper.
      this.#pass(alarm.until);
      setImmediate(() => this.#wakeNext());
      return;
    }
    this.#sleepers.shift();
    this.#pass(next.until);
    next.wake();
  }

  #pass(until: number): void {
    for (let next = this.#alarms[0]; next !== undefined && next.until <= until; next = this.#alarms[0]) {
      this.#alarms.shift();
      this.#time = Math.max(this.#time, next.until);
      next.wake();
    }
    this.#time = Math.max(this.#time, until);
  }
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Adds it at its place in time. @returns what takes it out again */
function add(sleepers: Sleeper[], sleeper: Sleeper): () => void {
  sleepers.push(sleeper);
  sleepers.sort((one, other) => one.until - other.until);
  return () => {
    const at = sleepers.indexOf(sleeper);
    if (at >= 0) sleepers.splice(at, 1);
  };
}
