import { History } from './history.ts';

/** Entities of one kind in an account. Their names are told apart without regard to case, but looked up with it: the documentation speaks of making them alone. */
export class Table<T extends { readonly name: string }> {
  readonly #history = new History<T>();

  newest(name: string): T | undefined {
    return exact(this.#history.newest(name.toLowerCase()), name);
  }

  seen(name: string, at: number): T | undefined {
    return exact(this.#history.seen(name.toLowerCase(), at), name);
  }

  /** Whether a new entity of this name would collide with one that is there. */
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
