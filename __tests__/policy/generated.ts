import fc from 'fast-check';
import type { Reading } from '../../dev/aws/authorization/reading.ts';
import type { PolicyKind } from '../../src/policy/index.ts';
import type { ReferenceDocument, ReferenceStatement, Request } from './reference.ts';

/** Documents and requests over so few names that statements overlap, cover and contradict one another all the time. */

const ACCOUNTS = ['111111111111', '222222222222'];
const ROLE = 'arn:aws:iam::111111111111:role/team/App';

export const PRINCIPALS: readonly (readonly [string, string])[] = [
  ['AWS', '*'],
  ['AWS', '111111111111'],
  ['AWS', 'arn:aws:iam::111111111111:root'],
  ['AWS', 'arn:aws-cn:iam::111111111111:root'],
  ['AWS', 'arn:aws:iam::222222222222:root'],
  ['AWS', 'arn:aws:iam::111111111111:user/ann'],
  ['AWS', 'arn:aws:iam::222222222222:user/bob'],
  ['AWS', ROLE],
  ['AWS', 'arn:aws:sts::111111111111:assumed-role/App/night'],
  ['Service', 'ec2.amazonaws.com'],
  ['Service', 'lambda.amazonaws.com'],
  ['Federated', 'accounts.google.com'],
  ['Federated', 'arn:aws:iam::111111111111:saml-provider/Corp'],
];

/** Callers that no principal above names exactly. */
const STRANGERS: readonly (readonly [string, string])[] = [
  ['AWS', 'arn:aws:iam::999999999999:root'],
  ...ACCOUNTS.map((account): readonly [string, string] => ['AWS', `arn:aws:iam::${account}:user/someone`]),
  ['AWS', 'arn:aws:sts::111111111111:assumed-role/App/day'],
  ['AWS', 'arn:aws:sts::111111111111:assumed-role/Other/day'],
  ['Service', 'sns.amazonaws.com'],
  ['Federated', 'www.amazon.com'],
];

const CALLERS = [...PRINCIPALS.filter(([, id]) => id.startsWith('arn:') || id.includes('.')), ...STRANGERS];

const ACTIONS: Readonly<Record<PolicyKind, readonly string[]>> = {
  trust: ['sts:AssumeRole', 'sts:assumerole', 'sts:TagSession', 'sts:Assume*', 'sts:*', 'sts:*Session'],
  identity: ['*', 's3:*', 's3:Get*', 'S3:GetObject', 's3:*Object', 's3:?etObject', 's3:PutObject', 'iam:PassRole', 'sts:AssumeRole'],
};
const REQUEST_ACTIONS: Readonly<Record<PolicyKind, readonly string[]>> = {
  trust: ['sts:AssumeRole', 'sts:TagSession', 'sts:AssumeRoot', 'sts:GetSession', 'sts:Else'],
  identity: ['s3:GetObject', 's3:PutObject', 's3:GetBucket', 's3:HeadObject', 's3:List', 'iam:PassRole', 'sts:AssumeRole', 'ec2:Run'],
};

const word = fc.array(fc.constantFrom('a', 'b', '*', '?', ':'), { minLength: 0, maxLength: 4 }).map((parts) => parts.join(''));
const resource = fc.oneof({ weight: 1, arbitrary: fc.constant('*') }, { weight: 5, arbitrary: word.map((text) => `arn:aws:s3:::${text}`) });

function oneOrMore<T>(items: fc.Arbitrary<T>, most = 3): fc.Arbitrary<T | T[]> {
  return fc.oneof(items, fc.array(items, { minLength: 1, maxLength: most }));
}

interface KeyForm {
  readonly key: string;
  readonly operators: readonly string[];
  readonly values: readonly (string | number | boolean)[];
  /** What a request may hold under the key. */
  readonly held: readonly string[];
}

const STRING_OPERATORS = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
];
const withIfExists = (operators: readonly string[]): readonly string[] => [
  ...operators,
  ...operators.map((name) => `${name}IfExists`),
  'Null',
];
const relations = (family: string): readonly string[] =>
  ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'].map((relation) => `${family}${relation}`);

