import { describe, expect, test } from '@jest/globals';
import { type Estate, roleIn } from '../../dev/aws/estate.ts';
import type { Effect } from '../../dev/aws/faults/fault.ts';
import type { HubOptions } from '../../src/aws/access.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import { IMPATIENT, type Live, sorted, startLive } from './hub.ts';

const FIRST = '200000000001';
const SECOND = '200000000002';
const ROLE = `arn:aws:iam::${FIRST}:role/Micetro`;
const AUDITOR = `arn:aws:iam::${FIRST}:role/AssumeRoleAuditor`;
const EC2 = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
const ROUTE53 = 'arn:aws:iam::aws:policy/AmazonRoute53FullAccess';
const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a+b/c%2Fd/é/$' }],
};

const role = (draft: Estate) => roleIn(draft, FIRST, 'Micetro');

/** Reads all, and returns what there is of the first target. */
async function readFirst(live: Live, changes: Partial<HubOptions> = {}) {
  const { state, errors } = await live.read(changes);
  return { found: state.targets[0]?.role.value, errors, other: state.targets[1]?.role.value };
}

describe('a role', () => {
  test('is read whole', async () => {
    await using live = await startLive({
      edit(draft) {
        Object.assign(role(draft), {
          path: '/apps/dns/',
          boundary: EC2,
          description: 'reads <zones> & "ranges"\né',
          maxSessionDuration: 7200,
          tags: [
            { key: '__proto__', value: 'a=b&c' },
            { key: 'team', value: '' },
          ],
          inlinePolicies: [
            { name: '__proto__', document: DOCUMENT },
            { name: 'a+b=c,d.@-', document: DOCUMENT },
          ],
        });
      },
    });
    const { found, errors } = await readFirst(live);
    expect(errors).toEqual([]);
    expect(found).toEqual({
      path: '/apps/dns/',
      arn: `arn:aws:iam::${FIRST}:role/apps/dns/Micetro`,
      trust: expect.objectContaining({
        kind: 'trust',
        partition: 'aws',
        source: expect.stringContaining(`arn:aws:iam::111111111111:root`),
      }),
      managedPolicies: { required: expect.arrayContaining([EC2, ROUTE53]), optional: [] },
      inlinePolicies: [
        { name: '__proto__', document: parsePolicy(JSON.stringify(DOCUMENT), 'identity') },
        { name: 'a+b=c,d.@-', document: parsePolicy(JSON.stringify(DOCUMENT), 'identity') },
      ],
      boundary: EC2,
      maxSessionDuration: 7200,
      description: 'reads <zones> & "ranges"\né',
      tags: expect.arrayContaining([
        { key: '__proto__', value: 'a=b&c' },
        { key: 'team', value: '' },
      ]),
      lastUsed: null,
    });
  });

  test('with nothing but its trust has empty lists, no boundary and an empty description', async () => {
    await using live = await startLive({ edit: (draft) => Object.assign(role(draft), { managedPolicies: [] }) });
    expect((await readFirst(live)).found).toMatchObject({
      path: '/',
      arn: ROLE,
      managedPolicies: { required: [], optional: [] },
      inlinePolicies: [],
      boundary: null,
      description: '',
      tags: [],
      maxSessionDuration: 3600,
    });
  });

  test('that is not there is known not to be there', async () => {
    await using live = await startLive();
    live.aws.account(FIRST).call('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: EC2 });
    live.aws.account(FIRST).call('DetachRolePolicy', { RoleName: 'Micetro', PolicyArn: ROUTE53 });
    live.aws.account(FIRST).call('DeleteRole', { RoleName: 'Micetro' });
    expect(await readFirst(live)).toMatchObject({ found: null, errors: [], other: { path: '/' } });
  });

  test('is read page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    await using live = await startLive({
      pageSize: 1,
      edit: (draft) => Object.assign(role(draft), { inlinePolicies: names.map((name) => ({ name, document: DOCUMENT })) }),
    });
    const { found, errors } = await readFirst(live);
    expect(errors).toEqual([]);
    expect(found?.managedPolicies?.required).toHaveLength(2);
    expect(found?.inlinePolicies?.map(({ name }) => name)).toEqual(names);
  });

  test('of the hub account itself is read through the auditor there', async () => {
    await using live = await startLive({ guide: { targets: ['111111111111'] } });
    const { found, errors } = await readFirst(live);
    expect(errors).toEqual([]);
    expect(found?.arn).toBe('arn:aws:iam::111111111111:role/Micetro');
  });

  test('keeps a document that is no valid one as the text it is', async () => {
    await using live = await startLive();
    live.aws.account(FIRST).storeTrust('Micetro', '{"Statement": %41');
    expect((await readFirst(live)).found?.trust?.source).toBe('{"Statement": %41');
  });
});

