import { describe, expect, test } from '@jest/globals';
import { type Estate, userIn } from '../../dev/aws/estate.ts';
import type { Fault } from '../../dev/aws/faults/fault.ts';
import { liveReader } from '../../src/live/read-live.ts';
import type { OtherCredentials } from '../../src/state/state.ts';
import { sorted, startLive, wanting } from './hub.ts';

const HUB = '111111111111';
const USER = `arn:aws:iam::${HUB}:user/micetro`;
const CALLS = ['ListSSHPublicKeys', 'ListServiceSpecificCredentials', 'ListSigningCertificates'];
const STATED: OtherCredentials = { any: false, listed: [] };

const all = (draft: Estate) =>
  Object.assign(userIn(draft, HUB, 'micetro'), {
    credentials: [
      { kind: 'ssh-public-key', status: 'Active' },
      { kind: 'ssh-public-key', status: 'Inactive' },
      { kind: 'signing-certificate', status: 'Active' },
      { kind: 'service-specific', status: 'Active' },
    ],
  });

test('are read page by page, with what they are for', async () => {
  await using live = await startLive({ pageSize: 1, edit: all });
  const { state, errors } = await live.read();
  const of = { createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), service: null };
  expect(errors).toEqual([]);
  expect(state.hub.user.value?.otherCredentials).toEqual({
    any: true,
    listed: [
      { ...of, type: 'ssh-public-key', id: expect.stringMatching(/^APKA/), active: true },
      { ...of, type: 'ssh-public-key', id: expect.stringMatching(/^APKA/), active: false },
      { ...of, type: 'signing-certificate', id: expect.stringMatching(/^\w{32}$/), active: true },
      { ...of, type: 'service-specific', id: expect.stringMatching(/^ACCA/), active: true, service: 'codecommit.amazonaws.com' },
    ],
  });
});

test('are not read where the file allows them', async () => {
  await using live = await startLive({ edit: all });
  const { state } = await live.read({}, wanting(live.desired, { otherCredentials: { any: true, listed: [] } }));
  expect(state.hub.user.value?.otherCredentials).toBeUndefined();
  expect(live.asked().filter((action) => CALLS.includes(action))).toEqual([]);
});

test('are read once for two files, whatever each states', async () => {
  await using live = await startLive({ edit: all });
  live.aws.faults.add({ action: 'ListSSHPublicKeys', effect: 'access-denied' });
  const access = await live.open();
  const read = liveReader({ auditor: { roleName: 'AssumeRoleAuditor', externalId: undefined }, access, concurrency: 8 });
  const unstated = await read(live.desired);
  const stated = await read(wanting(live.desired, { otherCredentials: STATED }));
  access.close();
  expect(unstated.errors).toEqual([]);
  expect(stated.errors.map(({ call }) => call)).toEqual(['iam:ListSSHPublicKeys']);
  expect(live.asked().filter((action) => CALLS.includes(action))).toEqual(sorted(CALLS));
});

describe.each(CALLS)('%s', (action) => {
  const read = async (fault: Omit<Fault, 'action'>, changes: { otherCredentials?: OtherCredentials } = {}) => {
    await using live = await startLive({ edit: all });
    live.aws.faults.add({ action, ...fault });
    const { state, errors } = await live.read({ retries: { throttledFor: 100, attempts: 2 } }, wanting(live.desired, changes));
    return { credentials: state.hub.user.value?.otherCredentials, errors };
  };

  test.each(['access-denied', 'internal-failure', 'html'] as const)(
    'unanswered (%s) it is no error where the file does not state them, and the others are read',
    async (effect) => {
      const { credentials, errors } = await read({ effect });
      expect(errors).toEqual([]);
      expect(credentials).toMatchObject({ any: true, isPartial: true });
      expect(credentials?.listed.length).toBe(action === 'ListSSHPublicKeys' ? 2 : 3);
    },
  );

  test('unanswered it is an error where the file states them, with advice', async () => {
    const { credentials, errors } = await read({ effect: 'access-denied' }, { otherCredentials: STATED });
    expect(credentials).toMatchObject({ any: true, isPartial: true });
    expect(errors).toEqual([
      expect.objectContaining({
        scope: 'hub',
        account: HUB,
        code: 'AccessDenied',
        call: `iam:${action}`,
        advice: expect.stringContaining(`Allow arn:aws:iam::${HUB}:role/DriftAuditor to call iam:${action} on ${USER}.`),
      }),
    ]);
  });

  test.each(['throttling', 'service-unavailable', 'reset'] as const)('%s is an error in any case', async (effect) => {
    const { errors } = await read({ effect });
    expect(errors.map(({ call }) => call)).toEqual([`iam:${action}`]);
  });
});
