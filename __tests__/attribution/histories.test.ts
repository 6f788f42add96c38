import { expect, test } from '@jest/globals';
import { Histories } from '../../src/attribution/histories.ts';
import type { Session } from '../../src/aws/session.ts';
import { createAccountReader } from '../../src/live/account-reader.ts';
import { noDeadline } from '../deadlines.ts';
import { TestClock } from '../test-clock.ts';

const ADDRESS = { account: '111111111111', region: 'us-east-1', name: 'Micetro' };

function historiesOf(lookupEvents: Session['lookupEvents']): Histories {
  const refuse = () => Promise.reject(new Error('not asked here'));
  const calls = { open: refuse, iam: refuse, sts: refuse, organizations: refuse, sendOnce: refuse, lookupEvents };
  const session: Session = { account: ADDRESS.account, principal: 'the auditor', ...calls };
  const readerOf = () => createAccountReader({ scope: 'hub', session, assumedBy: '', externalId: undefined });
  return new Histories(readerOf, { clock: new TestClock(), deadline: noDeadline(), concurrency: 1 });
}

test('a response without a list of events is not an empty history', async () => {
  expect(await historiesOf(async () => ({})).look(ADDRESS)).toEqual({ failed: 'UnexpectedAnswer' });
  expect(await historiesOf(async () => ({ Events: [] })).look(ADDRESS)).toEqual({ events: [], isWhole: true });
});
