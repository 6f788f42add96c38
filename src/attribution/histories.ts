import pLimit, { type LimitFunction } from 'p-limit';
import { present } from '../aws/answers.ts';
import type { AccountReader } from '../live/account-reader.ts';
import type { ReadError } from '../state/reading.ts';
import type { Clock } from '../time/clock.ts';
import type { Deadline } from '../time/deadline.ts';
import type { History } from './cause.ts';
import { Pace } from './pace.ts';
import { parseEvent, type TrailEvent } from './trail-event.ts';

/** Events of which name, in whose event history and region. */
export interface HistoryAddress {
  readonly account: string;
  readonly region: string;
  /** Name or ARN of a resource, as IAM's events have it. */
  readonly name: string;
  /** Milliseconds since the epoch; `undefined`: as far back as the history goes. */
  readonly since?: number | undefined;
}

/** The events; `failed`: the code of the error with which a look-up failed for good. */
export type HistoryReading = History | { readonly failed: string };

const LOOKUP_CALL = 'cloudtrail:LookupEvents';

/** Pages of one look-up that are read: 1,000 events. */
const MOST_PAGES = 20;
const EVENTS_OF_A_PAGE = 50;

/**
 * Event histories, each looked up once a run. What one look-up of an account and region fails with, such as a missing permission, the next would fail with as
 * well: so it is not made.
 */
export class Histories {
  readonly #readerOf: (account: string) => AccountReader;
  readonly #clock: Clock;
  readonly #deadline: Deadline;
  readonly #limit: LimitFunction;
  readonly #known = new Map<string, Promise<HistoryReading>>();
  readonly #places = new Map<string, Place>();

  /** @param concurrency maximum number of look-ups in flight */
  constructor(
    readerOf: (account: string) => AccountReader,
    { clock, deadline, concurrency }: { readonly clock: Clock; readonly deadline: Deadline; readonly concurrency: number },
  ) {
    this.#readerOf = readerOf;
    this.#clock = clock;
    this.#deadline = deadline;
    this.#limit = pLimit(concurrency);
  }

  look(address: HistoryAddress): Promise<HistoryReading> {
    const { account, region, name, since } = address;
    const key = JSON.stringify([account, region, name, since]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(address);
    this.#known.set(key, reading);
    return reading;
  }

  /** What failed, for the report. */
  get errors(): readonly ReadError[] {
    return [...this.#places.values()].flatMap(({ reader }) => reader.errors.map((error) => ({ ...error, call: LOOKUP_CALL })));
  }

  async #read({ account, region, name, since }: HistoryAddress): Promise<HistoryReading> {
    const place = this.#placeOf(account, region);
    const { reader } = place;
    const events: TrailEvent[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      await place.pace.turn(this.#deadline.signal);
      if (place.failed !== undefined) return { failed: place.failed };
      const request = {
        LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: name } as const],
        MaxResults: EVENTS_OF_A_PAGE,
        ...(since === undefined ? {} : { StartTime: new Date(since) }),
        ...(token === undefined ? {} : { NextToken: token }),
      };
      const outcome = await this.#limit(() =>
        reader.read(LOOKUP_CALL, '*', async () => {
          const { Events, NextToken } = await reader.session.lookupEvents(region, request);
          return { events: present(Events, 'list of events'), next: NextToken };
        }),
      );
      if (outcome.kind !== 'read') {
        place.failed = outcome.kind === 'failed' ? outcome.code : 'NoSuchEntity';
        return { failed: place.failed };
      }
      events.push(...outcome.value.events.flatMap(({ CloudTrailEvent }) => parseEvent(CloudTrailEvent ?? '') ?? []));
      token = outcome.value.next;
      if (token === undefined) return { events, isWhole: true };
    }
    return { events, isWhole: false };
  }

  #placeOf(account: string, region: string): Place {
    const key = `${account}/${region}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = { pace: new Pace(this.#clock), reader: this.#readerOf(account) };
    this.#places.set(key, place);
    return place;
  }
}

/** An account and region. */
interface Place {
  readonly pace: Pace;
  readonly reader: AccountReader;
  /** Code of an error. */
  failed?: string;
}

/** Several histories of one account as one, newest first, each event once. */
export function merged(histories: readonly History[]): History {
  const [only, ...others] = histories;
  if (only === undefined) return { events: [], isWhole: true };
  if (others.length === 0) return only;
  const events = new Map(histories.flatMap((history) => history.events).map((event) => [event.id ?? event, event]));
  return { events: [...events.values()].sort((one, other) => other.at - one.at), isWhole: histories.every(({ isWhole }) => isWhole) };
}
