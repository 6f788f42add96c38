import pLimit from 'p-limit';
import { errorCode } from '../aws/errors.ts';
import type { RetryLimits } from '../aws/retry.ts';
import type { Session } from '../aws/session.ts';
import type { PlannedCall } from '../plan/call.ts';
import { entityKey } from '../state/entity.ts';
import { type PropertyValue, propertyKey } from '../state/property.ts';
import { type TargetAddress, targetKey } from '../state/targets.ts';
import type { Clock } from '../time/clock.ts';
import type { Cancellation } from './cancellation.ts';
import type { Journal } from './journal.ts';
import type { CheckReadiness, Readiness } from './readiness.ts';
import { type ApplyScope, byScope, scopeKey, scopeOf } from './scope.ts';
import { type Sent, send, type Unready } from './send.ts';

/** What became of a planned call. `not-made`: nothing was sent. `uncertain`: it was sent, and may have taken effect. */
export interface CallOutcome {
  readonly kind: 'made' | 'failed' | 'uncertain' | 'not-made';
  /** For people, a sentence; empty where it was made. */
  readonly reason: string;
  /** Of a call that was not made because somebody else wrote to what it replaces: what is there. */
  readonly found?: PropertyValue;
}

export type ApplyOutcomes = ReadonlyMap<PlannedCall, CallOutcome>;

export interface PhasesRequest {
  /** In the order in which they are made. */
  readonly calls: readonly PlannedCall[];
  readonly journal: Journal;
  /**
   * Reads the scope again, before the first call there.
   *
   * @returns why no call may be made there, a sentence; `null`: all is as it was when the calls were planned
   */
  readonly whyStale: (scope: ApplyScope) => Promise<string | null>;
  /** Reads what the call replaces again, before each try. */
  readonly check: CheckReadiness;
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
  /** Whether a document that IAM does not take ends nothing: a rollback brings back each thing for itself. */
  readonly goesOn: boolean;
}

/** Milliseconds for which calls that are on their way are awaited once the run is cancelled: GitHub kills it soon after. */
const GRACE = 3_000;

export const CANCELLED = 'Not attempted: the run was cancelled.';
const CHANGED_MEANWHILE = 'Not attempted: the account changed while the run wrote to it. Run again to make a new plan.';
const HELD = 'Not attempted: an earlier call on the same resource was not attempted.';