describe('what one target costs', () => {
  test('four calls, and one for each inline policy', async () => {
    await using live = await startLive({
      guide: { targets: [FIRST] },
      edit: (draft) => Object.assign(role(draft), { inlinePolicies: ['a', 'b'].map((name) => ({ name, document: DOCUMENT })) }),
    });
    await live.read();
    const ofTarget = live.aws.calls.filter(({ account }) => account === FIRST).map(({ action }) => action);
    expect(sorted(ofTarget)).toEqual([
      'AssumeRole',
      'GetRole',
      'GetRolePolicy',
      'GetRolePolicy',
      'ListAttachedRolePolicies',
      'ListRolePolicies',
    ]);
  });
});

describe('a refused read leaves its part open, says what is missing where, and takes nothing else along', () => {
  test.each<[string, object]>([
    [
      'GetRole',
      {
        trust: undefined,
        boundary: undefined,
        tags: undefined,
        description: undefined,
        maxSessionDuration: undefined,
        path: '/',
        arn: ROLE,
        inlinePolicies: [{ name: 'a' }],
      },
    ],
    ['ListAttachedRolePolicies', { managedPolicies: undefined, boundary: null, inlinePolicies: [{ name: 'a' }] }],
    ['ListRolePolicies', { inlinePolicies: undefined, boundary: null, managedPolicies: { optional: [] } }],
    ['GetRolePolicy', { inlinePolicies: undefined, boundary: null, managedPolicies: { optional: [] } }],
  ])('%s', async (action, partial) => {
    await using live = await startLive({
      edit: (draft) => Object.assign(role(draft), { inlinePolicies: [{ name: 'a', document: DOCUMENT }] }),
    });
    live.aws.faults.add({ action, account: FIRST, effect: 'access-denied' });
    const { found, errors, other } = await readFirst(live);
    expect(found).toMatchObject(partial);
    expect(other).toMatchObject({ boundary: null, inlinePolicies: [] });
    expect(errors).toEqual([
      {
        scope: 'target',
        account: FIRST,
        roleName: 'Micetro',
        code: 'AccessDenied',
        call: `iam:${action}`,
        message: expect.stringContaining('is not authorized'),
        advice: `Allow ${AUDITOR} to call iam:${action} on ${ROLE}. According to AWS, a service control policy denies the call.`,
      },
    ]);
  });

  test('all reads: nothing is known of the role', async () => {
    await using live = await startLive();
    live.aws.faults.add({ service: 'iam', account: FIRST, effect: 'access-denied' });
    const { found, errors } = await readFirst(live);
    expect(found).toBeUndefined();
    expect(sorted(errors.map(({ call }) => call))).toEqual(['iam:GetRole', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies']);
  });
});

describe('an auditor that can not be assumed', () => {
  test('is an error with both sides to look at; the other targets are read', async () => {
    await using live = await startLive({ guide: { externalId: 'right-one' } });
    live.aws.account(FIRST).call('UpdateAssumeRolePolicy', {
      RoleName: 'AssumeRoleAuditor',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: '333333333333' }, Action: 'sts:AssumeRole' }],
      }),
    });
    const { found, errors, other } = await readFirst(live);
    expect(found).toBeUndefined();
    expect(other).toMatchObject({ path: '/' });
    expect(errors).toEqual([
      {
        scope: 'target',
        account: FIRST,
        code: 'AccessDenied',
        call: 'sts:AssumeRole',
        message: expect.stringContaining('is not authorized to perform: sts:AssumeRole'),
        advice: expect.stringMatching(
          `^In the hub account, allow arn:aws:iam::111111111111:role/DriftAuditor to call sts:AssumeRole on ${AUDITOR}\\. In the target account, .*trust policy.*ExternalId`,
        ),
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain('right-one');
  });

  test('is asked once, and not once for each read', async () => {
    await using live = await startLive();
    live.aws.faults.add({ action: 'AssumeRole', account: FIRST, effect: 'access-denied' });
    await live.read();
    expect(live.aws.calls.filter(({ account }) => account === FIRST)).toHaveLength(1);
  });

  test('without the ExternalId that it asks for is refused', async () => {
    await using live = await startLive({ guide: { externalId: 'right-one' } });
    const access = await live.open();
    const session = access.assume(AUDITOR, undefined);
    await expect(session.open()).rejects.toThrow('sts:AssumeRole');
    access.close();
  });

  test.each<[string, Effect, string, RegExp]>([
    [
      'a region that is off',
      { code: 'RegionDisabledException', status: 403, message: 'STS is not activated in this region' },
      'RegionDisabledException',
      /aws-region/,
    ],
    [
      'a malformed name',
      { code: 'ValidationError', status: 400, message: '1 validation error detected' },
      'ValidationError',
      /well-formed/,
    ],
  ])('%s', async (_, effect, code, advice) => {
    await using live = await startLive();
    live.aws.faults.add({ action: 'AssumeRole', account: SECOND, effect });
    const { errors } = await live.read();
    expect(errors).toEqual([
      expect.objectContaining({ account: SECOND, call: 'sts:AssumeRole', code, advice: expect.stringMatching(advice) }),
    ]);
  });
});

