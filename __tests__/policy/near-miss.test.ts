import { expect, test } from '@jest/globals';
import { nearMiss } from '../../src/policy/near-miss.ts';

const KNOWN = ['Effect', 'Action', 'Sid'];

test.each([
  ['effect', 'Effect'],
  ['ACTION', 'Action'],
  ['Efect', 'Effect'],
  ['Effects', 'Effect'],
  ['xEffect', 'Effect'],
  ['ffect', 'Effect'],
  ['Effext', 'Effect'],
  ['Xffect', 'Effect'],
  ['Actoin', 'Action'],
  ['cAtion', 'Action'],
  ['Actino', 'Action'],
  ['Si', 'Sid'],
  ['Sdi', 'Sid'],
  ['Sidd', 'Sid'],
])('%s is near %s', (text, expected) => {
  expect(nearMiss(text, KNOWN)).toBe(` (did you mean \`${expected}\`?)`);
});

test.each(['Effectsss', 'Effxyt', 'Efftec', 'Aioctn', 'S', '', 'Sidxx', 'xSixd', 'dSi', 'Acitno', 'Atcoin'])('%s is near none', (text) => {
  expect(nearMiss(text, KNOWN)).toBe('');
});

test('the right case comes first', () => {
  expect(nearMiss('sid', ['Sit', 'Sid'])).toBe(' (did you mean `Sid`?)');
});
