import { describe, expect, test } from '@jest/globals';
import { accountSets } from '../../../src/report/sections/account-sets.ts';
import { report, target } from '../example.ts';

const accounts = Array.from({ length: 30 }, (_, index) => String(200_000_000_000 + index));
const some = (from: number, to: number) => accounts.slice(from, to);
const names = (from: number, to: number) =>
  some(from, to)
    .map((account) => `\`${account}\``)
    .join(', ');

describe('a group of accounts is', () => {
  const which = accountSets(
    report({
      targets: accounts.map((account) => target({ account })),
      classes: [
        { name: 'sandbox', accounts: some(0, 10) },
        { name: 'prod', accounts: some(10, 20) },
        { name: 'a`b', accounts: some(20, 25) },
      ],
    }),
  );
  test.each<[string, readonly string[], string]>([
    ['the only one', some(3, 4), names(3, 4)],
    ['a few by name', some(0, 3), names(0, 3)],
    ['a class', some(0, 10), 'all accounts of class `sandbox`'],
    ['a class, whatever the order, each once', [...some(0, 10).toReversed(), ...some(0, 10)], 'all accounts of class `sandbox`'],
    ['a class but a few', some(2, 10), `all accounts of class \`sandbox\` but ${names(0, 2)}`],
    ['a class whose name is escaped', some(20, 25), 'all accounts of class ``a`b``'],
    ['several classes', some(0, 20), 'all accounts of the classes `sandbox`, `prod`'],
    ['all', accounts, 'all accounts'],
    ['all but a few', some(1, 30), `all accounts but ${names(0, 1)}`],
    ['by the first names where it is half a class', some(0, 6), `${names(0, 5)} and 1 more`],
    ['by the first names where it is a class and more', some(0, 11), `${names(0, 5)} and 6 more`],
    ['by the first names where it has another account', [...some(0, 9), '999999999999'], `${names(0, 5)} and 5 more`],
  ])('%s', (_, given, text) => {
    expect(which(given)).toBe(text);
  });
});
