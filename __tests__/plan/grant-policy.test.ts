import { expect, test } from '@jest/globals';
import type { State } from '../../src/state/state.ts';
import { assume, desiredOf, driftOf, editGroup, editRole, liveOf, ONE, roleArn, SMALL, TWO } from '../drift/estate.ts';
import { planOf } from './planning.ts';

/** The smallest change that works: what else a policy holds stays. */

const OTHER = roleArn('999999999999');
const THIRD = roleArn('999999999999', 'Third');
const S3 = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const with_ = (...statements: readonly unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const one = assume(roleArn(ONE)).Statement;
const statementOf = (resource: unknown, more = {}) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: resource, ...more });

function calls(live: State, rule: string, file = SMALL): unknown[] {
  const desired = desiredOf(file);
  const { findings } = driftOf(desired, live);
  const { repairOf } = planOf(findings, desired, live);
  return findings
    .filter((finding) => finding.rule === rule)
    .flatMap((finding) => repairOf(finding).calls)
    .map(({ action, input }) => [
      action,
      input.PolicyName,
      ...(typeof input.PolicyDocument === 'string' ? [grantsIn(JSON.parse(input.PolicyDocument))] : []),
    ]);
}

function grantsIn({ Statement }: { Statement: unknown }): unknown {
  return [Statement].flat().map((statement) => {
    const { Action, Resource } = Object(statement);
    return `${[Action].flat().join('+')} ${[Resource].flat().join('+')}`;
  });
}

const base = liveOf(desiredOf(SMALL));
const policies = (...documents: readonly (readonly [string, Readonly<Record<string, unknown>>])[]) =>
  editGroup(base, { inlinePolicies: documents.map(([name, document]) => ({ name, document })) });

const packed = [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}`];

const CASES: readonly (readonly [string, State, string, readonly unknown[], string?])[] = [
  [
    'two foreign roles in one policy: each repair takes out both, so that none brings back the other',
    policies(['packed', with_(statementOf([roleArn(ONE), OTHER, roleArn(TWO), THIRD]))]),
    'grant-extra',
    [
      ['iam:PutGroupPolicy', 'packed', [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}`]],
      ['iam:PutGroupPolicy', 'packed', [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}`]],
    ],
  ],
  [
    'an accepted foreign role stays when another goes',
    policies(['packed', with_(statementOf([roleArn(ONE), OTHER, roleArn(TWO), THIRD]))]),
    'grant-extra',
    [['iam:PutGroupPolicy', 'packed', [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}+${THIRD}`]]],
    `${SMALL}exceptions: [{ rule: grant-extra, resource: "${THIRD}", owner: me, reason: x, expires: 2027-01-31 }]\n`,
  ],
  [
    'new grants in a packed layout share a policy',
    policies(),
    'grant-missing',
    [
      ['iam:PutGroupPolicy', 'assume', packed],
      ['iam:PutGroupPolicy', 'assume', packed],
    ],
    SMALL.replace('group: micetro-targets', 'group: micetro-targets\n  grants: { layout: packed, policyName: assume }'),
  ],
  [
    'a foreign role goes out of a packed statement, with what else is drift in the policy',
    policies(['packed', with_(statementOf([roleArn(ONE), OTHER, roleArn(TWO)]), S3)]),
    'grant-extra',
    [['iam:PutGroupPolicy', 'packed', [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}`]]],
  ],
  [
    'a policy with nothing else in it is deleted',
    policies(['a', with_(one)], ['b', assume(roleArn(TWO))], ['c', assume(OTHER)]),
    'grant-extra',
    [['iam:DeleteGroupPolicy', 'c']],
  ],
  [
    'a new grant does not overwrite a policy of its name',
    policies([`assume-${ONE}-Micetro`, assume(roleArn(TWO))]),
    'grant-missing',
    [['iam:PutGroupPolicy', `assume-${ONE}-Micetro-2`, [`sts:AssumeRole ${roleArn(ONE)}`]]],
  ],
  [
    'what is no grant goes, the grants in the policy stay',
    policies(['mixed', with_(S3, statementOf([roleArn(ONE), roleArn(TWO)]))]),
    'hub-group-inline-policy-extra',
    [['iam:PutGroupPolicy', 'mixed', [`sts:AssumeRole ${roleArn(ONE)}+${roleArn(TWO)}`]]],
  ],
  [
    'a changed grant is mended in its place; what is right elsewhere stays, what is wrong elsewhere goes',
    policies(
      ['a', with_(statementOf([roleArn(ONE), roleArn(TWO)], { Action: 'sts:*' }))],
      ['b', with_(statementOf(roleArn(TWO)))],
      ['c', assume(roleArn(ONE), { Action: 'sts:*' })],
    ),
    'grant-changed',
    [
      ['iam:DeleteGroupPolicy', 'c'],
      ['iam:PutGroupPolicy', 'a', [`sts:AssumeRole ${roleArn(ONE)}`]],
      ['iam:PutGroupPolicy', 'a', [`sts:AssumeRole ${roleArn(ONE)}`]],
    ],
  ],
];

test.each(CASES.map(([name, live, rule, expected, file = SMALL]) => [name, live, rule, expected, file] as const))(
  '%s',
  (_name, live, rule, expected, file) => {
    expect(calls(live, rule, file)).toEqual(expected);
  },
);

test('UpdateRole keeps the description when only the duration is wanted', () => {
  const file = `${SMALL}defaults: { maxSessionDuration: 3600 }\n`;
  const desired = desiredOf(file);
  const live = editRole(liveOf(desired), { maxSessionDuration: 7200, description: 'by hand' });
  const { findings } = driftOf(desired, live);
  expect(findings.map((finding) => planOf(findings, desired, live).repairOf(finding).calls[0]?.input)).toEqual([
    { RoleName: 'Micetro', Description: 'by hand', MaxSessionDuration: 3600 },
  ]);
});

test('a stated policy of the group that may assume something itself is no extra grant, and is put back whole', () => {
  const stated = with_(statementOf(OTHER), S3);
  const file = SMALL.replace(
    'group: micetro-targets',
    `group: { name: micetro-targets, inlinePolicies: { base: ${JSON.stringify(stated)} } }`,
  );
  const live = liveOf(desiredOf(file));
  expect(driftOf(desiredOf(file), live).findings).toEqual([]);
  const without = editGroup(live, {
    inlinePolicies: live.hub.groups[0]?.value?.inlinePolicies?.map((policy) =>
      policy.name === 'base' ? { name: 'base', document: with_(S3) } : policy,
    ),
  });
  expect(calls(without, 'hub-group-inline-policy-changed', file)).toEqual([
    ['iam:PutGroupPolicy', 'base', [`sts:AssumeRole ${OTHER}`, 's3:GetObject *']],
  ]);
});
