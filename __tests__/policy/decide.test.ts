// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compareDocuments, type Decision, decide, type PolicyKind, type PolicyRequest, parsePolicy } from '../../src/policy/index.ts';
import { runs } from '../runs.ts';
import { pair } from './generated.ts';

const ROOT = 'arn:aws:iam::222222222222:root';
const USER = 'arn:aws:iam::222222222222:user/ann';
const ROLE = 'arn:aws:iam::222222222222:role/team/App';
const UNIQUE = 'AIDACKCEVSQ6C2EXAMPLE';
const UNIQUE_ROLE = 'AROADBQP57FF2AEXAMPLE';
const CANONICAL = 'ab'.repeat(32);
const SAML = 'arn:aws:iam::222222222222:saml-provider/Corp';

function trust(principal: unknown, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...rest };
}

function document(...statements: readonly Record<string, unknown>[]): Record<string, unknown> {
  return { Version: '2012-10-17', Statement: statements };
}

describe('trust policies', () => {
  test.each<[unknown, string | undefined, Decision]>([
    [{ AWS: ROOT }, ROOT, 'allow'],
    [{ AWS: '222222222222' }, '222222222222', 'allow'],
    [{ AWS: ROOT }, USER, 'allow'],
    [{ AWS: ROOT }, ROLE, 'allow'],
    [{ AWS: ROOT }, 'arn:aws:sts::222222222222:assumed-role/App/x', 'allow'],
    [{ AWS: ROOT }, 'arn:aws:iam::333333333333:user/ann', 'none'],
    [{ AWS: ROOT }, 'arn:aws-cn:iam::222222222222:user/ann', 'none'],
    [{ AWS: ROOT }, SAML, 'none'],
    [{ AWS: USER }, USER, 'allow'],
    [{ AWS: USER }, ROOT, 'none'],
    [{ AWS: UNIQUE }, USER, 'unknown'],
    [{ AWS: UNIQUE }, 'arn:aws:sts::222222222222:assumed-role/App/x', 'none'],
    [{ AWS: UNIQUE_ROLE }, 'arn:aws:sts::222222222222:assumed-role/App/x', 'unknown'],
    [{ AWS: UNIQUE_ROLE }, ROLE, 'unknown'],
    [{ AWS: UNIQUE_ROLE }, USER, 'none'],
    [{ AWS: [UNIQUE, USER] }, USER, 'allow'],
    [{ AWS: UNIQUE }, ROOT, 'none'],
    [{ AWS: UNIQUE }, SAML, 'none'],
    [{ AWS: ROLE }, 'arn:aws:sts::222222222222:assumed-role/App/x', 'allow'],
    [{ AWS: ROLE }, 'arn:aws:sts::222222222222:assumed-role/Ap/x', 'none'],
    [{ AWS: ROLE }, 'arn:aws:sts::333333333333:assumed-role/App/x', 'none'],
    [{ AWS: '*' }, USER, 'allow'],
    ['*', USER, 'allow'],
    [{ AWS: '*' }, '*', 'allow'],
    [{ AWS: ROOT }, '*', 'none'],
    [{ AWS: '*' }, undefined, 'allow'],
    [{ AWS: ROOT }, undefined, 'unknown'],
    [{ Service: '*' }, undefined, 'unknown'],
    [{ AWS: UNIQUE }, UNIQUE, 'allow'],
    [{ AWS: ['*', ROOT] }, undefined, 'allow'],
    [{ AWS: [UNIQUE, 'arn:aws:iam::333333333333:root'] }, USER, 'unknown'],
    [{ Service: '*' }, '*', 'none'],
    [{ Service: 'ec2.amazonaws.com' }, 'ec2.amazonaws.com', 'allow'],
    [{ Service: '*' }, 'ec2.amazonaws.com', 'allow'],
    [{ Federated: 'accounts.google.com' }, 'accounts.google.com', 'allow'],
    [{ Federated: SAML }, SAML, 'allow'],
    [{ CanonicalUser: CANONICAL }, CANONICAL, 'allow'],
    [{ Service: 'ec2.amazonaws.com' }, 'lambda.amazonaws.com', 'none'],
  ])('%j and the caller %s: %s', (principal, caller, expected) => {
    const request: PolicyRequest = { action: 'sts:AssumeRole', ...(caller === undefined ? {} : { principal: caller }) };
    expect(decide(parsePolicy(document(trust(principal)), 'trust'), request)).toBe(expected);
  });

  test('an account id is in the partition that is given where the document names none', () => {
    const request = { action: 'sts:AssumeRole', principal: 'arn:aws-cn:iam::222222222222:root' };
    const one = document(trust({ AWS: '222222222222' }));
    expect([decide(parsePolicy(one, 'trust'), request), decide(parsePolicy(one, 'trust', { otherwise: 'aws-cn' }), request)]).toEqual([
      'none',
      'allow',
    ]);
  });

  test('conditions leave it open, unless something else decides', () => {
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
    const request = { action: 'sts:AssumeRole', principal: USER };
    const open = trust({ AWS: ROOT }, condition);
    const all = trust({ AWS: ROOT });
    const openDeny = { ...open, Effect: 'Deny' };
    expect(decide(parsePolicy(document(open), 'trust'), request)).toBe('unknown');
    expect(decide(parsePolicy(document(open, all), 'trust'), request)).toBe('allow');
    expect(decide(parsePolicy(document(open, { ...all, Effect: 'Deny' }), 'trust'), request)).toBe('deny');
    expect(decide(parsePolicy(document(all, openDeny), 'trust'), request)).toBe('unknown');
    expect(decide(parsePolicy(document(openDeny), 'trust'), request)).toBe('unknown');
    expect(decide(parsePolicy(document(open), 'trust'), { ...request, action: 'sts:TagSession' })).toBe('none');
    expect(decide(parsePolicy(document(open), 'trust'), { ...request, principal: 'arn:aws:iam::333333333333:root' })).toBe('none');
  });

  test('a caller named by its account id is of the partition that the document names', () => {
    const china = document(trust({ AWS: 'arn:aws-cn:iam::222222222222:root' }));
    expect(decide(parsePolicy(china, 'trust'), { action: 'sts:AssumeRole', principal: '222222222222' })).toBe('allow');
    expect(decide(parsePolicy(china, 'trust', { partition: 'aws' }), { action: 'sts:AssumeRole', principal: '222222222222' })).toBe('none');
  });
});

