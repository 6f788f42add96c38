import { describe, expect, test } from '@jest/globals';
import type { State } from '../../src/state/state.ts';
import { desiredOf, driftOf, editRole, HUB, liveOf, managed, ONE, SMALL } from './estate.ts';

const S3 = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] });
const own = (name: string, account = ONE) => `arn:aws:iam::${account}:policy/${name}`;

/** `resource accounts` of each entry about what a policy says. */
function uncompared(file: string, edit: (live: State) => State = (live) => live): string[] {
  const desired = desiredOf(file);
  const { notCompared } = driftOf(desired, edit(liveOf(desired)));
  return notCompared.flatMap(({ resource, what, accounts }) => (what === 'policy-content' ? [`${resource} ${accounts}`] : []));
}

const GUIDE = [`${managed('IAMReadOnlyAccess')} 1`, `${managed('AmazonRoute53FullAccess')} 2`, `${managed('AmazonEC2FullAccess')} 2`];

describe('what a managed policy says is listed as not compared', () => {
  test('once for each policy that the file requires, with the number of accounts', () => {
    expect(uncompared(SMALL)).toEqual(GUIDE);
  });

  test("by the name that the file has for a customer's policy, boundaries too", () => {
    const file = `${SMALL}defaults: { managedPolicies: [policy/dns, "arn:aws:iam::{account}:policy/team/x"], permissionsBoundary: policy/dns }\n`;
    expect(uncompared(file)).toEqual([`${managed('IAMReadOnlyAccess')} 1`, 'policy/dns 2', 'policy/team/x 2']);
  });

  test('unless the file states it, in all accounts or in one', () => {
    const file = `${SMALL}defaults: { managedPolicies: [policy/dns] }\npolicies: { IAMReadOnlyAccess: v1, "arn:aws:iam::${ONE}:policy/dns": ${S3} }\n`;
    expect(uncompared(file)).toEqual(['policy/dns 1']);
    expect(uncompared(file.replace(`arn:aws:iam::${ONE}:policy/dns`, 'policy/dns'))).toEqual([]);
  });

  test('if it is optional, only where it is attached', () => {
    const attached = [managed('AmazonRoute53FullAccess'), managed('AmazonEC2FullAccess'), managed('IAMReadOnlyAccess')];
    const edit = (live: State) => editRole(live, { managedPolicies: { required: attached, optional: [] } });
    expect(uncompared(SMALL, edit)).toEqual([`${managed('IAMReadOnlyAccess')} 2`, ...GUIDE.slice(1)]);
  });

  test('not if it is extra: that is a finding', () => {
    const attached = [managed('AmazonRoute53FullAccess'), managed('AmazonEC2FullAccess'), own('extra')];
    expect(uncompared(SMALL, (live) => editRole(live, { managedPolicies: { required: attached, optional: [] } }))).toEqual(GUIDE);
  });

  test('in the hub for the user, the groups, and a target in the hub account, as one account', () => {
    const hub = SMALL.replace('group: micetro-targets', 'group: { name: micetro-targets, managedPolicies: [policy/dns] }')
      .replace('user: micetro', 'user: { name: micetro, managedPolicies: [policy/dns] }')
      .replace(`"${ONE}"`, `{ account: "${HUB}", managedPolicies: [policy/dns] }`);
    expect(uncompared(hub)).toContain('policy/dns 1');
  });
});
