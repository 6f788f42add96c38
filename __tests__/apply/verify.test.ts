import { expect, test } from '@jest/globals';
import { Cancellation } from '../../src/apply/cancellation.ts';
import { verify } from '../../src/apply/verify.ts';
import { Comparer, parsePolicy } from '../../src/policy/index.ts';
import { writeProperty } from '../../src/state/property.ts';
import type { Reading } from '../../src/state/reading.ts';
import type { State } from '../../src/state/state.ts';
import { TestClock } from '../test-clock.ts';
import { plannedCall } from './planned-call.ts';

/** How long is waited for AWS to show what was written. */

const HUB = '111111111111';
const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::222222222222:role/Micetro' }],
};
const CALL = plannedCall(
  {
    action: 'iam:PutGroupPolicy',
    account: HUB,
    input: { GroupName: 'targets', PolicyName: 'one', PolicyDocument: JSON.stringify(DOCUMENT) },
  },
  { before: null, after: DOCUMENT },
);
const BEFORE: State = {
  partition: 'aws',
  hub: {
    account: HUB,
    user: { name: 'micetro', value: null },
    groups: [
      {
        name: 'targets',
        value: {
          path: '/',
          arn: `arn:aws:iam::${HUB}:group/targets`,
          members: [],
          managedPolicies: { required: [], optional: [] },
          inlinePolicies: [],
        },
      },
    ],
  },
  targets: [],
  accounts: [],
};
const behind: Reading = { state: BEFORE, errors: [] };
const shown: Reading = { state: writeProperty(CALL.change.property, BEFORE, parsePolicy(DOCUMENT, 'identity')), errors: [] };

/** An account that AWS throttles for as long as the run lives. */
const throttled = 'throttled';

test.each<readonly [string, readonly (Reading | typeof throttled)[], boolean, Reading | undefined]>([
  ['shown at once', [shown], true, shown],
  ['shown late', [behind, behind, shown], true, shown],
  ['never shown', Array<Reading>(50).fill(behind), false, behind],
  ['throttled from the first reading on', [throttled], false, undefined],
  ['throttled after a reading that was behind', [behind, throttled], false, behind],
])(
  '%s: not longer than the time that the run has for it',
  async (_, readings, isSeen, last) => {
    const clock = new TestClock();
    const from = clock.now();
    let looks = 0;
    const read = async () => {
      const reading = readings[looks] ?? throttled;
      looks += 1;
      if (reading !== throttled) return reading;
      setImmediate(() => clock.forward(30_000));
      return new Promise<never>(() => undefined);
    };
    const cancellation = new Cancellation(new AbortController().signal);
    const options = { calls: [CALL], timeout: 20_000, concurrency: 1, cancellation, clock, comparer: new Comparer() };
    const verified = await verify({ ...options, read });
    expect([verified.seen.has(CALL), verified.readings[0]?.reading]).toEqual([isSeen, last]);
    expect(clock.now() - from).toBeLessThanOrEqual(30_000 + 10_000);
  },
  2_000,
);
