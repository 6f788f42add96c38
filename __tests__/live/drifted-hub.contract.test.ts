import { describe, expect, test } from '@jest/globals';
import { accountIn, type Estate, groupIn, userIn } from '../../dev/aws/estate.ts';
import type { Effect } from '../../dev/aws/faults/fault.ts';
import { assume } from '../../dev/aws/guide.ts';
import { liveReader } from '../../src/live/read-live.ts';
import { parsePolicy } from '../../src/policy/index.ts';
import type { Group, Hub, NameSet, State } from '../../src/state/state.ts';
import { type Live, type LiveOptions, sorted, startLive, wanting } from './hub.ts';

/** What is read of the hub only where it has drifted. A clean night makes none of these calls. */

const HUB = '111111111111';
const GROUP = `arn:aws:iam::${HUB}:group/micetro-targets`;
const CUSTOM = `arn:aws:iam::${HUB}:policy/assume-all`;
const ABSENT = `arn:aws:iam::${HUB}:policy/absent`;
const FOREIGN = 'arn:aws-cn:iam::aws:policy/SecurityAudit';
const READ_ONLY = 'arn:aws:iam::aws:policy/IAMReadOnlyAccess';
const AUDIT = 'arn:aws:iam::aws:policy/SecurityAudit';
const EC2 = 'arn:aws:iam::aws:policy/AmazonEC2FullAccess';
const WIDE = assume(['arn:aws:iam::*:role/Micetro']);

type Edit = (draft: Estate) => void;
type Desire = (desired: State) => State;

const user = (draft: Estate) => userIn(draft, HUB, 'micetro');
const group = (draft: Estate) => groupIn(draft, HUB, 'micetro-targets');
const all =
  (...edits: Edit[]): Edit =>
  (draft) => {
    for (const edit of edits) edit(draft);
  };

const clean: Edit = () => undefined;
const withoutGrants: Edit = (draft) => void Object.assign(group(draft), { inlinePolicies: [] });
const withCustom: Edit = (draft) => void accountIn(draft, HUB).policies.push({ name: 'assume-all', document: WIDE });
const inOperators: Edit = (draft) => {
  withCustom(draft);
  accountIn(draft, HUB).groups.push({
    name: 'operators',
    path: '/people/',
    members: ['micetro'],
    managedPolicies: [CUSTOM],
    inlinePolicies: [{ name: 'wide', document: WIDE }],
  });
};

const asIs: Desire = (desired) => desired;
const withHub = (desired: State, hub: Partial<Hub>): State => ({ ...desired, hub: { ...desired.hub, ...hub } });
const allowingOperators: Desire = (desired) => wanting(desired, { groups: { required: ['micetro-targets'], optional: ['Operators'] } });
const userNamed =
  (name: string): Desire =>
  (desired) =>
    withHub(desired, { user: { ...desired.hub.user, name } });
/** The hub group, by its name and managed policies. */
const groupWith =
  (name: string, managedPolicies: NameSet): Desire =>
  (desired) => {
    const value = { path: undefined, arn: GROUP, members: undefined, inlinePolicies: undefined, managedPolicies };
    return withHub(desired, { groups: [{ name, value }] });
  };
const userWith =
  (managedPolicies: NameSet): Desire =>
  (desired) =>
    wanting(desired, { managedPolicies });

const set = (required: readonly string[], optional: readonly string[] = []): NameSet => ({ required, optional });

interface Situation extends LiveOptions {
  readonly desired?: Desire;
  /** Calls on a group or policy that do not get their answer. */
  readonly refused?: readonly (readonly [action: string, of: string])[];
  readonly effect?: Effect;
}

async function readHub({ desired = asIs, refused = [], effect = 'access-denied', ...options }: Situation) {
  await using live = await startLive(options);
  live.aws.faults.set(refused.map(([action, of]) => ({ action, effect, params: { [paramOf(action)]: of } })));
  const { state, errors } = await live.read({}, desired(live.desired));
  return { hub: state.hub, errors: errors.map(({ call }) => call), calls: callsOf(live) };
}

