import type { PlannedCall } from '../plan/call.ts';
import { type PropertyChange, withVersionId } from '../state/property.ts';
import type { Answered } from './writes.ts';

/** What a run did, or was about to do: a call with what it changes and what is known of it. */
export interface JournalEntry extends Pick<PlannedCall, 'account' | 'action' | 'input' | 'change' | 'effect' | 'findings'> {
  /** When it was sent. */
  readonly at: Date;
  /** `unverified`: sent, or about to be; whether it took effect was not seen. */
  readonly outcome: 'verified' | 'failed' | 'unverified';
  /** `null`: no answer was seen. */
  readonly requestId: string | null;
  /** Why it failed; empty otherwise. */
  readonly reason: string;
}

/** Brings the changes so far to where they outlive this process. */
export type Save = (entries: readonly JournalEntry[]) => Promise<void>;

/**
 * The account of what was written, kept before and after each call: a run that is killed leaves one that is true. Calls of many accounts that wait at the
 * same time share one save, so that what is certain costs little.
 */
export class Journal {
  readonly #entries = new Map<PlannedCall, JournalEntry>();
  #saving: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #write: Save;

  constructor(save: Save) {
    this.#write = save;
  }

  /** In the order in which they were begun. */
  get entries(): readonly JournalEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Resolves once it is saved that the call is about to be made.
   *
   * @param change from what was read right before
   * @throws what saving threw: the call must not be made then
   */
  async begin(call: PlannedCall, change: PropertyChange, at: Date): Promise<void> {
    const { account, action, input, effect, findings } = call;
    const entry = { account, action, input, change, effect, findings, at } as const;
    this.#entries.set(call, { ...entry, outcome: 'unverified', requestId: null, reason: '' });
    try {
      await this.save();
    } catch (error) {
      this.#entries.delete(call);
      throw error;
    }
  }

  /** What became of it. */
  note(call: PlannedCall, update: Partial<Pick<JournalEntry, 'change' | 'outcome' | 'requestId' | 'reason'>>): void {
    const entry = this.#entries.get(call);
    if (entry !== undefined) this.#entries.set(call, { ...entry, ...update });
  }

  /** What AWS answered to it; of a new version of a policy, its id is known only now. */
  noteAnswer(call: PlannedCall, { requestId, version }: Answered): void {
    const change = this.#entries.get(call)?.change;
    const after = version === undefined || change === undefined ? undefined : withVersionId(change, version);
    this.note(call, change === undefined || after === undefined ? { requestId } : { requestId, change: { ...change, after } });
  }

  /** It was not sent, or had no effect and was not repeated. */
  withdraw(call: PlannedCall): void {
    this.#entries.delete(call);
  }

  /** Resolves once all that is known now is saved. */
  save(): Promise<void> {
    // One save may be on its way, with what was known before; the next one takes all that waits by then.
    this.#next ??= this.#saving
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#saving = this.#write(this.entries);
        return this.#saving;
      });
    return this.#next;
  }

  /** Nothing is saved from now on, whatever still comes in: the report is finished by somebody else. */
  async close(): Promise<void> {
    this.#write = () => Promise.resolve();
    await this.#saving.catch(() => undefined);
  }
}
