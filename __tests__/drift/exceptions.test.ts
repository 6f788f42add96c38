import { describe, expect, test } from '@jest/globals';
import { nearlyFull, quotaDrift } from '../../src/drift/quotas.ts';
import { desiredOf, driftOf, editRole, editUser, HUB, liveOf, managed, ONE, SMALL, TWO } from './estate.ts';

const open = (account: string, live: ReturnType<typeof liveOf>) =>
  editRole(
    live,
    {
      managedPolicies: {
        required: ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'ReadOnlyAccess', 'SecurityAudit'].map(managed),
        optional: [],
      },
    },
    account,
  );

function accepted(exception: string): string[] {
  const desired = desiredOf(`${SMALL}exceptions: [{ ${exception}, owner: me, reason: x, expires: 2027-01-31 }]\n`);
  const live = editUser(open(TWO, open(ONE, liveOf(desired))), { consoleLogin: true });
  return driftOf(desired, live)
    .findings.filter(({ exception: applied }) => applied !== null)
    .map(({ account, resource }) => `${account} ${resource.replace(/.*\//, '')}`);
}

test.each([
  ['rule: role-policy-extra', [`${ONE} ReadOnlyAccess`, `${ONE} SecurityAudit`, `${TWO} ReadOnlyAccess`, `${TWO} SecurityAudit`]],
  [`rule: role-policy-extra, account: "${TWO}"`, [`${TWO} ReadOnlyAccess`, `${TWO} SecurityAudit`]],
  [`rule: role-policy-extra, resource: ${managed('SecurityAudit')}`, [`${ONE} SecurityAudit`, `${TWO} SecurityAudit`]],
  [`rule: role-policy-extra, account: "${ONE}", resource: ${managed('SecurityAudit')}`, [`${ONE} SecurityAudit`]],
  [`rule: hub-user-login-extra, account: "${HUB}"`, [`${HUB} micetro`]],
  ['rule: role-policy-missing', []],
])('%s', (exception, covers) => {
  expect(accepted(exception)).toEqual(covers);
});

describe('notes', () => {
  const file = (expires: string) => `${SMALL}exceptions: [{ rule: hub-user-login-extra, owner: me, reason: x, expires: ${expires} }]\n`;
  const notes = (expires: string, login: boolean, errors: Parameters<typeof driftOf>[2] = []) => {
    const desired = desiredOf(file(expires));
    return driftOf(desired, editUser(liveOf(desired), { consoleLogin: login }), errors).notes;
  };

  test('one that runs out within two weeks', () => {
    expect(notes('2026-12-06', true)).toEqual([expect.stringContaining('runs out after 2026-12-06')]);
    expect(notes('2026-12-07', true)).toEqual([]);
  });

  test('one that matches nothing, when everything was read', () => {
    expect(notes('2027-01-31', false)).toEqual([expect.stringContaining('matches no finding')]);
    const error = { scope: 'target', account: ONE, code: 'AccessDenied', message: '', call: 'iam:GetRole', advice: '' } as const;
    expect(notes('2027-01-31', false, [error])).toEqual([]);
  });
});

test('quotas: full is not too full, and four fifths are not nearly full', () => {
  const location = { file: 'f', line: 1, column: 1 };
  const use = (used: number) => ({
    what: 'w',
    resource: 'arn:aws:iam::111111111111:group/g',
    used,
    limit: 100,
    unit: 'characters' as const,
    location,
  });
  expect([80, 81, 100, 101].map((used) => [nearlyFull([use(used)]).length, quotaDrift([use(used)]).length])).toEqual([
    [0, 0],
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
});
