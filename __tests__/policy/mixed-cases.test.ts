import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareDocuments, type PolicyKind } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { expectNoContradiction } from './contradiction.ts';
import { reading } from './generated.ts';
import { drawFrom, mixed, requestOf } from './mixed.ts';

const numRuns = runs(900);

describe.each<PolicyKind>(['identity', 'trust'])('%s policies', (kind) => {
  test('no request contradicts a verdict', () => {
    let tried = 0;
    const property = fc.property(fc.noBias(fc.nat()), fc.array(reading, { minLength: 40, maxLength: 40 }), (seed, readings) => {
      const draw = drawFrom(seed);
      const [desired, live] = mixed(kind, draw);
      const { verdict } = compareDocuments({ ...desired }, { ...live }, kind, { partition: 'aws' });
      if (verdict === 'invalid') return;
      tried += 1;
      if (verdict === 'changed') return;
      for (const read of readings)
        expectNoContradiction(verdict, desired, live, { ...requestOf([desired, live], kind, draw), reading: read });
    });
    fc.assert(property, { numRuns });
    expect(tried).toBeGreaterThan(numRuns / 2);
  });
});