/**
 * Makes the calls of a plan: one after the other in a scope, the targets side by side between the hub's two parts. The first call that fails ends the
 * work on its role, or in the whole hub or account where it is of no role, and nowhere else. Once it is cancelled no call is begun.
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
  /** The fixer's, of the scopes that may be written to. */
  readonly #sessions = new Map<string, Session>();
  /** Keys of the properties that are left as they are, as targets would be cut off: what was planned after that starts from something else. */
  readonly #held = new Set<string>();
  /** Keys of the groups among these: nobody is let into one that still has what was to go. */
  readonly #heldGroups = new Set<string>();
  /** By scope, or by the role of one: why nothing more is done there. */
  readonly #ended = new Map<string, string>();
  /** Keys of targets whose role is not known to be as it is to be, or may let the user do more: nobody is let into it. */
  readonly #unfinished = new Set<string>();
  /** The same of all roles of an account. */
  readonly #unfinishedAccounts = new Set<string>();
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
      if (this.#begun.has(call)) this.#settle(call, 'uncertain', 'The run was cancelled before AWS responded.');
      else this.#settle(call, 'not-made', CANCELLED);
    }
    // A copy: answers that still come in must not change it.
    return new Map(this.#outcomes);
  }

  async #applyScope(scope: ApplyScope, calls: readonly PlannedCall[]): Promise<void> {
    for (const call of calls) {
      const session = this.#reasonAgainst(scope, call) === undefined ? await this.#enter(scope, call) : undefined;
      if (session === undefined) this.#settle(call, 'not-made', this.#reasonAgainst(scope, call) ?? '');
      else await this.#make(scope, call, session);
    }
  }

  /** Checks that the scope is still as it was planned from, and gets the credentials for it. If either fails, nothing is written there. */
  async #enter(scope: ApplyScope, first: PlannedCall): Promise<Session | undefined> {
    const { whyStale, sessionOf, describe, cancellation } = this.#request;
    const entered = this.#sessions.get(scopeKey(scope));
    if (entered !== undefined) return entered;
    const refusal = await cancellation.race(whyStale(scope));
    if (typeof refusal === 'string') this.#end(scope, refusal);
    if (refusal !== null) return undefined;
    const session = sessionOf(scope);
    try {
      await cancellation.race(session.open());
      this.#sessions.set(scopeKey(scope), session);
      return session;
    } catch (error) {
      this.#ended.set(scopeKey(scope), `Not attempted: the fixer role has no access. ${describe(error, first, session)}`);
      return undefined;
    }
  }

  /** What is there now was not seen when the calls were planned. */
  #end(scope: ApplyScope, reason: string): void {
    this.#ended.set(scopeKey(scope), reason);
    if (scope.kind === 'target') this.#unfinishedAccounts.add(scope.account);
  }

  #reasonAgainst(scope: ApplyScope, call: PlannedCall): string | undefined {
    if (this.#request.cancellation.isRequested) return CANCELLED;
    const ended = this.#halted ?? this.#ended.get(scopeKey(scope)) ?? this.#ended.get(partKey(scope, call));
    if (ended !== undefined) return ended;
    if (this.#held.has(propertyKey(call.change.property)) || this.#isHeldGroup(call)) return HELD;
    const missing = call.needs.find((target) => this.#isUnfinished(target));
    return missing === undefined
      ? undefined
      : `Not attempted: it gives access to the role ${missing.roleName} in account ${missing.account}, which could not be repaired first.`;
  }

  #isHeldGroup({ action, change }: PlannedCall): boolean {
    return action === 'iam:AddUserToGroup' && this.#heldGroups.has(entityKey(change.property.of));
  }

  async #make(scope: ApplyScope, call: PlannedCall, session: Session): Promise<void> {
    const { journal, clock, cancellation } = this.#request;
    const readiness = await cancellation.race(this.#check(call));
    if (readiness === undefined) return this.#settle(call, 'not-made', CANCELLED);
    if (readiness.kind !== 'ready') return this.#withhold(scope, call, readiness);
    try {
      await journal.begin(call, readiness.change, new Date(clock.now()));
    } catch (error) {
      this.#halt(error);
      this.#settle(call, 'not-made', this.#halted ?? '');
      return;
    }
    this.#begun.add(call);
    const sent = await send(call, {
      ...this.#request,
      session,
      lastCreation: () => this.#lastCreation,
      check: async () => {
        const again = await this.#check(call);
        if (again.kind === 'ready') journal.note(call, { change: again.change });
        return again;
      },
    });
    this.#record(scope, call, session, sent);
    await journal.save().catch((error: unknown) => this.#halt(error));
  }

  #check(call: PlannedCall): Promise<Readiness> {
    const made = this.#request.calls.filter((other) => this.#outcomes.get(other)?.kind === 'made');
    return this.#request.check(call, made);
  }

  #withhold(scope: ApplyScope, call: PlannedCall, why: Unready): void {
    this.#settle(call, 'not-made', why.reason, why.kind === 'changed' ? why.found : undefined);
    if (why.kind === 'needed') {
      this.#held.add(propertyKey(call.change.property));
      if (call.change.property.of.kind === 'Group') this.#heldGroups.add(entityKey(call.change.property.of));
    } else
      this.#end(scope, why.kind === 'changed' ? CHANGED_MEANWHILE : `Not attempted: the earlier call ${call.action} was not attempted.`);
  }

  #record(scope: ApplyScope, call: PlannedCall, session: Session, sent: Sent): void {
    const { journal, describe, clock } = this.#request;
    if (sent.kind === 'made') {
      if (call.action.startsWith('iam:Create')) this.#lastCreation = clock.now();
      journal.noteAnswer(call, sent);
      this.#settle(call, 'made', '');
    } else if (sent.kind === 'withheld') {
      journal.withdraw(call);
      this.#withhold(scope, call, sent.why);
    } else if (sent.kind === 'cancelled') {
      journal.withdraw(call);
      this.#settle(call, 'not-made', CANCELLED);
    } else {
      const told = describe(sent.error, call, session);
      const reason = sent.kind === 'failed' ? told : `AWS did not respond, so the call may have taken effect. ${told}`;
      journal.note(call, sent.kind === 'failed' ? { outcome: 'failed', reason } : { reason });
      this.#settle(call, sent.kind, reason);
      if (this.#request.goesOn && sent.kind === 'failed' && errorCode(sent.error) === 'MalformedPolicyDocument') return;
      this.#ended.set(
        partKey(scope, call),
        `Not attempted: the earlier call ${call.action} failed${scope.kind === 'hub' ? ' in the hub' : ''}.`,
      );
    }
  }

  #settle(call: PlannedCall, kind: CallOutcome['kind'], reason: string, found?: PropertyValue): void {
    this.#outcomes.set(call, found === undefined ? { kind, reason } : { kind, reason, found });
    if (kind === 'made' || scopeOf(call).kind !== 'target' || !makesFit(call)) return;
    const { of } = call.change.property;
    if (of.kind === 'Role') this.#unfinished.add(targetKey({ account: of.account, roleName: of.name }));
    else this.#unfinishedAccounts.add(of.account);
  }

  #isUnfinished(target: TargetAddress): boolean {
    return this.#unfinishedAccounts.has(target.account) || this.#unfinished.has(targetKey(target));
  }

  /** What can't be accounted for is not done. */
  #halt(error: unknown): void {
    this.#halted ??= `Not attempted: the report could not be written. ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What a call that fails ends: the role that it is about and no other of the account, else the whole scope. */
function partKey(scope: ApplyScope, { change }: PlannedCall): string {
  const { of } = change.property;
  return of.kind === 'Role' ? entityKey(of) : scopeKey(scope);
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
