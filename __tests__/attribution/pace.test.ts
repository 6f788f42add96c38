import { expect, test } from '@jest/globals';
import { Pace } from '../../src/attribution/pace.ts';
import { TestClock } from '../test-clock.ts';

const NEVER = new AbortController().signal;

test('two look-ups in a second', async () => {
  const clock = new TestClock();
  const pace = new Pace(clock);
  const from = clock.now();
  const turns = await Promise.all(Array.from({ length: 5 }, () => pace.turn(NEVER).then(() => clock.now() - from)));
  expect(turns).toEqual([0, 0, 1_050, 1_050, 2_100]);
});

test('nobody waits for a turn when reading has to end: a cancelled run has ten seconds left', async () => {
  const clock = new TestClock();
  const pace = new Pace(clock);
  const cancelling = new AbortController();
  const from = clock.now();
  const turns = Array.from({ length: 60 }, () => pace.turn(cancelling.signal));
  cancelling.abort();
  await Promise.all([...turns, pace.turn(cancelling.signal)]);
  expect(clock.now() - from).toBe(0);
});
