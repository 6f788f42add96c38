import { describe, test } from '@jest/globals';
import { openInProcess } from './in-process.ts';
import { expectThirdRunEnds } from './killing.ts';
import { CASES, repairUndisturbed, type Undisturbed } from './sweeping.ts';

/** A long repair is killed at each of its writes: it still comes to the same end, its account is true, and no target is cut off on the way. */

let undisturbed: Promise<Undisturbed> | undefined;
const atBest = () => (undisturbed ??= repairUndisturbed(openInProcess));

describe('killed before a write, then after it: the third run comes to the end', () => {
  test.each(CASES)('%s', async (_name, write) => expectThirdRunEnds(openInProcess, write, await atBest()), 120_000);
});
