/** Does the work for a key once; later callers get the same result. */
export class Once<T> {
  readonly #answers = new Map<string, Promise<T>>();

  get(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = work();
    this.#answers.set(key, answer);
    return answer;
  }
}
