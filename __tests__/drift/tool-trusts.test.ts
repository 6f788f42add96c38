import { expect, test } from '@jest/globals';
import { desiredOf, driftOf, editToolTrust, HUB, liveOf, ONE, SMALL, trust } from './estate.ts';

const FIXER = `arn:aws:iam::${HUB}:role/DriftFixer`;
const STRANGER = 'arn:aws:iam::999999999999:root';

const desired = desiredOf(`${SMALL}fixer: { roleName: Repair, trustedBy: "${FIXER}" }\n`);
const driftWith = (live: Parameters<typeof editToolTrust>[2]) => driftOf(desired, editToolTrust(liveOf(desired), 'fixer', live));

test('a foreign account in the trust of the fixer is found with what it gains, where the file says who it should be', () => {
  const { findings, targets } = driftWith(trust({ AWS: [FIXER, STRANGER] }));
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'tool-role-trust-changed',
      account: ONE,
      access: 'widened',
      message: `The trust policy of the fixer role Repair in ${ONE} allows more than the file.`,
      explanation: [expect.stringContaining('999999999999')],
      witness: expect.stringContaining('allowed only in AWS: sts:AssumeRole by arn:aws:iam::999999999999:'),
      location: { file: '.github/assume-role.yml', line: 10, column: 28 },
    }),
  ]);
  expect(targets[0]).toMatchObject({ connection: 'works', checks: { grant: 'ok', trust: 'ok', permissions: 'ok' } });
});

test('a role that does not exist says so', () => {
  expect(driftWith(null).findings.map(({ message }) => message)).toEqual([
    `The fixer role Repair in ${ONE} does not exist, so nobody can assume it.`,
  ]);
});

test('the id is that of the live trust, not of its spelling', () => {
  const idOf = (...principals: readonly string[]) => driftWith(trust({ AWS: principals })).findings[0]?.id;
  expect(idOf(FIXER, STRANGER)).toBe(idOf(STRANGER, FIXER));
  expect(idOf(FIXER, STRANGER)).not.toBe(idOf(FIXER, 'arn:aws:iam::888888888888:root'));
});
