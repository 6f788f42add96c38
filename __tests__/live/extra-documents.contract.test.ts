import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, roleIn } from '../../dev/aws/estate.ts';
import type { Fault } from '../../dev/aws/faults/fault.ts';
import { liveReader } from '../../src/live/read-live.ts';
import type { NameSet, Role, State } from '../../src/state/state.ts';
import { type Live, sorted, startLive } from './hub.ts';

/** What the policies say that are attached to roles and that the file does not allow. A clean night makes none of these calls. */

const [ONE, TWO] = ['200000000001', '200000000002'] as const;
const [DNS, EC2, AUDIT, ADMIN] = ['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'SecurityAudit', 'AdministratorAccess'].map(
  (name) => `arn:aws:iam::aws:policy/${name}`,
) as [string, string, string, string];
const own = (account: string) => `arn:aws:iam::${account}:policy/own`;
const DOCUMENT = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }] };

const attach =
  (account: string, ...arns: string[]) =>
  (draft: Estate): void => {
    accountIn(draft, account).policies.push({ name: 'own', document: DOCUMENT });
    roleIn(draft, account, 'Micetro').managedPolicies.push(...arns);
  };

const role = (arn: string, managedPolicies: NameSet): Role => ({
  ...{
    path: '/',
    arn,
    trust: undefined,
    inlinePolicies: undefined,
    boundary: undefined,
    maxSessionDuration: undefined,
    description: undefined,
  },
  ...{ tags: undefined, managedPolicies },
});

/** The roles of the file have these and no others. */
function allowing(desired: State, ...optional: string[]): State {
  const targets = desired.targets.map((target) => ({
    ...target,
    role: { name: target.roleName, value: role(target.roleArn, { required: [DNS, EC2], optional }) },
  }));
  return { ...desired, targets };
}

const documentsOf = ({ targets }: State) => targets.map((target) => target.role.value?.extraDocuments?.map(({ arn }) => arn));

function policyCalls({ aws }: Live): string[] {
  const calls = aws.calls.filter(({ action }) => action.startsWith('GetPolicy'));
  return sorted(calls.map(({ action, account, params }) => `${action} ${account} ${params.PolicyArn ?? ''}`));
}

test('a clean night makes no call', async () => {
  await using live = await startLive({ edit: attach(ONE, own(ONE)) });
  const { state, errors } = await live.read({}, allowing(live.desired, own(ONE)));
  expect([documentsOf(state), errors, policyCalls(live)]).toEqual([[undefined, undefined], [], []]);
});

test("the account's own are read there, AWS's own in the hub, once for all targets", async () => {
  const both = (draft: Estate) => {
    attach(ONE, own(ONE), AUDIT)(draft);
    attach(TWO, AUDIT)(draft);
  };
  await using live = await startLive({ edit: both });
  const { state, errors } = await live.read({}, allowing(live.desired));
  expect(errors).toEqual([]);
  expect(documentsOf(state).map((arns) => arns?.toSorted())).toEqual([[own(ONE), AUDIT].toSorted(), [AUDIT]]);
  expect(policyCalls(live)).toEqual(
    sorted([
      `GetPolicy ${ONE} ${own(ONE)}`,
      `GetPolicyVersion ${ONE} ${own(ONE)}`,
      `GetPolicy ${live.guide.hub} ${AUDIT}`,
      `GetPolicyVersion ${live.guide.hub} ${AUDIT}`,
    ]),
  );
});

test('of several desired states each has its own, and nothing is read twice', async () => {
  await using live = await startLive({ edit: attach(ONE, own(ONE), ADMIN) });
  const access = await live.open();
  const read = liveReader({ auditor: { roleName: 'AssumeRoleAuditor', externalId: undefined }, access, concurrency: 8 });
  const found = [];
  for (const desired of [allowing(live.desired, own(ONE)), allowing(live.desired), allowing(live.desired, own(ONE), ADMIN)]) {
    found.push(documentsOf((await read(desired)).state)[0]?.toSorted());
  }
  access.close();
  expect(found).toEqual([[ADMIN], [ADMIN, own(ONE)].toSorted(), undefined]);
  expect(policyCalls(live)).toHaveLength(4);
});

describe('what the auditor may not read is left out', () => {
  const read = async (fault: Fault) => {
    await using live = await startLive({ edit: attach(ONE, own(ONE), AUDIT) });
    live.aws.faults.add(fault);
    const { state, errors } = await live.read({}, allowing(live.desired));
    return [documentsOf(state)[0], errors.map(({ account, call }) => `${account} ${call}`)];
  };

  test.each([['GetPolicy'], ['GetPolicyVersion']])('%s: no error', async (action) => {
    expect(await read({ action, params: { PolicyArn: own(ONE) }, effect: 'access-denied' })).toEqual([[AUDIT], []]);
    expect(await read({ action, params: { PolicyArn: AUDIT }, effect: 'access-denied' })).toEqual([[own(ONE)], []]);
  });

  test('it is an error where AWS did not answer', async () => {
    expect(await read({ action: 'GetPolicy', params: { PolicyArn: own(ONE) }, effect: 'internal-failure' })).toEqual([
      [AUDIT],
      [`${ONE} iam:GetPolicy`],
    ]);
  });
});
