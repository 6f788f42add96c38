import { expect, test } from '@jest/globals';
import { LostTime } from '../../src/publish/lost-time.ts';

test('attempts get less time the more is lost, and never none', () => {
  const lost = new LostTime(60_000);
  const given = [0, 35_000, 15_000, 20_000].map((milliseconds) => {
    lost.lose(milliseconds);
    return lost.forAttempt(20_000);
  });
  expect(given).toEqual([20_000, 20_000, 10_000, 5_000]);
  expect(lost.forAttempt(200)).toBe(200);
});

test('pauses are made while there is time for the whole of them', () => {
  const lost = new LostTime(10_000);
  expect([4_000, 9_000, 6_000, 1].map((pause) => lost.spend(pause))).toEqual([true, false, true, false]);
});
