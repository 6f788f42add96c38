import type { Condition, Statement } from '../statement.ts';
import { fillIn, type Variable } from '../variables.ts';
import { isSingleValuedKey } from './known-keys.ts';

type TextOf = (variable: Variable) => string | null;

/** The statement with its variables filled in; those for which `textOf` returns `null` stay. */
export function fillStatement(statement: Statement, textOf: TextOf): Statement {
  if (statement.version !== '2012-10-17') return statement;
  const { resource, conditions } = statement;
  return {
    ...statement,
    resource: resource && { ...resource, values: resource.values.map((value) => fillIn(value, textOf)) },
    conditions: conditions.map((condition) => fillCondition(condition, textOf)),
  };
}

/** Leaves variables in numbers, dates and the like, and in ARNs those whose text holds colons: what they do there is unknown. */
function fillCondition(condition: Condition, textOf: TextOf): Condition {
  const { test } = condition.operator;
  if (!test.startsWith('string') && test !== 'arn') return condition;
  const known: TextOf = (variable) => {
    const text = textOf(variable);
    return test === 'arn' && text?.includes(':') ? null : text;
  };
  return { ...condition, values: condition.values.map((value) => fillIn(value, known)) };
}

/**
 * If the statement can only match when a key is one certain text, a variable of that key stands for that text. Except if the text is empty, which may
 * count as absent, or has wildcards: AWS does not say what these do.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function withBoundVariables(statement: Statement): Statement {
  const bound = new Map(statement.conditions.flatMap(boundTo));
  return bound.size === 0 ? statement : fillStatement(statement, ({ name }) => bound.get(name) ?? null);
}

function boundTo({ operator, key, values: [value, ...others] }: Condition): readonly (readonly [string, string])[] {
  const { name, quantifier, ifExists } = operator;
  const isOne = name === 'StringEquals' && quantifier === null && !ifExists && others.length === 0 && isSingleValuedKey(key.toLowerCase());
  return isOne && value && !/[*?]|\$\{/.test(value) ? [[key.toLowerCase(), value]] : [];
}
