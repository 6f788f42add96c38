import { describe, expect, test } from '@jest/globals';
import type { State } from '../../src/state/state.ts';
import { desiredOf, driftOf, editGroup, editRole, editUser, HUB, keys, liveOf, managed, ONE, SMALL, TWO } from './estate.ts';

/** What the findings say that AWS or people caused in an incident. */

const QUARANTINED = { required: [managed('AWSCompromisedKeyQuarantineV3'), managed('IAMReadOnlyAccess')], optional: [] };
const COMMAND = `in account ${HUB}: \`aws iam update-access-key --user-name=micetro --access-key-id`;

function leaked(edit: (live: State) => State, file = SMALL) {
  const desired = desiredOf(file);
  const live = edit(editUser(liveOf(desired), { managedPolicies: QUARANTINED }));
  const [finding] = driftOf(desired, live).findings;
  if (finding?.rule !== 'hub-user-key-compromised') throw new Error(`found first: ${finding?.rule}`);
  return finding;
}

describe('a leaked key', () => {
  test('says which policy is attached to whom', () => {
    expect(leaked((live) => live).message).toBe(
      "The hub user micetro has AWS's quarantine policy AWSCompromisedKeyQuarantineV3 attached: an access key of this user has leaked.",
    );
  });

  test.each<[string, (live: State) => State, unknown[]]>([
    [
      'all targets',
      (live) => live,
      [
        'An active key of this user reaches 2 of 2 targets: the quarantine does not deny sts:AssumeRole.',
        `To deactivate the access key AKIA0000000000000000 ${COMMAND} AKIA0000000000000000 --status Inactive\``,
      ],
    ],
    [
      'one target, another could not be read',
      (live) => ({
        ...live,
        targets: live.targets.map((target) =>
          target.account === TWO ? { ...target, role: { ...target.role, value: undefined } } : target,
        ),
      }),
      [
        'An active key of this user reaches 1 of 2 targets: the quarantine does not deny sts:AssumeRole. For 1 more, the access could not be determined.',
        `To deactivate the access key AKIA0000000000000000 ${COMMAND} AKIA0000000000000000 --status Inactive\``,
      ],
    ],
    [
      'no target, with two active keys and one that is not',
      (live) =>
        editGroup(
          editUser(live, { accessKeys: keys('2026-11-01T00:00:00Z', { inactive: '2026-11-01T00:00:00Z' }, '2026-11-02T00:00:00Z') }),
          {
            members: [],
          },
        ),
      [
        'An active key of this user reaches 0 of 2 targets: the quarantine does not deny sts:AssumeRole.',
        `To deactivate the access key AKIA0000000000000000 ${COMMAND} AKIA0000000000000000 --status Inactive\``,
        `To deactivate the access key AKIA0000000000000002 ${COMMAND} AKIA0000000000000002 --status Inactive\``,
      ],
    ],
    [
      'none with a key that was deactivated',
      (live) => editUser(live, { accessKeys: keys({ inactive: '2026-11-01T00:00:00Z' }) }),
      ['The user has no active access key, so none of its keys reaches a target.'],
    ],
    [
      'what its active keys reach, if they could not be read',
      (live) => editUser(live, { accessKeys: undefined }),
      [
        'An active key of this user reaches 2 of 2 targets: the quarantine does not deny sts:AssumeRole.',
        `The access keys could not be read. To list them in account ${HUB}: \`aws iam list-access-keys --user-name=micetro\``,
      ],
    ],
  ])('reaches %s', (_name, edit, explanation) => {
    expect(leaked(edit).explanation).toEqual(explanation);
  });

  test('is the same drift, whatever it reaches and whichever keys there are', () => {
    const narrower = editRole(editUser(liveOf(desiredOf(SMALL)), { accessKeys: keys() }), {
      managedPolicies: { required: [], optional: [] },
    });
    expect(leaked(() => editUser(narrower, { managedPolicies: QUARANTINED })).id).toBe(leaked((live) => live).id);
  });

  test('that an exception accepts is found, and accepted', () => {
    const file = `${SMALL}exceptions: [{ rule: hub-user-key-compromised, owner: me, reason: settled, expires: 2026-12-01 }]\n`;
    expect(leaked((live) => live, file).exception).toMatchObject({ owner: 'me', expired: false });
  });
});

describe('revoked sessions', () => {
  const revoked = (...conditions: readonly object[]) => {
    const desired = desiredOf(SMALL);
    const document = {
      Version: '2012-10-17',
      Statement: conditions.map((Condition) => ({ Effect: 'Deny', Action: '*', Resource: '*', Condition })),
    };
    const live = editRole(liveOf(desired), { inlinePolicies: [{ name: 'AWSRevokeOlderSessions', document }] });
    return driftOf(desired, live).findings[0]?.message;
  };
  const issuedBefore = (key: string, date: unknown) => ({ DateLessThan: { [key]: date } });
  const who = `The sessions of the role Micetro in ${ONE} were revoked: its inline policy AWSRevokeOlderSessions`;

  test.each([
    [
      'the date',
      [issuedBefore('aws:TokenIssueTime', '2026-11-20T10:00:00.000Z')],
      'denies every session issued before 2026-11-20T10:00:00.000Z.',
    ],
    [
      'the date of a key in another case',
      [issuedBefore('AWS:tokenissuetime', ['2026-11-20T10:00:00Z'])],
      'denies every session issued before 2026-11-20T10:00:00Z.',
    ],
    ['no date', [{ StringEquals: { 'aws:userid': 'x' } }], 'only denies.'],
    ['a date of another key', [issuedBefore('aws:CurrentTime', '2026-11-20T10:00:00Z')], 'only denies.'],
    ['the date the other way round', [{ DateGreaterThan: { 'aws:TokenIssueTime': '2026-11-20T10:00:00Z' } }], 'only denies.'],
    [
      'several dates',
      ['2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z'].map((date) => issuedBefore('aws:TokenIssueTime', date)),
      'only denies.',
    ],
    ['no date in that form', [issuedBefore('aws:TokenIssueTime', '1763632800')], 'only denies.'],
  ])('say from when: %s', (_name, conditions, end) => {
    expect(revoked(...conditions)).toBe(`${who} ${end}`);
  });
});
