import pLimit from 'p-limit';
import type { RetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import type { PlannedCall } from '../plan/call.ts';
import type { Clock } from '../time/clock.ts';
import type { Cancellation } from './cancellation.ts';
import type { Journal } from './journal.ts';
import { type ApplyScope, byScope, scopeKey, scopeOf } from './scope.ts';
import { type Sent, send } from './send.ts';

/** What became of a planned call. `not-made`: nothing was sent. `uncertain`: it was sent, and may have taken effect. */
export interface CallOutcome {
  readonly kind: 'made' | 'failed' | 'uncertain' | 'not-made';
  /** For people, a sentence; empty where it was made. */
  readonly reason: string;
}

export type ApplyOutcomes = ReadonlyMap<PlannedCall, CallOutcome>;

export interface PhasesRequest {
  /** In the order in which they are made. */
  readonly calls: readonly PlannedCall[];
  readonly journal: Journal;
  /**
   * Reads the scope again, before the first call there and later on when that was a while ago.
   *
   * @returns why these calls may not be made there, a sentence; `null`: all is as it was when they were planned
   */
  readonly whyStale: (scope: ApplyScope, calls: readonly PlannedCall[], made: readonly PlannedCall[]) => Promise<string | null>;
  /** The fixer's. */
  readonly sessionOf: (scope: ApplyScope) => Session;
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
 * Makes the calls of a plan: one after the other in a scope, the targets side by side between the hub's two parts. The first call that fails ends the
 * work in its scope, and in no other. Once it is cancelled no call is begun.
 *
 * @returns an outcome for every call; it does not throw for what AWS answers
 */
export async function applyPhases(request: PhasesRequest): Promise<ApplyOutcomes> {
  const work = new Work(request);
  await Promise.race([work.run(), gracePeriod(request)]);
  return work.finished();
}

async function gracePeriod({ cancellation, clock }: PhasesRequest): Promise<void> {
  await cancellation.requested;
  await clock.sleep(GRACE);
}

class Work {
  readonly #request: PhasesRequest;
  readonly #outcomes = new Map<PlannedCall, CallOutcome>();
  readonly #begun = new Set<PlannedCall>();
  /** By place: why nothing more is done there. */
  readonly #ended = new Map<string, string>();
  /** Targets whose role is not known to be as it is to be, or may let the user do more: nobody is let into it. */
  readonly #unfinished = new Set<string>();
  /** Why nothing more is done anywhere. */
  #halted: string | undefined;
  #lastCreation: number | undefined;

  constructor(request: PhasesRequest) {
    this.#request = request;
  }

  async run(): Promise<void> {
    const limit = pLimit(this.#request.concurrency);
    for (const phase of phases(this.#request.calls)) {
      await Promise.all(byScope(phase).map(({ scope, calls }) => limit(() => this.#applyScope(scope, calls))));
    }
  }

  finished(): ApplyOutcomes {
    for (const call of this.#request.calls) {
      if (this.#outcomes.has(call)) continue;
      if (this.#begun.has(call)) this.#settle(call, 'uncertain', 'The run was cancelled before the answer came.');
      else this.#settle(call, 'not-made', CANCELLED);
    }
    // A copy: answers that still come in must not change it.
    return new Map(this.#outcomes);
  }

  async #applyScope(scope: ApplyScope, calls: readonly PlannedCall[]): Promise<void> {
    const { clock } = this.#request;
    let session: Session | undefined;
    let seenAt = Number.NEGATIVE_INFINITY;
    for (const [index, call] of calls.entries()) {
      if (clock.now() - seenAt > SEEN_FOR) {
        session = await this.#enter(scope, calls.slice(index));
        seenAt = clock.now();
      }
      const reason = this.#reasonAgainst(scope, call);
      if (reason !== undefined) this.#settle(call, 'not-made', reason);
      else if (session !== undefined) await this.#make(scope, call, session);
    }
  }

  /** Once the place is seen to be as it was, and the credentials are there; else its work has ended. */
  async #enter(scope: ApplyScope, calls: readonly PlannedCall[]): Promise<Session | undefined> {
    const { whyStale, sessionOf, describe, cancellation } = this.#request;
    const [first] = calls;
    if (first === undefined || calls.every((call) => this.#reasonAgainst(scope, call) !== undefined)) return undefined;
    const made = [...this.#outcomes].filter(([, { kind }]) => kind === 'made' || kind === 'uncertain').map(([call]) => call);
    const refusal = await cancellation.race(whyStale(scope, calls, made));
    if (typeof refusal === 'string') {
      this.#ended.set(scopeKey(scope), refusal);
      if (scope.kind === 'target') this.#unfinished.add(scope.account);
    }
    if (refusal !== null) return undefined;
    const session = sessionOf(scope);
    try {
      await cancellation.race(session.open());
      return session;
    } catch (error) {
      this.#ended.set(scopeKey(scope), `Not made: the fixer has no access. ${describe(error, first, session)}`);
      return undefined;
    }
  }

  #reasonAgainst(scope: ApplyScope, call: PlannedCall): string | undefined {
    if (this.#request.cancellation.isRequested) return CANCELLED;
    const ended = this.#halted ?? this.#ended.get(scopeKey(scope));
    if (ended !== undefined || scope.kind === 'target') return ended;
    const missing = call.needs.find((account) => this.#unfinished.has(account));
    return missing === undefined
      ? undefined
      : `Not made: the role in account ${missing} that it opens could not be made what it has to be.`;
  }

  async #make(scope: ApplyScope, call: PlannedCall, session: Session): Promise<void> {
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
    this.#record(scope, call, session, sent);
    await journal.save().catch((error: unknown) => this.#halt(error));
  }

  #record(scope: ApplyScope, call: PlannedCall, session: Session, sent: Sent): void {
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
      this.#ended.set(scopeKey(scope), `Not made: ${call.action} failed before it${scope.kind === 'hub' ? ' in the hub' : ''}.`);
    }
  }

  #settle(call: PlannedCall, kind: CallOutcome['kind'], reason: string): void {
    this.#outcomes.set(call, { kind, reason });
    if (kind !== 'made' && scopeOf(call).kind === 'target' && makesFit(call)) this.#unfinished.add(call.account);
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
