import { setMaxListeners } from 'node:events';
import type { AlarmClock } from './clock.ts';

/** Why reading ended before everything was read. */
export type Ending = { readonly by: 'time-limit'; readonly minutes: number } | { readonly by: 'cancelled' };

/** What is thrown where something was waited for when reading had to end. */
export class DeadlineOver extends Error {
  override readonly name = 'DeadlineOver';
  readonly ending: Ending;

  constructor(ending: Ending) {
    super(ending.by === 'cancelled' ? 'The run was cancelled.' : `The time limit of ${ending.minutes} min was reached.`);
    this.ending = ending;
  }
}

export interface DeadlineOptions {
  readonly clock: AlarmClock;
  /** Milliseconds since the epoch, from which the minutes count. */
  readonly startedAt: number;
  readonly minutes: number;
  /** Aborted when somebody cancels the run. */
  readonly cancelled: AbortSignal;
}

/**
 * Until when a run may read: until its time is over or somebody cancels it, whichever comes first. Whatever waits for AWS waits with `signal` as well, and so
 * ends at once. What a repair reads for its writes must not end so: before the first of them the deadline is lifted.
 */
export class Deadline {
  readonly #over = new AbortController();
  readonly #stopAlarm: () => void;
  #signal = this.#over.signal;
  #ending: Ending | undefined;

  constructor({ clock, startedAt, minutes, cancelled }: DeadlineOptions) {
    // Hundreds of calls wait at the same time, and Node takes more than ten listeners for a leak.
    setMaxListeners(0, this.#signal);
    const left = Math.max(0, startedAt + minutes * 60_000 - clock.now());
    this.#stopAlarm = clock.alarm(left, () => this.#end({ by: 'time-limit', minutes }));
    const cancel = () => this.#end({ by: 'cancelled' });
    if (cancelled.aborted) cancel();
    else cancelled.addEventListener('abort', cancel, { once: true });
  }

  /** Aborted, with a `DeadlineOver` as its reason, once reading has to end; never, once the deadline is lifted. */
  get signal(): AbortSignal {
    return this.#signal;
  }

  /** Why reading had to end, if it had to. A run that is cancelled later, while it writes or publishes, is cancelled as well. */
  get ending(): Ending | undefined {
    return this.#ending;
  }

  get isCancelled(): boolean {
    return this.#ending?.by === 'cancelled';
  }

  get isLifted(): boolean {
    return this.#signal !== this.#over.signal;
  }

  /** From now on nothing ends by this deadline. */
  lift(): void {
    this.#stopAlarm();
    this.#signal = new AbortController().signal;
    setMaxListeners(0, this.#signal);
  }

  /** What comes of the work, or of `instead`, for work that takes no signal: when reading has to end it goes on, and nobody waits for it. */
  async orElse<T>(work: () => Promise<T>, instead: (over: DeadlineOver) => T): Promise<T> {
    try {
      return await this.race(work);
    } catch (error) {
      if (error instanceof DeadlineOver) return instead(error);
      throw error;
    }
  }

  /** The same without anything instead. @throws {DeadlineOver} */
  async race<T>(work: () => Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    let stop = (): void => undefined;
    const over = () =>
      new Promise<never>((_, reject) => {
        const onAbort = () => reject(signal.reason);
        signal.addEventListener('abort', onAbort, { once: true });
        stop = () => signal.removeEventListener('abort', onAbort);
      });
    try {
      return await Promise.race([over(), work()]);
    } finally {
      stop();
    }
  }

  #end(ending: Ending): void {
    // A run that was cancelled stays so, however long it publishes.
    if (!this.isCancelled) this.#ending = ending;
    if (!this.isLifted) this.#over.abort(new DeadlineOver(ending));
  }
}
