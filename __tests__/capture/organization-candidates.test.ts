import { describe, expect, test } from '@jest/globals';
import { candidateTargets, takenIn } from '../../src/capture/index.ts';
import { asRead } from '../../src/live/read-role.ts';
import type { Target } from '../../src/state/state.ts';
import { arnOf, denied, role } from './live.ts';

const [ONE, TWO] = ['222222222222', '333333333333'];
const target = (account: string, roleName = 'Micetro', path = '/'): Target => ({
  account,
  name: undefined,
  owner: undefined,
  roleName,
  roleArn: arnOf(account, roleName, path),
  grantGroup: undefined,
  role: { name: roleName, value: undefined },
});
const accounts = (count: number) => Array.from({ length: count }, (_value, index) => String(500_000_000_001 + index));
const member = (id: string) => ({ id, name: 'a', state: 'ACTIVE', units: [], isManagement: false });

describe('roles that are looked for in further accounts of the organization', () => {
  test.each<[string, readonly Target[], readonly string[]]>([
    ['the usual one', accounts(3).map((id) => target(id)), [arnOf(ONE)]],
    ['at its usual path', accounts(3).map((id) => target(id, 'Micetro', '/ddi/')), [arnOf(ONE, 'Micetro', '/ddi/')]],
    [
      'a second one that every tenth account has',
      [...accounts(10).map((id) => target(id)), target('500000000001', 'Reader')],
      [arnOf(ONE), arnOf(ONE, 'Reader')],
    ],
    ['not one that hardly any account has', [...accounts(11).map((id) => target(id)), target('500000000001', 'Reader')], [arnOf(ONE)]],
  ])('%s', (_name, granted, expected) => {
    expect(candidateTargets(granted, [member(ONE)], 'aws').map(({ roleArn }) => roleArn)).toEqual(expected);
  });
});

describe('what is taken in', () => {
  test('is each role that exists, at its own path; of an account without any the reason is named', () => {
    const read = [
      asRead(target(ONE), role(ONE, { path: '/other/' })),
      asRead(target(ONE, 'Reader'), null),
      asRead(target(TWO), null),
      asRead(target(TWO, 'Reader'), null),
    ];
    const { targets, notTakenIn } = takenIn(read, []);
    expect(targets.map(({ roleArn }) => roleArn)).toEqual([arnOf(ONE, 'Micetro', '/other/')]);
    expect(notTakenIn).toEqual([{ account: TWO, reason: 'it has no role Micetro or Reader' }]);
  });

  test('is nothing of an account that could not be read', () => {
    const { targets, notTakenIn } = takenIn([asRead(target(ONE), undefined)], [denied(ONE)]);
    expect([targets, notTakenIn]).toEqual([[], [{ account: ONE, reason: '1 role could not be read: AccessDenied at sts:AssumeRole' }]]);
  });
});
