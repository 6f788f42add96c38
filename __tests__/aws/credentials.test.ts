import { describe, expect, test } from '@jest/globals';
import { UnexpectedAnswer } from '../../src/aws/answers.ts';
import { type AssumeRoleAnswer, issuedBy, RenewedCredentials } from '../../src/aws/credentials.ts';

const MINUTE = 60_000;

/** Credentials that live so many minutes, on a clock that the test sets. */
function renewed(minutes: number | undefined) {
  const clock = { time: 0, now: () => clock.time, sleep: async () => undefined, random: () => 0 };
  const state = { fetched: 0, refusals: 0 };
  const credentials = new RenewedCredentials(async () => {
    state.fetched += 1;
    const number = state.fetched;
    await Promise.resolve();
    if (state.refusals > 0) {
      state.refusals -= 1;
      throw new Error('refused');
    }
    return {
      credentials: { accessKeyId: `key-${number}`, secretAccessKey: 'secret' },
      expiresAt: minutes === undefined ? undefined : clock.time + minutes * MINUTE,
    };
  }, clock);
  return { clock, state, credentials, key: async () => (await credentials.get()).accessKeyId };
}

describe('RenewedCredentials', () => {
  test.each([
    ['two minutes before an hour is over', 60, 58 * MINUTE],
    ['a quarter before a short time is over', 2, 1.5 * MINUTE],
  ])('are fetched anew %s', async (_, minutes, renewAt) => {
    const { clock, key } = renewed(minutes);
    expect(await key()).toBe('key-1');
    clock.time = renewAt - 1;
    expect(await key()).toBe('key-1');
    clock.time = renewAt;
    expect(await key()).toBe('key-2');
  });

  test('that last are fetched once', async () => {
    const { clock, key } = renewed(undefined);
    await key();
    clock.time = 1e12;
    expect(await key()).toBe('key-1');
  });

  test('are fetched once for all that ask at the same time', async () => {
    const { state, key } = renewed(60);
    expect(await Promise.all([key(), key(), key()])).toEqual(['key-1', 'key-1', 'key-1']);
    expect(state.fetched).toBe(1);
  });

  test('that could not be had are asked for again', async () => {
    const { state, key } = renewed(60);
    state.refusals = 1;
    await expect(Promise.all([key(), key()])).rejects.toThrow('refused');
    expect(await key()).toBe('key-2');
  });

  test('that were refused are discarded once: who still holds the old ones does not discard the new', async () => {
    const { credentials, key } = renewed(60);
    const first = await credentials.get();
    expect(credentials.discard(first)).toBe(true);
    expect(await key()).toBe('key-2');
    expect(credentials.discard(first)).toBe(true);
    expect(await key()).toBe('key-2');
  });

  test('that last can not be had anew', async () => {
    const { credentials } = renewed(undefined);
    expect(credentials.discard(await credentials.get())).toBe(false);
  });
});

describe('issuedBy', () => {
  const WHOLE = { AccessKeyId: 'key', SecretAccessKey: 'secret', SessionToken: 'token', Expiration: new Date(5000) };

  test('takes the credentials from an answer', () => {
    expect(issuedBy({ Credentials: WHOLE })).toEqual({
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: 'token' },
      expiresAt: 5000,
    });
  });

  test.each<[string, AssumeRoleAnswer]>([
    ['credentials', {}],
    ['access key', { Credentials: { ...WHOLE, AccessKeyId: undefined } }],
    ['secret key', { Credentials: { ...WHOLE, SecretAccessKey: undefined } }],
    ['session token', { Credentials: { ...WHOLE, SessionToken: undefined } }],
    ['expiration', { Credentials: { ...WHOLE, Expiration: undefined } }],
  ])('refuses an answer without %s', (_, answer) => {
    expect(() => issuedBy(answer)).toThrow(UnexpectedAnswer);
  });
});
