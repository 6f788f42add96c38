import { matches } from './pattern.ts';
import type { Condition } from './statement.ts';

/** Values of condition keys, by the key in lower case. */
export type Context = ReadonlyMap<string, string>;

type Comparison = (wanted: string, actual: string) => boolean;

const COMPARISONS = new Map<string, Comparison>([
  ['stringequals', (wanted, actual) => wanted === actual],
  ['stringequalsignorecase', (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase()],
  ['stringlike', matches],
  ['arnequals', matches],
  ['arnlike', matches],
  ['bool', (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase()],
]);
const NEGATED = new Map([
  ['stringnotequals', 'stringequals'],
  ['stringnotequalsignorecase', 'stringequalsignorecase'],
  ['stringnotlike', 'stringlike'],
  ['arnnotequals', 'arnequals'],
  ['arnnotlike', 'arnlike'],
]);

/** `undefined` for an operator that is not evaluated here; the caller must then choose the safe side. */
export function holds(condition: Condition, context: Context): boolean | undefined {
  const actual = context.get(condition.key.toLowerCase());
  const written = condition.operator.toLowerCase();
  if (written === 'null') return condition.values.some((value) => (value.toLowerCase() === 'true') === (actual === undefined));
  const ifExists = written.endsWith('ifexists');
  const operator = ifExists ? written.slice(0, -'ifexists'.length) : written;
  const positive = NEGATED.get(operator);
  const compare = COMPARISONS.get(positive ?? operator);
  if (compare === undefined) return undefined;
  if (actual === undefined) return ifExists || positive !== undefined;
  const some = condition.values.some((value) => compare(value, actual));
  return positive === undefined ? some : !some;
}
