// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareDocuments } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { expectNoContradiction } from './contradiction.ts';
import { differencesOf, provenDifferencesOf } from './engine.ts';
import { reading } from './generated.ts';
import { levelOf, type ReferenceDocument, type ReferenceStatement, type Request } from './reference.ts';

/** Policy variables against the reference, which fills them in from the context of each request. */

const numRuns = runs(300);

const TEXTS = [
  'a',
  'b',
  'ab',
  '*',
  'a*',
  '${aws:UserAgent}',
  'a${aws:UserAgent}',
  '${aws:UserAgent}*',
  '${AWS:useragent}',
  '${aws:Referer}',
  '${*}',
  'x${aws:UserAgent}${aws:Referer}',
  '?${aws:UserAgent}',
  '*${aws:UserAgent}*',
  "${aws:UserAgent, 'a'}",
  "a${aws:UserAgent, 'b'}*",
];
const HELD = ['', 'A', 'a', 'b', 'ab', '*', 'a*', 'xab', '${aws:UserAgent}', 'a:b'];
const ARNS = [
  ...[
    'arn:aws:s3:::a',
    'arn:aws:s3:::a*',
    'arn:aws:s3:*::*',
    'arn:aws:s3:a:b:a',
    'arn:aws:s3:::${aws:UserAgent}',
    'arn:aws:s3:::${aws:UserAgent}:b',
  ],
  ...[
    'arn:aws:s3:${aws:UserAgent}::a',
    'arn:aws:s3:${aws:UserAgent}:a',
    "arn:aws:s3:::${aws:UserAgent, 'a:b'}",
    'arn:aws:s3:?::${aws:UserAgent}*',
  ],
];
const HELD_ARNS = ['arn:aws:s3:::a', 'arn:aws:s3:::a:b', 'arn:aws:s3:::', 'arn:aws:s3:a::a', 'arn:aws:s3:a:b:a', 'arn:aws:s3:::a:b:b'];

function some<T>(...items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.uniqueArray(fc.constantFrom(...items), { minLength: 1, maxLength: 2 });
}

const resources = some(...TEXTS).map((texts) => texts.map((text) => `arn:aws:s3:::${text}`));
const target = fc.oneof(
  resources.map((Resource): Partial<ReferenceStatement> => ({ Resource })),
  resources.map((NotResource): Partial<ReferenceStatement> => ({ NotResource })),
);
const condition = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        fc.constantFrom('StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIfExists', 'StringEqualsIgnoreCase'),
        fc.constantFrom('aws:x', 'aws:UserAgent', 'aws:Referer'),
        some(...TEXTS),
      )
      .map(([operator, key, values]) => ({ Condition: { [operator]: { [key]: values } } })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...['ForAllValues', 'ForAnyValue'].flatMap((of) => [`${of}:StringLike`, `${of}:StringNotEquals`])),
        some(...TEXTS),
      )
      .map(([operator, values]) => ({ Condition: { [operator]: { 'aws:list': values } } })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('ArnLike', 'ArnNotEquals', 'ArnEqualsIfExists'),
        some(...ARNS),
        some('a', 'a:b', '${aws:Referer}'),
        fc.boolean(),
      )
      .map(([operator, values, bound, isBound]) => ({
        Condition: { [operator]: { 'aws:SourceArn': values }, ...(isBound ? { StringEquals: { 'aws:UserAgent': bound } } : {}) },
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('aws:x', 'aws:UserAgent', 'aws:list'), fc.constantFrom('true', 'false'))
      .map(([key, value]) => ({ Condition: { Null: { [key]: value } } })),
  },
);

const statement = fc
  .tuple(fc.constantFrom('Allow', 'Allow', 'Deny'), target, condition)
  .map(([Effect, part, rest]): ReferenceStatement => ({ Effect, Action: 's3:GetObject', ...part, ...rest }));

