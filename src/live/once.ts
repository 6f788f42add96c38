/** Work that is done once for each key; who asks again gets the first answer. */
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
