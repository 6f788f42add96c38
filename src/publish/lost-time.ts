/** Milliseconds that an attempt is given in any case. */
const LEAST = 5_000;

/**
 * How long all calls together may hold a run up that come to nothing: attempts without an answer, errors of the server, and the pauses after them. Once that
 * is used up, each call is made once and given up soon: GitHub is down, and the job has an end.
 */
export class LostTime {
  #left: number;

  /** @param milliseconds in all */
  constructor(milliseconds: number) {
    this.#left = milliseconds;
  }

  /** Milliseconds that the next attempt may take. @param usual while there is enough left */
  forAttempt(usual: number): number {
    return Math.min(usual, Math.max(LEAST, this.#left));
  }

  lose(milliseconds: number): void {
    this.#left -= milliseconds;
  }

  /** Takes the time for a pause. @returns whether there was enough left */
  spend(milliseconds: number): boolean {
    if (milliseconds > this.#left) return false;
    this.#left -= milliseconds;
    return true;
  }
}
