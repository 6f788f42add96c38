import { describe, expect, test } from '@jest/globals';
import { adviseAssume, adviseRead } from '../../src/aws/advice.ts';

const error = (Code: string, message = Code) => Object.assign(new Error(message), { Code });
const SITE = { call: 'iam:GetRole', resource: 'arn:aws:iam::2:role/Micetro', principal: 'arn:aws:iam::2:role/Auditor' };

describe('a refused read', () => {
  test.each([
    ['because no identity-based policy allows the iam:GetRole action', ''],
    ['with an explicit deny in a service control policy', ' According to AWS, a service control policy denies the call.'],
    ['because no permissions boundary allows the iam:GetRole action', ' According to AWS, a permissions boundary denies the call.'],
    ['because no session policy allows the iam:GetRole action', ' According to AWS, a session policy denies the call.'],
    ['with an explicit deny in a resource control policy', ' According to AWS, a resource control policy denies the call.'],
    ['with an explicit deny in an identity-based policy', ' One of the policies denies the call explicitly.'],
  ])('%s', (reason, hint) => {
    expect(adviseRead(error('AccessDenied', `User: x is not authorized ${reason}`), SITE)).toBe(
      `Allow ${SITE.principal} to call iam:GetRole on ${SITE.resource}.${hint}`,
    );
  });
});

test.each<[unknown, RegExp]>([
  [error('RegionDisabledException'), /aws-region/],
  [error('ExpiredToken'), /role-duration-seconds.*auditor-role/],
  [error('InvalidClientTokenId'), /key is active/],
  [error('SignatureDoesNotMatch'), /key is active/],
  [error('Throttling'), /concurrency.*another time/],
  [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), /DNS/],
  [Object.assign(new Error('x'), { name: 'TimeoutError' }), /firewall/],
  [error('WrongAccount'), /AWS_ENDPOINT_URL/],
  [Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), /not a valid URL\. Check AWS_ENDPOINT_URL/],
  [error('UnexpectedAnswer'), /proxy/],
  [error('ServiceFailure'), /health\.aws/],
  [error('SomethingNew'), /look up SomethingNew of iam:GetRole/],
])('after %s a read is advised %s', (cause, advice) => {
  expect(adviseRead(cause, SITE)).toMatch(advice);
});

describe('a role that can not be assumed', () => {
  const site = {
    call: 'sts:AssumeRole',
    resource: 'arn:aws:iam::2:role/Auditor',
    principal: 'arn:aws:iam::1:role/Hub',
    externalId: undefined,
  };

  test('has two sides', () => {
    const advice = adviseAssume(error('AccessDenied'), site);
    expect(advice).toContain('In the hub account, allow arn:aws:iam::1:role/Hub to call sts:AssumeRole on arn:aws:iam::2:role/Auditor.');
    expect(advice).toContain(
      'In the target account, check that this role exists and that its trust policy allows arn:aws:iam::1:role/Hub and does not require sts:ExternalId.',
    );
  });

  test('with an ExternalId is advised without telling it', () => {
    const advice = adviseAssume(error('AccessDenied'), { ...site, externalId: 'hidden' });
    expect(advice).toContain('auditor.externalId');
    expect(advice).not.toContain('hidden');
  });

  test.each([
    ['RegionDisabledException', /aws-region/],
    ['ValidationError', /well-formed/],
    ['Throttling', /concurrency/],
  ])('for %s', (code, advice) => {
    expect(adviseAssume(error(code), site)).toMatch(advice);
  });
});
