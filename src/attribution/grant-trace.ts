import { forPatterns, isAssume } from '../drift/assume-statement.ts';
import { sameName } from '../iam/names.ts';
import { type Comparer, type Policy, policyOf, type Statement } from '../policy/index.ts';
import type { State } from '../state/state.ts';
import type { EventDocuments } from './documents.ts';
import type { Trace, TraceEffect } from './trace.ts';
import { type TrailEvent, textField } from './trail-event.ts';

/** What a hub group's inline policies say of assuming one role, or whatever a pattern stands for. */
export interface GrantInquiry {
  readonly hubAccount: string;
  readonly groups: readonly string[];
  readonly pattern: string;
  readonly live: State;
  readonly desired: State;
}

/** An event that wrote or deleted an inline policy. */
interface PolicyWrite {
  readonly event: TrailEvent;
  readonly key: string;
  readonly policy: string;
  /** What the policy says of the pattern from then on; `undefined`: not in the record. */
  readonly after: Statements | undefined;
}

type Statements = readonly Statement[];

/**
 * The last event that brought in, or took out, what the groups' policies say of a pattern. Grants are renamed, merged and packed: so the events are undone
 * one by one, from the newest, until all the policies together no longer say what they say now.
 */
export function grantTrace(inquiry: GrantInquiry, documents: EventDocuments, comparer: Comparer): Trace {
  const { hubAccount: account, groups } = inquiry;
  return { account, names: groups, effects: (events) => effectsOf(events, inquiry, documents, comparer) };
}

function effectsOf(
  events: readonly TrailEvent[],
  inquiry: GrantInquiry,
  documents: EventDocuments,
  comparer: Comparer,
): (TraceEffect | undefined)[] {
  const effects = events.map((): TraceEffect | undefined => undefined);
  const writes = events.map((event) => writeIn(event, inquiry, documents));
  const slots = liveSlots(inquiry);
  const live = together(slots);
  for (const [index, write] of [...writes.entries()].reverse()) {
    if (write === undefined) continue;
    const { key, after } = write;
    const current = slots.get(key) ?? [];
    if (after !== undefined && !isSame(after, current, comparer)) {
      effects[index] = 'otherwise';
      return effects;
    }
    const earlier = writes.slice(0, index).findLast((other) => other?.key === key);
    slots.set(key, earlier?.after ?? []);
    if (!isSame(together(slots), live, comparer)) {
      effects[index] = after === undefined ? 'unsure' : 'as-live';
      return effects;
    }
    // What the policy said before is not in the history: it may have said something of the pattern.
    if (earlier?.after === undefined && live.length === 0 && mayHaveHeld(write, inquiry)) effects[index] = 'unsure';
  }
  return effects;
}

function writeIn(event: TrailEvent, { groups, pattern }: GrantInquiry, documents: EventDocuments): PolicyWrite | undefined {
  const { name, request } = event;
  if (name !== 'PutGroupPolicy' && name !== 'DeleteGroupPolicy') return undefined;
  const group = groups.find((one) => sameName(one, textField(request, 'groupName') ?? ''));
  const policy = textField(request, 'policyName');
  if (group === undefined || policy === undefined) return undefined;
  const left = name === 'DeleteGroupPolicy' ? { value: null } : documents.identityIn(event);
  const after = typeof left === 'object' ? statementsOn(pattern, left.value) : undefined;
  return { event, key: keyOf(group, policy), policy, after };
}

function statementsOn(pattern: string, document: Policy | null): Statements {
  const statements = (document?.statements ?? []).filter(isAssume);
  return statements.flatMap((statement) => forPatterns(statement, (other) => other === pattern) ?? []);
}

/** What each policy of the groups says of the pattern now. */
function liveSlots({ groups, pattern, live }: GrantInquiry): Map<string, Statements> {
  const found = live.hub.groups.filter(({ name }) => groups.some((group) => sameName(group, name)));
  return new Map(
    found.flatMap((group) =>
      (group.value?.inlinePolicies ?? []).map(({ name, document }) => [keyOf(group.name, name), statementsOn(pattern, document)] as const),
    ),
  );
}

function keyOf(group: string, policy: string): string {
  return JSON.stringify([group.toLowerCase(), policy]);
}

function together(slots: ReadonlyMap<string, Statements>): Statements {
  return [...slots.values()].flat();
}

function isSame(one: Statements, other: Statements, comparer: Comparer): boolean {
  if (one.length === 0 || other.length === 0) return one.length === other.length;
  return comparer.isSame(policyOf(one, 'identity'), policyOf(other, 'identity'));
}

/** By its name: the one that the file gives to the policy with this grant, or, of one that was deleted, any but another grant's or another account's. */
function mayHaveHeld({ event, policy }: PolicyWrite, { pattern, desired }: GrantInquiry): boolean {
  const stated = desired.hub.groups.flatMap(({ value }) => value?.inlinePolicies ?? []);
  const holding = stated.filter(({ document }) => statementsOn(pattern, document).length > 0);
  if (holding.some(({ name }) => name === policy)) return true;
  if (stated.some(({ name }) => name === policy)) return false;
  const account = /\d{12}/.exec(policy)?.[0];
  return event.name === 'DeleteGroupPolicy' && (account === undefined || pattern.includes(account));
}
