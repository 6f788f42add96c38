import { describe, expect, test } from '@jest/globals';
import { Comparer, parsePolicy } from '../../src/policy/index.ts';

/** Documents of many conditions on many keys: more combinations than can be walked through, so each pair uses up all the work that it may do. */
function hostile(seed: number) {
  const condition = (side: string) =>
    Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`aws:k${index}`, [`${side}${seed}*`, `*${index}${side}`]]));
  const statement = (side: string, index: number) => ({
    Effect: index % 2 === 0 ? 'Allow' : 'Deny',
    Action: `s3:*${index}*`,
    Resource: `arn:aws:s3:::*${side}${index}*`,
    Condition: { StringLike: condition(side + index) },
  });
  const document = (side: string) => ({
    Version: '2012-10-17',
    Statement: Array.from({ length: 12 }, (_, index) => statement(side, index)),
  });
  return [parsePolicy(document('a'), 'identity'), parsePolicy(document('b'), 'identity')] as const;
}

const small = (action: string) =>
  parsePolicy({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] }, 'identity');

describe('one comparer for a run', () => {
  test('hostile documents leave enough work for the documents after them', () => {
    const comparer = new Comparer(4_000_000);
    for (let pair = 0; pair < 4; pair += 1) {
      const [desired, live] = hostile(pair);
      expect(comparer.compare(desired, live)).toMatchObject({
        verdict: 'changed',
        explanation: expect.arrayContaining([expect.stringContaining('too large')]),
      });
    }
    expect(comparer.compare(small('s3:GetObject'), small('S3:getobject'))).toMatchObject({ verdict: 'same' });
    expect(comparer.compare(small('s3:GetObject'), small('s3:*'))).toMatchObject({ verdict: 'widened' });
  });

  test('the same documents are compared once, whichever policy holds them', () => {
    const comparer = new Comparer();
    const first = comparer.compare(small('s3:GetObject'), small('s3:*'));
    expect(comparer.compare(small('s3:GetObject'), small('s3:*'))).toBe(first);
    expect(comparer.compare(small('s3:*'), small('s3:GetObject'))).not.toBe(first);
    expect(new Comparer().compare(small('s3:GetObject'), small('s3:*'))).not.toBe(first);
  });

  test('an account id counts as one of its own partition', () => {
    const trust = (partition: string) =>
      parsePolicy(
        { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: '111111111111' }, Action: 'sts:AssumeRole' }] },
        'trust',
        { partition },
      );
    const comparer = new Comparer();
    expect(comparer.isSame(trust('aws'), trust('aws'))).toBe(true);
    expect(comparer.isSame(trust('aws'), trust('aws-cn'))).toBe(false);
  });
});