/** Every key has operators of one type, so that a verdict of `changed` always has a witness either way. */
export const KEYS: readonly KeyForm[] = [
  {
    key: 'aws:Name',
    operators: withIfExists(STRING_OPERATORS),
    values: ['a', 'A', 'b', 'a*', '*b', '?', 'ab'],
    held: ['', 'a', 'A', 'b', 'ab', 'aab', '*', 'a*', '?', 'c', 'other'],
  },
  {
    key: 'sts:ExternalId',
    // Has one value at most, whatever is put to it.
    operators: [
      ...withIfExists(STRING_OPERATORS.slice(0, 2)),
      ...STRING_OPERATORS.slice(0, 2).flatMap((name) => [`ForAllValues:${name}`, `ForAnyValue:${name}`]),
    ],
    values: ['x', 'y'],
    held: ['x', 'y', 'z'],
  },
  {
    key: 's3:max-keys',
    operators: withIfExists(relations('Numeric')),
    values: [10, '10', 11, 20, '20.0'],
    held: ['0', '9', '10', '11', '15', '20', '21'],
  },
  {
    key: 'aws:CurrentTime',
    operators: withIfExists(relations('Date')),
    values: ['2026-01-01', '2026-01-01T00:00:00Z', '2026-06-01T12:00:00+02:00'],
    held: ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-06-01T10:00:00Z', '2027-01-01T00:00:00Z'],
  },
  {
    key: 'aws:SourceIp',
    operators: withIfExists(['IpAddress', 'NotIpAddress']),
    values: ['10.0.0.0/8', '10.9.8.7/9', '10.128.0.0/9', '10.0.0.1', '0.0.0.0/0'],
    held: ['10.0.0.0', '10.0.0.1', '10.127.255.255', '10.128.0.0', '9.9.9.9', '2001:db8::1'],
  },
  {
    key: 'aws:SecureTransport',
    operators: withIfExists(['Bool']),
    values: [true, false, 'true', 'false'],
    held: ['true', 'false'],
  },
  {
    key: 'aws:SourceArn',
    operators: withIfExists(['ArnLike', 'ArnNotLike', 'ArnEquals', 'ArnNotEquals', 'StringLike', 'StringNotLike']),
    values: ['arn:aws:s3:::a*', 'arn:*:s3:::a', 'arn:aws:s3:*:*:a', 'arn:aws:s3:?:?:*'],
    held: ['arn:aws:s3:::a', 'arn:aws:s3:::ab', 'arn:aws-cn:s3:::a', 'arn:aws:s3:x:y:a', 'arn:aws:s3:x:y:z:a'],
  },
  {
    key: 'aws:TagKeys',
    operators: [
      ...STRING_OPERATORS.slice(0, 4).flatMap((name) => [`ForAllValues:${name}`, `ForAnyValue:${name}`, `ForAnyValue:${name}IfExists`]),
      'Null',
    ],
    values: ['a', 'b', 'a*', 'c'],
    held: ['a', 'b', 'ab', 'c', 'd'],
  },
];

const spelled = (key: string): fc.Arbitrary<string> => fc.constantFrom(key, key, key.toLowerCase());

const oneCondition = fc.constantFrom(...KEYS).chain(({ key, operators, values }) =>
  fc
    .record({
      operator: fc.constantFrom(...operators),
      key: spelled(key),
      values: oneOrMore(fc.constantFrom(...values)),
    })
    .map(({ operator, key: name, values: wanted }) => ({
      operator,
      key: name,
      values: operator === 'Null' ? ['true', 'false'].slice(String(wanted).length % 2).slice(0, 1) : wanted,
    })),
);

const condition = fc.array(oneCondition, { maxLength: 2 }).map((conditions) => {
  const operators = new Map<string, Map<string, unknown>>();
  for (const { operator, key, values } of conditions) {
    const keys = operators.get(operator) ?? new Map<string, unknown>();
    // One key in two spellings under one operator is refused.
    for (const other of keys.keys()) if (other.toLowerCase() === key.toLowerCase()) keys.delete(other);
    operators.set(operator, keys.set(key, values));
  }
  return Object.fromEntries([...operators].map(([operator, keys]) => [operator, Object.fromEntries(keys)]));
});

