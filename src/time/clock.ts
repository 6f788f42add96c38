/** Time as a run sees it. The entry passes `systemClock`; tests pass clocks of their own. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** @throws the signal's reason, as soon as it is aborted */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** In [0, 1), for the jitter of back-offs. */
  random(): number;
}

/** A clock for what happens by itself, beside the work. */
export interface AlarmClock extends Clock {
  /** Calls `ring` once, later. It keeps no process alive. @returns what takes it back */
  alarm(milliseconds: number, ring: () => void): () => void;
}

export const systemClock: AlarmClock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    sleepUntil(signal, (wake) => {
      const timer = setTimeout(wake, milliseconds);
      return () => clearTimeout(timer);
    }),
  alarm: (milliseconds, ring) => {
    const timer = setTimeout(ring, milliseconds).unref();
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** Sleeps until it is woken or the signal is aborted. @param start begins what wakes it, and returns how to stop that */
export function sleepUntil(signal: AbortSignal | undefined, start: (wake: () => void) => () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = start(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      stop();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
