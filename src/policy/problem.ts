/** Why a document is not a valid policy of its kind. `place` is a path in the document (`Statement[0].Effect`) or, in text that is not JSON, a line and column. */
export class Problem extends Error {
  readonly place: string;
  readonly reason: string;

  constructor(place: string, reason: string) {
    super(`${place}: ${reason}`);
    this.name = 'Problem';
    this.place = place;
    this.reason = reason;
  }
}
