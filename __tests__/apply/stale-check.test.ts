import { describe, expect, test } from '@jest/globals';
import { whyStale } from '../../src/apply/stale-check.ts';
import type { ReadError } from '../../src/state/reading.ts';
import type { Role, State } from '../../src/state/state.ts';
import { desiredOf, editRole, liveOf, ONE, SMALL } from '../drift/estate.ts';

const SCOPE = { kind: 'target', account: ONE } as const;
const stateWith = (edit: Partial<Role>) => editRole(liveOf(desiredOf(SMALL)), edit);
const used = (at: string) => stateWith({ lastUsed: { at, region: 'eu-central-1' } });

test.each<[string, State, string]>([
  ['nothing', used('2026-01-01T00:00:00.000Z'), ''],
  ['that somebody has worked as the role', used('2026-01-01T04:00:00.000Z'), ''],
  ['the description', stateWith({ description: 'another' }), 'changed since it was read'],
])('what is different when an account is read again: %s', (_, state, refusal) => {
  const why = whyStale(SCOPE, { state: used('2026-01-01T00:00:00.000Z'), errors: [] }, { state, errors: [] });
  expect(why ?? '').toContain(refusal);
  expect(why === null).toBe(refusal === '');
});

describe('what could not be read again', () => {
  const OF_ROLE = {
    scope: 'target',
    account: ONE,
    roleName: 'Other',
    code: 'AccessDenied',
    message: '',
    call: 'iam:GetRole',
    advice: '',
  } as const;
  const { roleName: _, ...ofAll } = OF_ROLE;
  const state = stateWith({});

  test.each<[string, readonly ReadError[], ReadError, boolean]>([
    ['one role that could not be read before either', [OF_ROLE], { ...OF_ROLE, roleName: 'other' }, true],
    ['one role that could be', [], OF_ROLE, false],
    ['one role in another way', [OF_ROLE], { ...OF_ROLE, code: 'NoSuchEntity' }, false],
    ['another role', [OF_ROLE], { ...OF_ROLE, roleName: 'Third' }, false],
    ['all of the account', [ofAll], ofAll, false],
  ])('%s', (_name, before, again, isFresh) => {
    expect(whyStale(SCOPE, { state, errors: before }, { state, errors: [again] }) === null).toBe(isFresh);
  });
});
