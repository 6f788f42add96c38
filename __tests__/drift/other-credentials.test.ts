import { describe, expect, test } from '@jest/globals';
import type { OtherCredentials, State } from '../../src/state/state.ts';
import { credentials, desiredOf, driftOf, editUser, HUB, liveOf, SMALL } from './estate.ts';

const USER = `arn:aws:iam::${HUB}:user/micetro`;
const stating = (value: boolean) => SMALL.replace('user: micetro', `user: { name: micetro, otherCredentials: ${value} }`);
const partial: OtherCredentials = { ...credentials('ssh-public-key'), isPartial: true };

const uncompared = (desired: ReturnType<typeof desiredOf>, live: State) =>
  driftOf(desired, live).notCompared.filter(({ what }) => what === 'credentials');

describe('other credentials that could not be read', () => {
  test.each<[string, string, OtherCredentials | undefined, number]>([
    ['are named where the file does not state them', SMALL, partial, 1],
    ['are an error of the reading where it does', stating(false), partial, 0],
    ['do not matter where it allows them', stating(true), partial, 0],
    ['are not there where all were read', SMALL, credentials('ssh-public-key'), 0],
    ['are not there where none were asked for', SMALL, undefined, 0],
  ])('%s', (_name, file, otherCredentials, entries) => {
    const desired = desiredOf(file);
    const found = uncompared(desired, editUser(liveOf(desired), { otherCredentials }));
    expect(found).toEqual(Array(entries).fill({ resource: USER, what: 'credentials', accounts: 1 }));
  });

  test('are not missed of a user that does not exist', () => {
    const desired = desiredOf(SMALL);
    const live = liveOf(desired);
    expect(uncompared(desired, { ...live, hub: { ...live.hub, user: { name: 'micetro', value: null } } })).toEqual([]);
  });
});

test('a credential says what it is, and its id is that of the credential', () => {
  const desired = desiredOf(SMALL);
  const of = (edit: Partial<OtherCredentials['listed'][number]>) => {
    const [listed] = credentials('service-specific').listed;
    if (listed === undefined) throw new Error('no credential');
    const { findings } = driftOf(desired, editUser(liveOf(desired), { otherCredentials: { any: true, listed: [{ ...listed, ...edit }] } }));
    const [finding] = findings;
    return { id: finding?.id, message: finding?.message };
  };
  const plain = of({ service: 'codecommit.amazonaws.com' });
  expect(plain.message).toBe(
    'The hub user micetro has the active service-specific credential ID0 for codecommit.amazonaws.com, which the file does not allow.',
  );
  expect(of({ createdAt: '2026-12-01T00:00:00Z' }).id).toBe(plain.id);
  expect(of({ id: 'ID1' }).id).not.toBe(plain.id);
  expect(of({ type: 'ssh-public-key' }).message).toContain('the active SSH public key ID0, which');
  expect(of({ type: 'signing-certificate' }).message).toContain('the active signing certificate ID0, which');
});
