import { matchesArn, matchesFilledIn, type Surroundings, textOf } from './pattern.ts';
import type { Condition } from './statement.ts';
import { inBlock, instantOf, isOfType, numberOf } from './values.ts';

/** Whether the value of a key is, matches or is related to the value that is asked for. */
type Comparison = (wanted: string, value: string, surroundings: Surroundings) => boolean;

const RELATIONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  Equals: (value, bound) => value === bound,
  LessThan: (value, bound) => value < bound,
  LessThanEquals: (value, bound) => value <= bound,
  GreaterThan: (value, bound) => value > bound,
  GreaterThanEquals: (value, bound) => value >= bound,
};

const equalsIgnoringCase: Comparison = (wanted, value, surroundings) => textOf(wanted, surroundings)?.toLowerCase() === value.toLowerCase();

const COMPARISONS = new Map<string, Comparison>([
  ['StringEquals', (wanted, value, surroundings) => textOf(wanted, surroundings) === value],
  ['StringEqualsIgnoreCase', equalsIgnoringCase],
  ['StringLike', matchesFilledIn],
  ['ArnEquals', matchesArn],
  ['ArnLike', matchesArn],
  ['Bool', (wanted, value) => wanted.toLowerCase() === value.toLowerCase()],
  ['BinaryEquals', (wanted, value) => wanted === value],
  ['IpAddress', inBlock],
  ...Object.entries(RELATIONS).flatMap(([name, holds]): [string, Comparison][] => [
    [`Numeric${name}`, (wanted, value) => holds(numberOf(value), numberOf(wanted))],
    [`Date${name}`, (wanted, value) => holds(instantOf(value), instantOf(wanted))],
  ]),
]);

const OPERATOR = /^(?<quantifier>ForAnyValue:|ForAllValues:)?(?<base>\w+?)(?<ifExists>IfExists)?$/;

/**
 * Whether a condition holds of a key that has these values, or is absent. `undefined` for an operator that the language does not have; the caller must
 * then choose the safe side.
 */
export function holds(
  { operator, values: wanted }: Condition,
  values: readonly string[] | undefined,
  surroundings: Surroundings,
): boolean | undefined {
  if (operator === 'Null') return wanted.some((text) => (text.toLowerCase() === 'true') === (values === undefined));
  const { quantifier, base = '', ifExists } = OPERATOR.exec(operator)?.groups ?? {};
  const negated = base.includes('Not');
  const compare = COMPARISONS.get(base.replace('Not', ''));
  if (compare === undefined) return undefined;
  const { reading } = surroundings;
  if (values === undefined) {
    if (quantifier === 'ForAnyValue:') return ifExists !== undefined && reading.anyOfNone;
    return ifExists !== undefined || quantifier === 'ForAllValues:' || negated;
  }
  const one = (value: string): boolean =>
    (reading.mistyped === 'another value' || isOfType(base, value)) &&
    wanted.some((text) => compare(text, value, surroundings)) !== negated;
  return quantifier === 'ForAllValues:' ? values.every(one) : values.some(one);
}
