import { expect, test } from '@jest/globals';
import { sameContent } from '../../src/apply/same-content.ts';
import { identityPolicy as policy } from '../drift/estate.ts';

test.each([
  [{ a: [1, 2], b: null }, { b: null, a: [2, 1] }, true],
  [{ a: 1, b: undefined }, { a: 1 }, true],
  [{ a: 1, b: null }, { a: 1 }, false],
  [policy('{"Statement":[{"Action":["a","b"]}]}'), policy('{ "Statement": [ { "Action": ["b", "a"] } ] }'), true],
  [policy('{"Statement":[{"Action":"a"}]}'), policy({ Statement: [{ Action: 'a' }] }), true],
  [policy('{"Statement":[{"Action":"a"}]}'), policy('{"Statement":[{"Action":"b"}]}'), false],
  [policy('{not json'), policy('{not json'), true],
  [policy('{not json'), policy('{neither'), false],
  ['{"a":1}', '{ "a": 1 }', false],
  [{ ['__proto__']: 1 }, {}, false],
  [[['a'], ['b']], [['b'], ['a']], true],
  [['a', 'a', 'b'], ['a', 'b', 'b'], false],
  [1, '1', false],
])('%j and %j: %s', (one, other, same) => {
  expect([sameContent(one, other), sameContent(other, one)]).toEqual([same, same]);
});
