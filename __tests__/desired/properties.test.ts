import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { formatFileError, parseDesired } from '../../src/desired/index.ts';
import { runs } from '../runs.ts';
import { unicodeText } from '../unicode-text.ts';
import { desiredOf, PATH, SMALL, WHOLE } from './files.ts';

/** Every error can be shown on one line and points into the file. */
function isTold(input: string | Uint8Array): boolean {
  const parsed = parseDesired(input, { path: PATH });
  if ('desired' in parsed) return true;
  const text = typeof input === 'string' ? input : new TextDecoder().decode(input);
  const lines = text.split('\n').length;
  return (
    parsed.errors.length > 0 &&
    parsed.errors.every((error) => error.line >= 1 && error.line <= lines && error.column >= 1 && !formatFileError(error).includes('\n'))
  );
}

/** Words of the format and of YAML, so that arbitrary texts get beyond the first check. */
const fragment = fc.constantFrom(
  ...[
    'version: 1',
    'hub:',
    '  user: u',
    '  group: {name: g}',
    'targets:',
    '  - "222222222222"',
    '  - account: &a "1"',
    '    trust: *a',
    'defaults:',
  ],
  ...[
    '  inlinePolicies:',
    '    __proto__: {',
    '}',
    '[',
    ']',
    '? x',
    ': y',
    '{account}',
    '${',
    '|',
    '>-',
    '"',
    "'",
    '\t',
    '---',
    '...',
    '!t',
    '&b',
    '*b',
    '#',
    '\r\n',
    '\n',
    ' ',
    '  ',
  ],
);

/** The whole file with values replaced by others, as mutations of its parsed form. */
const mutation = fc.tuple(
  fc.nat(),
  fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>('{account}', '{x}', '111111111111', '__proto__', null, {}, [])),
);

describe('parseDesired', () => {
  test('never throws on text', () => {
    fc.assert(fc.property(unicodeText(), isTold), { numRuns: runs(150) });
  });

  test('never throws on bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), isTold), { numRuns: runs(150) });
  });

  test('never throws on what looks like the format', () => {
    const text = fc.array(fc.tuple(fragment, fc.constantFrom('\n', ' ', '')), { maxLength: 40 }).map((parts) => parts.flat().join(''));
    fc.assert(fc.property(text, isTold), { numRuns: runs(150) });
  });

  test('never throws on a file with another value somewhere', () => {
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        let value: unknown = parse(WHOLE);
        for (const [at, replacement] of mutations) value = replaced(value, at, replacement);
        return isTold(JSON.stringify(value, null, 1)) && isTold(stringify(value, { aliasDuplicateObjects: false }));
      }),
      { numRuns: runs(150) },
    );
  });

  test.each([
    ['the smallest file', SMALL],
    ['every key', WHOLE],
  ])('reads the same from JSON as from YAML: %s', (_, text) => {
    const { state, auditor, fixer, grants, exceptions } = desiredOf(text);
    const fromJson = desiredOf(JSON.stringify(parse(text)));
    expect(fromJson).toMatchObject({ state, auditor, fixer, grants });
    expect(fromJson.exceptions).toMatchObject(exceptions.map(({ location, ...exception }) => exception));
  });

  test('reads the same with the keys of every mapping in another order', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ noNaN: true })), (order) => {
        const text = JSON.stringify(shuffled(parse(SMALL), order));
        expect(desiredOf(text).state).toEqual(desiredOf(SMALL).state);
      }),
      { numRuns: runs(20) },
    );
  });
});

function replaced(value: unknown, at: number, replacement: unknown): unknown {
  const places: ((next: unknown) => void)[] = [];
  const copy = { root: structuredClone(value) };
  const visit = (inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return;
    for (const key of Object.keys(inner)) {
      places.push((next) => Reflect.set(inner, key, next));
      visit(Reflect.get(inner, key));
    }
  };
  visit(copy);
  places[at % places.length]?.(replacement);
  return copy.root;
}

function shuffled(value: unknown, order: Iterator<number>): unknown {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  const keyed = Object.entries(value).map(([key, inner]) => ({ key, inner: shuffled(inner, order), rank: Number(order.next().value) }));
  return Object.fromEntries(keyed.sort((one, other) => one.rank - other.rank).map(({ key, inner }) => [key, inner]));
}
