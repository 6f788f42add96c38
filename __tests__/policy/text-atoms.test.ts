// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Budget } from '../../src/policy/compare/budget.ts';
import { textAtoms } from '../../src/policy/compare/text-atoms.ts';
import type { Entry, TextQuestion } from '../../src/policy/compare/text-question.ts';
import { accepts, actionPattern, arnPattern, type Pattern, resourcePattern, stringPattern } from '../../src/policy/pattern.ts';
import { runs } from '../runs.ts';

/** The atoms of small patterns, held against a look at every short text. */

/** Small patterns are looked at fast: no fewer, where the longer properties are cut short. */
const numRuns = Math.max(200, runs(300));

const LETTERS = ['a', 'b', 'x'];
const LONGEST = 5;

const TEXTS: readonly string[] = Array.from({ length: LONGEST }).reduce<{
  readonly all: readonly string[];
  readonly last: readonly string[];
}>(
  ({ all, last }) => {
    const next = last.flatMap((text) => LETTERS.map((letter) => `${text}${letter}`));
    return { all: [...all, ...next], last: next };
  },
  { all: [''], last: [''] },
).all;

const pattern = fc
  .array(fc.constantFrom('a', 'b', 'x', '*', '?', '${aws:v}'), { maxLength: 4 })
  .map((parts) => resourcePattern(parts.join(''), '2012-10-17'));
/** Groups that come to the same when a text belongs to both: as of two documents' equal statements. */
const BALANCED = [0, 1];

function isBalanced(groups: ReadonlySet<number>): boolean {
  const both = BALANCED.filter((group) => groups.has(group)).length;
  return both === 0 ? groups.size === 0 : groups.size === both && both === BALANCED.length;
}

const entry = fc
  .record({ pattern, groups: fc.uniqueArray(fc.nat(2), { minLength: 1, maxLength: 2 }), all: fc.nat(4) })
  .map(({ pattern, groups, all }): Entry => ({ pattern, groups, wanted: all === 0 || !isBalanced(new Set(groups)) }));
const question: fc.Arbitrary<TextQuestion> = fc.record({
  entries: fc.uniqueArray(entry, { minLength: 1, maxLength: 4, selector: ({ pattern: { identity } }) => identity }),
  overruled: fc.constantFrom<ReadonlyMap<number, readonly number[]>>(new Map(), new Map([[0, [2]]])),
  universe: fc.option(fc.constantFrom('a*', '?*', '*b', 'a?', 'a*x').map((text) => resourcePattern(text, '2012-10-17'))),
  examples: fc.constantFrom([], ['ab'], ['b', 'axx']),
  lowerCase: fc.constant(false),
});

/** Groups and open entries of a text, without what an overruling group makes idle. */
function classOf({ entries, overruled }: TextQuestion, groups: Iterable<number>, open: readonly number[]): string {
  const all = new Set(groups);
  for (const group of [...all]) for (const other of overruled.get(group) ?? []) all.add(other);
  const variable = open.filter((at) => entries[at]?.groups.some((group) => !all.has(group)));
  return JSON.stringify([[...all].sort(), variable]);
}

function isIn({ tokens }: Pattern, text: string): boolean {
  return accepts(tokens, text);
}

/** What holds of a text by the definition. */
function lookAt(asked: TextQuestion, text: string): { readonly class: string; readonly balanced: boolean } {
  const { entries, overruled } = asked;
  const at = [...entries.keys()].filter((index) => isIn((entries[index] as Entry).pattern, text));
  const isOpen = (index: number): boolean => (entries[index]?.pattern.variables.length ?? 0) > 0;
  const groups = new Set(at.filter((index) => !isOpen(index)).flatMap((index) => entries[index]?.groups ?? []));
  const idle = new Set([...groups].flatMap((group) => overruled.get(group) ?? []));
  const choices = [[], ...at.filter(isOpen).map((index) => entries[index]?.groups ?? [])];
  const balanced = choices.every((more) => isBalanced(new Set([...groups, ...more].filter((group) => !idle.has(group)))));
  return { class: classOf(asked, groups, at.filter(isOpen)), balanced };
}

describe('atoms', () => {
  test('every sample belongs to its atom', () => {
    const property = fc.property(question, (asked) => {
      for (const { groups, variable, samples } of textAtoms(asked, new Budget(1_000_000))) {
        expect(samples.length).toBeGreaterThan(0);
        expect(samples.length).toBeLessThanOrEqual(8);
        for (const sample of samples) {
          expect(lookAt(asked, sample).class).toBe(classOf(asked, groups, variable));
          if (asked.universe) expect(isIn(asked.universe, sample)).toBe(true);
        }
      }
    });
    fc.assert(property, { numRuns });
  });

  test('every text that is asked for belongs to an atom', () => {
    const property = fc.property(question, (asked) => {
      const atoms = new Set(textAtoms(asked, new Budget(1_000_000)).map(({ groups, variable }) => classOf(asked, groups, variable)));
      const { universe } = asked;
      for (const text of TEXTS) {
        const { class: own, balanced } = lookAt(asked, text);
        if (balanced || (universe && !isIn(universe, text))) continue;
        if (!atoms.has(own)) throw new Error(`no atom for ${text} (${own}) among ${[...atoms].join()}`);
      }
    });
    fc.assert(property, { numRuns });
  });
});

