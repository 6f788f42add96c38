/** Ends a piece of work, with the reason that a signal was aborted with. */
export type End = (reason: unknown) => void;

/** The work that goes on under a signal. */
export interface UnderWay {
  /** @throws the signal's reason, when it is aborted */
  begin(end: End): void;
  /** The work is done, and nothing is to end it. */
  leave(end: End): void;
}

/** Hundreds of requests wait for one signal. One listener ends them all: a signal compares each new listener with all that it has. */
export class Abortable {
  readonly #known = new WeakMap<AbortSignal, UnderWay>();

  under(signal: AbortSignal): UnderWay {
    const known = this.#known.get(signal) ?? listenTo(signal);
    this.#known.set(signal, known);
    return known;
  }
}

function listenTo(signal: AbortSignal): UnderWay {
  const ends = new Set<End>();
  signal.addEventListener(
    'abort',
    () => {
      for (const end of ends) end(signal.reason);
    },
    { once: true },
  );
  return {
    begin(end) {
      signal.throwIfAborted();
      ends.add(end);
    },
    leave: (end) => void ends.delete(end),
  };
}
