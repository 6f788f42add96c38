import { describe, expect, test } from '@jest/globals';
import type { MemberEstate, OrganizationEstate } from '../../dev/aws/organizations/organization.ts';
import type { Settings } from '../../dev/aws/settings.ts';
import { readOrganization } from '../../src/live/read-organization.ts';
import type { State } from '../../src/state/state.ts';
import { deadlineIn } from '../deadlines.ts';
import { type Live, startLive } from './hub.ts';

const HUB = '111111111111';
const MANAGEMENT = '999999999999';
const ROOT = 'r-ab12';
const PROD = 'ou-ab12-11111111';
const EUROPE = 'ou-ab12-33333333';
const SANDBOX = 'ou-ab12-22222222';

/** The root with the management account and the hub, a unit with a unit below it, and another. */
const ORGANIZATION: OrganizationEstate = {
  management: MANAGEMENT,
  units: [{ id: ROOT }, { id: PROD, parent: ROOT }, { id: EUROPE, parent: PROD }, { id: SANDBOX, parent: ROOT }],
  accounts: [
    { id: MANAGEMENT, name: 'management', unit: ROOT },
    { id: HUB, name: 'hub', unit: ROOT },
    { id: '200000000001', name: 'prod', unit: PROD },
    { id: '200000000002', name: 'europe', unit: EUROPE },
    { id: '444444444444', name: 'sandbox', state: 'CLOSED', unit: SANDBOX },
  ],
};
const IN_PROD = { '200000000001': [PROD], '200000000002': [PROD] };

interface Asked {
  readonly organization?: OrganizationEstate;
  readonly settings?: Partial<Settings>;
  readonly units?: readonly string[];
  /** Default: the one of the management account. */
  readonly role?: string | undefined;
  readonly own?: readonly string[];
  readonly before?: (live: Live) => void;
}

/** The units of each account that is in one of those asked for, what went wrong, and the calls that it took. */
async function read(asked: Asked = {}) {
  const { organization = ORGANIZATION, settings, units = [], own = [HUB] } = asked;
  await using live = await startLive({ guide: { organization }, ...settings });
  const role = 'role' in asked ? asked.role : live.guide.organizationRole;
  asked.before?.(live);
  const access = await live.open();
  live.asked();
  try {
    const read = await readOrganization({ access, role, units, own });
    const { accounts, unknownUnits } = read.organization;
    const placed = accounts?.filter((account) => account.units.length > 0);
    const calls = live.aws.calls.filter(({ service }) => service === 'organizations');
    return {
      accounts,
      units: Object.fromEntries(placed?.map((account) => [account.id, account.units]) ?? []),
      unknownUnits,
      errors: read.errors,
      calls: calls.map(({ action, params }) => [action, params.ParentId].filter((part) => part !== undefined).join(' ')),
    };
  } finally {
    access.close();
  }
}

const settingsOf = (organizations: Partial<Settings['organizations']>, more: Partial<Settings> = {}): Partial<Settings> => ({
  organizations: { emptyPages: false, accountPaths: true, accountStates: 'current', ...organizations },
  ...more,
});

describe('the accounts of the organization', () => {
  test('come with names, states and which of them is the management account', async () => {
    const { accounts, errors, calls } = await read();
    expect(errors).toEqual([]);
    expect(accounts).toEqual([
      { id: MANAGEMENT, name: 'management', state: 'ACTIVE', isManagement: true, units: [] },
      { id: HUB, name: 'hub', state: 'ACTIVE', isManagement: false, units: [] },
      { id: '200000000001', name: 'prod', state: 'ACTIVE', isManagement: false, units: [] },
      { id: '200000000002', name: 'europe', state: 'ACTIVE', isManagement: false, units: [] },
      { id: '444444444444', name: 'sandbox', state: 'CLOSED', isManagement: false, units: [] },
    ]);
    expect(calls).toEqual(['ListAccounts']);
  });

  test('are read to the last page, beyond pages that are empty', async () => {
    const { accounts, calls } = await read({ settings: settingsOf({ emptyPages: true }, { pageSize: 2 }) });
    expect(accounts).toHaveLength(5);
    expect(calls).toHaveLength(6);
  });

  test('are one where they come on two pages', async () => {
    const [first, ...others] = ORGANIZATION.accounts;
    const accounts = [...ORGANIZATION.accounts, ...others, ...(first === undefined ? [] : [first])];
    const { accounts: found } = await read({ organization: { ...ORGANIZATION, accounts } });
    expect(found?.map(({ id }) => id).toSorted()).toEqual(ORGANIZATION.accounts.map(({ id }) => id).toSorted());
  });

  test('have their state from Status where AWS gives no State', async () => {
    const { accounts } = await read({ settings: settingsOf({ accountStates: 'retired' }) });
    expect(accounts?.map(({ state }) => state)).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'SUSPENDED']);
  });

  test('320 of them take 16 calls', async () => {
    const more = Array.from({ length: 315 }, (_, index): MemberEstate => ({ id: String(300_000_000_000 + index), unit: PROD }));
    const { accounts, calls } = await read({ organization: { ...ORGANIZATION, accounts: [...ORGANIZATION.accounts, ...more] } });
    expect([accounts?.length, calls.length]).toEqual([320, 16]);
  });

  test('are read by the hub itself where it is a delegated administrator', async () => {
    const before = ({ aws }: Live) =>
      void aws.account(HUB).call('PutRolePolicy', {
        RoleName: 'DriftAuditor',
        PolicyName: 'organization',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'organizations:List*', Resource: '*' }],
        }),
      });
    const { accounts, errors } = await read({
      organization: { ...ORGANIZATION, delegatedAdministrators: [HUB] },
      role: undefined,
      before,
    });
    expect([accounts?.length, errors]).toEqual([5, []]);
  });
});

