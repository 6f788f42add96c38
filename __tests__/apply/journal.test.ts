import { expect, test } from '@jest/globals';
import { Journal, type JournalEntry } from '../../src/apply/journal.ts';
import type { PlannedCall } from '../../src/plan/call.ts';
import { plannedCall } from './planned-call.ts';

const AT = new Date('2026-01-01T00:00:00Z');

function call(account: string): PlannedCall {
  const PolicyArn = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const detach = { action: 'iam:DetachRolePolicy', account, input: { RoleName: 'Micetro', PolicyArn } } as const;
  return { ...plannedCall(detach, { before: PolicyArn, after: null }), findings: [`f-${account}`] };
}

/** From what was read right before, which is not what was planned. */
const CHANGE = { ...call('222222222222').change, before: 'arn:aws:iam::aws:policy/ReadOnlyAccess' };

/** Saves slowly, and remembers what was saved. */
function slowDisk() {
  const saved: (readonly JournalEntry[])[] = [];
  const save = async (entries: readonly JournalEntry[]) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    saved.push(entries);
  };
  return { saved, save };
}

test('a call is on the disk before it is made, as unverified', async () => {
  const { saved, save } = slowDisk();
  const journal = new Journal(save);
  await journal.begin(call('222222222222'), CHANGE, AT);
  const entry = { account: '222222222222', change: CHANGE, outcome: 'unverified', requestId: null, at: AT };
  expect(saved.at(-1)).toEqual([expect.objectContaining(entry)]);
});

test('what becomes of it is on the disk when its save resolves, and nothing else of it changes', async () => {
  const { saved, save } = slowDisk();
  const journal = new Journal(save);
  const one = call('222222222222');
  await journal.begin(one, CHANGE, AT);
  journal.note(one, { requestId: 'r-1' });
  await journal.save();
  expect(saved.at(-1)).toEqual([{ ...saved[0]?.[0], requestId: 'r-1' }]);
});

test('calls of many accounts share a save, and each waits for one that holds it', async () => {
  const { saved, save } = slowDisk();
  const journal = new Journal(save);
  const calls = Array.from({ length: 50 }, (_, index) => call(String(200_000_000_001 + index)));
  await Promise.all(
    calls.map(async (one) => {
      await journal.begin(one, CHANGE, AT);
      expect(saved.at(-1)?.map(({ account }) => account)).toContain(one.account);
    }),
  );
  expect(saved.length).toBeLessThanOrEqual(3);
  expect(journal.entries).toHaveLength(50);
});

test('what can’t be saved is not begun, and later saves are tried again', async () => {
  const failures = [new Error('disk full')];
  const journal = new Journal(async () => {
    const failure = failures.pop();
    if (failure !== undefined) throw failure;
  });
  await expect(journal.begin(call('222222222222'), CHANGE, AT)).rejects.toThrow('disk full');
  expect(journal.entries).toEqual([]);
  await journal.begin(call('333333333333'), CHANGE, AT);
  expect(journal.entries).toHaveLength(1);
});

test('once closed it writes nothing more, whatever comes in late', async () => {
  const { saved, save } = slowDisk();
  const journal = new Journal(save);
  const one = call('222222222222');
  await journal.begin(one, CHANGE, AT);
  await journal.close();
  journal.note(one, { outcome: 'failed' });
  await journal.save();
  expect(saved).toHaveLength(1);
});