function paramOf(action: string): string {
  if (action.includes('User')) return 'UserName';
  return action.includes('Group') ? 'GroupName' : 'PolicyArn';
}

/** Reads of the hub group, of other groups and of managed policies, each with what it reads. */
function callsOf({ aws }: Live): string[] {
  const read = aws.calls.filter(({ action }) => /^(GetPolicy|List.*Group|Get.*Group)/.test(action) && !action.endsWith('ForUser'));
  return read.map(({ action, params }) => `${action} ${params.GroupName ?? params.PolicyArn ?? ''}`);
}

const operators = {
  name: 'operators',
  value: {
    path: undefined,
    arn: `arn:aws:iam::${HUB}:group/people/operators`,
    members: undefined,
    managedPolicies: set([CUSTOM]),
    inlinePolicies: [{ name: 'wide', document: parsePolicy(JSON.stringify(WIDE), 'identity') }],
  },
};
const operatorsWith = (edit: object) => ({ ...operators, value: { ...operators.value, ...edit } });

describe('the other groups whose policies the file states', () => {
  const stating =
    (value: Partial<Group>): Desire =>
    (state) => {
      const group = { path: undefined, arn: operators.value.arn, members: undefined, managedPolicies: set([]), inlinePolicies: [] };
      return withHub(allowingOperators(state), { otherGroups: [{ name: 'Operators', value: { ...group, ...value } }] });
    };
  const asIs = { managedPolicies: set([CUSTOM]), inlinePolicies: operators.value.inlinePolicies };
  const inReaders: Edit = (draft) =>
    void accountIn(draft, HUB).groups.push({ name: 'readers', members: ['micetro'], managedPolicies: [AUDIT], inlinePolicies: [] });
  const ofOthers = (calls: readonly string[]) => sorted(calls.filter((call) => !call.endsWith(' micetro-targets')));

  test('are read on a clean night, and nothing else is', async () => {
    const desired: Desire = (state) => {
      const { hub } = stating(asIs)(state);
      return wanting(withHub(state, hub), { groups: { required: ['micetro-targets'], optional: ['Operators', 'readers'] } });
    };
    const { hub, errors, calls } = await readHub({ edit: all(inOperators, inReaders), desired });
    expect(errors).toEqual([]);
    const read = operatorsWith({ members: [{ name: 'micetro', arn: `arn:aws:iam::${HUB}:user/micetro` }] });
    expect([hub.otherGroups, hub.driftedDocuments, hub.managedDocuments]).toEqual([[read], undefined, undefined]);
    expect(ofOthers(calls)).toEqual([
      'GetGroup operators',
      'GetGroupPolicy operators',
      'ListAttachedGroupPolicies operators',
      'ListGroupPolicies operators',
    ]);
  });

  test('are not read while the user is not in them', async () => {
    const { hub, calls } = await readHub({ desired: stating(asIs) });
    expect([hub.otherGroups, ofOthers(calls)]).toEqual([undefined, []]);
  });

  test('the documents of policies by which live and file differ are read', async () => {
    const desired = stating({ ...asIs, managedPolicies: set([AUDIT]) });
    const { hub, errors } = await readHub({ edit: inOperators, desired });
    expect(errors).toEqual([]);
    expect(hub.driftedDocuments?.map(({ arn }) => arn).toSorted()).toEqual([CUSTOM, AUDIT].toSorted());
  });

  test('what they hold beyond that is no way in', async () => {
    const edit = all(inOperators, withoutGrants);
    const documents = async (value: Partial<Group>) =>
      (await readHub({ edit, desired: stating(value) })).hub.managedDocuments?.map(({ arn }) => arn);
    expect(await documents({})).toEqual([READ_ONLY]);
    expect(sorted((await documents(asIs)) ?? [])).toEqual(sorted([READ_ONLY, CUSTOM, `${operators.value.arn}/policy/wide`]));
  });

  test.each([['ListGroupPolicies'], ['GetGroupPolicy'], ['ListAttachedGroupPolicies']])('are an error without %s', async (action) => {
    const { errors } = await readHub({ edit: inOperators, desired: stating(asIs), refused: [[action, 'operators']] });
    expect(errors).toEqual([`iam:${action}`]);
  });

  test('their members may stay unknown', async () => {
    const { hub, errors } = await readHub({ edit: inOperators, desired: stating(asIs), refused: [['GetGroup', 'operators']] });
    expect([hub.otherGroups, errors]).toEqual([[operators], []]);
  });

  test('one that went since it was listed holds nothing', async () => {
    const effect = { code: 'NoSuchEntity', status: 404, message: 'The group with name operators cannot be found.' };
    const { hub, errors } = await readHub({
      edit: inOperators,
      desired: stating(asIs),
      refused: [['ListGroupPolicies', 'operators']],
      effect,
    });
    expect([hub.otherGroups, errors]).toEqual([[{ name: 'operators', value: null }], []]);
  });
});

