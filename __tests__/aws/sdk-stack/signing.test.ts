import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from '@jest/globals';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { createSigning } from '../../../src/aws/sdk-stack/signing.ts';

const KEY = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const ANSWER = '<GetRoleResponse><GetRoleResult><Role><RoleName>r</RoleName></Role></GetRoleResult></GetRoleResponse>';
const IDENTITY =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
const SKEWED =
  '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired: 1 is now earlier than 2</Message></Error></ErrorResponse>';

/** An IAM client as the action makes it, whose requests end here. */
function client(region: string, answers: { status: number; body: string; date?: string }[] = [], time = 0) {
  const requests: HttpRequest[] = [];
  const requestHandler = {
    async handle(request: unknown) {
      if (HttpRequest.isInstance(request)) requests.push(request);
      const { status, body, date } = answers.shift() ?? { status: 200, body: ANSWER };
      const response = new HttpResponse({
        statusCode: status,
        headers: date === undefined ? {} : { date },
        body: new TextEncoder().encode(body),
      });
      return { response };
    },
  };
  const iam = new IAMClient({ region, requestHandler, cacheMiddleware: true, maxAttempts: 1 });
  const clock = { now: () => time, sleep: async () => undefined, random: () => 0 };
  const signing = createSigning('iam', region, iam.config.sha256, clock);
  iam.middlewareStack.use(signing.plugin());
  return { iam, signing, requests };
}

/** The scope of a signature: `20260101/us-east-1/iam`. */
const scopeOf = (request: HttpRequest | undefined) =>
  /Credential=[^/]+\/(\d+\/[\w-]+\/\w+)\/aws4_request/.exec(request?.headers.authorization ?? '')?.[1];

describe('a request', () => {
  test.each([
    ['us-east-1', 'iam.amazonaws.com', 'us-east-1'],
    ['eu-central-1', 'iam.amazonaws.com', 'us-east-1'],
    ['cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ])("to IAM from %s is signed for the partition's own region", async (region, hostname, signedFor) => {
    const { iam, requests, signing } = client(region);
    const command = new GetRoleCommand({ RoleName: 'r' });
    signing.assign(command.input, KEY);
    await iam.send(command);
    expect(requests[0]?.hostname).toBe(hostname);
    expect(scopeOf(requests[0])).toBe(`19700101/${signedFor}/iam`);
    expect(requests[0]?.headers).toMatchObject({ 'x-amz-security-token': 'token' });
  });

  test.each([
    ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ])('to STS goes to the endpoint of its region %s, and is signed for it', async (region, hostname) => {
    const requests: HttpRequest[] = [];
    const requestHandler = {
      async handle(request: unknown) {
        if (HttpRequest.isInstance(request)) requests.push(request);
        return { response: new HttpResponse({ statusCode: 200, headers: {}, body: new TextEncoder().encode(IDENTITY) }) };
      },
    };
    const sts = new STSClient({ region, requestHandler, cacheMiddleware: true, maxAttempts: 1 });
    const clock = { now: () => 0, sleep: async () => undefined, random: () => 0 };
    const signing = createSigning('sts', region, sts.config.sha256, clock);
    sts.middlewareStack.use(signing.plugin());
    const command = new GetCallerIdentityCommand({});
    signing.assign(command.input, KEY);
    await sts.send(command);
    expect(requests[0]?.hostname).toBe(hostname);
    expect(scopeOf(requests[0])).toBe(`19700101/${region}/sts`);
  });

  test('without an identity of its own is not sent, even after one that had', async () => {
    const { iam, requests, signing } = client('us-east-1');
    const command = new GetRoleCommand({ RoleName: 'r' });
    signing.assign(command.input, KEY);
    await iam.send(command);
    await expect(iam.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toThrow('without credentials');
    expect(requests).toHaveLength(1);
  });

  test('that is to go unsigned carries no credentials', async () => {
    const { iam, requests, signing } = client('us-east-1');
    const command = new GetRoleCommand({ RoleName: 'r' });
    signing.assign(command.input, 'unsigned');
    await iam.send(command);
    expect(Object.keys(requests[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
    expect(JSON.stringify(requests[0])).not.toContain('AKIA');
  });
});

describe('a clock that is wrong', () => {
  const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';
  const send = async (date: string | undefined) => {
    const refusal = { status: 403, body: SKEWED, ...(date === undefined ? {} : { date }) };
    const made = client('us-east-1', [refusal], 1000);
    const command = new GetRoleCommand({ RoleName: 'r' });
    made.signing.assign(command.input, KEY);
    return { ...made, sent: made.iam.send(command) };
  };

  test("is corrected by the server's, for this call and the next", async () => {
    const { iam, requests, sent, signing } = await send(DATE);
    expect((await sent).Role?.RoleName).toBe('r');
    const next = new GetRoleCommand({ RoleName: 'r' });
    signing.assign(next.input, KEY);
    await iam.send(next);
    expect(requests.map(scopeOf)).toEqual(['19700101/us-east-1/iam', '20260101/us-east-1/iam', '20260101/us-east-1/iam']);
  });

  test.each([
    ['whose server does not say the time', undefined],
    ['that is not the reason, as both agree', 'Thu, 01 Jan 1970 00:00:01 GMT'],
  ])('%s: the refusal stands', async (_, date) => {
    const { requests, sent } = await send(date);
    await expect(sent).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect(requests).toHaveLength(1);
  });
});
