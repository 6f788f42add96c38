import fc from 'fast-check';
import { HUB } from '../drift/estate.ts';

/** Desired-state files that differ in what a reviewer is to be told: targets, trusts, policies, exceptions. */

const ACCOUNTS = ['222222222222', '333333333333', '444444444444', '555555555555'] as const;

const target = (account: string) =>
  fc
    .record({
      trust: fc.constantFrom('hub-account', 'hub-user', everybody()),
      managedPolicies: fc.subarray(['AmazonRoute53FullAccess', 'AmazonEC2FullAccess', 'ReadOnlyAccess']),
      roleName: fc.constantFrom('Micetro', 'Other'),
      inlinePolicies: fc.constantFrom({}, { a: s3('s3:Get*') }, { a: s3('s3:*'), b: s3('s3:List*') }),
      permissionsBoundary: fc.constantFrom('none', 'policy/edge'),
    })
    .map((parts) => ({ account, ...parts }));

function everybody(): object {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' } };
}

function s3(Action: string): object {
  return { Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: 'arn:aws:s3:::{account}/*' } };
}

const exception = fc.record({
  finding: fc.constantFrom('0123456789abcdef', 'fedcba9876543210'),
  rule: fc.constantFrom('role-policy-extra', 'role-policy-missing', 'trust-changed'),
  account: fc.constantFrom(...ACCOUNTS),
  owner: fc.constant('@acme/ddi'),
  reason: fc.constant('migration'),
  expires: fc.constantFrom('2026-01-31', '2027-01-31'),
});

export const filesOf: fc.Arbitrary<string> = fc
  .tuple(
    fc.subarray([...ACCOUNTS]).chain((accounts) => fc.tuple(...accounts.map(target))),
    fc.array(exception, { maxLength: 2 }),
    fc.constantFrom(['micetro'], ['micetro', 'bob']),
    fc.boolean(),
  )
  .map(([targets, exceptions, members, consoleLogin]) =>
    JSON.stringify({
      version: 1,
      hub: { account: HUB, user: { name: 'micetro', consoleLogin }, group: { name: 'micetro-targets', members } },
      targets,
      exceptions,
    }),
  );
