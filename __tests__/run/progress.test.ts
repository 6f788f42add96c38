import { expect, test } from '@jest/globals';
import type { AccountWait } from '../../src/aws/pending-calls.ts';
import { Progress } from '../../src/run/progress.ts';
import { TestClock } from '../test-clock.ts';

const throttled = (account: string, seconds: number): AccountWait => ({ account, why: 'throttled', milliseconds: seconds * 1_000 });
const unanswered = (account: string, seconds: number): AccountWait => ({ ...throttled(account, seconds), why: 'unanswered' });

function setUp({ total }: { readonly total: number | undefined } = { total: 1_300 }) {
  const clock = new TestClock();
  const lines: string[] = [];
  const progress = new Progress({ clock, total, log: (line) => lines.push(line) });
  return { progress, lines, forward: (seconds: number) => clock.forward(seconds * 1_000) };
}

test('a line after ten seconds, then one every thirty, and none once everything is read', () => {
  const { progress, lines, forward } = setUp();
  progress.signedIn(() => []);
  for (let read = 0; read < 120; read += 1) progress.readOne();
  forward(9.9);
  expect(lines).toEqual([]);
  forward(0.2);
  forward(29.8);
  expect(lines).toEqual(['120 of 1,300 accounts read.']);
  forward(0.2);
  expect(lines).toHaveLength(2);
  progress.stop();
  forward(600);
  expect(lines).toHaveLength(2);
});

test.each<[string, readonly AccountWait[], string]>([
  ['none that is only on its way', [unanswered('1', 2.9)], ''],
  ['why, and for how long', [throttled('1', 125), unanswered('2', 12)], ' Waiting for 1 (throttled for 2 min), 2 (no response for 12 s).'],
  [
    'three names at most',
    ['1', '2', '3', '4', '5', '6', '7'].map((account) => throttled(account, 9)),
    ' Waiting for 1 (throttled for 9 s), 2 (throttled for 9 s), 3 (throttled for 9 s) and 4 more.',
  ],
])('for whom the run waits: %s', (_, waits, text) => {
  const { progress, lines, forward } = setUp();
  progress.signedIn(() => waits);
  forward(10);
  expect(lines).toEqual([`0 of 1,300 accounts read.${text}`]);
});

test('where no file names the accounts', () => {
  const { progress, lines, forward } = setUp({ total: undefined });
  progress.signedIn(() => []);
  progress.readOne();
  forward(10);
  expect(lines).toEqual(['1 account read.']);
});

test('a hub that does not answer', () => {
  const { lines, forward } = setUp();
  forward(10);
  expect(lines).toEqual(['Still signing in to the hub after 10 s.']);
});
