import { operatorName } from './operators.ts';
import { actionPattern, resourcePattern } from './pattern.ts';
import type { Condition, ElementList, Principal, Statement } from './statement.ts';

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

/** A statement in IAM's JSON: its elements in the customary order, a list of one as a scalar. */
export function statementJson(statement: Statement): Readonly<Record<string, unknown>> {
  return objectOf([
    ['Effect', statement.effect],
    ...(statement.principals ? [['Principal', principalJson(statement.principals)] as const] : []),
    elementJson('Action', statement.action),
    ...(statement.resource ? [elementJson('Resource', statement.resource)] : []),
    ...(statement.conditions.length > 0 ? [['Condition', conditionJson(statement.conditions)] as const] : []),
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

/** The same statement with its lists sorted and, with `fold`, its actions and condition keys in lower case. Statements that differ in order alone come out equal. */
export function sortedStatement(statement: Statement, fold: boolean): Statement {
  const { action, resource, principals, conditions } = statement;
  return {
    ...statement,
    action: sortedElement(action, (text) => (fold ? actionPattern(text).identity : text.toLowerCase()), fold),
    resource: resource && sortedElement(resource, (text) => resourcePattern(text, statement.version).identity, false),
    principals: principals && [...principals].sort((a, b) => byText(`${a.kind} ${a.id}`, `${b.kind} ${b.id}`)),
    conditions: conditions
      .map((condition) => ({
        ...condition,
        key: fold ? condition.key.toLowerCase() : condition.key,
        values: [...condition.values].sort(byText),
      }))
      .sort((a, b) => byText(conditionName(a), conditionName(b))),
  };
}

function conditionName({ operator, key }: Condition): string {
  return `${operatorName(operator)} ${key.toLowerCase()} ${key}`;
}

function sortedElement({ negated, values }: ElementList, order: (text: string) => string, fold: boolean): ElementList {
  const written = fold ? values.map((text) => text.toLowerCase()) : values;
  return { negated, values: [...written].sort((a, b) => byText(order(a), order(b)) || byText(a, b)) };
}