describe('the accounts of units', () => {
  test('are found by the paths that AWS gives, without a further call', async () => {
    const { units, calls } = await read({ units: [PROD] });
    expect([units, calls]).toEqual([IN_PROD, ['ListAccounts']]);
  });

  test('are found by going through the units where AWS gives no paths', async () => {
    const { units, calls } = await read({ units: [PROD, EUROPE], settings: settingsOf({ accountPaths: false, emptyPages: true }) });
    expect(units).toEqual({ '200000000001': [PROD], '200000000002': [PROD, EUROPE] });
    const asked = [...new Set(calls)].filter((call) => call !== 'ListAccounts');
    expect(asked).toEqual([
      `ListAccountsForParent ${PROD}`,
      `ListOrganizationalUnitsForParent ${PROD}`,
      `ListAccountsForParent ${EUROPE}`,
      `ListOrganizationalUnitsForParent ${EUROPE}`,
    ]);
  });

  test('of the root are all of them', async () => {
    const { units } = await read({ units: [ROOT], settings: settingsOf({ accountPaths: false }) });
    expect(Object.keys(units)).toHaveLength(5);
  });

  test.each([true, false])('are known to be none where a unit has none (paths: %s)', async (accountPaths) => {
    const organization = { ...ORGANIZATION, units: [...ORGANIZATION.units, { id: 'ou-ab12-44444444', parent: ROOT }] };
    const { unknownUnits, errors } = await read({ organization, units: ['ou-ab12-44444444'], settings: settingsOf({ accountPaths }) });
    expect([unknownUnits, errors]).toEqual([undefined, []]);
  });

  test.each([true, false])('are not known where there is no such unit (paths: %s)', async (accountPaths) => {
    const { accounts, units, unknownUnits, errors } = await read({
      units: ['ou-ab12-99999999', PROD],
      settings: settingsOf({ accountPaths }),
    });
    expect([accounts?.length, units, unknownUnits]).toEqual([5, IN_PROD, ['ou-ab12-99999999']]);
    expect(errors).toEqual([
      {
        scope: 'organization',
        account: '',
        code: 'ParentNotFoundException',
        call: expect.stringMatching(/^organizations:List\w+ForParent$/),
        message: 'The organization does not contain the unit ou-ab12-99999999.',
        advice: 'Correct its id under organization in the desired-state file, or remove it.',
      },
    ]);
  });
});

