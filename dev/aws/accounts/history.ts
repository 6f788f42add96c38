/**
 * Values by key whose changes show after a while, as in AWS's eventually consistent services. Whoever asks for the newest state sees a change at
 * once; readers see it from a given moment on (milliseconds since the epoch).
 */
export class History<T> {
  readonly #versions = new Map<string, Version<T>[]>();

  newest(key: string): T | undefined {
    return this.#versions.get(key)?.at(-1)?.value;
  }

  /** As a reader sees it at the moment `at`; `Infinity` reads the newest. */
  seen(key: string, at: number): T | undefined {
    const versions = this.#versions.get(key);
    if (versions === undefined) return undefined;
    for (let index = versions.length - 1; index >= 0; index -= 1) {
      const version = versions[index];
      if (version !== undefined && version.from <= at) return version.value;
    }
    return undefined;
  }

  /** `from`: when readers see it. Forgets what readers can no longer see at `now`. */
  set(key: string, value: T | undefined, from: number, now: number): void {
    const versions = this.#versions.get(key) ?? [];
    const oldestSeen = versions.findLastIndex((version) => version.from <= now);
    const kept = from <= now ? [] : versions.slice(Math.max(oldestSeen, 0));
    kept.push({ value, from });
    if (kept.length === 1 && value === undefined) this.#versions.delete(key);
    else this.#versions.set(key, kept);
  }

  *all(at: number): Generator<T> {
    for (const key of this.#versions.keys()) {
      const value = this.seen(key, at);
      if (value !== undefined) yield value;
    }
  }
}

interface Version<T> {
  readonly value: T | undefined;
  readonly from: number;
}