test('a clean hub is read without them, whatever the file allows', async () => {
  const desired: Desire = (state) => userWith(set([READ_ONLY], [AUDIT, CUSTOM]))(allowingOperators(state));
  const edit = all(inOperators, (draft) => void user(draft).managedPolicies.push(CUSTOM));
  const { hub, errors, calls } = await readHub({ edit, desired });
  expect(errors).toEqual([]);
  expect([hub.otherGroups, hub.driftedDocuments, hub.managedDocuments]).toEqual([undefined, undefined, undefined]);
  expect(calls.filter((call) => !call.endsWith(' micetro-targets'))).toEqual([]);
});

describe('the other groups of the user', () => {
  test.each<[string, Edit, Desire, unknown]>([
    ['one that the file does not allow', inOperators, asIs, [operators]],
    ['one that the file allows, while a grant is missing', all(inOperators, withoutGrants), allowingOperators, [operators]],
    [
      'the one with the grants, where the file names a group that does not exist',
      clean,
      groupWith('micetro-target', set([])),
      [
        {
          name: 'micetro-targets',
          value: {
            path: undefined,
            arn: GROUP,
            members: undefined,
            managedPolicies: set([]),
            inlinePolicies: ['200000000001', '200000000002'].map((account) => ({
              name: `assume-${account}-Micetro`,
              document: parsePolicy(JSON.stringify(assume([`arn:aws:iam::${account}:role/Micetro`])), 'identity'),
            })),
          },
        },
      ],
    ],
    ['none', withoutGrants, asIs, []],
    ['none, as there is no such user', withoutGrants, userNamed('nobody'), []],
  ])('are read: %s', async (_, edit, desired, expected) => {
    const { hub, errors } = await readHub({ edit, desired });
    expect(errors).toEqual([]);
    expect(hub.otherGroups).toEqual(expected);
  });

  test('are read once, although the grants depend on them as well', async () => {
    const { hub, calls } = await readHub({ edit: all(inOperators, withoutGrants), desired: allowingOperators });
    expect(hub.managedDocuments?.map(({ arn }) => arn)).toContain(CUSTOM);
    expect(sorted(calls.filter((call) => / (operators|arn.*assume-all)$/.test(call)))).toEqual([
      'GetGroupPolicy operators',
      `GetPolicy ${CUSTOM}`,
      `GetPolicyVersion ${CUSTOM}`,
      'ListAttachedGroupPolicies operators',
      'ListGroupPolicies operators',
    ]);
  });

  const gone = { code: 'NoSuchEntity', status: 404, message: 'The group with name operators cannot be found.' };
  test.each<[string, Effect, object]>([
    ['ListGroupPolicies', 'access-denied', { inlinePolicies: undefined }],
    ['GetGroupPolicy', 'access-denied', { inlinePolicies: undefined }],
    ['ListAttachedGroupPolicies', 'access-denied', { managedPolicies: undefined }],
    ['ListGroupPolicies', gone, { inlinePolicies: undefined }],
    ['GetGroupPolicy', gone, { inlinePolicies: undefined }],
  ])('are open without %s (%j), and that is no error', async (action, effect, expected) => {
    const { hub, errors } = await readHub({ edit: inOperators, refused: [[action, 'operators']], effect });
    expect(errors).toEqual([]);
    expect(hub.otherGroups).toEqual([operatorsWith(expected)]);
  });

  test('are an error where a grant may depend on one that the file allows', async () => {
    const edit = all(inOperators, withoutGrants);
    const refused = [['ListGroupPolicies', 'operators']] as const;
    const { hub, errors } = await readHub({ edit, desired: allowingOperators, refused });
    expect(errors).toEqual(['iam:ListGroupPolicies']);
    expect([hub.managedDocuments, hub.otherGroups]).toEqual([undefined, [operatorsWith({ inlinePolicies: undefined })]]);
  });

  test('are an error where AWS did not answer', async () => {
    const { errors } = await readHub({
      edit: inOperators,
      refused: [['ListGroupPolicies', 'operators']],
      effect: 'internal-failure',
    });
    expect(errors).toEqual(['iam:ListGroupPolicies']);
  });

  test("are not known without the user's groups", async () => {
    const { hub, errors } = await readHub({ edit: all(inOperators, withoutGrants), refused: [['ListGroupsForUser', 'micetro']] });
    expect(errors).toEqual(['iam:ListGroupsForUser']);
    expect(hub.otherGroups).toBeUndefined();
  });
});

