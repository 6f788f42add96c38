import { expect, test } from '@jest/globals';
import { sameValue } from '../../src/apply/same-value.ts';

test.each([
  [{ a: [1, 2], b: null }, { b: null, a: [2, 1] }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1, b: null }, { a: 1 }, false],
  ['{"Statement":[{"Action":["a","b"]}]}', '{ "Statement": [ { "Action": ["b", "a"] } ] }', true],
  ['{"Statement":[{"Action":"a"}]}', '{"Statement":[{"Action":"b"}]}', false],
  ['{not json', '{not json', true],
  [{ ['__proto__']: 1 }, {}, false],
  [[['a'], ['b']], [['b'], ['a']], true],
  [['a', 'a', 'b'], ['a', 'b', 'b'], false],
  [1, '1', false],
])('%j and %j: %s', (one, other, same) => {
  expect([sameValue(one, other), sameValue(other, one)]).toEqual([same, same]);
});
