// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import { Budget, TooLarge } from '../../src/policy/compare/budget.ts';
import { compareDocuments, comparePolicies, parsePolicy } from '../../src/policy/index.ts';

type Statement = Readonly<Record<string, unknown>>;

/** A pattern of 17 stars, under a condition of its own: no two of these can be put together. */
function zigzag(seed: number): Statement {
  const letters = Array.from({ length: 17 }, (_, index) => `*${String.fromCharCode(97 + ((index * seed) % 17))}`);
  const condition = { StringEquals: { 'aws:x': String(seed) } };
  return { Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::${letters.join('')}*`, Condition: condition };
}

function document(from: number): { Version: string; Statement: readonly Statement[] } {
  return { Version: '2012-10-17', Statement: Array.from({ length: 40 }, (_, index) => zigzag(from + index)) };
}

test('too much work is not done', () => {
  expect(compareDocuments(document(2), document(3), 'identity')).toEqual({
    verdict: 'changed',
    explanation: [
      'the documents differ in form, and are too large to compare',
      'statements only in the desired document: 1 of 40; only in the live document: 1 of 40',
    ],
  });
});

/** What is not decided one by one: as many choices as there are, each doubles the work. */
test.each<[string, number, (index: number) => Statement]>([
  [
    'patterns with variables at one place',
    12,
    (index) => ({ Effect: 'Allow', Action: 's3:*', Resource: `arn:aws:s3:::\${aws:v${index}}` }),
  ],
  [
    'conditions on one key that nobody can tell',
    6,
    (index) => ({ Effect: 'Allow', Action: 's3:*', Resource: '*', Condition: { NumericEquals: { 'aws:x': `v${index}` } } }),
  ],
])('%s: %d are looked into, more are not', (_name, most, statement) => {
  const explanation = (count: number): string => {
    const of = (from: number, to: number): { Statement: readonly Statement[]; Version: string } => ({
      Version: '2012-10-17',
      Statement: Array.from({ length: to - from }, (_, index) => ({ ...statement(from + index), Sid: `s${index}` })),
    });
    const { verdict, explanation: lines } = compareDocuments(of(0, 3), of(3, count), 'identity');
    expect(verdict).toBe('changed');
    return lines.join();
  };
  expect(explanation(most)).not.toContain('too large');
  expect(explanation(most + 1)).toContain('too large');
});

test('two hundred condition keys are walked through, more are not', () => {
  const of = (count: number): Statement => ({
    Effect: 'Allow',
    Action: 's3:*',
    Resource: '*',
    Condition: { StringEquals: Object.fromEntries(Array.from({ length: count }, (_, index) => [`aws:k${index}`, 'x'])) },
  });
  const deny = { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::a' };
  const found = (count: number): string => {
    const [Version, one] = ['2012-10-17', of(count)];
    const { verdict, explanation } = compareDocuments({ Version, Statement: [one] }, { Version, Statement: [one, deny] }, 'identity');
    return `${verdict}: ${explanation.join().includes('too large')}`;
  };
  expect(found(200)).toBe('narrowed: false');
  expect(found(201)).toBe('changed: true');
});

test('five hundred differences do not hide one of another kind', () => {
  const statements = Array.from({ length: 600 }, (_, index) => ({
    Effect: 'Allow',
    Action: 's3:Get',
    Resource: `arn:aws:s3:::${index}`,
    Condition: { StringEquals: { 'aws:x': String(index) } },
  }));
  const last = { Effect: 'Allow', Action: 's3:Get', Resource: 'arn:aws:s3:::the-last-of-all' };
  const Version = '2012-10-17';
  expect(compareDocuments({ Version, Statement: [last] }, { Version, Statement: statements }, 'identity').verdict).toBe('changed');
  expect(
    compareDocuments({ Version, Statement: [{ ...last, Effect: 'Deny' }] }, { Version, Statement: statements }, 'identity').verdict,
  ).toBe('widened');
});

test('numbers of patterns that read the same one after the other are told apart', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `arn:aws:s3:::b${index}`);
  const actions = Array.from({ length: 12 }, (_, index) => `s3:A${index}`);
  const allow = (Action: string | readonly string[], Resource: string | readonly string[]): Statement => ({
    Effect: 'Allow',
    Action,
    Resource,
  });
  // The actions have the numbers 0 to 11, the resources those from 12 on: 1 and 115, 11 and 15.
  const base = [allow(actions, names(1)), allow('s3:A0', names(104))];
  const of = (last: Statement): Statement => ({ Version: '2012-10-17', Statement: [...base, last] });
  const [one, other] = [allow('s3:A1', 'arn:aws:s3:::b103'), allow('s3:A11', 'arn:aws:s3:::b3')];
  expect(compareDocuments(of(one), of(other), 'identity').verdict).toBe('changed');
});

test('all of a budget may be spent, and no more', () => {
  const budget = new Budget(3);
  expect(() => budget.spend(3)).not.toThrow();
  expect(budget.spent).toBe(3);
  expect(() => budget.spend(1)).toThrow(TooLarge);
  expect(budget.spent).toBe(3);
});

describe('where a budget runs out on the way, the answer is changed', () => {
  const Version = '2012-10-17';
  const allow = (Resource: string | readonly string[], Condition?: unknown): Statement => ({
    Version,
    Statement: [{ Effect: 'Allow', Action: 's3:*', Resource, ...(Condition === undefined ? {} : { Condition }) }],
  });
  const tag = '${aws:PrincipalTag/x}';
  const tagged = { StringEquals: { 'aws:PrincipalTag/x': 'a' } };

  // In the middle, what was found is kept, though what would settle it is too much work.
  test.each<[string, Statement, Statement, readonly string[]]>([
    ['a plain difference', allow('arn:aws:s3:::a'), allow('arn:aws:s3:::a*'), ['too large', 'widened']],
    ['a proof', allow(`arn:aws:s3:::${tag}/${tag}`), allow(`arn:aws:s3:::${tag}/*`), ['too large', 'changed', 'widened']],
    [
      'a bound variable',
      allow(`arn:aws:s3:::${tag}`, tagged),
      allow(['arn:aws:s3:::a', 'arn:aws:s3:::b'], tagged),
      ['too large', 'changed', 'widened'],
    ],
  ])('%s', (_name, desired, live, expected) => {
    const answers = Array.from({ length: 200 }, (_, index) => {
      const { verdict, explanation } = comparePolicies(
        parsePolicy(desired, 'identity'),
        parsePolicy(live, 'identity'),
        new Budget(index * 50),
      );
      return explanation.join().includes('too large') ? 'too large' : verdict;
    });
    expect(answers.filter((answer, index) => answer !== answers[index - 1])).toEqual(expected);
  });
});

test('a large document is still the same as its reordered copy', () => {
  const { Statement, Version } = document(2);
  expect(compareDocuments(document(2), { Version, Statement: Statement.toReversed() }, 'identity').verdict).toBe('same');
});

describe('texts that are far too long are refused at once', () => {
  const allow = (Resource: string): Statement => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource }] });

  test.each([
    ['a long start', `arn:aws:s3:::${'p'.repeat(50_000)}*a*`, 'arn:aws:s3:::b/*'],
    ['variables without an end', `arn:aws:s3:::*${'${'.repeat(40_000)}`, 'arn:aws:s3:::b/*'],
  ])('%s', (_name, one, two) => {
    expect(compareDocuments(allow(one), allow(two), 'identity').explanation.join()).toContain('too large');
    expect(compareDocuments(allow(one), allow(one), 'identity').verdict).toBe('same');
  });

  test('a pattern has 4,096 characters at most', () => {
    const explained = (length: number): string =>
      compareDocuments(allow('arn:aws:s3:::'.padEnd(length, 'p')), allow('arn:aws:s3:::b/*'), 'identity').explanation.join();
    expect(explained(4096)).not.toContain('too large');
    expect(explained(4097)).toContain('too large');
  });

  test('stars where a partition stands', () => {
    expect(compareDocuments(allow(`arn:${'*'.repeat(40_000)}!:s3:::x`), allow('*'), 'identity').verdict).toBe('invalid');
  });
});

test('names that take too long to look up are shown as samples', () => {
  const statements = (stars: number): readonly Statement[] =>
    Array.from({ length: 12 }, (_, index) => ({
      Effect: 'Allow',
      Action: `s3:x${index}*`,
      Resource: `arn:aws:s3:::${'*a'.repeat(stars)}`,
    }));
  const explained = (stars: number): string => {
    const [Version, deny] = ['2012-10-17', { Effect: 'Deny', Action: 'ec2:*', Resource: '*' }];
    const live = { Version, Statement: [deny, ...statements(stars)] };
    return compareDocuments({ Version, Statement: [deny] }, live, 'identity').explanation[0] ?? '';
  };
  expect(explained(10)).toContain(`on \`arn:aws:s3:::${'*a'.repeat(10)}\` (such as`);
  expect(explained(700)).toContain('`s3:x0*` (such as `s3:x0`)');
  expect(explained(700)).toContain('on resources such as `arn:aws:s3:::aaa');
});

describe('a document that is no text', () => {
  const of = (count: number): Statement => ({ Version: '2012-10-17', Statement: Array.from({ length: count }, () => 1) });

  test('holds a hundred thousand values at most', () => {
    // The document, its Version and the list of statements are values, too.
    expect(parsePolicy(of(100_000 - 3), 'identity').problem?.place).toBe('Statement[0]');
    expect(parsePolicy(of(100_000 - 2), 'identity').problem).toEqual({ place: 'document', reason: 'contains more than 100000 values' });
  });

  test('and half a million characters, in names as in values', () => {
    const long = 'x'.repeat(500_001);
    const problem = { place: 'document', reason: 'longer than 500000 characters' };
    // The name of the element counts, too.
    expect(parsePolicy({ Version: long.slice('xVersion'.length) }, 'identity').problem?.place).toBe('Version');
    expect(parsePolicy({ Version: long.slice('Version'.length) }, 'identity').problem).toEqual(problem);
    expect(parsePolicy({ Version: long }, 'identity').problem).toEqual(problem);
    expect(parsePolicy({ [long]: 1 }, 'identity').problem).toEqual(problem);
  });

  test('and is not read to its end where it holds a part many times over', () => {
    let part: object = {};
    for (let depth = 0; depth < 18; depth += 1) part = { a: part, b: part, c: part };
    expect(parsePolicy({ Version: '2012-10-17', Statement: part }, 'identity').problem?.reason).toBe('contains more than 100000 values');
  });
});

describe('what is tried in several readings is counted', () => {
  const key = 'k:x';
  const when = (Condition: Record<string, Record<string, string>>): Statement => ({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b',
    Condition,
  });
  const unreadable = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'].map((relation) =>
    when({ [`Numeric${relation}`]: { [key]: 'abc' } }),
  );
  const typed = [
    when({ NotIpAddress: { [key]: '192.0.2.1' } }),
    when({ NumericNotEquals: { [key]: '5' } }),
    when({ DateNotEquals: { [key]: '2020-01-01' } }),
    when({ ArnNotEquals: { [key]: 'arn:aws:s3:::q' } }),
  ];
  const numbers = [0, 1];
  const values = numbers.flatMap((index) => [
    when({ StringEquals: { [key]: `s${index}` } }),
    when({ BinaryEquals: { [key]: `QUJ${'ABCDE'[index]}` } }),
    when({ DateEquals: { [key]: String(1_577_836_800 + 9 * index) } }),
  ]);

  test('on one key', () => {
    const Version = '2012-10-17';
    const desired = { Version, Statement: [...unreadable, ...typed, ...values] };
    const { explanation } = compareDocuments(desired, { Version, Statement: [when({ StringEquals: { [key]: 'zz' } })] }, 'identity');
    expect(explanation[0]).toContain('too large');
  });
});

test('callers named in many statements are counted in each', () => {
  const users = Array.from({ length: 400 }, (_, index) => `arn:aws:iam::111111111111:user/u${index}`);
  const of = (value: string): { Version: string; Statement: readonly Statement[] } => ({
    Version: '2012-10-17',
    Statement: Array.from({ length: 20 }, (_, index) => ({
      Effect: 'Allow',
      Principal: { AWS: users },
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'k:x': `${value}${index}` } },
    })),
  });
  expect(compareDocuments(of('a'), of('b'), 'trust').explanation[0]).toContain('too large');
});
