import pLimit from 'p-limit';
import type { RetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import type { PlannedCall } from '../plan/call.ts';
import type { Clock } from '../time/clock.ts';
import type { Cancellation } from './cancellation.ts';
import type { Journal } from './journal.ts';
import { byPlace, keyOf, type Place, placeOf } from './place.ts';
import { type Sent, send } from './send.ts';

/** What became of a planned call. `not-made`: nothing was sent. `uncertain`: it was sent, and may have taken effect. */
export interface CallOutcome {
  readonly kind: 'made' | 'failed' | 'uncertain' | 'not-made';
  /** For people, a sentence; empty where it was made. */
  readonly reason: string;
}

export type Outcomes = ReadonlyMap<PlannedCall, CallOutcome>;

export interface ApplyRequest {
  /** In the order in which they are made. */
  readonly calls: readonly PlannedCall[];
  readonly journal: Journal;
  /** Reads the place again, before the first call there and later on when that was a while ago. @returns why these calls may not be made there, a sentence; `null`: all is as it was when they were planned */
  readonly refuse: (place: Place, calls: readonly PlannedCall[], made: readonly PlannedCall[]) => Promise<string | null>;
  /** The fixer's. */
  readonly sessionOf: (place: Place) => Session;
  readonly isInEffect: (call: PlannedCall) => Promise<boolean>;
  /** What happened and what to do, for people. */
  readonly describe: (error: unknown, call: PlannedCall, session: Session) => string;
  /** Targets in flight. */
  readonly concurrency: number;
  readonly cancellation: Cancellation;
  readonly clock: Clock;
  readonly limits: RetryLimits;
}

/** Milliseconds for which calls that are on their way are awaited once the run is cancelled: GitHub kills it soon after. */
const GRACE = 3_000;

/** Milliseconds for which a place counts as it was read: calls that are throttled take their time, and others may write there meanwhile. */
const SEEN_FOR = 30_000;

export const CANCELLED = 'Not made: the run was cancelled before.';

/**
 * Makes the calls of a plan: one after the other in a place, the targets side by side between the hub's two parts. The first call that fails ends the
 * work in its place, and in no other. Once it is cancelled no call is begun.
 *
 * @returns an outcome for every call; it does not throw for what AWS answers
 */
export async function applyCalls(request: ApplyRequest): Promise<Outcomes> {
  const work = new Work(request);
  await Promise.race([work.run(), gracePeriod(request)]);
  return work.finished();
}

async function gracePeriod({ cancellation, clock }: ApplyRequest): Promise<void> {
  await cancellation.requested;
  await clock.sleep(GRACE);
}

class Work {
  readonly #request: ApplyRequest;
  readonly #outcomes = new Map<PlannedCall, CallOutcome>();
  readonly #begun = new Set<PlannedCall>();
  /** By place: why nothing more is done there. */
  readonly #ended = new Map<string, string>();
  /** Targets whose role is not known to be as it is to be, or may let the user do more: nobody is let into it. */
  readonly #unfinished = new Set<string>();
  /** Why nothing more is done anywhere. */
  #halted: string | undefined;
  #lastCreation: number | undefined;

  constructor(request: ApplyRequest) {
    this.#request = request;
  }

  async run(): Promise<void> {
    const limit = pLimit(this.#request.concurrency);
    for (const phase of phases(this.#request.calls)) {
      await Promise.all(byPlace(phase).map(({ place, calls }) => limit(() => this.#place(place, calls))));
    }
  }

  finished(): Outcomes {
    for (const call of this.#request.calls) {
      if (this.#outcomes.has(call)) continue;
      if (this.#begun.has(call)) this.#settle(call, 'uncertain', 'The run was cancelled before the answer came.');
      else this.#settle(call, 'not-made', CANCELLED);
    }
    // What still comes in is nobody's concern any more.
    return new Map(this.#outcomes);
  }

  async #place(place: Place, calls: readonly PlannedCall[]): Promise<void> {
    const { clock } = this.#request;
    let session: Session | undefined;
    let seenAt = Number.NEGATIVE_INFINITY;
    for (const [index, call] of calls.entries()) {
      if (clock.now() - seenAt > SEEN_FOR) {
        session = await this.#enter(place, calls.slice(index));
        seenAt = clock.now();
      }
      const reason = this.#reasonAgainst(place, call);
      if (reason !== undefined) this.#settle(call, 'not-made', reason);
      else if (session !== undefined) await this.#make(place, call, session);
    }
  }

  /** Once the place is seen to be as it was, and the credentials are there; else its work has ended. */
  async #enter(place: Place, calls: readonly PlannedCall[]): Promise<Session | undefined> {
    const { refuse, sessionOf, describe, cancellation } = this.#request;
    const [first] = calls;
    if (first === undefined || calls.every((call) => this.#reasonAgainst(place, call) !== undefined)) return undefined;
    const made = [...this.#outcomes].filter(([, { kind }]) => kind === 'made' || kind === 'uncertain').map(([call]) => call);
    const refusal = await cancellation.race(refuse(place, calls, made));
    if (typeof refusal === 'string') {
      this.#ended.set(keyOf(place), refusal);
      if (place.kind === 'target') this.#unfinished.add(place.account);
    }
    if (refusal !== null) return undefined;
    const session = sessionOf(place);
    try {
      await cancellation.race(session.open());
      return session;
    } catch (error) {
      this.#ended.set(keyOf(place), `Not made: the fixer has no access. ${describe(error, first, session)}`);
      return undefined;
    }
  }

  #reasonAgainst(place: Place, call: PlannedCall): string | undefined {
    if (this.#request.cancellation.isRequested) return CANCELLED;
    const ended = this.#halted ?? this.#ended.get(keyOf(place));
    if (ended !== undefined || place.kind === 'target') return ended;
    const missing = call.needs.find((account) => this.#unfinished.has(account));
    return missing === undefined
      ? undefined
      : `Not made: the role in account ${missing} that it opens could not be made what it has to be.`;
  }

  async #make(place: Place, call: PlannedCall, session: Session): Promise<void> {
    const { journal, clock } = this.#request;
    try {
      await journal.begin(call, new Date(clock.now()));
    } catch (error) {
      this.#halt(error);
      this.#settle(call, 'not-made', this.#halted ?? '');
      return;
    }
    this.#begun.add(call);
    const lastCreation = () => this.#lastCreation;
    const sent = await send(call, { ...this.#request, session, lastCreation, isInEffect: () => this.#request.isInEffect(call) });
    this.#record(place, call, session, sent);
    await journal.save().catch((error: unknown) => this.#halt(error));
  }

  #record(place: Place, call: PlannedCall, session: Session, sent: Sent): void {
    const { journal, describe, clock } = this.#request;
    if (sent.kind === 'made') {
      if (call.action.startsWith('iam:Create')) this.#lastCreation = clock.now();
      journal.note(call, { requestId: sent.requestId });
      this.#settle(call, 'made', '');
    } else if (sent.kind === 'cancelled') {
      journal.withdraw(call);
      this.#settle(call, 'not-made', CANCELLED);
    } else {
      const told = describe(sent.error, call, session);
      const reason = sent.kind === 'failed' ? told : `No answer came, so it may have taken effect. ${told}`;
      journal.note(call, sent.kind === 'failed' ? { outcome: 'failed', reason } : { reason });
      this.#settle(call, sent.kind, reason);
      this.#ended.set(keyOf(place), `Not made: ${call.action} failed before it${place.kind === 'hub' ? ' in the hub' : ''}.`);
    }
  }

  #settle(call: PlannedCall, kind: CallOutcome['kind'], reason: string): void {
    this.#outcomes.set(call, { kind, reason });
    if (kind !== 'made' && placeOf(call).kind === 'target' && makesFit(call)) this.#unfinished.add(call.account);
  }

  /** What can't be accounted for is not done. */
  #halt(error: unknown): void {
    this.#halted ??= `Not made: the report could not be written. ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whether a role without the call is not yet what the user may be let into. */
function makesFit({ action, effect }: PlannedCall): boolean {
  return /^iam:(CreateRole|UpdateAssumeRolePolicy)$/.test(action) || effect === 'revoke' || effect === 'both';
}

/** Calls that follow one another in the same phase. */
function phases(calls: readonly PlannedCall[]): PlannedCall[][] {
  const found: PlannedCall[][] = [];
  for (const call of calls) {
    const last = found.at(-1);
    if (last?.[0]?.phase === call.phase) last.push(call);
    else found.push([call]);
  }
  return found;
}