const document = fc
  .tuple(fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17'), fc.array(statement, { minLength: 1, maxLength: 3 }))
  .map(([Version, Statement]): ReferenceDocument => ({ Version, Statement }));

/** The document with wildcards taken for characters, or characters for wildcards, where conditions take either. */
function otherOperators(one: ReferenceDocument): ReferenceDocument {
  const other = (operator: string): string => operator.replace(/Like|Equals(?!Ignore)/, (word) => (word === 'Like' ? 'Equals' : 'Like'));
  return JSON.parse(JSON.stringify(one).replace(/"(?:For\w+:)?String\w+"(?=:)/g, other)) as ReferenceDocument;
}

const pair = fc
  .tuple(document, document, fc.constantFrom('one exchanged', 'other operators', 'another'))
  .map(([one, two, how]): readonly [ReferenceDocument, ReferenceDocument] => {
    if (how === 'other operators') return [one, otherOperators(one)];
    return how === 'another' ? [one, two] : [one, { ...one, Statement: [...one.Statement.slice(1), ...two.Statement.slice(0, 1)] }];
  });

function heldBy(key: string): readonly string[] {
  return key === 'aws:sourcearn' ? HELD_ARNS : HELD;
}

const context = fc.tuple(
  ...['aws:x', 'aws:useragent', 'aws:referer', 'aws:list', 'aws:sourcearn'].map((key) => {
    const values = fc.uniqueArray(fc.constantFrom(...heldBy(key)), {
      minLength: 1,
      maxLength: key === 'aws:list' ? 3 : 1,
    });
    return fc.tuple(fc.constant(key), fc.option(values, { nil: null }));
  }),
);

const request = fc.tuple(fc.constantFrom(...HELD, 'xaa', 'aa', 'abb'), context, reading).map(
  ([text, held, read]): Request => ({
    reading: read,
    action: 's3:GetObject',
    resource: `arn:aws:s3:::${text}`,
    context: new Map(held.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))),
  }),
);

test('no request contradicts a verdict', () => {
  const property = fc.property(pair, fc.array(request, { minLength: 40, maxLength: 40 }), ([desired, live], requests) => {
    const { verdict } = compareDocuments({ ...desired }, { ...live }, 'identity');
    for (const one of requests) {
      expectNoContradiction(verdict, desired, live, one);
    }
  });
  fc.assert(property, { numRuns });
});

test('a difference that asks nothing of variables is one', () => {
  const property = fc.property(pair, ([desired, live]) => {
    for (const difference of differencesOf(desired, live, 'identity')) {
      // A variable with a default value is not needed, and may have a say all the same.
      if (!difference.certain || difference.needed.length > 0 || JSON.stringify([desired, live]).includes(", '")) continue;
      const held = difference.context.flatMap(({ key, values }) => (values ? [[key.toLowerCase(), values] as const] : []));
      // Variables that the context leaves open stand for something that no text here has.
      const open = ['aws:useragent', 'aws:referer'].filter((key) => !difference.context.some((one) => one.key.toLowerCase() === key));
      const filled = new Map([...held, ...open.map((key) => [key, [`no ${key}`]] as const)]);
      const one = { action: 's3:GetObject', resource: difference.targets[0] ?? '', context: filled };
      expect([levelOf(desired, one), levelOf(live, one)]).toEqual([difference.desired, difference.live]);
    }
  });
  fc.assert(property, { numRuns });
});

test('a difference of documents with their variables filled in is one', () => {
  const property = fc.property(pair, ([desired, live]) => {
    for (const { context, targets, ...levels } of provenDifferencesOf(desired, live, 'identity')) {
      const held = new Map(context.flatMap(({ key, values }) => (values ? [[key.toLowerCase(), values] as const] : [])));
      const one = { action: 's3:GetObject', resource: targets[0] ?? '', context: held };
      expect([levelOf(desired, one), levelOf(live, one)]).toEqual([levels.desired, levels.live]);
    }
  });
  fc.assert(property, { numRuns });
});

test('exchanging the documents exchanges widened and narrowed', () => {
  const exchanged = new Map([
    ['widened', 'narrowed'],
    ['narrowed', 'widened'],
  ]);
  const property = fc.property(pair, ([one, two]) => {
    const { verdict } = compareDocuments({ ...one }, { ...two }, 'identity');
    expect(compareDocuments({ ...two }, { ...one }, 'identity').verdict).toBe(exchanged.get(verdict) ?? verdict);
  });
  fc.assert(property, { numRuns });
});
