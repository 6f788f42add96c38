import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareDocuments, type PolicyKind, type Verdict } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { expectNoContradiction } from './contradiction.ts';
import { differencesOf, requestOf } from './engine.ts';
import { document, pair, request, statement } from './generated.ts';
import { levelOf, type ReferenceDocument, type ReferenceStatement } from './reference.ts';

/** How many documents or pairs each property is tried on; `PROPERTY_RUNS=100000` for the long run. */
const numRuns = runs(300);

const KINDS: readonly PolicyKind[] = ['identity', 'trust'];

function verdict(desired: ReferenceDocument, live: ReferenceDocument, kind: PolicyKind): Verdict {
  return compareDocuments({ ...desired }, { ...live }, kind, { partition: 'aws' }).verdict;
}

function swapped(one: Verdict): Verdict {
  return one === 'widened' ? 'narrowed' : one === 'narrowed' ? 'widened' : one;
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}

/** One statement for each of its actions. */
function split(one: ReferenceStatement): readonly ReferenceStatement[] {
  if (one.Action === undefined) return [one];
  return listed(one.Action).map((action) => ({ ...one, Action: action }));
}

/** What ForAnyValue with IfExists makes of an absent key is not known. */
function isTold(...documents: readonly ReferenceDocument[]): boolean {
  return !/ForAnyValue:\w+IfExists/.test(JSON.stringify(documents));
}

describe.each(KINDS)('%s policies', (kind) => {
  test('a document is the same as itself, and as its shuffled, repeated and split copies', () => {
    const property = fc.property(document(kind, 4), fc.nat(), (one, seed) => {
      const turned = one.Statement.slice(seed % one.Statement.length).concat(one.Statement.slice(0, seed % one.Statement.length));
      expect(verdict(one, one, kind)).toBe('same');
      expect(verdict(one, { ...one, Statement: turned.toReversed() }, kind)).toBe('same');
      expect(verdict(one, { ...one, Statement: [...turned, ...one.Statement] }, kind)).toBe('same');
      expect(verdict({ ...one, Statement: turned.flatMap(split) }, one, kind)).toBe('same');
    });
    fc.assert(property, { numRuns });
  });

  test('exchanging the documents exchanges widened and narrowed', () => {
    const property = fc.property(pair(kind), ([one, two]) => {
      expect(verdict(two, one, kind)).toBe(swapped(verdict(one, two, kind)));
    });
    fc.assert(property, { numRuns });
  });

  test('one more Allow never narrows, one more Deny never widens', () => {
    const property = fc.property(document(kind), statement(kind), (one, more) => {
      const live = { ...one, Statement: [...one.Statement, more] };
      const possible: readonly Verdict[] = more.Effect === 'Allow' ? ['same', 'widened'] : ['same', 'narrowed'];
      expect(isTold(one, live) ? possible : [...possible, 'changed']).toContain(verdict(one, live, kind));
    });
    fc.assert(property, { numRuns });
  });

  test('no request contradicts a verdict', () => {
    const property = fc.property(pair(kind), fc.array(request(kind), { minLength: 30, maxLength: 30 }), ([desired, live], requests) => {
      const found = verdict(desired, live, kind);
      for (const one of requests) {
        expectNoContradiction(found, desired, live, one);
      }
    });
    fc.assert(property, { numRuns });
  });

  test('every difference is one, and every verdict has the differences that it needs', () => {
    const property = fc.property(pair(kind), ([desired, live]) => {
      const differences = differencesOf(desired, live, kind);
      const seen = new Set<number>();
      for (const difference of differences) {
        const one = requestOf(difference, kind);
        // Nor whether an empty text is a value.
        const isOpen = [...one.context.values()].some((values) => values.join() === '');
        if (!difference.certain) expect(isOpen || !isTold(desired, live)).toBe(true);
        else expect([levelOf(desired, one), levelOf(live, one)]).toEqual([difference.desired, difference.live]);
        seen.add(difference.direction === 'gained' ? 1 : -1);
      }
      const needed: Readonly<Record<Verdict, readonly number[]>> = {
        same: [],
        widened: [1],
        narrowed: [-1],
        changed: [-1, 1],
        invalid: [0],
      };
      if (differences.every(({ certain }) => certain))
        expect([...seen].sort((a, b) => a - b)).toEqual(needed[verdict(desired, live, kind)]);
    });
    fc.assert(property, { numRuns });
  });
});