test('an inline policy that goes away between the list and its reading is not there', async () => {
  await using live = await startLive({
    edit: (draft) => Object.assign(role(draft), { inlinePolicies: ['a', 'b'].map((name) => ({ name, document: DOCUMENT })) }),
  });
  const remove = () => void live.aws.account(FIRST).call('DeleteRolePolicy', { RoleName: 'Micetro', PolicyName: 'a' });
  live.aws.faults.add({ action: 'GetRolePolicy', params: { PolicyName: 'a' }, times: 1, before: remove });
  const { found, errors } = await readFirst(live);
  expect(errors).toEqual([]);
  expect(found?.inlinePolicies?.map(({ name }) => name)).toEqual(['b']);
});

test('an inline policy that AWS lists and does not show is an error, unless it comes to show', async () => {
  await using live = await startLive({
    edit: (draft) => Object.assign(role(draft), { inlinePolicies: ['a', 'b'].map((name) => ({ name, document: DOCUMENT })) }),
  });
  const late = { code: 'NoSuchEntity', status: 404, message: 'The role policy with name a cannot be found.' };
  live.aws.faults.add({ action: 'GetRolePolicy', params: { PolicyName: 'a' }, effect: late });
  const hidden = await readFirst(live);
  expect(hidden.errors).toEqual([
    expect.objectContaining({ code: 'NoSuchEntity', call: 'iam:GetRolePolicy', advice: expect.stringContaining('Run the job again') }),
  ]);
  expect(hidden.found?.inlinePolicies).toBeUndefined();
  live.aws.faults.set([{ action: 'GetRolePolicy', params: { PolicyName: 'a' }, times: 1, effect: late }]);
  const shown = await readFirst(live);
  expect(shown.errors).toEqual([]);
  expect(shown.found?.inlinePolicies?.map(({ name }) => name).toSorted()).toEqual(['a', 'b']);
});

describe('passing failures', () => {
  test.each<[Effect]>([['throttling'], ['internal-failure'], ['service-unavailable'], ['html'], ['reset'], ['hang']])(
    '%s, twice, is waited out',
    async (effect) => {
      await using live = await startLive({ guide: { targets: [FIRST] } });
      live.aws.faults.add({ action: 'GetRole', times: 2, effect });
      const { found, errors } = await readFirst(live, IMPATIENT);
      expect(errors).toEqual([]);
      expect(found?.arn).toBe(ROLE);
      expect(live.aws.calls.filter(({ action }) => action === 'GetRole')).toHaveLength(3);
    },
  );

  test.each<[Effect, string, RegExp]>([
    ['internal-failure', 'ServiceFailure', /health\.aws/],
    ['service-unavailable', 'ServiceUnavailable', /health\.aws/],
    ['html', 'UnexpectedAnswer', /proxy/],
    ['reset', 'ECONNRESET', /network/],
    ['hang', 'ETIMEDOUT', /network/],
  ])('%s that stays is an error after a bounded number of tries', async (effect, code, advice) => {
    await using live = await startLive({ guide: { targets: [FIRST] } });
    live.aws.faults.add({ action: 'GetRole', effect });
    const { found, errors } = await readFirst(live, IMPATIENT);
    expect(found).toMatchObject({ trust: undefined, managedPolicies: { optional: [] } });
    expect(errors).toEqual([expect.objectContaining({ call: 'iam:GetRole', code, advice: expect.stringMatching(advice) })]);
    expect(live.aws.calls.filter(({ action }) => action === 'GetRole')).toHaveLength(3);
  });

  test.each<[Effect]>([
    ['access-denied'],
    [{ code: 'LimitExceeded', status: 409, message: 'Cannot exceed quota' }],
    [{ code: 'InvalidInput', status: 400, message: 'no' }],
  ])('%j is final at once', async (effect) => {
    await using live = await startLive({ guide: { targets: [FIRST] } });
    live.aws.faults.add({ action: 'GetRole', effect });
    await live.read();
    expect(live.aws.calls.filter(({ action }) => action === 'GetRole')).toHaveLength(1);
  });
});
