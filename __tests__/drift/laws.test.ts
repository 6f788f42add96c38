import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Access } from '../../src/drift/access.ts';
import { differences } from '../../src/drift/drift.ts';
import type { Finding } from '../../src/drift/finding.ts';
import { Comparer, type Policy } from '../../src/policy/index.ts';
import type { InlinePolicy, NameSet, State } from '../../src/state/state.ts';
import { runs } from '../runs.ts';
import {
  AT,
  assume,
  desiredOf,
  driftOf,
  editGroup,
  editRole,
  editUser,
  HUB,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
  TWO,
  trust,
  type WrittenPolicies,
} from './estate.ts';

/** Laws of comparing states, over states in which everything that has two sides varies. */

const base = desiredOf(SMALL);
const clean = liveOf(base);

const policies: fc.Arbitrary<NameSet> = fc
  .subarray(['AmazonEC2FullAccess', 'AdministratorAccess', 'ReadOnlyAccess'].map(managed))
  .map((required) => ({ required, optional: [] }));
const statement = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: fc.constantFrom<unknown>('s3:*', 's3:GetObject', ['s3:GetObject', 's3:PutObject'], 'ec2:*'),
  Resource: fc.constantFrom('*', 'arn:aws:s3:::a/*'),
});
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => ({ Version: '2012-10-17', Statement }));
const allowing = statement.map((one) => ({ Version: '2012-10-17', Statement: [{ ...one, Effect: 'Allow' }] }));
/** Absent, or one that can allow: of a document that only denies, an extra one narrows and a missing one widens, which is the same law. */
const inline: fc.Arbitrary<WrittenPolicies> = fc
  .option(fc.oneof(document, allowing))
  .map((found) => (found === null ? [] : [{ name: 'own', document: found }]));
const boundary = fc.constantFrom(null, managed('ReadOnlyAccess'), managed('SecurityAudit'));
const trusts = fc
  .tuple(
    fc.subarray([`arn:aws:iam::${HUB}:root`, `arn:aws:iam::${HUB}:user/micetro`, 'arn:aws:iam::999999999999:root', '*'], { minLength: 1 }),
    fc.boolean(),
  )
  .map(([AWS, mfa]) => trust({ AWS }, mfa ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {}));

const states: fc.Arbitrary<State> = fc
  .record({
    user: policies,
    userInline: inline,
    userBoundary: boundary,
    group: policies,
    role: policies,
    roleInline: inline,
    roleBoundary: boundary,
    trust: trusts,
  })
  .map((part) => {
    const user = editUser(clean, { managedPolicies: part.user, inlinePolicies: part.userInline, boundary: part.userBoundary });
    const group = editGroup(user, { managedPolicies: part.group });
    return editRole(group, { managedPolicies: part.role, inlinePolicies: part.roleInline, boundary: part.roleBoundary, trust: part.trust });
  });

function differencesOf(desired: State, live: State): readonly Finding[] {
  return differences({ desired, live, locate: base.locate, comparer: new Comparer(), at: AT });
}

function accesses(desired: State, live: State): Record<Access, number> {
  const counts = { widened: 0, narrowed: 0, changed: 0, none: 0 };
  for (const { access } of differencesOf(desired, live)) counts[access] += 1;
  return counts;
}

test('a state does not differ from itself', () => {
  fc.assert(
    fc.property(states, (state) => expect(differencesOf(state, state)).toEqual([])),
    { numRuns: runs(200) },
  );
});

test('a desired state does not differ from itself', () => {
  expect(differencesOf(base.state, base.state)).toEqual([]);
});

test('swapping the states swaps widened and narrowed', () => {
  fc.assert(
    fc.property(states, states, (one, other) => {
      const there = accesses(one, other);
      expect(accesses(other, one)).toEqual({ ...there, widened: there.narrowed, narrowed: there.widened });
    }),
    { numRuns: runs(300) },
  );
});

test('ids: unlike for unlike findings, the same for the same drift, however it is written and whatever else drifts', () => {
  fc.assert(
    fc.property(states, (state) => {
      const { findings } = driftOf(base, state);
      expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
      const more = driftOf(
        base,
        editRole(rewritten(state), { description: 'x', managedPolicies: { required: [managed('SecurityAudit')], optional: [] } }, TWO),
      );
      const known = new Set(more.findings.map(({ id }) => id));
      expect(findings.filter(({ id, account }) => account !== TWO && !known.has(id))).toEqual([]);
    }),
    { numRuns: runs(200) },
  );
});

/** The same state with every document as text, and its statements in reverse. */
function rewritten(state: State): State {
  const text = (found: Policy): string => {
    const { Statement, ...rest } = JSON.parse(found.text);
    return JSON.stringify({ Statement: [Statement].flat().toReversed(), ...rest }, null, 2);
  };
  const all = (list: readonly InlinePolicy[] | undefined) => list?.map(({ name, document: found }) => ({ name, document: text(found) }));
  const role = state.targets.find(({ account }) => account === ONE)?.role.value;
  const user = state.hub.user.value;
  return editRole(editUser(state, { inlinePolicies: all(user?.inlinePolicies) }), {
    inlinePolicies: all(role?.inlinePolicies),
    ...(role?.trust && { trust: text(role.trust) }),
  });
}

test('grants: renamed, merged, split and packed in any way are no drift', () => {
  const desired = desiredOf(SMALL.replace(/targets:[\s\S]*/, `targets: ${JSON.stringify(ids)}`));
  const live = liveOf(desired);
  const parts = fc.array(fc.nat({ max: 3 }), { minLength: ids.length, maxLength: ids.length });
  fc.assert(
    fc.property(parts, fc.boolean(), (where, oneStatement) => {
      const inlinePolicies = [0, 1, 2, 3].flatMap((part) => {
        const arns = ids.filter((_id, index) => where[index] === part).map((id) => roleArn(id));
        if (arns.length === 0) return [];
        const found = oneStatement ? assume(arns) : { Version: '2012-10-17', Statement: arns.flatMap((arn) => assume(arn).Statement) };
        return [{ name: `p${part}`, document: JSON.stringify(found) }];
      });
      expect(driftOf(desired, editGroup(live, { inlinePolicies })).findings).toEqual([]);
    }),
    { numRuns: runs(100) },
  );
});

const ids = Array.from({ length: 8 }, (_value, index) => String(400_000_000_000 + index));
