import type { HistoryEvent } from './event.ts';

/** The event history of every account and region (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html). */
export class Trail {
  readonly #histories = new Map<string, HistoryEvent[]>();
  #sequence = 0;

  add(account: string, event: Omit<HistoryEvent, 'sequence'>): void {
    const key = `${account}/${event.record.awsRegion}`;
    const history = this.#histories.get(key) ?? [];
    this.#sequence += 1;
    history.push({ ...event, sequence: this.#sequence });
    this.#histories.set(key, history);
  }

  clear(): void {
    this.#histories.clear();
  }

  /** Newest first. */
  events(account: string, region: string): HistoryEvent[] {
    return [...(this.#histories.get(`${account}/${region}`) ?? [])].sort(newestFirst);
  }
}

/** Events are dated to the second; of the same second the later arrival is the newer. */
export function newestFirst(one: Pick<HistoryEvent, 'at' | 'sequence'>, other: Pick<HistoryEvent, 'at' | 'sequence'>): number {
  return Math.floor(other.at / 1_000) - Math.floor(one.at / 1_000) || other.sequence - one.sequence;
}
