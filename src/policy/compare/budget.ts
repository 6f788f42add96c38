/** Thrown when a comparison would take more work than it may. */
export class TooLarge extends Error {}

/** The work that one comparison may do, counted in small steps (about ten million a second). Bounds time and, as what is stored costs a step, memory. */
export class Budget {
  private left: number;
  private readonly shared: Budget | undefined;

  /** @param shared what this one spends is taken from there, too, so that many comparisons are bounded together */
  constructor(steps: number, shared?: Budget) {
    this.left = steps;
    this.shared = shared;
  }

  spend(steps: number): void {
    this.shared?.spend(steps);
    this.left -= steps;
    if (this.left < 0) throw new TooLarge();
  }
}
