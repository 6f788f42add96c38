import { describe, expect, test } from '@jest/globals';
import { findDrift } from '../../src/drift/drift.ts';
import { Comparer } from '../../src/policy/index.ts';
import type { ManagedPolicy } from '../../src/state/state.ts';
import { identityPolicy, type WrittenPolicy } from '../drift/estate.ts';
import { AT, captureOf, grant, group, HUB, type LiveHub, managed, role, statement, stateOf } from './live.ts';

const [ONE, TWO, THREE] = ['222222222222', '333333333333', '444444444444'] as const;
const own = (account: string, name = 'dns') => `arn:aws:iam::${account}:policy/${name}`;
const s3 = (Action: string, account = '*') => statement({ Action, Resource: account === '*' ? '*' : `arn:aws:s3:::${account}/*` });
const says = (arn: string, document: WrittenPolicy, version = 'v1'): ManagedPolicy => ({
  arn,
  content: { version, document: identityPolicy(document) },
});
const version = (name: string, id: string): ManagedPolicy => ({ arn: managed(name), content: { version: id, document: undefined } });

/** Roles that have the policy `dns` of their account, with what it says in each. */
function withDns(
  documents: Readonly<Record<string, WrittenPolicy>>,
  more: readonly ManagedPolicy[] = [version('IAMReadOnlyAccess', 'v3')],
): LiveHub {
  const accounts = Object.keys(documents);
  return {
    groups: [group(accounts.map((account) => grant(account)))],
    roles: accounts.map((account) => role(account, { managedPolicies: { required: [own(account)], optional: [] } })),
    policies: [...more, ...Object.entries(documents).map(([account, document]) => says(own(account), document))],
  };
}

/** The part of the file that states what managed policies say. */
const statedIn = (text: string) => text.slice(text.indexOf('policies:', text.indexOf('targets:')));

/** What an audit with the captured file leaves uncompared, and finds. */
function auditOf(hub: LiveHub, file?: string) {
  const live: LiveHub = { principals: [], ...hub };
  const { desired, text } = captureOf(live, file);
  const { notCompared, findings } = findDrift(
    desired,
    { state: stateOf(live, desired.state), errors: [] },
    { at: AT, comparer: new Comparer() },
  );
  return { notCompared, findings: findings.map(({ rule, resource }) => `${rule} ${resource}`), text };
}

describe('what managed policies say is captured', () => {
  test("by the name of a customer's policy where all accounts have the same, and by version of AWS's own", () => {
    const { text, ...audit } = auditOf(withDns({ [ONE]: s3('s3:Get*', ONE), [TWO]: s3('s3:Get*', TWO) }));
    expect(statedIn(text)).toMatch(
      /^policies:\n {2}IAMReadOnlyAccess: v3\n {2}policy\/dns:\n {4}Version.*\n {4}Statement: .*arn:aws:s3:::\{account\}\/\*.*\n$/,
    );
    expect(audit).toEqual({ notCompared: [], findings: [] });
  });

  test('by its ARN where an account has another than most', () => {
    const { text, ...audit } = auditOf(withDns({ [ONE]: s3('s3:Get*'), [TWO]: s3('s3:*'), [THREE]: s3('s3:Get*') }));
    expect(statedIn(text)).toMatch(/policy\/dns:[\s\S]*Action: s3:Get\*[\s\S]*arn:aws:iam::333333333333:policy\/dns:[\s\S]*Action: s3:\*/);
    expect(audit).toEqual({ notCompared: [], findings: [] });
  });

  test('of the hub user, of its boundary and of the groups as well', () => {
    const hub = {
      user: { boundary: own(HUB, 'team/limit') },
      groups: [group([grant(ONE)], { managedPolicies: { required: [own(HUB)], optional: [] } })],
      roles: [role(ONE)],
      policies: [
        ...['IAMReadOnlyAccess', 'AmazonRoute53FullAccess', 'AmazonEC2FullAccess'].map((name) => version(name, 'v1')),
        says(own(HUB), s3('s3:*')),
        says(own(HUB, 'team/limit'), s3('*')),
      ],
    };
    const { text, ...audit } = auditOf(hub);
    expect(text).toContain('policy/team/limit:');
    expect(audit).toEqual({ notCompared: [], findings: [] });
  });

  test('of what another group of the user attaches', () => {
    const hub = {
      ...withDns({ [ONE]: s3('s3:Get*') }, [version('IAMReadOnlyAccess', 'v3'), says(own(HUB, 'bills'), s3('s3:List*'))]),
      user: { groups: { required: ['micetro-targets', 'billing'], optional: [] } },
      otherGroups: [group([], { managedPolicies: { required: [own(HUB, 'bills')], optional: [] } }, 'billing')],
    };
    const { text, ...audit } = auditOf(hub);
    expect(statedIn(text)).toMatch(/policy\/bills:[\s\S]*s3:List\*/);
    expect(audit).toEqual({ notCompared: [], findings: [] });
  });

  test('and left as it is written where the file says it already', () => {
    const first = captureOf(withDns({ [ONE]: s3('s3:Get*'), [TWO]: s3('s3:Get*') })).text;
    const edited = first.replace('Action: s3:Get*', 'Action: [ "s3:GetO*", "s3:get*" ]');
    const again = captureOf(withDns({ [ONE]: s3('s3:Get*'), [TWO]: s3('s3:Get*') }), edited);
    expect([again.isChanged, again.text]).toEqual([false, edited]);
  });

  test('with a new version that says something else, and not with one that says the same', () => {
    const file = captureOf(withDns({ [ONE]: s3('s3:Get*') })).text;
    const now = (document: WrittenPolicy): ManagedPolicy => ({
      arn: managed('IAMReadOnlyAccess'),
      content: { version: 'v4', document: identityPolicy(document), reviewed: identityPolicy(s3('iam:Get*')) },
    });
    const other = auditOf(withDns({ [ONE]: s3('s3:Get*') }, [now(s3('iam:*'))]), file);
    expect(other.text).toContain('IAMReadOnlyAccess: v4');
    const same = captureOf(withDns({ [ONE]: s3('s3:Get*') }, [now(s3('iam:get*'))]), file);
    expect(same.isChanged).toBe(false);
  });

  test('with a document that changed, in place of the former one', () => {
    const file = captureOf(withDns({ [ONE]: s3('s3:Get*'), [TWO]: s3('s3:Get*') })).text;
    const wider = withDns({ [ONE]: s3('s3:*'), [TWO]: s3('s3:*') });
    const { text, ...audit } = auditOf(wider, file);
    expect(statedIn(text)).not.toMatch(/Get|arn:aws:iam/);
    expect(audit).toEqual({ notCompared: [], findings: [] });
    const one = auditOf(withDns({ [ONE]: s3('s3:Get*'), [TWO]: s3('s3:*') }), file);
    expect(one.text).toMatch(/policy\/dns:[\s\S]*s3:Get\*[\s\S]*arn:aws:iam::333333333333:policy\/dns/);
    expect(one).toMatchObject({ notCompared: [], findings: [] });
  });

  test('as far as it could be read', () => {
    const unread = { ...withDns({ [ONE]: s3('s3:Get*') }), policies: [{ arn: own(ONE), content: undefined }] };
    const { notCompared, text } = auditOf(unread);
    expect(text).not.toContain('policies:\n');
    expect(notCompared.map(({ resource }) => resource)).toEqual([managed('IAMReadOnlyAccess'), 'policy/dns']);
  });
});
