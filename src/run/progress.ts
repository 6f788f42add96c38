import type { AccountWait } from '../aws/pending-calls.ts';
import { plural } from '../text/plural.ts';
import type { AlarmClock } from '../time/clock.ts';
import { durationText } from '../time/duration.ts';

/** Milliseconds. Most runs have read everything before the first line. */
const FIRST_LINE = 10_000;
const NEXT_LINE = 30_000;

/** Milliseconds after which an account is waited for; any call takes a moment. */
const WAITING = 3_000;
const MOST_NAMES = 3;

export interface ProgressOptions {
  readonly clock: AlarmClock;
  /** Accounts; `undefined` where no file names them. */
  readonly total: number | undefined;
  /** Takes a line for people. */
  readonly log: (line: string) => void;
}

/** Says in the log now and then how far a run has read, and for whom it waits. */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #startedAt: number;
  #waits: (() => readonly AccountWait[]) | undefined;
  #read = 0;
  #stopAlarm: () => void;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#startedAt = options.clock.now();
    this.#stopAlarm = options.clock.alarm(FIRST_LINE, () => this.#tell());
  }

  /** The hub is open. @param waits for whom is waited now */
  signedIn(waits: () => readonly AccountWait[]): void {
    this.#waits = waits;
  }

  readOne(): void {
    this.#read += 1;
  }

  /** Nothing is said from now on. */
  stop(): void {
    this.#stopAlarm();
  }

  #tell(): void {
    const { clock, log } = this.#options;
    log(this.#line());
    this.#stopAlarm = clock.alarm(NEXT_LINE, () => this.#tell());
  }

  #line(): string {
    const { clock, total } = this.#options;
    if (this.#waits === undefined) return `Still signing in to the hub after ${durationText(clock.now() - this.#startedAt)}.`;
    const read =
      total === undefined ? plural(this.#read, 'account') : `${this.#read.toLocaleString('en-US')} of ${plural(total, 'account')}`;
    return [`${read} read.`, ...waitingText(this.#waits())].join(' ');
  }
}

function waitingText(all: readonly AccountWait[]): string[] {
  const waits = all.filter(({ milliseconds }) => milliseconds >= WAITING);
  if (waits.length === 0) return [];
  const names = waits.slice(0, MOST_NAMES).map(({ account, why, milliseconds }) => {
    const time = durationText(milliseconds);
    return `${account} (${why === 'throttled' ? `throttled for ${time}` : `no response for ${time}`})`;
  });
  const more = waits.length - names.length;
  return [`Waiting for ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`];
}