const effect = fc.oneof({ weight: 3, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') });

const principal = oneOrMore(fc.constantFrom(...PRINCIPALS), 3).map((chosen) => {
  const pairs = Array.isArray(chosen[0]) ? (chosen as readonly (readonly [string, string])[]) : [chosen as readonly [string, string]];
  const kinds = [...new Set(pairs.map(([kind]) => kind))];
  return Object.fromEntries(kinds.map((kind) => [kind, pairs.filter(([own]) => own === kind).map(([, id]) => id)]));
});

export function statement(kind: PolicyKind): fc.Arbitrary<ReferenceStatement> {
  const actions = oneOrMore(fc.constantFrom(...ACTIONS[kind]));
  const action = fc.oneof(
    { weight: 5, arbitrary: actions.map((value) => ({ Action: value })) },
    { weight: 1, arbitrary: actions.map((value) => ({ NotAction: value })) },
  );
  const target: fc.Arbitrary<Partial<ReferenceStatement>> =
    kind === 'trust'
      ? principal.map((value) => ({ Principal: value }))
      : fc.oneof(
          { weight: 5, arbitrary: oneOrMore(resource).map((value) => ({ Resource: value })) },
          { weight: 1, arbitrary: oneOrMore(resource).map((value) => ({ NotResource: value })) },
        );
  const conditions = fc.oneof(
    fc.constant({}),
    condition.map((value) => ({ Condition: value })),
  );
  return fc
    .tuple(effect, action, target, conditions)
    .map(([Effect, ...parts]) => Object.assign({ Effect }, ...parts) as ReferenceStatement);
}

export function document(kind: PolicyKind, most = 3): fc.Arbitrary<ReferenceDocument> {
  return fc.array(statement(kind), { minLength: 1, maxLength: most }).map((Statement) => ({ Version: '2012-10-17', Statement }));
}

/** A pair that is often close: the second is the first with a statement put in, left out or replaced, or another document. */
export function pair(kind: PolicyKind): fc.Arbitrary<readonly [ReferenceDocument, ReferenceDocument]> {
  return fc
    .tuple(document(kind), document(kind), fc.constantFrom('add', 'drop', 'replace', 'other'), fc.nat())
    .map(([one, two, how, at]) => {
      const list = one.Statement;
      const [fresh] = two.Statement;
      const index = at % list.length;
      if (how === 'other' || !fresh) return [one, two] as const;
      const rest = list.filter((_, position) => position !== index);
      if (how === 'drop' && rest.length > 0) return [one, { ...one, Statement: rest }] as const;
      return [one, { ...one, Statement: how === 'add' ? [...list, fresh] : [...rest, fresh] }] as const;
    });
}

/** Every way to read what AWS does not say. */
export const reading: fc.Arbitrary<Reading> = fc
  .record({
    colonsOfVariables: fc.constantFrom<Reading['colonsOfVariables']>('text', 'separators'),
    empty: fc.constantFrom('a value', 'none for sets', 'none'),
    mistyped: fc.constantFrom<Reading['mistyped']>('another value', 'no match'),
    anyOfNone: fc.boolean(),
    wildcardsOfVariables: fc.boolean(),
  })
  .map(({ empty, ...others }) => ({ ...others, emptySets: empty !== 'a value', emptyIsAbsent: empty === 'none' }));

const heldText = fc.array(fc.constantFrom('a', 'b', ':', 'z'), { maxLength: 4 }).map((parts) => parts.join(''));

export function request(kind: PolicyKind): fc.Arbitrary<Request> {
  const context = fc.tuple(
    ...KEYS.map(({ key, held }) => {
      const most = key === 'aws:TagKeys' ? 3 : 1;
      const values = fc.uniqueArray(fc.constantFrom(...held), { minLength: 1, maxLength: most });
      return fc.option(values, { nil: null }).map((value): readonly [string, readonly string[] | null] => [key.toLowerCase(), value]);
    }),
  );
  return fc
    .record({
      action: fc.constantFrom(...REQUEST_ACTIONS[kind]),
      resource: fc.oneof(
        fc.constant('*'),
        heldText.map((text) => `arn:aws:s3:::${text}`),
      ),
      caller: fc.constantFrom(...CALLERS),
      context,
      reading,
    })
    .map(({ action, resource: target, caller, context: held, reading: read }) => ({
      action,
      reading: read,
      ...(kind === 'trust' ? { caller } : { resource: target }),
      context: new Map(held.flatMap(([key, value]) => (value ? [[key, value] as const] : []))),
    }));
}
