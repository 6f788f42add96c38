import { expect, test } from '@jest/globals';
import { nearest } from '../../src/text/nearest.ts';

const KEYS = ['name', 'owner', 'group', 'roleName', 'managedPolicies', 'maxSessionDuration', 'permissionsBoundary'];

test.each<[string, string | undefined]>([
  ['managedPolices', 'managedPolicies'],
  ['MANAGEDPOLICIES', 'managedPolicies'],
  ['managed_policies', 'managedPolicies'],
  ['max-session-duration', 'maxSessionDuration'],
  ['ROLE_NAME', 'roleName'],
  ['nmae', 'name'],
  ['groups', 'group'],
  ['permissionBoundry', 'permissionsBoundary'],
  ['policiesManaged', undefined],
  ['colour', undefined],
  ['x', undefined],
  ['', undefined],
])('%j is a near miss of %j', (text, candidate) => {
  expect(nearest(text, KEYS)).toBe(candidate);
});

test('the nearest of several', () => {
  expect(nearest('grant-mising', ['grant-changed', 'grant-missing', 'role-missing'])).toBe('grant-missing');
});
