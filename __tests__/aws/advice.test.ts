import { describe, expect, test } from '@jest/globals';
import { adviseAssume, adviseRead } from '../../src/aws/advice.ts';

const error = (Code: string, message = Code) => Object.assign(new Error(message), { Code });
const SITE = { call: 'iam:GetRole', resource: 'arn:aws:iam::2:role/Micetro', principal: 'arn:aws:iam::2:role/Auditor' };

describe('a refused read', () => {
  test.each([
    ['because no identity-based policy allows the iam:GetRole action', ''],
    ['with an explicit deny in a service control policy', ' AWS names a service control policy as what stands in the way.'],
    ['because no permissions boundary allows the iam:GetRole action', ' AWS names a permissions boundary as what stands in the way.'],
    ['because no session policy allows the iam:GetRole action', ' AWS names a session policy as what stands in the way.'],
    ['with an explicit deny in a resource control policy', ' AWS names a resource control policy as what stands in the way.'],
    ['with an explicit deny in an identity-based policy', ' An explicit deny in one of the policies stands in the way.'],
  ])('%s', (reason, hint) => {
    expect(adviseRead(error('AccessDenied', `User: x is not authorized ${reason}`), SITE)).toBe(
      `Allow iam:GetRole on ${SITE.resource} to ${SITE.principal}.${hint}`,
    );
  });
});

test.each<[unknown, RegExp]>([
  [error('RegionDisabledException'), /aws-region/],
  [error('ExpiredToken'), /role-duration-seconds.*auditor-role/],
  [error('InvalidClientTokenId'), /key is active/],
  [error('SignatureDoesNotMatch'), /key is active/],
  [error('Throttling'), /concurrency.*another hour/],
  [Object.assign(new Error('x'), { code: 'ENOTFOUND' }), /DNS/],
  [Object.assign(new Error('x'), { name: 'TimeoutError' }), /firewall/],
  [error('WrongAccount'), /AWS_ENDPOINT_URL/],
  [Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), /no URL: check AWS_ENDPOINT_URL/],
  [error('UnexpectedAnswer'), /proxy/],
  [error('ServiceFailure'), /health\.aws/],
  [error('SomethingNew'), /^Look up SomethingNew of iam:GetRole/],
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
    expect(advice).toContain('In the hub, allow sts:AssumeRole on arn:aws:iam::2:role/Auditor to arn:aws:iam::1:role/Hub.');
    expect(advice).toContain(
      'In the target, see that this role exists, that its trust policy lets arn:aws:iam::1:role/Hub in, and asks for no sts:ExternalId.',
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
