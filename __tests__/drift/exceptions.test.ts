import { describe, expect, test } from '@jest/globals';
import { nearlyFull, quotaDrift } from '../../src/drift/quotas.ts';
import type { Desired } from '../../src/state/desired.ts';
import type { State } from '../../src/state/state.ts';
import { desiredOf, driftOf, editRole, editUser, HUB, liveOf, managed, ONE, SMALL, TWO, trust } from './estate.ts';

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

describe('in an account with two roles of a class', () => {
  const FILE = `
version: 1
hub: { account: "${HUB}", user: micetro, group: micetro-targets }
classes: { plain: { managedPolicies: [] } }
targets:
  - { account: "${ONE}", class: plain }
  - { account: "${ONE}", class: plain, roleName: Admin }
`;
  const covered = (exception: string) => {
    const desired = desiredOf(`${FILE}exceptions: [{ rule: role-policy-extra, ${exception}owner: me, reason: x, expires: 2027-01-31 }]\n`);
    const { findings } = driftOf(
      desired,
      editRole(liveOf(desired), { managedPolicies: { required: [managed('ReadOnlyAccess')], optional: [] } }),
    );
    return findings.filter(({ exception: applied }) => applied !== null).map(({ targets }) => targets[0]?.roleName);
  };

  test.each([
    ['both roles, without a role', '', ['Micetro', 'Admin']],
    ['both roles of its account', `account: "${ONE}", `, ['Micetro', 'Admin']],
    ['the role that it names, whatever the case', `account: "${ONE}", roleName: admin, `, ['Admin']],
    ['the role that it names in any account', 'roleName: Micetro, ', ['Micetro']],
    ['no role of another name', `account: "${ONE}", roleName: Other, `, []],
  ])('an exception covers %s', (_, exception, roles) => {
    expect(covered(exception)).toEqual(roles);
  });
});

describe('an exception that says which finding it accepts', () => {
  const opened = (principal: unknown, account = ONE) => {
    const desired = desiredOf(SMALL);
    return editRole(liveOf(desired), { trust: trust(principal) }, account);
  };
  const PARTNER = opened({ AWS: ['arn:aws:iam::111111111111:root', 'arn:aws:iam::555555555555:root'] });
  const EVERYBODY = opened({ AWS: '*' });
  const idOf = (live: State) => driftOf(desiredOf(SMALL), live).findings[0]?.id ?? '';
  const accepting = (more = '', finding = idOf(PARTNER), expires = '2027-01-31') =>
    desiredOf(
      `${SMALL}exceptions:\n  - { rule: trust-changed, finding: "${finding}", ${more}owner: me, reason: x, expires: ${expires} }\n`,
    );
  const one = (desired: Desired, live: State) => {
    const { findings, notes } = driftOf(desired, live);
    return { isOpen: findings.map(({ exception }) => exception === null || exception.expired), message: findings[0]?.message ?? '', notes };
  };
  const place = `account: "${ONE}", resource: "arn:aws:iam::${ONE}:role/Micetro", `;

  test.each(['', `account: "${ONE}", `, place])('it covers that one: %s', (more) => {
    expect(one(accepting(more), PARTNER)).toMatchObject({ isOpen: [false], notes: [] });
  });

  test('when the drift changes, the finding is open and says so', () => {
    const { isOpen, message, notes } = one(accepting(place), EVERYBODY);
    expect(isOpen).toEqual([true]);
    expect(message).toMatch(`The exception in line 11 does not apply: the drift has changed since it was accepted.`);
    expect(notes).toEqual([expect.stringContaining('accepted a finding that has since changed')]);
  });

  test.each<[string, Desired, State]>([
    ['in another account', accepting(), opened({ AWS: '*' }, TWO)],
    ['in a place that the exception does not name', accepting(`account: "${TWO}", `), EVERYBODY],
    ['when it has expired', accepting(place, idOf(PARTNER), '2026-11-21'), EVERYBODY],
  ])('nothing is said of another drift %s', (_name, desired, live) => {
    const { isOpen, message } = one(desired, live);
    expect([isOpen, message]).toEqual([[true], expect.not.stringContaining('does not apply')]);
  });

  test('of two accounts it covers the one', () => {
    const both = editRole(PARTNER, { trust: trust({ AWS: '*' }) }, TWO);
    const { findings } = driftOf(accepting(), both);
    expect(
      findings.map(({ account, exception, message }) => [
        account,
        exception !== null,
        /does not apply: the drift has changed/.test(message),
      ]),
    ).toEqual([
      [TWO, false, false],
      [ONE, true, false],
    ]);
  });

  test.each([
    ['Micetro', [false]],
    ['micetro', [false]],
    ['Other', [true]],
  ])('and whose role %s', (roleName, isOpen) => {
    expect(one(accepting(`roleName: ${roleName}, `), PARTNER).isOpen).toEqual(isOpen);
  });
});

describe('notes', () => {
  const file = (expires: string) => `${SMALL}exceptions: [{ rule: hub-user-login-extra, owner: me, reason: x, expires: ${expires} }]\n`;
  const notes = (expires: string, login: boolean, errors: Parameters<typeof driftOf>[2] = []) => {
    const desired = desiredOf(file(expires));
    return driftOf(desired, editUser(liveOf(desired), { consoleLogin: login }), errors).notes;
  };

  test('one that runs out within two weeks', () => {
    expect(notes('2026-12-06', true)).toEqual([expect.stringContaining('expires after 2026-12-06')]);
    expect(notes('2026-12-07', true)).toEqual([]);
  });

  test('one that matches nothing, when everything was read', () => {
    expect(notes('2027-01-31', false)).toEqual([expect.stringContaining('no longer matches a finding')]);
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
