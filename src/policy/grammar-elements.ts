import { at, isList, isObject, type Json, JsonNumber } from './json.ts';
import { nearMiss } from './near-miss.ts';
import { OPERATOR_NAMES, readOperator } from './operators.ts';
import { Problem } from './problem.ts';
import type { Condition, ElementList, Version } from './statement.ts';
import type { PolicyKind } from './types.ts';
import { replaceIn } from './variables.ts';

/** A service prefix and a name, with wildcards in the name only. `*:*` is another spelling of `*`. */
const ACTION = /^(?:\*|\*:\*|[A-Za-z0-9.-]+:[\w.*?-]+)$/;

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

/** The Action or NotAction element. A trust policy accepts only actions of `sts:`. */
export function readActions(value: Json, negated: boolean, place: string, kind: PolicyKind): ElementList {
  const texts = readTexts(value, place, (text, where) => {
    if (!ACTION.test(text))
      throw new Problem(where, `${JSON.stringify(text)} is not an action (service:Name, with wildcards only in the name)`);
    if (kind === 'trust' && !/^sts:/i.test(text))
      throw new Problem(where, `a trust policy can contain only sts: actions, not ${JSON.stringify(text)}`);
  });
  const byName = new Map<string, string>();
  for (const text of texts) {
    const name = text === '*:*' ? '*' : text;
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), name);
  }
  return { negated, values: [...byName.values()] };
}

/** The most that the element may mean: what can't be understood in it is any action of the service that it names, or any at all. */
export function widestActions(value: Json, negated: boolean): ElementList {
  return widest(value, negated, (text) => {
    if (ACTION.test(text)) return text;
    const [, service] = /^([A-Za-z0-9.-]+):[^:]*$/.exec(text) ?? [];
    return service === undefined ? '*' : `${service}:*`;
  });
}

/** The same for resources. */
export function widestResources(value: Json, negated: boolean, version: Version): ElementList {
  return widest(value, negated, (text) => (isResource(text, version) ? text : '*'));
}

/** @param around the text, or what it may mean at most */
function widest(value: Json, negated: boolean, around: (text: string) => string): ElementList {
  const values = (isList(value) ? value : [value]).flatMap((item) => {
    const most = typeof item === 'string' ? around(item) : '*';
    // What a negated element excludes can't be told from what it may mean at most: then it excludes nothing.
    return negated && most !== item ? [] : [most];
  });
  return values.length === 0 ? { negated: false, values: ['*'] } : { negated, values: [...new Set(values)] };
}

/** The Resource or NotResource element: `*` or ARNs, with wildcards anywhere but in the service. */
export function readResources(value: Json, negated: boolean, place: string, version: Version): ElementList {
  const texts = readTexts(value, place, (text, where) => {
    if (!isResource(text, version)) throw new Problem(where, `${JSON.stringify(text)} is neither an ARN nor \`*\``);
  });
  return { negated, values: [...new Set(texts)] };
}

function isResource(text: string, version: Version): boolean {
  return text === '*' || isArnPattern(text, version);
}

/** An account is twelve digits, or the name of a service that owns resources for everybody (`aws`). */
const ACCOUNT = /^(?:|\d{12}|[a-z][a-z0-9-]*|.*[*?$].*)$/s;

/** What the last segment of an IAM ARN begins with. */
const IAM_TYPES: readonly string[] = [
  ...['user/', 'federated-user/', 'role/', 'group/', 'instance-profile/', 'mfa/', 'sms-mfa/', 'u2f/', 'server-certificate/', 'policy/'],
  ...['saml-provider/', 'oidc-provider/', 'report/', 'access-report/', 'delegation-request/', 'root'],
];

/**
 * Six segments; or fewer, if none of them is empty or the last one ends in `*`: the missing ones are then anything. IAM refuses an ARN of its own that
 * names a region, or a type of resource that IAM does not have, and one of a bucket that names a region.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @see https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py for IAM's answers
 */
function isArnPattern(text: string, version: Version): boolean {
  const plain = version === '2012-10-17' ? withoutVariables(text) : text;
  const [arn, partition = '', service = '', ...rest] = plain.split(':');
  if (arn !== 'arn' || !/^(?:aws[a-z-]*|variable|[a-z-]*[*?][a-z*?-]*)$/.test(partition)) return false;
  if (!/^[A-Za-z0-9-]+$/.test(service)) return false;
  const [region, account = '', ...resource] = rest;
  if (!ACCOUNT.test(account) || (service === 'iam' && !isOfIam(region ?? '', resource.join(':')))) return false;
  if (service === 's3' && account === '' && /^[a-z0-9-]+$/.test(region ?? '')) return false;
  return rest.length >= 3 || plain.endsWith('*') || !rest.includes('');
}

/** The text with a word in the place of each variable; a variable without an end stays. */
function withoutVariables(text: string): string {
  return replaceIn(text, (_found, written) => (written.endsWith('}') ? 'variable' : written), String);
}

function isOfIam(region: string, resource: string): boolean {
  // "IAM resource path must either be "*" or start with user/, …", IAM says.
  if (/^\*./s.test(resource)) return false;
  const [head = ''] = resource.split(/[*?$]|variable/);
  const isOpen = head.length < resource.length;
  return (
    /^(?:|.*[*?$].*|variable)$/s.test(region) &&
    (resource === '' || IAM_TYPES.some((type) => head.startsWith(type) || (isOpen && type.startsWith(head))))
  );
}

/**
 * The Condition element as a flat list: all operators and keys are ANDed, so their nesting means nothing. A key in two spellings under one
 * operator is the same key twice, which AWS calls an error.
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
      if (seen.has(key.toLowerCase())) throw new Problem(where, 'duplicate name that differs only in case');
      seen.add(key.toLowerCase());
      if (!/^[^:]+:.+$/s.test(key)) throw new Problem(where, 'a condition key is written service:name');
      const texts = readValues(values, where);
      const odd = operator.test.startsWith('date-') ? texts.find((text) => !isDate(text)) : undefined;
      if (odd !== undefined) throw new Problem(where, `${JSON.stringify(odd)} is not a date`);
      return { operator, key, values: texts };
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

/** Lenient: excludes only what IAM is known to refuse. */
const DATE =
  /^(?:\d{1,19}|[+-]?\d{1,9}(?:-(?:0?[1-9]|1[0-2])(?:-(?:0?[1-9]|[12]\d|3[01]))?)?(?:t(?:\d\d?(?::\d\d?(?::\d\d?(?:\.\d{1,9})?)?)?)?(?:z|[+-]\d\d(?::?\d\d)?)?)?)$/i;

/**
 * A date, seconds since 1970, or text that may be one once its variables are filled in.
 * @see https://github.com/getmoto/moto/blob/master/tests/test_iam/test_iam_policies.py for IAM's answers to other text
 */
function isDate(text: string): boolean {
  return text.includes('$') || DATE.test(text);
}
