/** Thrown when a comparison would take more work than it may. */
export class TooLarge extends Error {}

/** The work that one comparison may do, counted in small steps (about ten million a second). Bounds time and, as what is stored costs a step, memory. */
export class Budget {
  readonly #steps: number;
  #left: number;

  constructor(steps: number) {
    this.#steps = steps;
    this.#left = steps;
  }

  /** @throws {TooLarge} when nothing is left */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooLarge();
  }

  /** Steps so far, at most the whole budget. */
  get spent(): number {
    return this.#steps - Math.max(0, this.#left);
  }
}
