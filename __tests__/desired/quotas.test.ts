import { describe, expect, test } from '@jest/globals';
import { policySize } from '../../src/iam/quotas.ts';
import type { QuotaUse } from '../../src/state/desired.ts';
import { accounts, desiredOf, fileWith, PATH } from './files.ts';

const list = (length: number) => `[${Array.from({ length }, (_, index) => `P${index}`).join(', ')}]`;
const text = (characters: number) =>
  `{ Version: 2012-10-17, Statement: [{ Effect: Allow, Action: "s3:*", Resource: "arn:aws:s3:::${'b'.repeat(characters)}" }] }`;
/** Of the document around the characters. */
const ENVELOPE = 100;

const user = (keys: string) => fileWith({}).replace('user: micetro', `user: { name: micetro, ${keys} }`);
const group = (keys: string) => fileWith({ hub: `  group: { name: g, ${keys} }\n`, targets: [] }).replace('targets:\n', 'targets: []\n');
const role = (keys: string) => fileWith({ rest: `defaults: { ${keys} }\n` });
const trust = (length: number) =>
  `{ Version: 2012-10-17, Statement: [{ Sid: ${'s'.repeat(length)}, Effect: Allow, Principal: { AWS: "111111111111" }, Action: sts:AssumeRole }] }`;

function useOf(file: string, what: string): QuotaUse | undefined {
  return desiredOf(file).quotas.find((use) => use.what === what);
}

describe('how full the desired state makes what has a quota', () => {
  test.each<[string, string, number, number, QuotaUse['unit'], string, number, number]>([
    [
      'inline policies of user micetro',
      user(`inlinePolicies: { p: ${text(1000)} }`),
      1000 + ENVELOPE,
      2048,
      'characters',
      'arn:aws:iam::111111111111:user/micetro',
      4,
      26,
    ],
    [
      'managed policies of user micetro',
      user(`managedPolicies: ${list(11)}`),
      11,
      20,
      'policies',
      'arn:aws:iam::111111111111:user/micetro',
      4,
      26,
    ],
    [
      'groups of user micetro',
      fileWith({ hub: `  groups: ${list(11)}\n` }),
      11,
      10,
      'groups',
      'arn:aws:iam::111111111111:user/micetro',
      4,
      3,
    ],
    [
      'inline policies of group g',
      group(`inlinePolicies: { p: ${text(1000)}, q: ${text(2000)} }`),
      3000 + 2 * ENVELOPE,
      5120,
      'characters',
      'arn:aws:iam::111111111111:group/g',
      5,
      3,
    ],
    ['managed policies of group g', group(`managedPolicies: ${list(11)}`), 11, 10, 'policies', 'arn:aws:iam::111111111111:group/g', 5, 21],
    [
      'inline policies of role Micetro in 222222222222',
      role(`inlinePolicies: { p: ${text(10_300)} }`),
      10_300 + ENVELOPE,
      10_240,
      'characters',
      'arn:aws:iam::222222222222:role/Micetro',
      8,
      13,
    ],
    [
      'managed policies of role Micetro in 222222222222',
      role(`managedPolicies: { required: ${list(26)}, optional: [O] }`),
      26,
      25,
      'policies',
      'arn:aws:iam::222222222222:role/Micetro',
      8,
      13,
    ],
    [
      'trust policy of role Micetro in 222222222222',
      role(`trust: ${trust(8192)}`),
      8192 + 127,
      8192,
      'characters',
      'arn:aws:iam::222222222222:role/Micetro',
      8,
      13,
    ],
  ])('%s', (what, file, used, limit, unit, resource, line, column) => {
    expect(useOf(file, what)).toEqual({ what, used, limit, unit, resource, location: { file: PATH, line, column } });
  });

  test('grants count', () => {
    const targets = accounts(36).map((account) => `"${account}"`);
    expect(useOf(fileWith({ targets }), 'inline policies of group micetro-targets')).toMatchObject({ used: 36 * 144, limit: 5120 });
  });

  test('what is empty is not listed', () => {
    expect(desiredOf(role('managedPolicies: []')).quotas.map((use) => use.what)).toEqual([
      'managed policies of user micetro',
      'groups of user micetro',
      'inline policies of group micetro-targets',
      'trust policy of role Micetro in 222222222222',
    ]);
  });
});

test('white space does not count', () => {
  expect(policySize('{ "Version" : "2012-10-17",\n\t"Statement": [] }')).toBe(policySize({ Version: '2012-10-17', Statement: [] }));
  expect(policySize({ a: 'b c' })).toBe('{"a":"bc"}'.length);
});
