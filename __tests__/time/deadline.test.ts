import { describe, expect, test } from '@jest/globals';
import { Deadline, DeadlineOver, type Ending } from '../../src/time/deadline.ts';
import { durationText } from '../../src/time/duration.ts';
import { TestClock } from '../test-clock.ts';

const LIMIT: Ending = { by: 'time-limit', minutes: 10 };
const CANCELLED: Ending = { by: 'cancelled' };

function setUp(startedBefore = 0) {
  const clock = new TestClock();
  const cancelling = new AbortController();
  const startedAt = clock.now() - startedBefore * 60_000;
  const deadline = new Deadline({ clock, startedAt, minutes: 10, cancelled: cancelling.signal });
  return { clock, deadline, cancel: () => cancelling.abort(), forward: (minutes: number) => clock.forward(minutes * 60_000) };
}

/** What each of these leads to: whether reading has to end, and why. */
const CASES: readonly [string, (set: ReturnType<typeof setUp>) => void, boolean, Ending | undefined][] = [
  ['a minute before', ({ forward }) => forward(9), false, undefined],
  ['the time is over', ({ forward }) => forward(10), true, LIMIT],
  ['cancelled', ({ cancel }) => cancel(), true, CANCELLED],
  ['cancelled twice', ({ cancel }) => [cancel(), cancel()], true, CANCELLED],
  ['cancelled, and the time goes on', ({ cancel, forward }) => [cancel(), forward(1)], true, CANCELLED],
  ['cancelled, and then the time is over', ({ cancel, forward }) => [cancel(), forward(11)], true, CANCELLED],
  ['cancelled after the time was over', ({ cancel, forward }) => [forward(10), cancel()], true, CANCELLED],
  ['lifted before the time is over', ({ deadline, forward }) => [deadline.lift(), forward(20)], false, undefined],
  ['lifted, then cancelled', ({ deadline, cancel }) => [deadline.lift(), cancel()], false, CANCELLED],
  ['lifted after the time was over', ({ deadline, forward }) => [forward(10), deadline.lift()], false, LIMIT],
];

test.each(CASES)('%s', (_, happen, isOver, ending) => {
  const set = setUp();
  happen(set);
  const { signal } = set.deadline;
  expect([signal.aborted, set.deadline.ending]).toEqual([isOver, ending]);
  expect(set.deadline.isCancelled).toBe(ending === CANCELLED);
});

test('minutes count from the start of the run, which was before', () => {
  const { deadline, forward } = setUp(4);
  forward(5.9);
  expect(deadline.signal.aborted).toBe(false);
  forward(0.2);
  expect(deadline.signal.aborted).toBe(true);
});

test('a run that was cancelled before it could read', () => {
  const deadline = new Deadline({ clock: new TestClock(), startedAt: 0, minutes: 1e9, cancelled: AbortSignal.abort() });
  expect([deadline.signal.aborted, deadline.ending]).toEqual([true, CANCELLED]);
});

describe('work that can’t be aborted', () => {
  const never = () => new Promise<string>(() => undefined);

  test('comes to its end before', async () => {
    await expect(setUp().deadline.race(async () => 'done')).resolves.toBe('done');
  });

  test('is left when the time is over', async () => {
    const { deadline, forward } = setUp();
    const left = expect(deadline.race(never)).rejects.toEqual(new DeadlineOver(LIMIT));
    forward(10);
    await left;
  });

  test('has something instead when the run is cancelled, and fails as it would where it fails', async () => {
    const { deadline, cancel } = setUp();
    const instead = ({ message }: DeadlineOver) => message;
    await expect(deadline.orElse(() => Promise.reject(new Error('refused')), instead)).rejects.toThrow('refused');
    const left = deadline.orElse(never, instead);
    cancel();
    await expect(left).resolves.toBe('The run was cancelled.');
  });

  test('is not begun after that', async () => {
    const { deadline, cancel } = setUp();
    cancel();
    let begun = false;
    await expect(deadline.race(async () => (begun = true))).rejects.toBeInstanceOf(DeadlineOver);
    expect(begun).toBe(false);
  });
});

test.each([
  [400, '0 s'],
  [59_600, '60 s'],
  [119_000, '119 s'],
  [150_000, '3 min'],
  [8 * 60_000, '8 min'],
])('%i ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
