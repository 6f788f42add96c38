import { expect, test } from '@jest/globals';
import { startEarly } from '../../src/run/start-early.ts';

test('the work starts at once, and its result is kept', async () => {
  const began: number[] = [];
  const result = startEarly(async () => began.push(1));
  expect(began).toEqual([1]);
  expect([await result(), await result(), began]).toEqual([1, 1, [1]]);
});

test('a failure is thrown where the result is waited for, and nowhere before', async () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  process.on('unhandledRejection', note);
  const result = startEarly(async () => {
    throw new TypeError('x');
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  await expect(result()).rejects.toThrow(TypeError);
});
