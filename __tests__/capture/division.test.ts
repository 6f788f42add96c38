import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DividedRole, divide, findClasses, type Settings } from '../../src/capture/division.ts';
import { runs } from '../runs.ts';

type Kinds = readonly (readonly [count: number, words: string])[];

/** Roles written as `key=text` words; a key with `!` is one that the defaults say already. */
function rolesOf(...written: Kinds): readonly DividedRole[] {
  return written.flatMap(([count, words]) =>
    Array.from({ length: count }, (_value, index) => {
      const settings = words.split(' ').map((word) => word.replaceAll('#', String(index)).split('='));
      return {
        settings: new Map(settings.map(([key = '', text = '']) => [key.replace('!', ''), text])),
        said: new Set(settings.flatMap(([key = '']) => (key.endsWith('!') ? [key.slice(0, -1)] : []))),
      };
    }),
  );
}

const words = (settings: Settings) => [...settings].map(([key, text]) => `${key}=${text}`).join(' ');

/** A document takes ten lines. */
const linesOf = (key: string) => (key === 'doc' ? 10 : 1);

function divided(...written: Kinds) {
  const { defaults, classes } = divide(rolesOf(...written), linesOf);
  return [words(defaults), ...classes.map(({ settings, members }) => `${members.length}: ${words(settings)}`)];
}

describe('defaults and classes', () => {
  test.each<[string, Kinds, readonly string[]]>([
    ['all alike: defaults alone', [[9, 'a=1 b=2']], ['a=1 b=2']],
    ['what the defaults say already is left to them', [[9, 'a!=1']], ['']],
    [
      'three kinds',
      [
        [5, 'a=1 b=1'],
        [9, 'a=2 b=2'],
        [5, 'a=3 b=3'],
      ],
      ['a=2 b=2', '5: a=1 b=1', '5: a=3 b=3'],
    ],
    [
      'the largest is what the defaults say',
      [
        [9, 'a!=1 b!=1'],
        [5, 'a=2 b=2'],
      ],
      ['', '5: a=2 b=2'],
    ],
    [
      'two with a long document',
      [
        [9, 'doc!=1'],
        [2, 'doc=2'],
      ],
      ['', '2: doc=2'],
    ],
    [
      'two with a short setting state it themselves',
      [
        [9, 'a!=1'],
        [2, 'a=2'],
      ],
      [''],
    ],
    [
      'one of a kind states it itself',
      [
        [9, 'doc!=1'],
        [1, 'doc=2'],
      ],
      [''],
    ],
    [
      'another name alone is no class',
      [
        [9, 'roleName=A'],
        [6, 'roleName=B'],
      ],
      ['roleName=A'],
    ],
    [
      'another name and more is',
      [
        [9, 'roleName=A a!=1'],
        [6, 'roleName=B a=2'],
      ],
      ['roleName=A', '6: roleName=B a=2'],
    ],
    [
      'a key that differs everywhere stays with each',
      [
        [9, 'a!=1 doc!=1 id=x#'],
        [9, 'a=2 doc=2 id=y#'],
      ],
      ['', '9: a=2 doc=2'],
    ],
    [
      'a key that pairs share stays with each',
      [
        [12, 'a!=1 doc!=1 id=x#'],
        [12, 'a=2 doc=2 id=x#'],
      ],
      ['', '12: a=2 doc=2'],
    ],
    [
      'what most have, key by key, where kinds share a document',
      [
        [6, 'a=1 b=1 doc=1'],
        [5, 'a=2 b=2 doc=2'],
        [5, 'a=3 b=3 doc=2'],
      ],
      ['a=1 b=1 doc=2', '6: doc=1', '5: a=2 b=2', '5: a=3 b=3'],
    ],
  ])('%s', (_name, roles, expected) => {
    expect(divided(...roles)).toEqual(expected);
  });

  test('do not depend on the order of the roles', () => {
    const kinds: Kinds = [
      [5, 'a=1 b=1'],
      [9, 'a=2 b=2'],
      [6, 'a=3 b=3'],
    ];
    expect(divided(...kinds.toReversed()).toSorted()).toEqual(divided(...kinds).toSorted());
  });
});

const someRoles = fc.array(
  fc.record({
    a: fc.constantFrom('0', '1', '2'),
    b: fc.constantFrom('0', '1'),
    doc: fc.constantFrom('0', '0', '1', '2'),
    said: fc.subarray(['a', 'b']),
  }),
  { minLength: 1, maxLength: 30 },
);

test('a class is for several roles, in one class each, and never takes more lines than it spares', () => {
  fc.assert(
    fc.property(someRoles, (written) => {
      const roles = written.map(({ said, ...settings }) => ({
        settings: new Map(Object.entries(settings)),
        differing: new Set(Object.keys(settings).filter((key) => !said.some((one) => one === key))),
      }));
      const { classes, lines } = findClasses(roles, linesOf);
      const members = classes.flatMap((one) => one.members);
      expect(new Set(members).size).toBe(members.length);
      expect(classes.every((one) => one.members.length > 1)).toBe(true);
      const alone = roles.reduce((sum, { differing }) => sum + [...differing].reduce((all, key) => all + linesOf(key), 0), 0);
      expect(lines).toBeLessThanOrEqual(alone);
    }),
    { numRuns: runs(100) },
  );
});
