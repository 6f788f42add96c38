import { at, isList, isObject, type Json, JsonNumber } from './json.ts';
import { nearMiss } from './near-miss.ts';
import { OPERATOR_NAMES, readOperator } from './operators.ts';
import { Problem } from './problem.ts';
import type { Condition, ElementList, Version } from './statement.ts';
import type { PolicyKind } from './types.ts';

/** A service prefix and a name; wildcards in the name only. `*:*` is IAM's other way to write `*`. */
const ACTION = /^(?:\*|\*:\*|[A-Za-z0-9-]+:[\w.*?-]+)$/;

/** Text or a list of texts, at least one. */
function readTexts(value: Json, place: string, check: (text: string, place: string) => void): readonly string[] {
  const list = isList(value) ? value : [value];
  if (list.length === 0) throw new Problem(place, 'is empty');
  return list.map((item, index) => {
    const where = isList(value) ? at(place, index) : place;
    if (typeof item !== 'string') throw new Problem(where, 'expected text');
    check(item, where);
    return item;
  });
}

/** The Action or NotAction element. A trust policy takes actions of `sts:` alone. */
export function readActions(value: Json, negated: boolean, place: string, kind: PolicyKind): ElementList {
  const texts = readTexts(value, place, (text, where) => {
    if (!ACTION.test(text)) throw new Problem(where, `${JSON.stringify(text)} is no action (service:Name, wildcards in the name only)`);
    if (kind === 'trust' && !/^sts:/i.test(text))
      throw new Problem(where, `a trust policy takes only actions of sts:, not ${JSON.stringify(text)}`);
  });
  const byName = new Map<string, string>();
  for (const text of texts) {
    const name = text === '*:*' ? '*' : text;
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), name);
  }
  return { negated, values: [...byName.values()] };
}

/** The Resource or NotResource element: `*` or ARNs, wildcards everywhere but in the service. */
export function readResources(value: Json, negated: boolean, place: string, version: Version): ElementList {
  const texts = readTexts(value, place, (text, where) => {
    if (text !== '*' && !isArnPattern(text, version)) throw new Problem(where, `${JSON.stringify(text)} is neither an ARN nor \`*\``);
  });
  return { negated, values: [...new Set(texts)] };
}

/**
 * Six segments, or fewer where the last ends in `*` (it then reaches over the colons).
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
function isArnPattern(text: string, version: Version): boolean {
  const plain = version === '2012-10-17' ? text.replace(/\$\{[^}]{0,300}\}/g, 'variable') : text;
  const [arn, partition = '', service = '', ...rest] = plain.split(':');
  if (arn !== 'arn' || !/^(?:aws[a-z-]*|variable|[a-z*?-]*[*?][a-z*?-]*)$/.test(partition)) return false;
  if (!/^[A-Za-z0-9-]+$/.test(service)) return false;
  return rest.length >= 3 || (rest.length > 0 && plain.endsWith('*'));
}

/**
 * The Condition element as a flat list: operators and keys are all ANDed, so their nesting says nothing. A key that stands there in two
 * spellings is one key twice, which AWS calls an error.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function readConditions(value: Json, place: string): readonly Condition[] {
  if (!isObject(value)) throw new Problem(place, 'expected an object');
  return [...value].flatMap(([name, keys]) => {
    const inner = at(place, name);
    const operator = readOperator(name);
    if (!operator) throw new Problem(inner, `unknown condition operator${nearMiss(name, OPERATOR_NAMES)}`);
    if (!isObject(keys)) throw new Problem(inner, 'expected an object of condition keys');
    const seen = new Set<string>();
    return [...keys].map(([key, values]) => {
      const where = at(inner, key);
      if (seen.has(key.toLowerCase())) throw new Problem(where, 'the name is there twice, in another case');
      seen.add(key.toLowerCase());
      if (!/^[^:]+:.+$/s.test(key)) throw new Problem(where, 'a condition key is written service:name');
      return { operator, key, values: readValues(values, where) };
    });
  });
}

function readValues(value: Json, place: string): readonly string[] {
  const list = isList(value) ? value : [value];
  const texts = list.map((item, index) => {
    if (typeof item === 'string') return item;
    if (item instanceof JsonNumber) return item.text;
    if (typeof item === 'boolean') return String(item);
    throw new Problem(isList(value) ? at(place, index) : place, 'expected text, a number or a boolean');
  });
  return [...new Set(texts)];
}
