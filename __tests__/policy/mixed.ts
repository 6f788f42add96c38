import {
  isEpochKey,
  isMultiValuedKey,
  isSingleValuedKey,
  type KeyType,
  mayBeEmpty,
  mayHoldWildcards,
  typeOfKey,
} from '../../src/policy/compare/known-keys.ts';
import { type PolicyKind, parsePolicy } from '../../src/policy/index.ts';
import { CASES } from './cases/index.ts';
import type { ReferenceDocument, ReferenceStatement, Request } from './reference.ts';

/**
 * The documents of the case tables, mixed with one another: statements, conditions, operators and values change places, and
 * the requests are made of what stands in both documents. So whatever the tables are about is tried beside everything else that they are about.
 */

export type Draw = (below: number) => number;

function pick<T>(items: readonly T[], draw: Draw): T {
  const item = items[draw(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

const OPERATOR =
  /^(?:(?:ForAnyValue:|ForAllValues:)?(?:String(?:Not)?(?:Equals|Like|EqualsIgnoreCase)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null)$/;

const DOCUMENTS = CASES.flatMap(({ kind, desired, live }) => [desired, live].flatMap((source) => plainOf(source, kind)));

/** The document with its statements in a list; none where the reference can't read it. */
function plainOf(source: unknown, kind: PolicyKind): readonly { readonly kind: PolicyKind; readonly document: ReferenceDocument }[] {
  if (typeof source !== 'object' || source === null || parsePolicy({ ...source }, kind).problem) return [];
  const { Version, Statement } = source as {
    readonly Version?: string;
    readonly Statement: ReferenceStatement | readonly ReferenceStatement[];
  };
  const statements: readonly ReferenceStatement[] = [Statement].flat();
  const document = { Version: Version ?? '2008-10-17', Statement: statements };
  return JSON.stringify(document).length > 3000 || isUnreadable(document) ? [] : [{ kind, document }];
}

/** Unique ids may be anybody. Operators in another case, and principals of no ARN, are read by the engine alone. */
function isUnreadable({ Statement }: ReferenceDocument): boolean {
  return Statement.some(
    ({ Principal, Condition = {} }) =>
      /"A(?:ID|RO)A/.test(JSON.stringify(Principal ?? '')) || Object.keys(Condition).some((operator) => !OPERATOR.test(operator)),
  );
}

export function mixed(kind: PolicyKind, draw: Draw): readonly [ReferenceDocument, ReferenceDocument] {
  const documents = DOCUMENTS.filter((one) => one.kind === kind).map(({ document }) => document);
  const statements = documents.flatMap(({ Statement }) => Statement);
  const change = (document: ReferenceDocument): ReferenceDocument => {
    const at = draw(document.Statement.length);
    const one = document.Statement[at] ?? pick(statements, draw);
    const other = draw(2) ? pick(document.Statement, draw) : pick(statements, draw);
    const replaced = (by: readonly ReferenceStatement[]): ReferenceDocument => ({
      ...document,
      Statement: document.Statement.toSpliced(at, 1, ...by),
    });
    switch (draw(9)) {
      case 0:
        return { ...document, Statement: [...document.Statement, other] };
      case 1:
        return document.Statement.length > 1 ? replaced([]) : document;
      case 2:
        return replaced([other]);
      case 3:
        return replaced([{ ...one, ...(other.Condition ? { Condition: other.Condition } : {}) }]);
      case 4:
        return replaced([{ ...one, Effect: one.Effect === 'Allow' ? 'Deny' : 'Allow' }]);
      case 5:
        return draw(3) ? document : { ...document, Version: document.Version === '2012-10-17' ? '2008-10-17' : '2012-10-17' };
      default:
        return replaced([withCondition(one, statements, draw)]);
    }
  };
  const [first, second] = [pick(documents, draw), pick(documents, draw)];
  let base = draw(2) ? first : change(first);
  if (base.Statement.length > 4) base = { ...base, Statement: base.Statement.slice(0, 4) };
  let live = draw(6) ? base : second;
  for (let count = 1 + draw(3); count > 0; count -= 1) live = change(live);
  return [base, live];
}

/** Another operator, another key or values of another condition, or one condition more. */
function withCondition(one: ReferenceStatement, statements: readonly ReferenceStatement[], draw: Draw): ReferenceStatement {
  const conditions = statements.flatMap(({ Condition = {} }) =>
    Object.entries(Condition).flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => ({ operator, key, values }))),
  );
  const own = Object.entries(one.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
  const at = draw(own.length + 1);
  const old = own[at] ?? pick(conditions, draw);
  const ofKey = [...conditions, old].filter(({ key }) => key.toLowerCase() === old.key.toLowerCase());
  const other = draw(2) ? pick(ofKey, draw) : pick(conditions, draw);
  const fresh = [
    { ...old, operator: other.operator },
    { ...old, operator: turned(old.operator, draw) },
    { ...old, key: draw(2) ? other.key : pick(KEYS, draw) },
    { ...old, values: other.values },
    { ...other, key: old.key },
    { ...old, values: [[old.values, other.values].flat()].flat() },
  ];
  const next = own.toSpliced(at, 1, pick(fresh, draw));
  const grouped = new Map<string, Record<string, unknown>>();
  for (const { operator, key, values } of next) grouped.set(operator, { ...grouped.get(operator), [key]: values });
  return { ...one, Condition: Object.fromEntries(grouped) };
}

const KEYS = [
  'aws:SourceIp',
  'aws:CurrentTime',
  'aws:SecureTransport',
  's3:max-keys',
  'aws:SourceArn',
  'aws:TagKeys',
  'aws:ResourceTag/x',
  'aws:x',
];

function turned(operator: string, draw: Draw): string {
  if (operator === 'Null') return 'StringLike';
  const base = operator.replace(/^For\w+:|IfExists$/g, '');
  const negated = base.includes('Not') ? base.replace('Not', '') : base.replace(/^String|^Arn|^Numeric|^Date|^(?=Ip)/, '$&Not');
  const forms = [
    base,
    negated,
    `${base}IfExists`,
    `ForAnyValue:${base}`,
    `ForAllValues:${base}`,
    `ForAllValues:${negated}`,
    base.replace('Like', 'Equals'),
  ];
  return pick(
    [...forms, base.replace(/Equals$/, 'Like').replace(/^(?!String|Arn)(.*)Like$/, '$1Equals'), 'Null'].filter((name) =>
      OPERATOR.test(name),
    ),
    draw,
  );
}

/** What can be asked about two documents: each text in them, and those around it. */
export function requestOf(pair: readonly ReferenceDocument[], kind: PolicyKind, draw: Draw): Request {
  const statements = pair.flatMap(({ Statement }) => Statement);
  const conditions = statements.flatMap(({ Condition = {} }) =>
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: [values].flat().map(String) })),
    ),
  );
  const variables = [...JSON.stringify(pair).matchAll(/\$\{([^{}',]+)/g)].map(([, name = '']) => name.toLowerCase());
  const context = new Map<string, readonly string[]>();
  for (const key of new Set([...conditions.map((one) => one.key), ...variables])) {
    if (draw(6) === 0) continue;
    const about = conditions.filter((one) => one.key === key);
    // Whatever is compared with the key's value by way of a variable is as good.
    const texts = [...about.flatMap(({ values }) => values), ...(draw(3) ? [] : conditions.flatMap(({ values }) => values))];
    const isSet =
      isMultiValuedKey(key) ||
      (!isSingleValuedKey(key) && about.every(({ operator }) => operator.startsWith('For') || operator === 'Null'));
    const count = isSet ? 1 + draw(3) : 1;
    const type = typeOfKey(key) ?? (variables.includes(key) ? null : typeAskedFor(key, about));
    const values = Array.from({ length: count }, () => heldUnder(key, type, texts, context, draw));
    context.set(key, values.some((value) => value === '') ? [''] : [...new Set(values)]);
  }
  const actions = statements.flatMap(({ Action = [], NotAction = [] }) => [Action, NotAction].flat());
  const resources = statements.flatMap(({ Resource = [], NotResource = [] }) => [Resource, NotResource].flat());
  return {
    action: actionOf(sampled(pick(actions, draw), context, draw), kind),
    context,
    ...(kind === 'trust' ? { caller: callerOf(statements, draw) } : { resource: sampled(pick(resources, draw), context, draw) }),
  };
}

const TYPES_ASKED: readonly (readonly [RegExp, KeyType])[] = [
  [/^Bool/, 'boolean'],
  [/^Numeric/, 'number'],
  [/^Date/, 'date'],
  [/^(?:Not)?IpAddress/, 'address'],
  [/^Arn/, 'arn'],
];

/** A key of which nothing is known is of the type that all operators take it for. */
function typeAskedFor(key: string, about: readonly { readonly operator: string }[]): KeyType | null {
  if (isSingleValuedKey(key) || isMultiValuedKey(key)) return null;
  const names = about.map(({ operator }) => operator.replace(/^For\w+:/, '')).filter((name) => name !== 'Null');
  return TYPES_ASKED.find(([form]) => names.length > 0 && names.every((name) => form.test(name)))?.[1] ?? null;
}

/** It has a service, which is STS where a role is asked for, and a name. */
function actionOf(text: string, kind: PolicyKind): string {
  const isAction = kind === 'trust' ? /^sts:./i.test(text) : /^[^:]+:./.test(text);
  return isAction ? text : 'sts:Other';
}

const TYPICAL = {
  boolean: ['true', 'false'],
  number: ['0', '1', '10', '3600'],
  date: ['2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'],
  address: ['192.0.2.1', '10.0.0.1', '10.1.2.3', '2001:db8::1'],
  arn: ['arn:aws:iam::999999999999:role/x', 'arn:aws:s3:::a', 'arn:aws:s3:::a:b'],
};
const FORMS = {
  boolean: /^(?:true|false)$/,
  number: /^(?:0|[1-9]\d{0,9})$/,
  date: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  address: /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]+:[0-9a-f:]+$/,
  arn: /^arn:(?:[^:]*:){4}./s,
};

function heldUnder(key: string, type: KeyType | null, texts: readonly string[], context: Request['context'], draw: Draw): string {
  const near = texts.map((text) => around(sampled(text, context, draw), draw));
  const others = ['true', '10', '2026-01-01T00:00:00Z', '10.0.0.1', 'arn:aws:s3:::a', 'QQ==', 'a', '*', 'x?', ''];
  const all = [...near, ...near, ...near, ...(type ? TYPICAL[type] : others)];
  const possible = all.filter(
    (text) =>
      (type === null || (isEpochKey(key) ? /^\d{10}$/ : FORMS[type]).test(text)) &&
      (mayBeEmpty(key, type) || text !== '') &&
      (mayHoldWildcards(key) || !/[*?]/.test(text)) &&
      /^[\t\n\r\u0020-\u00ff]*$/.test(text),
  );
  return possible.length > 0 ? pick(possible, draw) : isEpochKey(key) ? '1767225600' : 'v';
}

/** A text of the pattern, or the pattern itself. */
function sampled(pattern: string, context: Request['context'], draw: Draw): string {
  const filled = pattern.replace(/\$\{([^{}',]+)(?:, '([^']*)')?\}/g, (written, name: string, fallback?: string) => {
    if (['*', '?', '$'].includes(name)) return name;
    return (draw(4) ? context.get(name.toLowerCase())?.[0] : undefined) ?? fallback ?? (draw(2) ? 'v' : written);
  });
  if (draw(5) === 0) return filled;
  const text = filled.replace(/\*/g, () => pick(['', 'x', 'a', 'x:y', 'a/b'], draw)).replace(/\?/g, () => pick(['x', 'a', ':'], draw));
  return draw(8) ? text : ([text.toUpperCase(), text.toLowerCase(), `${text}x`, text.slice(0, -1)][draw(4)] ?? text);
}

/** A number, a date or an address beside. */
function around(text: string, draw: Draw): string {
  const by = draw(3) - 1;
  if (/^-?\d{1,9}(?:\.\d+)?$/.test(text)) return String(Math.round((Number(text) + by) * 100) / 100);
  if (/^\d{4}-\d\d-\d\d(?:T[\d:]+(?:Z|[+-]\d\d:?\d\d))?$/.test(text) && !Number.isNaN(Date.parse(text)))
    return new Date(Date.parse(text) + by * 1000).toISOString().replace('.000Z', 'Z');
  const [, start, last] = /^((?:\d{1,3}\.){3})(\d{1,3})(?:\/\d+)?$/.exec(text) ?? [];
  return start === undefined ? text : `${start}${Math.min(255, Math.max(0, Number(last) + by))}`;
}

function callerOf(statements: readonly ReferenceStatement[], draw: Draw): readonly [string, string] {
  const named = statements.flatMap(({ Principal }) =>
    typeof Principal === 'object' ? Object.entries(Principal).flatMap(([kind, ids]) => [ids].flat().map((id) => [kind, id] as const)) : [],
  );
  const [kind, id] = draw(8) && named.length > 0 ? pick(named, draw) : (['Service', 'other.amazonaws.com'] as const);
  if (id === '*') return kind === 'AWS' ? ['AWS', 'arn:aws:iam::999999999999:user/x'] : [kind, 'other.example.com'];
  if (kind !== 'AWS') return [kind, id];
  const [, partition = 'aws', account = id] = /^arn:([\w-]+):\w+::(\d{12}):/.exec(id) ?? [];
  const [, role] = /:role\/(?:.*\/)?([^/]+)$/.exec(id) ?? [];
  const whole = /^\d{12}$/.test(id) ? `arn:aws:iam::${id}:root` : id;
  const relatives = [`arn:${partition}:iam::${account}:root`, `arn:${partition}:iam::${account}:user/someone`];
  return ['AWS', pick([whole, whole, ...relatives, `arn:${partition}:sts::${account}:assumed-role/${role ?? 'Other'}/x`], draw)];
}

/** Numbers drawn from a seed (mulberry32), so that a failure is told by its seed. */
export function drawFrom(seed: number): Draw {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixedBits = Math.imul(state ^ (state >>> 15), 1 | state);
    mixedBits = (mixedBits + Math.imul(mixedBits ^ (mixedBits >>> 7), 61 | mixedBits)) ^ mixedBits;
    return ((mixedBits ^ (mixedBits >>> 14)) >>> 0) % below;
  };
}
