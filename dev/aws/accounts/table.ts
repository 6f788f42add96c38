import { History } from './history.ts';

/** Entities of one kind in an account. Names that differ in case alone collide, but lookups respect case: the documentation only speaks of creating. */
export class Table<T extends { readonly name: string }> {
  readonly #history = new History<T>();

  newest(name: string): T | undefined {
    return exact(this.#history.newest(name.toLowerCase()), name);
  }

  seen(name: string, at: number): T | undefined {
    return exact(this.#history.seen(name.toLowerCase(), at), name);
  }

  /** Whether a new entity of this name would collide with an existing one. */
  taken(name: string): boolean {
    return this.#history.newest(name.toLowerCase()) !== undefined;
  }

  put(entity: T, from: number, now: number): void {
    this.#history.set(entity.name.toLowerCase(), entity, from, now);
  }

  remove(name: string, from: number, now: number): void {
    this.#history.set(name.toLowerCase(), undefined, from, now);
  }

  all(at: number): T[] {
    return [...this.#history.all(at)];
  }
}

function exact<T extends { readonly name: string }>(entity: T | undefined, name: string): T | undefined {
  return entity?.name === name ? entity : undefined;
}