describe('identity policies', () => {
  test.each<[Record<string, unknown>, string | undefined, Decision]>([
    [{ Resource: 'arn:aws:s3:::a*' }, 'arn:aws:s3:::ab', 'allow'],
    [{ Resource: 'arn:aws:s3:::a*' }, 'arn:aws:s3:::b', 'none'],
    [{ Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] }, 'arn:aws:s3:::b', 'allow'],
    [{ NotResource: 'arn:aws:s3:::a*' }, 'arn:aws:s3:::b', 'allow'],
    [{ NotResource: 'arn:aws:s3:::a*' }, 'arn:aws:s3:::ab', 'none'],
    [{ Resource: '*' }, undefined, 'allow'],
    [{ Resource: 'arn:aws:s3:::a' }, undefined, 'unknown'],
    [{ NotResource: '*' }, undefined, 'none'],
    [{ Resource: 'arn:aws:s3:::${aws:username}' }, 'arn:aws:s3:::ann', 'unknown'],
    [{ Resource: 'arn:aws:s3:::${aws:username}' }, 'arn:aws:sqs:::ann', 'none'],
    [{ NotResource: 'arn:aws:s3:::${aws:username}' }, 'arn:aws:s3:::ann', 'unknown'],
    [{ Resource: ['*', 'arn:aws:s3:::${aws:username}'] }, 'arn:aws:s3:::ann', 'allow'],
  ])('%j and %s: %s', (statement, resource, expected) => {
    const request: PolicyRequest = { action: 's3:GetObject', ...(resource === undefined ? {} : { resource }) };
    expect(decide(parsePolicy(document({ Effect: 'Allow', Action: 's3:*', ...statement }), 'identity'), request)).toBe(expected);
  });

  test.each<[Record<string, unknown>, Decision]>([
    [{ Action: 'STS:assume*' }, 'allow'],
    [{ Action: 's3:*' }, 'none'],
    [{ NotAction: 's3:*' }, 'allow'],
    [{ NotAction: 'sts:*' }, 'none'],
  ])('%j: %s', (statement, expected) => {
    const one = document({ Effect: 'Allow', Resource: '*', ...statement });
    expect(decide(parsePolicy(one, 'identity'), { action: 'sts:AssumeRole', resource: ROLE })).toBe(expected);
  });

  test('what is no policy is unknown', () => {
    expect(decide(parsePolicy('{', 'identity'), { action: 'sts:AssumeRole' })).toBe('unknown');
  });
});

describe.each<PolicyKind>(['identity', 'trust'])('witnesses of %s policies', (kind) => {
  test('are decided as they claim', () => {
    const rank: Readonly<Record<Decision, number>> = { deny: 0, none: 1, allow: 2, unknown: Number.NaN };
    const property = fc.property(pair(kind), ([desired, live]) => {
      const { gained, lost } = compareDocuments({ ...desired }, { ...live }, kind, { partition: 'aws' });
      for (const [witness, sign] of [
        [gained, 1],
        [lost, -1],
      ] as const) {
        if (!witness || witness.context !== undefined) continue;
        const [before, after] = [desired, live].map((one) => rank[decide(parsePolicy({ ...one }, kind, { partition: 'aws' }), witness)]);
        expect(Math.sign((after ?? 0) - (before ?? 0))).toBe(sign);
      }
    });
    fc.assert(property, { numRuns: runs(300) });
  });
});
