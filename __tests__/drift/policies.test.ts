import { expect, test } from '@jest/globals';
import { comparedPolicies } from '../../src/drift/policies.ts';
import { Comparer } from '../../src/policy/index.ts';
import { identityPolicy } from './estate.ts';

const allow = { Effect: 'Allow', Action: 's3:Get', Resource: '*' };
const deny = { Effect: 'Deny', Action: 's3:Put', Resource: '*' };
const put = { ...allow, Action: 's3:Put' };

test.each<[string, readonly object[], readonly object[], string]>([
  ['something more', [allow], [allow, put], 'allowed only in AWS: s3:Put on *'],
  ['something less', [allow, put], [allow], 'allowed only in the file: s3:Put on *'],
  ['a Deny less', [allow, deny], [allow], 'denied only in the file: s3:Put on *'],
  ['a Deny more', [allow], [allow, deny], 'denied only in AWS: s3:Put on *'],
  ['a Deny more of what was allowed', [allow, put], [allow, put, deny], 'allowed only in the file: s3:Put on *'],
])('the witness says what differs: %s', (_name, desired, live, witness) => {
  const [one, other] = [identityPolicy({ Statement: desired }), identityPolicy({ Statement: live })];
  expect(comparedPolicies(new Comparer(), one, other)?.witness).toBe(witness);
});
