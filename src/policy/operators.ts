import type { Operator, Test } from './statement.ts';

/**
 * Every condition operator of IAM, with the test that it applies to a value and whether it is negated.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: ReadonlyMap<string, readonly [Test, boolean]> = new Map([
  ['StringEquals', ['string', false]],
  ['StringNotEquals', ['string', true]],
  ['StringEqualsIgnoreCase', ['string-ignoring-case', false]],
  ['StringNotEqualsIgnoreCase', ['string-ignoring-case', true]],
  ['StringLike', ['string-like', false]],
  ['StringNotLike', ['string-like', true]],
  ['NumericEquals', ['number-equal', false]],
  ['NumericNotEquals', ['number-equal', true]],
  ['NumericLessThan', ['number-less', false]],
  ['NumericLessThanEquals', ['number-at-most', false]],
  ['NumericGreaterThan', ['number-greater', false]],
  ['NumericGreaterThanEquals', ['number-at-least', false]],
  ['DateEquals', ['date-equal', false]],
  ['DateNotEquals', ['date-equal', true]],
  ['DateLessThan', ['date-less', false]],
  ['DateLessThanEquals', ['date-at-most', false]],
  ['DateGreaterThan', ['date-greater', false]],
  ['DateGreaterThanEquals', ['date-at-least', false]],
  ['Bool', ['bool', false]],
  ['BinaryEquals', ['binary', false]],
  ['IpAddress', ['ip', false]],
  ['NotIpAddress', ['ip', true]],
  ['ArnEquals', ['arn', false]],
  ['ArnLike', ['arn', false]],
  ['ArnNotEquals', ['arn', true]],
  ['ArnNotLike', ['arn', true]],
  ['Null', ['null', false]],
]);

/** The operator of that name; `null` if IAM has none. `Null` allows neither a quantifier nor IfExists. */
export function readOperator(text: string): Operator | null {
  const [, prefix, rest = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/s.exec(text) ?? [];
  const ifExists = rest.endsWith('IfExists');
  const name = ifExists ? rest.slice(0, -'IfExists'.length) : rest;
  const known = OPERATORS.get(name);
  if (!known) return null;
  const [test, negated] = known;
  const quantifier = prefix === 'ForAnyValue' || prefix === 'ForAllValues' ? prefix : null;
  if (test === 'null' && (ifExists || quantifier)) return null;
  return { quantifier, name, test, negated, ifExists };
}

/** The operator's full name, which `readOperator` reads. */
export function operatorName(operator: Operator): string {
  return `${operator.quantifier ? `${operator.quantifier}:` : ''}${operator.name}${operator.ifExists ? 'IfExists' : ''}`;
}

/** Every operator without its modifiers, for near misses in error messages. */
export const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys()];
