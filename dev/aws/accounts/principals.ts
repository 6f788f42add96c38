import { History } from './history.ts';

const UNIQUE_ID = /^(AIDA|AROA)[A-Z0-9]{17}$/;

/** The users and roles of all accounts, which trust policies may name, by ARN and by unique id. */
export class Principals {
  readonly #idByArn = new History<string>();
  readonly #arnById = new History<string>();
  #epoch = 0;
  #settlesAt = Number.NEGATIVE_INFINITY;

  /** Changes whenever a unique id may show as something other than before. */
  epoch(now: number): string {
    return now < this.#settlesAt ? `${this.#epoch}@${now}` : `${this.#epoch}`;
  }

  add(arn: string, id: string, from: number, now: number): void {
    this.#idByArn.set(arn, id, from, now);
    this.#arnById.set(id, arn, from, now);
    this.#changed(from);
  }

  remove(arn: string, id: string, from: number, now: number): void {
    this.#idByArn.set(arn, undefined, from, now);
    this.#arnById.set(id, undefined, from, now);
    this.#changed(from);
  }

  idOf(arn: string, at: number): string | undefined {
    return this.#idByArn.seen(arn, at);
  }

  arnOf(id: string, at: number): string | undefined {
    return this.#arnById.seen(id, at);
  }

  static isUniqueId(text: string): boolean {
    return UNIQUE_ID.test(text);
  }

  #changed(from: number): void {
    this.#epoch += 1;
    if (Number.isFinite(from)) this.#settlesAt = Math.max(this.#settlesAt, from);
  }
}
