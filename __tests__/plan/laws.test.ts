import { isDeepStrictEqual } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Finding } from '../../src/drift/finding.ts';
import type { Plan, PlannedCall } from '../../src/plan/call.ts';
import { callFor } from '../../src/plan/call-for.ts';
import { recordedChange } from '../../src/plan/recorded-change.ts';
import { Comparer, decide, Policy, parsePolicy } from '../../src/policy/index.ts';
import { changeToJson, isSameValue, type PropertyChange, propertyKey, readProperty, valueToJson } from '../../src/state/property.ts';
import type { Group, Role, State, User } from '../../src/state/state.ts';
import { driftOf } from '../drift/estate.ts';
import { expectLaws, type Laws } from '../laws.ts';
import { runs } from '../runs.ts';
import { differencesOfAccess } from './access.ts';
import { applyCall } from './iam.ts';
import { type Pair, pairs } from './pairs.ts';
import { planOf } from './planning.ts';

/** Laws of planning, over pairs of a file and a live state. To look further: `PROPERTY_RUNS=1000 npm test -- __tests__/plan/laws.test.ts`. */

const RUNS = runs(40);
jest.setTimeout(300_000);

interface Planned {
  readonly pair: Pair;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
}

function planFor({ desired, live }: Pair, options: Parameters<typeof planOf>[3] = {}): Omit<Planned, 'pair'> {
  const { findings } = driftOf(desired, live);
  return { findings, plan: planOf(findings, desired, live, options) };
}

function after(live: State, calls: readonly PlannedCall[]): State {
  return calls.reduce(applyCall, live);
}

/** The change of a call as its report is read back. */
function recorded(call: PlannedCall): PropertyChange {
  const found = recordedChange(
    { ...call, ...changeToJson(call.change), at: '2026-01-01T00:00:00Z' },
    { partition: 'aws', hub: { account: '111111111111' } },
  );
  if (found === undefined) throw new Error(`no change: ${call.action}`);
  return found;
}

const LAWS: Laws<Planned> = {
  'the plan, carried out, leaves nothing that a plan could repair, and only what people have to do of what it set out to': ({
    pair,
    findings,
    plan,
  }) => {
    const then = { desired: pair.desired, live: after(pair.live, plan.calls) };
    const next = planFor(then);
    expect(next.plan.calls.map(({ action, input }) => [action, input])).toEqual([]);
    const left = new Set(next.findings.map(({ id }) => id));
    expect(findings.filter((finding) => plan.repairOf(finding).status === 'planned' && left.has(finding.id))).toEqual([]);
  },

  'each call tells what is there before and after it, and the calls exchanged and in reverse bring back what was there': ({
    pair,
    plan,
  }) => {
    const comparer = new Comparer();
    let state = pair.live;
    for (const call of plan.calls) {
      const { property } = recorded(call);
      const { before, after: last } = changeToJson(call.change);
      expect(propertyKey(property)).toBe(propertyKey(call.change.property));
      expect(changeToJson(recorded(call))).toEqual({ before, after: last });
      expect(valueToJson(property, known(readProperty(property, state)))).toEqual(before);
      state = applyCall(state, call);
      expect(isSameValue(property, call.change.after, readProperty(property, state), comparer)).toBe(true);
      expect(isDeepStrictEqual(before, last)).toBe(false);
    }
    for (const call of plan.calls.toReversed()) {
      const { property } = recorded(call);
      const inverse = callFor({ property, before: call.change.after, after: call.change.before });
      if (inverse === undefined) throw new Error(`nothing takes back ${call.action}`);
      state = applyCall(state, inverse);
    }
    expect(normal(state)).toEqual(normal(pair.live));
  },

  'no grant comes before its role, and what takes access away in the hub comes before all that gives it': ({ pair, plan }) => {
    let state = pair.live;
    const had = openRoles(pair.live, pair);
    for (const call of plan.calls) {
      state = applyCall(state, call);
      const missing = state.targets.filter(({ role }) => !role.value).map(({ roleArn }) => roleArn);
      expect(openRoles(state, pair).filter((arn) => missing.includes(arn) && !had.includes(arn))).toEqual([]);
    }
  },

  'the same state gives the same plan': ({ pair, plan }) => {
    expect(planFor(structuredCopy(pair)).plan.calls).toEqual(plan.calls);
  },
};

test('every plan keeps the laws', () => {
  fc.assert(
    fc.property(pairs(), (pair) => expectLaws(LAWS, { pair, ...planFor(pair) })),
    { numRuns: RUNS },
  );
});

test.each(['grant', 'revoke'] as const)('fix-scope %s only gives, or only takes', (scope) => {
  fc.assert(
    fc.property(pairs({ simple: true }), (pair) => {
      const { plan } = planFor(pair, { scope });
      const unwanted = scope === 'grant' ? 'lost' : 'gained';
      expect(differencesOfAccess(pair.live, after(pair.live, plan.calls))[unwanted]).toEqual([]);
      expect(plan.calls.filter(({ effect }) => !['neither', scope].includes(effect))).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not known');
  return value;
}

/** Roles that a hub group's inline policies name in the way that a grant does. */
function openRoles({ hub }: State, { desired }: Pair): string[] {
  const documents = hub.groups.flatMap(({ value: found }) => found?.inlinePolicies ?? []).map(({ document }) => document);
  return desired.state.targets
    .map(({ roleArn }) => roleArn)
    .filter((resource) => documents.some((document) => decide(document, { action: 'sts:AssumeRole', resource }) === 'allow'));
}

function structuredCopy({ desired, live }: Pair): Pair {
  const { hub, targets, ...rest } = live;
  const user = { ...hub.user, value: hub.user.value && copyOfUser(hub.user.value) };
  const groups = hub.groups.map((group) => ({ ...group, value: group.value && copyOfGroup(group.value) }));
  const copies = targets.map((target) => ({
    ...target,
    role: { ...target.role, value: target.role.value && copyOfRole(target.role.value) },
  }));
  return { desired, live: { ...rest, hub: { ...hub, user, groups }, targets: copies } };
}

function copyOfUser({ inlinePolicies, ...rest }: User): User {
  return { ...structuredClone(rest), inlinePolicies: copiesOf(inlinePolicies) };
}

function copyOfGroup({ inlinePolicies, ...rest }: Group): Group {
  return { ...structuredClone(rest), inlinePolicies: copiesOf(inlinePolicies) };
}

function copyOfRole({ trust, inlinePolicies, ...rest }: Role): Role {
  return { ...structuredClone(rest), trust: trust && copyOf(trust), inlinePolicies: copiesOf(inlinePolicies) };
}

function copiesOf(policies: Group['inlinePolicies']): Group['inlinePolicies'] {
  return policies?.map(({ name, document }) => ({ name, document: copyOf(document) }));
}

function copyOf({ source, kind, partition, account }: Policy): Policy {
  return parsePolicy(structuredClone(source), kind, { partition, account });
}

/** A state without what does not matter: the order of lists, whether a document is text, and the path of a group that the state does not hold. */
function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal);
    return items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (value instanceof Policy) return normal(value.json);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'groupArns')
      .map(([key, item]): [string, unknown] => [key, normal(item)])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
