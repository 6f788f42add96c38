import { expect, test } from '@jest/globals';
import { whyStale } from '../../src/apply/stale-check.ts';
import type { Role } from '../../src/state/state.ts';
import { desiredOf, editRole, liveOf, ONE, SMALL } from '../drift/estate.ts';

const stateWith = (edit: Partial<Role>) => editRole(liveOf(desiredOf(SMALL)), edit);
const used = (at: string) => stateWith({ lastUsed: { at, region: 'eu-central-1' } });

test.each<[string, ReturnType<typeof used>, string]>([
  ['nothing', used('2026-01-01T00:00:00.000Z'), ''],
  ['that somebody has worked as the role', used('2026-01-01T04:00:00.000Z'), ''],
  ['the description', stateWith({ description: 'another' }), 'changed since it was read'],
])('what is different when an account is read again: %s', (_, later, refusal) => {
  const why = whyStale({ kind: 'target', account: ONE }, used('2026-01-01T00:00:00.000Z'), { state: later, errors: [] });
  if (refusal === '') expect(why).toBeNull();
  else expect(why).toContain(refusal);
});