describe('documents of managed policies by which live and file differ', () => {
  const attach =
    (...arns: string[]): Edit =>
    (draft) =>
      void user(draft).managedPolicies.push(...arns);
  const attachToGroup =
    (...arns: string[]): Edit =>
    (draft) =>
      void group(draft).managedPolicies.push(...arns);
  const bounded =
    (boundary: string): Edit =>
    (draft) =>
      void Object.assign(user(draft), { boundary });

  test.each<[string, Edit, Desire, readonly string[] | undefined]>([
    ['attached to the user, not in the file', attach(AUDIT), asIs, [AUDIT]],
    ['required of the user, not attached', clean, userWith(set([READ_ONLY, AUDIT], [EC2])), [AUDIT]],
    ['attached to the group, not in the file', attachToGroup(AUDIT, EC2), groupWith('micetro-targets', set([EC2])), [AUDIT]],
    ['required of the group, not attached', clean, groupWith('micetro-targets', set([AUDIT], [EC2])), [AUDIT]],
    ['required of a group that does not exist', clean, groupWith('nowhere', set([AUDIT], [EC2])), [AUDIT]],
    ['required of a user that does not exist, and is not created', clean, userNamed('nobody'), undefined],
    ['a boundary that is extra', bounded(AUDIT), asIs, [AUDIT]],
    ['a boundary that is missing', clean, (desired) => wanting(desired, { boundary: AUDIT }), [AUDIT]],
    ['another boundary: both', bounded(AUDIT), (desired) => wanting(desired, { boundary: EC2 }), [AUDIT, EC2]],
    ['the boundary that is wanted', bounded(AUDIT), (desired) => wanting(desired, { boundary: AUDIT }), undefined],
    ["another group's, as its membership is extra", inOperators, asIs, [CUSTOM]],
    ['one twice', all(attach(AUDIT), attachToGroup(AUDIT), bounded(AUDIT)), groupWith('micetro-targets', set([])), [AUDIT]],
    ['one that does not exist', clean, userWith(set([READ_ONLY, ABSENT])), []],
    ['one that AWS does not know in this partition', clean, userWith(set([READ_ONLY, FOREIGN])), []],
  ])('%s', async (_, edit, desired, expected) => {
    const { hub, errors, calls } = await readHub({ edit, desired });
    expect(errors).toEqual([]);
    expect(hub.driftedDocuments?.map(({ arn }) => arn).toSorted()).toEqual(expected?.toSorted());
    const versions = calls.filter((call) => call.startsWith('GetPolicyVersion '));
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('are those in force', async () => {
    await using live = await startLive({ edit: all(withCustom, attach(CUSTOM)) });
    const newer = JSON.stringify(assume(['arn:aws:iam::200000000002:role/Micetro']));
    live.aws.account(HUB).call('CreatePolicyVersion', { PolicyArn: CUSTOM, PolicyDocument: newer, SetAsDefault: 'true' });
    const { hub } = (await live.read()).state;
    expect(hub.driftedDocuments).toEqual([{ arn: CUSTOM, document: parsePolicy(newer, 'identity') }]);
  });

  test('are those of the partition', async () => {
    const { hub } = await readHub({
      partition: 'aws-us-gov',
      guide: { partition: 'aws-us-gov' },
      edit: attach('arn:aws-us-gov:iam::aws:policy/AmazonEC2FullAccess'),
    });
    expect(hub.driftedDocuments?.map(({ arn }) => arn)).toEqual(['arn:aws-us-gov:iam::aws:policy/AmazonEC2FullAccess']);
  });

  test.each([['GetPolicy'], ['GetPolicyVersion']])('are left out without %s, and that is no error', async (action) => {
    const { hub, errors } = await readHub({ edit: attach(AUDIT, EC2), refused: [[action, AUDIT]] });
    expect(errors).toEqual([]);
    expect(hub.driftedDocuments?.map(({ arn }) => arn)).toEqual([EC2]);
  });

  test('are an error where AWS did not answer', async () => {
    const { errors } = await readHub({ edit: attach(AUDIT), refused: [['GetPolicy', AUDIT]], effect: 'internal-failure' });
    expect(errors).toEqual(['iam:GetPolicy']);
  });

  test('are read once for two files, and are an error for the one that has to know', async () => {
    await using live = await startLive({ edit: all(withoutGrants, attach(AUDIT)) });
    live.aws.faults.add({ action: 'GetPolicy', params: { PolicyArn: AUDIT }, effect: 'access-denied' });
    const access = await live.open();
    const auditor = { roleName: 'AssumeRoleAuditor', externalId: undefined };
    const read = liveReader({ auditor, access, concurrency: 8 });
    const extra = await read(live.desired);
    const accepted = await read(userWith(set([READ_ONLY, AUDIT]))(live.desired));
    access.close();
    expect([extra.errors, extra.state.hub.managedDocuments?.map(({ arn }) => arn)]).toEqual([[], [READ_ONLY]]);
    expect([accepted.errors.map(({ call }) => call), accepted.state.hub.managedDocuments]).toEqual([['iam:GetPolicy'], undefined]);
    expect(callsOf(live).filter((call) => call === `GetPolicy ${AUDIT}`)).toHaveLength(1);
  });
});

test('a group is read once for two files, of which one has it as the hub group', async () => {
  await using live = await startLive();
  const access = await live.open();
  const read = liveReader({ auditor: { roleName: 'AssumeRoleAuditor', externalId: undefined }, access, concurrency: 8 });
  const mistyped = await read(groupWith('micetro-target', set([]))(live.desired));
  const corrected = await read(live.desired);
  access.close();
  expect(mistyped.state.hub.otherGroups?.map(({ name }) => name)).toEqual(['micetro-targets']);
  expect(corrected.errors).toEqual([]);
  expect(corrected.state.hub.groups[0]?.value?.inlinePolicies).toHaveLength(2);
  const calls = callsOf(live).filter((call) => call.endsWith(' micetro-targets'));
  expect(sorted(calls)).toEqual(
    ['GetGroup', 'GetGroupPolicy', 'GetGroupPolicy', 'ListAttachedGroupPolicies', 'ListGroupPolicies'].map(
      (action) => `${action} micetro-targets`,
    ),
  );
});