/** Samples of the atoms, by their groups. */
function samplesOf(entries: readonly Entry[], rest: Partial<TextQuestion> = {}): Readonly<Record<string, readonly string[]>> {
  const asked = { entries, overruled: new Map(), universe: null, examples: [], lowerCase: false, ...rest };
  return Object.fromEntries(textAtoms(asked, new Budget(1_000_000)).map(({ groups, samples }) => [groups.join(), samples]));
}

function group(at: number, ...texts: readonly string[]): readonly Entry[] {
  return texts.map((text) => ({ pattern: resourcePattern(text, '2012-10-17'), groups: [at], wanted: true }));
}

describe('samples', () => {
  test('one of each pattern, plain texts first', () => {
    expect(samplesOf(group(0, 'a*', 'b*', 'c'))).toMatchObject({ '0': ['c', 'a', 'b'] });
  });

  test('eight at most', () => {
    expect(samplesOf(group(0, ...'abcdefghij'))['0']).toEqual([...'abcdefgh']);
    expect(samplesOf(group(0, ...[...'abcdefghij'].map((letter) => `${letter}*`)))['0']).toEqual([...'abcdefgh']);
    expect(samplesOf(group(0, ...'abcdef', ...[...'ghij'].map((letter) => `${letter}*`)))['0']).toEqual([...'abcdefgh']);
  });

  test('an example that fits comes before what is made up', () => {
    expect(samplesOf(group(0, 'a*'), { examples: ['b', 'another'] })).toMatchObject({ '0': ['another', 'a'] });
  });

  test('a plain text is shown as it was written', () => {
    const entries: readonly Entry[] = ['s3:GetObject', 's3:Put*'].map((text) => ({
      pattern: actionPattern(text),
      groups: [0],
      wanted: true,
    }));
    const samples = samplesOf(entries, { lowerCase: true, examples: ['s3:PutObject'] });
    expect(samples['0']).toEqual(['s3:GetObject', 's3:PutObject', 's3:put']);
  });

  test.each([
    ['a?', ['ax']],
    ['*b', ['b', 'xb']],
    ['a*x', ['ax', 'axyx']],
    ['?*:?*', ['x::', 'x:x']],
  ])('only of texts that count: %s', (universe, texts) => {
    expect(samplesOf(group(0, '*'), { universe: resourcePattern(universe, '2012-10-17') })).toEqual({ '0': texts });
  });

  test('of a character that no pattern names', () => {
    expect(samplesOf([...group(0, '?'), ...group(1, 'x', 'y')])['0']).toEqual(['z']);
    const named = [...'xyzabcdefghijklmnopqrstuvw0123456789XYZABCDEFGHIJKLMNOPQRSTUVW-_.=@+,/\u0100'];
    expect(samplesOf([...group(0, '?'), ...group(1, ...named)])['0']).toEqual(['\u0101']);
    expect(samplesOf([...group(0, '?'), ...group(1, ...named.map((letter) => `${letter}*`))])['0']).toEqual(['\u0101']);
  });
});

describe('what all patterns begin with', () => {
  test('is part of every sample', () => {
    expect(samplesOf([...group(0, 'ab', 'abc'), ...group(1, 'ab*')])).toEqual({ '0,1': ['ab', 'abc'], '1': ['abx'] });
    expect(samplesOf(group(0, 'ab'))).toEqual({ '0': ['ab'] });
  });

  test('an example has to begin with it, too', () => {
    expect(samplesOf(group(0, 'ab*', 'abc'), { examples: ['b', 'abz'] })).toEqual({ '0': ['abc', 'abz', 'ab'] });
    const entries = ['S3:Get*', 's3:Put*'].map((text) => ({ pattern: actionPattern(text), groups: [0], wanted: true }));
    expect(samplesOf(entries, { lowerCase: true, examples: ['S3:PutObject', 'sts:PutObject'] })['0']).toEqual([
      'S3:PutObject',
      's3:get',
      's3:put',
    ]);
  });

  test('is no letter in either case', () => {
    const folded = ['aB', 'aC*'].map((text) => stringPattern(text, '2012-10-17', { wildcards: true, ignoreCase: true }));
    const samples = samplesOf(folded.map((one, at) => ({ pattern: one, groups: [at], wanted: true })));
    expect(samples).toMatchObject({ '0': ['ab', 'aB', 'Ab'], '1': ['ac', 'aC', 'Ac'] });
  });
});

test('a wildcard of an ARN stays in its segment', () => {
  const entries = [arnPattern('arn:aws:s3:*x:b:c', '2012-10-17'), arnPattern('arn:aws:s3:q:x:b:c', '2012-10-17')].flatMap((one, at) =>
    one ? [{ pattern: one, groups: [at], wanted: true }] : [],
  );
  const samples = samplesOf(entries);
  expect(samples['0']).toContain('arn:aws:s3:x:b:c');
  expect(samples['1']).toContain('arn:aws:s3:q:x:b:c');
  expect(Object.keys(samples)).not.toContain('0,1');
});
