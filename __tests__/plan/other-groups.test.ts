import { expect, test } from '@jest/globals';
import type { Group, State } from '../../src/state/state.ts';
import {
  assume,
  desiredOf,
  driftOf,
  editContent,
  editGroup,
  editUser,
  HUB,
  identityPolicy,
  inlineOf,
  liveOf,
  managed,
  ONE,
  roleArn,
  SMALL,
} from '../drift/estate.ts';
import { planOf } from './planning.ts';

/** Repairs of groups beside the hub's own whose policies the file states: all that is in them is compared, so no grant in them stays. */

const S3 = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const ADMIN = managed('AdministratorAccess');
const STATED = SMALL.replace(
  '  user: micetro',
  `  user: { name: micetro, otherGroups: [{ name: readers, managedPolicies: [ReadOnlyAccess], inlinePolicies: { objects: ${JSON.stringify(S3)} } }] }`,
);

/** The user in the group, under a path and written otherwise. */
function inReaders(live: State, group: Partial<Group>): State {
  const arn = `arn:aws:iam::${HUB}:group/people/Readers`;
  const groups = { required: ['micetro-targets', 'Readers'], optional: [] };
  const value: Group = {
    path: undefined,
    arn,
    members: undefined,
    managedPolicies: { required: [], optional: [] },
    inlinePolicies: [],
    ...group,
  };
  const state = editUser(live, { groups, groupArns: [{ name: 'Readers', arn }] });
  return { ...state, hub: { ...state.hub, otherGroups: [{ name: 'Readers', value }] } };
}

const desired = desiredOf(STATED);
const DRIFTED = inReaders(liveOf(desired), {
  managedPolicies: { required: [ADMIN], optional: [] },
  inlinePolicies: inlineOf([
    { name: 'objects', document: { ...S3, Statement: [...S3.Statement, ...assumeStatements()] } },
    { name: 'go', document: assume(roleArn(ONE)) },
  ]),
});

function assumeStatements() {
  return [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn('444444444444') }];
}

function planned(live: State, options: Parameters<typeof planOf>[3] = {}) {
  const { findings } = driftOf(desired, live);
  const plan = planOf(findings, desired, live, options);
  return {
    calls: plan.calls.map(({ action, input }) => [action, input.GroupName, input.PolicyArn ?? input.PolicyName].join(' ')),
    reasons: findings.flatMap((finding) => {
      const { status, reason } = plan.repairOf(finding);
      return status === 'refused' ? [`${finding.resource}: ${reason}`] : [];
    }),
    plan,
  };
}

test('attached, detached, put and deleted, whole', () => {
  const { calls, reasons, plan } = planned(DRIFTED);
  expect(reasons).toEqual([]);
  expect(calls).toEqual([
    `iam:DetachGroupPolicy Readers ${ADMIN}`,
    'iam:DeleteGroupPolicy Readers go',
    'iam:PutGroupPolicy Readers objects',
    `iam:AttachGroupPolicy Readers ${managed('ReadOnlyAccess')}`,
  ]);
  expect(plan.calls.find(({ action }) => action === 'iam:PutGroupPolicy')?.input.PolicyDocument).toBe(JSON.stringify(S3));
});

test('the last way into a target stays', () => {
  const live = inReaders(editGroup(liveOf(desired), { inlinePolicies: [] }), {
    managedPolicies: { required: [managed('ReadOnlyAccess')], optional: [] },
    inlinePolicies: inlineOf([
      { name: 'objects', document: S3 },
      { name: 'go', document: assume(roleArn(ONE)) },
    ]),
  });
  const unseen = { ...live, targets: live.targets.map((target) => ({ ...target, role: { ...target.role, value: undefined } })) };
  expect(planned(unseen).calls).toEqual([]);
  // With the grants written first, it goes.
  expect(planned(live).calls.at(-1)).toBe('iam:DeleteGroupPolicy Readers go');
});

test('the run works as a user that is not in the group', () => {
  const members = [{ name: 'micetro', arn: `arn:aws:iam::${HUB}:user/micetro` }];
  const otherGroups = DRIFTED.hub.otherGroups?.map((group) => ({ ...group, value: group.value && { ...group.value, members } }));
  const live = { ...DRIFTED, hub: { ...DRIFTED.hub, ...(otherGroups && { otherGroups }) } };
  expect(planned(live, { own: [`arn:aws:iam::${HUB}:user/somebody`] }).calls).toHaveLength(4);
  expect(planned(live, { own: [`arn:aws:iam::${HUB}:user/micetro`] }).calls).toHaveLength(1);
});

test.each([['micetro'], ['somebody']])('the run works as the user %s, who may be in the group', (name) => {
  const { calls, reasons } = planned(DRIFTED, { own: [`arn:aws:iam::${HUB}:user/${name}`] });
  expect(calls).toEqual([`iam:AttachGroupPolicy Readers ${managed('ReadOnlyAccess')}`]);
  expect(reasons).toHaveLength(3);
  expect(reasons[0]).toContain(`The run depends on the user ${name}`);
});

const WIDE = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
const OPS = `arn:aws:iam::${HUB}:policy/ops`;
const opsDesired = desiredOf(
  `${SMALL.replace('  user: micetro', '  user: { name: micetro, otherGroups: [{ name: readers, managedPolicies: [policy/ops] }] }')}
policies: { policy/ops: ${JSON.stringify(S3)} }
`,
);
const opsCalls = (members: Group['members'], own: string) => {
  const entity = { kind: 'Group', account: HUB, name: 'Readers' } as const;
  const content = {
    version: 'v1',
    document: identityPolicy(WIDE),
    standing: { versions: [{ id: 'v1', document: identityPolicy(WIDE) }], users: [entity] },
  };
  const live = editContent(inReaders(liveOf(opsDesired), { managedPolicies: { required: [OPS], optional: [] }, members }), OPS, content);
  const { findings } = driftOf(opsDesired, live);
  return planOf(findings, opsDesired, live, { own: [`arn:aws:iam::${HUB}:user/${own}`] }).calls.map(({ action }) => action);
};

test.each([
  ['is in', 'worker', []],
  ['is not in', 'somebody', ['iam:CreatePolicyVersion']],
])('what the policy says of a group that the user of the run %s', (_name, own, calls) => {
  expect(opsCalls([{ name: 'worker', arn: `arn:aws:iam::${HUB}:user/worker` }], own)).toEqual(calls);
});

test('a policy of a group whose members were not read: anybody may have it', () => {
  expect(opsCalls(undefined, 'somebody')).toEqual([]);
});
