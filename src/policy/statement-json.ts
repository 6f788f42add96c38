import { operatorName } from './operators.ts';
import { resourcePattern } from './pattern.ts';
import type { Condition, ElementList, Principal, Statement, StatementPart } from './statement.ts';

/** Orders texts by code unit: the same on every machine. */
export function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

type Entry = readonly [string, unknown];

/** `[key, value]` pairs as an object. The names come from documents, and even `__proto__` is a plain name here. */
function objectOf(entries: readonly Entry[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries);
}

function scalarOrList(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : [...values];
}

/** A statement in IAM's JSON: its elements in the customary order, a list of one as a scalar; what of it can't be understood comes last, as it is written. */
export function statementJson({ effect, principals, action, resource, conditions, doubt }: Statement): Readonly<Record<string, unknown>> {
  const isRead = (part: StatementPart): boolean => !doubt?.unread.has(part);
  return objectOf([
    ['Effect', effect],
    ...(principals && isRead('principals') ? [['Principal', principalJson(principals)] as const] : []),
    ...(isRead('action') ? [elementJson('Action', action)] : []),
    ...(resource && isRead('resource') ? [elementJson('Resource', resource)] : []),
    ...(conditions.length > 0 ? [['Condition', conditionJson(conditions)] as const] : []),
    ...(doubt?.written ?? []),
  ]);
}

function elementJson(name: string, { negated, values }: ElementList): Entry {
  return [negated ? `Not${name}` : name, scalarOrList(values)];
}

function principalJson(principals: readonly Principal[]): Readonly<Record<string, unknown>> {
  const kinds = [...new Set(principals.map(({ kind }) => kind))];
  return objectOf(kinds.map((kind) => [kind, scalarOrList(principals.filter((one) => one.kind === kind).map(({ id }) => id))]));
}

function conditionJson(conditions: readonly Condition[]): Readonly<Record<string, unknown>> {
  const names = [...new Set(conditions.map(({ operator }) => operatorName(operator)))];
  return objectOf(
    names.map((name) => {
      const keys = conditions.filter(({ operator }) => operatorName(operator) === name);
      return [name, objectOf(keys.map(({ key, values }) => [key, scalarOrList(values)]))];
    }),
  );
}

/** The same statement with its lists sorted: statements that list the same things in another order come out equal. */
export function sortedStatement(statement: Statement): Statement {
  const { action, resource, principals, conditions } = statement;
  return {
    ...statement,
    action: sortedElement(action, (text) => text.toLowerCase()),
    resource: resource && sortedElement(resource, (text) => resourcePattern(text, statement.version).identity),
    principals: principals && [...principals].sort((a, b) => byText(`${a.kind} ${a.id}`, `${b.kind} ${b.id}`)),
    conditions: conditions
      .map((condition) => ({ ...condition, values: [...condition.values].sort(byText) }))
      .sort((a, b) => byText(conditionName(a), conditionName(b))),
  };
}

function conditionName({ operator, key }: Condition): string {
  return `${operatorName(operator)} ${key.toLowerCase()} ${key}`;
}

function sortedElement({ negated, values }: ElementList, order: (text: string) => string): ElementList {
  return { negated, values: [...values].sort((a, b) => byText(order(a), order(b)) || byText(a, b)) };
}
