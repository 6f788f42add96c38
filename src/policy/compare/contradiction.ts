import { readOperator } from '../operators.ts';
import type { Condition, Statement } from '../statement.ts';
import { escapeText } from '../variables.ts';
import { Budget, TooLarge } from './budget.ts';
import { Explorer } from './explore.ts';
import { MOST_STEPS } from './index.ts';
import { type KnownCaller, keysAskedIn } from './known-caller.ts';
import { type PreparedPair, prepare } from './prepared.ts';

/** Most ways to combine one Allow of each part. */
const MOST_COMBINED = 64;

/**
 * Whether it is proved that no context meets the conditions of one Allow of each part and of no Deny, as where two of them want different external ids.
 *
 * @param parts each has to allow a request: statements that apply to it, but for their conditions
 */
export function isContradiction(parts: readonly (readonly Statement[])[], caller: KnownCaller): boolean {
  const denies = parts.flat().filter(({ effect, doubt }) => effect === 'Deny' && doubt === null);
  const open = parts.map((part) => part.filter(({ effect }) => effect === 'Allow')).filter((allows) => allows.every(isConditional));
  if (!mayConflict([...open, denies])) return false;
  const allows = combined(open);
  if (allows === undefined || !isOneLanguage([...denies, ...allows])) return false;
  try {
    return !mayDiffer(denies.map(reduced), allows.map(reduced), caller);
  } catch (error) {
    if (error instanceof TooLarge) return false;
    throw error;
  }
}

function isConditional({ conditions }: Statement): boolean {
  return conditions.length > 0;
}

/** Two parts that ask about nothing in common can't contradict each other. */
function mayConflict(parts: readonly (readonly Statement[])[]): boolean {
  const asked = parts.flatMap((part) => [...new Set(part.flatMap(({ conditions }) => conditions.flatMap(keysIn)))]);
  return new Set(asked).size < asked.length;
}

function keysIn({ key, values }: Condition): readonly string[] {
  const variables = values.flatMap((value) => [...value.matchAll(/\$\{([^},']+)/g)].map(([, name = '']) => name.trim()));
  return [key, ...variables].map((name) => name.toLowerCase());
}

/** For each choice of one statement of each part, all of their conditions. */
function combined(parts: readonly (readonly Statement[])[]): readonly Statement[] | undefined {
  const [first = [], ...rest] = parts;
  let all = first;
  for (const part of rest) {
    if (all.length * part.length > MOST_COMBINED) return undefined;
    all = all.flatMap((one) => part.map((other) => ({ ...one, conditions: [...one.conditions, ...other.conditions] })));
  }
  return all.length > MOST_COMBINED ? undefined : all;
}

/** Whether `${` means the same in all of them. */
function isOneLanguage(statements: readonly Statement[]): boolean {
  return statements.every(({ version, conditions }) => version === '2012-10-17' || !JSON.stringify(conditions).includes('${'));
}

/** The statement for one request that it applies to, whatever it said of others. */
function reduced({ effect, conditions }: Statement): Statement {
  const everything = { negated: false, values: ['*'] };
  return { version: '2012-10-17', effect, action: everything, resource: everything, principals: null, conditions, doubt: null };
}

/** Whether the Allows may make a difference beside the Denies. */
function mayDiffer(denies: readonly Statement[], allows: readonly Statement[], caller: KnownCaller): boolean {
  const budget = new Budget(MOST_STEPS);
  const known = knownConditions(prepare({ desired: denies, live: allows, account: undefined }, budget), caller);
  const live = [...denies, ...allows.map((statement) => ({ ...statement, conditions: [...statement.conditions, ...known] }))];
  const pair = prepare({ desired: denies, live, account: undefined }, budget);
  return new Explorer(pair, 'identity', budget).differences().length > 0;
}

/** What is known of the caller, as conditions on the keys that are asked about. */
function knownConditions(pair: PreparedPair, caller: KnownCaller): readonly Condition[] {
  return keysAskedIn(pair).flatMap((key): readonly Condition[] => {
    const value = caller.valueOf(key);
    if (value === undefined) return [];
    if (value === null) return conditionOf('Null', key, 'true');
    return 'text' in value
      ? conditionOf('StringEquals', key, escapeText(value.text))
      : conditionOf('StringLike', key, `${escapeText(value.starting)}*`);
  });
}

function conditionOf(name: string, key: string, value: string): readonly Condition[] {
  const operator = readOperator(name);
  return operator ? [{ operator, key, values: [value] }] : [];
}
