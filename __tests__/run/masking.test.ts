import { expect, test } from '@jest/globals';
import { maskerOf } from '../../src/run/masking.ts';

const STATE = { hub: { account: '111111111234' }, targets: [{ account: '333333331234' }, { account: '222222221234' }] };
const LINE = 'Waiting for 111111111234, 333333331234 and 222222221234.';
/** The second account of the same ending is the second in the published report as well. */
const MASKED = 'Waiting for …1234, …1234·3 and …1234·2.';

test.each([
  ['public', 'auto', MASKED],
  ['unknown', 'auto', MASKED],
  ['private', 'auto', LINE],
  ['private', true, MASKED],
  ['public', false, LINE],
] as const)('in a %s repository with mask-accounts: %s', (visibility, maskAccounts, shown) => {
  const repository = { owner: 'acme', name: 'access', visibility, defaultBranch: 'main' };
  expect(maskerOf({ context: { repository }, inputs: { maskAccounts } }, STATE)(LINE)).toBe(shown);
});

test('where no file names the accounts', () => {
  const repository = { owner: 'acme', name: 'access', visibility: 'public', defaultBranch: 'main' } as const;
  expect(maskerOf({ context: { repository }, inputs: { maskAccounts: 'auto' } }, undefined)('of 111111111234')).toBe('of …1234');
});
