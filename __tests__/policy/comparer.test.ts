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

  describe('explains in the words of what is compared', () => {
    const document = (...statements: readonly (readonly [effect: string, action: string])[]) =>
      parsePolicy(
        { Version: '2012-10-17', Statement: statements.map(([Effect, Action]) => ({ Effect, Action, Resource: '*' })) },
        'identity',
      );
    const get = ['Allow', 's3:Get'] as const;
    const put = ['Allow', 's3:Put'] as const;
    const denied = ['Deny', 's3:Put'] as const;
    const cases = [
      { desired: [get], live: [get, put], change: 'also allowed now', difference: 'allowed only in AWS' },
      { desired: [get, put], live: [get], change: 'no longer allowed', difference: 'allowed only in the file' },
      { desired: [get, denied], live: [get, put], change: 'allowed now, was denied', difference: 'allowed in AWS, denied in the file' },
      { desired: [get, put], live: [get, denied], change: 'denied now, was allowed', difference: 'denied in AWS, allowed in the file' },
      { desired: [get, denied], live: [get], change: 'no longer denied', difference: 'denied only in the file' },
      { desired: [get], live: [get, denied], change: 'also denied now', difference: 'denied only in AWS' },
    ] as const;
    test.each(cases)('$difference', ({ desired, live, change, difference }) => {
      const comparer = new Comparer();
      const one = document(...desired);
      const other = document(...live);
      const text = '`s3:Put` on `*`';
      expect(comparer.compare(one, other).explanation).toEqual([`${difference}: ${text}`]);
      expect(comparer.inWords('change').compare(one, other).explanation).toEqual([`${change}: ${text}`]);
    });

    test('what is inside a pattern is named where it is', () => {
      const comparer = new Comparer();
      const [one, other] = [document(['Allow', 's3:GetObject']), document(['Allow', 's3:Get*'])];
      expect(comparer.compare(one, other).explanation).toEqual([expect.stringContaining('in the file: `s3:GetObject`')]);
      expect(comparer.compare(other, one).explanation).toEqual([expect.stringContaining('in AWS: `s3:GetObject`')]);
      expect(comparer.inWords('change').compare(one, other).explanation).toEqual([expect.stringContaining('before: `s3:GetObject`')]);
    });
  });

  test('in other words it shares what it has left', () => {
    const comparer = new Comparer(1);
    const [desired, live] = hostile(1);
    expect(comparer.inWords('change').compare(desired, live).explanation).toEqual(
      expect.arrayContaining([expect.stringContaining('too large')]),
    );
  });
});
