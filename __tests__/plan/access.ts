import { compareDocuments, type Policy, type PolicyKind } from '../../src/policy/index.ts';
import type { Group, Role, State, User } from '../../src/state/state.ts';

/** What one state lets happen that the other does not, part by part; what can't be told apart is in both. */
export interface AccessDifference {
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

type Told = readonly ['gained' | 'lost', string];

export function differencesOfAccess(before: State, after: State): AccessDifference {
  const told = [
    ...ofEntity('user', before.hub.user.value, after.hub.user.value),
    ...before.hub.groups.flatMap(({ name, value: found }, index) => {
      const next = after.hub.groups[index]?.value;
      const members = (group: Group | null | undefined) => (group?.members ?? []).map((member) => member.name);
      return [...ofEntity(name, found, next), ...ofSets(`member of ${name}`, members(found), members(next))];
    }),
    ...ofSets('group of user', before.hub.user.value?.groups?.required ?? [], after.hub.user.value?.groups?.required ?? []),
    ...before.targets.flatMap(({ account, role: { value: found } }, index) => {
      const next = after.targets[index]?.role.value;
      return [
        ...ofEntity(account, found, next),
        ...(found ? ofDocuments(`trust of ${account}`, trustsOf(found), trustsOf(next), 'trust') : []),
      ];
    }),
  ];
  const only = (which: Told[0]) => told.filter(([side]) => side === which).map(([, text]) => text);
  return { gained: only('gained'), lost: only('lost') };
}

function trustsOf(role: Role | null | undefined): Policy[] {
  return role?.trust === undefined ? [] : [role.trust];
}

type Entity = User | Group | Role | null | undefined;

function ofEntity(label: string, before: Entity, after: Entity): Told[] {
  const attached = (found: Entity) => found?.managedPolicies?.required ?? [];
  const inline = (found: Entity) => (found?.inlinePolicies ?? []).map(({ document }) => document);
  const limit = (found: Entity) => (found && 'boundary' in found ? (found.boundary ?? null) : null);
  const told = [
    ...ofSets(`policy of ${label}`, attached(before), attached(after)),
    ...ofDocuments(`inline policies of ${label}`, inline(before), inline(after), 'identity'),
    ...(before && after ? ofBoundary(label, limit(before), limit(after)) : []),
  ];
  // Who was not there had nothing to lose, though what it is given may also deny.
  return before ? told : told.filter(([side]) => side === 'gained');
}

function ofBoundary(label: string, before: string | null, after: string | null): Told[] {
  if (before === after) return [];
  const text = `boundary of ${label}`;
  if (before === null) return [['lost', text]];
  return after === null
    ? [['gained', text]]
    : [
        ['gained', text],
        ['lost', text],
      ];
}

function ofSets(label: string, before: readonly string[], after: readonly string[]): Told[] {
  const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one));
  return [
    ...without(after, before).map((one): Told => ['gained', `${label}: ${one}`]),
    ...without(before, after).map((one): Told => ['lost', `${label}: ${one}`]),
  ];
}

function ofDocuments(label: string, before: readonly Policy[], after: readonly Policy[], kind: PolicyKind): Told[] {
  if (before.length === after.length && before.every((policy, index) => policy === after[index])) return [];
  const [one, other] = [union(before, kind), union(after, kind)];
  const { verdict } = compareDocuments(one, other, kind);
  const texts: Record<typeof verdict, Told[]> = {
    same: [],
    widened: [['gained', label]],
    narrowed: [['lost', label]],
    changed: [
      ['gained', label],
      ['lost', label],
    ],
    invalid:
      one === other
        ? []
        : [
            ['gained', label],
            ['lost', label],
          ],
  };
  return texts[verdict];
}

/** All documents as one; what can't be understood allows nothing. A statement that matches nothing stands in for none. */
function union(documents: readonly Policy[], kind: PolicyKind): Readonly<Record<string, unknown>> {
  const nothing =
    kind === 'identity'
      ? { Effect: 'Deny', Action: 'x:x', Resource: 'arn:aws:x:::x' }
      : { Effect: 'Deny', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:TagSession' };
  const statements = documents.flatMap(({ statements: read, json }): unknown[] => {
    const { Statement } = Object(json);
    return [Statement].flat().filter((_one: unknown, index) => read?.[index]?.doubt === null);
  });
  return { Version: '2012-10-17', Statement: [nothing, ...statements.map((statement) => ({ ...Object(statement), Sid: '' }))] };
}