describe('what can’t be read', () => {
  const none = { accounts: undefined, units: {}, unknownUnits: undefined };
  const refusal = expect.stringMatching(
    /^Allow .*DriftOrganization to call organizations:ListAccounts\. Only the management account and delegated administrators/,
  );
  const throttled = { action: 'ListAccounts', effect: 'throttling' } as const;

  test.each<[string, Asked, { readonly code: string; readonly call?: string; readonly advice: unknown }]>([
    [
      'the permission is missing',
      {
        before: ({ aws }) => void aws.account(MANAGEMENT).call('DeleteRolePolicy', { RoleName: 'DriftOrganization', PolicyName: 'drift' }),
      },
      { code: 'AccessDeniedException', advice: refusal },
    ],
    [
      'neither a role is named nor the hub is a delegated administrator',
      { role: undefined },
      { code: 'AccessDeniedException', advice: expect.stringContaining('or set the input organization-role') },
    ],
    [
      'there is no such role',
      { role: `arn:aws:iam::${MANAGEMENT}:role/Other` },
      {
        code: 'AccessDenied',
        call: 'sts:AssumeRole',
        advice: `Allow arn:aws:iam::${HUB}:role/DriftAuditor to call sts:AssumeRole on arn:aws:iam::${MANAGEMENT}:role/Other, and name it in the trust policy of that role (input organization-role).`,
      },
    ],
    [
      'the account is in no organization',
      { before: ({ aws }) => aws.organize(undefined) },
      {
        code: 'AWSOrganizationsNotInUseException',
        advice: expect.stringMatching(/^Account 999999999999 is not in an organization\. Set the input/),
      },
    ],
    [
      'it is another organization',
      { own: ['555555555555'] },
      { code: 'OtherOrganization', advice: expect.stringContaining('is in a different organization') },
    ],
    [
      'a later page is refused',
      {
        settings: { pageSize: 2 },
        before: ({ aws }) => aws.faults.set([{ action: 'ListAccounts', after: 2, effect: 'access-denied' }]),
      },
      { code: 'AccessDeniedException', advice: expect.stringMatching(/service control policy/) },
    ],
  ])('%s', async (_, asked, error) => {
    const { errors, calls: _calls, ...found } = await read({ units: [PROD], ...asked });
    expect(found).toEqual(none);
    expect(errors).toEqual([
      { scope: 'organization', account: '', call: 'organizations:ListAccounts', message: expect.any(String), ...error },
    ]);
  });

  test('throttled calls go on when AWS lets them', async () => {
    const before = ({ aws }: Live) => aws.faults.set([{ ...throttled, times: 2 }]);
    const { accounts, calls } = await read({ before });
    expect([accounts?.length, calls.length]).toEqual([5, 3]);
  });

  test('a unit that may not be listed leaves the accounts known, and all units unknown', async () => {
    const before = ({ aws }: Live) => aws.faults.set([{ action: 'ListAccountsForParent', effect: 'access-denied' }]);
    const { accounts, unknownUnits, errors, calls } = await read({
      units: [PROD, SANDBOX],
      settings: settingsOf({ accountPaths: false }),
      before,
    });
    expect([accounts?.length, unknownUnits, errors.length]).toEqual([5, [PROD, SANDBOX], 1]);
    expect(calls.filter((call) => call.startsWith('ListAccountsForParent'))).toHaveLength(1);
  });

  test('throttling ends with the time to read', async () => {
    await using live = await startLive({ guide: { organization: ORGANIZATION } });
    live.aws.faults.set([throttled]);
    const access = await live.open({ deadline: deadlineIn(0.02) });
    const { organization, errors } = await readOrganization({ access, role: live.guide.organizationRole, units: [], own: [] });
    access.close();
    expect(organization).toEqual({});
    expect(errors).toMatchObject([{ code: 'TimeLimitReached', call: 'organizations:ListAccounts' }]);
  });
});

describe('beside the targets', () => {
  const withScope = (desired: State): State => ({
    ...desired,
    organization: { scope: { include: [], exclude: { accounts: [], units: [] } } },
  });
  const closed = {
    ...ORGANIZATION,
    accounts: ORGANIZATION.accounts.map((account) => (account.id === '200000000002' ? { ...account, state: 'SUSPENDED' } : account)),
  };

  test('an account that refuses because it is not active has an error that says so', async () => {
    await using live = await startLive({ guide: { organization: closed } });
    const { state, errors } = await live.read({}, withScope(live.desired), live.guide.organizationRole);
    expect(state.organization?.accounts).toHaveLength(5);
    expect(errors).toMatchObject([
      {
        scope: 'target',
        account: '200000000002',
        call: 'sts:AssumeRole',
        advice: expect.stringMatching(/^AWS Organizations lists this account as SUSPENDED, .* target-not-active/),
      },
    ]);
  });

  test('nothing is asked where the file states no organization', async () => {
    await using live = await startLive({ guide: { organization: ORGANIZATION } });
    const { state } = await live.read({}, live.desired, live.guide.organizationRole);
    expect(state.organization).toBeUndefined();
    expect(live.asked().filter((action) => action.startsWith('ListAccounts'))).toEqual([]);
  });
});
