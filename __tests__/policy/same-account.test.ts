import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Comparer, compareDocuments, parsePolicy, type Verdict } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { PRINCIPALS, pair, request } from './generated.ts';
import { type Level, levelOf, type ReferenceDocument } from './reference.ts';

const OWN = '111111111111';
const ELSEWHERE = '222222222222';
const ROOT = `arn:aws:iam::${OWN}:root`;
const USER = `arn:aws:iam::${OWN}:user/mallory`;
const ROLE = `arn:aws:iam::${OWN}:role/ops`;
const SESSION = `arn:aws:sts::${OWN}:assumed-role/ops/night`;
const ADMIN = `arn:aws:sts::${OWN}:assumed-role/Admin/night`;

const statement = (principal: string | readonly string[], effect = 'Allow', more = {}) => ({
  Effect: effect,
  Principal: { AWS: principal },
  Action: 'sts:AssumeRole',
  ...more,
});
const document = (...statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const trust = (...principals: readonly string[]) => document(statement(principals));
const MFA = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

/** A trust policy, another one, and the verdict in the account of the principals, then in any other account. */
const CASES: readonly (readonly [string, object, object, Verdict, Verdict])[] = [
  ['one more user', trust(ROOT), trust(ROOT, USER), 'widened', 'same'],
  ['one more role', trust(ROOT), trust(ROOT, ROLE), 'widened', 'same'],
  ['one more session', trust(ROOT), trust(ROOT, ADMIN), 'widened', 'same'],
  ['one user less', trust(ROOT, USER), trust(ROOT), 'narrowed', 'same'],
  ['the root besides a user', trust(USER), trust(USER, ROOT), 'widened', 'widened'],
  ['a user in place of the root', trust(ROOT), trust(USER), 'changed', 'narrowed'],
  ['the root in place of a user', trust(USER), trust(ROOT), 'changed', 'widened'],
  ['the account by its id', trust(OWN), trust(ROOT, USER), 'widened', 'same'],
  ['a user in a statement of its own', trust(ROOT), document(statement(ROOT), statement(USER)), 'widened', 'same'],
  ['a user on a condition', trust(ROOT), document(statement(ROOT), statement(USER, 'Allow', MFA)), 'widened', 'same'],
  ['a session of a role that is named', trust(ROOT, ROLE), trust(ROOT, ROLE, SESSION), 'same', 'same'],
  ['everybody, and a user', trust('*'), trust('*', USER), 'same', 'same'],
  ['the root in place of everybody', trust('*'), trust(ROOT), 'narrowed', 'narrowed'],
  ['a user, with the root denied', document(statement(ROOT, 'Deny')), document(statement(ROOT, 'Deny'), statement(USER)), 'same', 'same'],
  ['a user denied beside the root', document(statement(ROOT, 'Deny')), document(statement([ROOT, USER], 'Deny')), 'same', 'same'],
  ['an id that may be anybody', trust(ROOT, 'AIDAEXAMPLEEXAMPLE12'), trust(ROOT, 'AIDAEXAMPLEEXAMPLE12', USER), 'changed', 'same'],
];

describe('a role of the account that its trust names', () => {
  test.each(CASES)('%s', (_name, desired, live, own, other) => {
    const verdict = (account?: string) => compareDocuments({ ...desired }, { ...live }, 'trust', { account }).verdict;
    expect([verdict(OWN), verdict(ELSEWHERE), verdict()]).toEqual([own, other, other]);
  });

  test('says who needs no policy any more', () => {
    const found = compareDocuments(trust(ROOT), trust(ROOT, USER), 'trust', { account: OWN });
    expect(found.explanation).toEqual([`also allowed now: \`${USER}\` (without a policy of its own) may \`sts:AssumeRole\``]);
    expect(found.gained).toEqual({ action: 'sts:AssumeRole', principal: USER, context: 'without a policy of its own' });
    const elsewhere = compareDocuments(trust(), trust(USER), 'trust', { account: OWN });
    expect(elsewhere.explanation).not.toEqual([expect.stringContaining('of its own')]);
  });

  test('either document may know the account', () => {
    const [one, two] = [trust(ROOT), trust(ROOT, USER)];
    const compare = (...[of, and]: readonly (string | undefined)[]) =>
      new Comparer().compare(parsePolicy(one, 'trust', { account: of }), parsePolicy(two, 'trust', { account: and })).verdict;
    expect([compare(OWN, undefined), compare(undefined, OWN), compare(undefined, undefined)]).toEqual(['widened', 'widened', 'same']);
  });

  test('one comparer compares a trust once for all accounts that it does not name, and again for the account that it names', () => {
    const comparer = new Comparer();
    const compare = (account: string) =>
      comparer.compare(parsePolicy(trust(ROOT), 'trust', { account }), parsePolicy(trust(ROOT, USER), 'trust', { account }));
    expect(compare('333333333333')).toBe(compare(ELSEWHERE));
    expect([compare(ELSEWHERE).verdict, compare(OWN).verdict]).toEqual(['same', 'widened']);
  });
});

/** What a trust answers somebody of the account who has no policy: by the reference's definition, without the account's roots where they allow. */
function levelAlone(one: ReferenceDocument, asked: Parameters<typeof levelOf>[1]): Level {
  const withoutRoots = one.Statement.flatMap((each) => {
    if (each.Effect === 'Deny' || typeof each.Principal !== 'object') return [each];
    const ids = [each.Principal.AWS ?? []].flat().filter((id) => !/^\d+$|:root$/.test(id));
    return [{ ...each, Principal: { ...each.Principal, AWS: ids } }];
  });
  return levelOf({ ...one, Statement: withoutRoots }, asked);
}

test('no verdict is contradicted by a caller of the account without a policy', () => {
  const ranks: Readonly<Record<Level, number>> = { deny: 0, none: 1, allow: 2 };
  const callers = PRINCIPALS.filter(([, id]) => /^arn:aws:(iam|sts)::111111111111:(user|role|assumed-role)/.test(id));
  const property = fc.property(pair('trust'), request('trust'), fc.constantFrom(...callers), ([desired, live], asked, caller) => {
    const { verdict } = compareDocuments({ ...desired }, { ...live }, 'trust', { partition: 'aws', account: OWN });
    const [was, is] = [desired, live].map((one) => ranks[levelAlone(one, { ...asked, caller })]);
    const [before, after] = [desired, live].map((one) => ranks[levelOf(one, { ...asked, caller })]);
    const steps = [Math.sign((is ?? 0) - (was ?? 0)), Math.sign((after ?? 0) - (before ?? 0))];
    if (verdict === 'same') expect(steps).toEqual([0, 0]);
    if (verdict === 'widened') expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
    if (verdict === 'narrowed') expect(Math.max(...steps)).toBeLessThanOrEqual(0);
  });
  fc.assert(property, { numRuns: runs(300) });
});
