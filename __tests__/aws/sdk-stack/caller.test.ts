import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import * as sts from '@aws-sdk/client-sts';
import { describe, expect, test } from '@jest/globals';
import { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { IamCommand } from '../../../src/aws/clients.ts';
import { errorCode, errorMessage, httpStatus } from '../../../src/aws/errors.ts';
import { type Caller, createCaller } from '../../../src/aws/sdk-stack/caller.ts';
import { createKinds } from '../../../src/aws/sdk-stack/kinds.ts';
import type { SdkConfig, Service } from '../../../src/aws/sdk-stack/sdk-types.ts';

const REGION = 'eu-central-1';
const KEY = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' };
const { GetRoleCommand, IAMClient } = iam;
const { STSClient } = sts;
const { OrganizationsClient } = organizations;

interface Answer {
  readonly status?: number;
  readonly body: string;
  readonly date?: string;
}

/** Notes the requests, and gives the answers in turn; the last one again and again. */
function server(answers: readonly Answer[]) {
  const requests: HttpRequest[] = [];
  return {
    requests,
    async handle(request: HttpRequest) {
      requests.push(HttpRequest.clone(request));
      const { status = 200, body, date } = answers[requests.length - 1] ?? answers.at(-1) ?? { body: '' };
      const headers = { 'x-amzn-requestid': '1', ...(date === undefined ? {} : { date }) };
      return { response: new HttpResponse({ statusCode: status, headers, body: new TextEncoder().encode(body) }) };
    },
  };
}

function calling(
  config: SdkConfig,
  { service, namespace }: { service: Service; namespace?: string | undefined },
  answers: readonly Answer[],
  time = 0,
) {
  const transport = server(answers);
  const clock = { now: () => time, sleep: async () => undefined, random: () => 0 };
  const call = createCaller(config, { service, transport, clock, runName: 'run', ...(namespace === undefined ? {} : { namespace }) });
  return { call, requests: transport.requests };
}

/** The output, or what is read of an error. */
const outcomeOf = (work: Promise<object>) =>
  work.then(
    ({ $metadata: _, ...output }: { readonly $metadata?: unknown }) => output,
    (error: unknown) => ({ code: errorCode(error), message: errorMessage(error), status: httpStatus(error) }),
  );

/** The scope of a signature: `us-east-1/iam`. */
const scopeOf = ({ headers }: HttpRequest) => /Credential=[^/]+\/(\d+\/[\w-]+\/\w+)\/aws4_request/.exec(String(headers.authorization))?.[1];

const ROLE = `<RoleName>r</RoleName><CreateDate>2026-01-01T00:00:00Z</CreateDate><MaxSessionDuration>3600</MaxSessionDuration>
  <Tags><member><Key>k</Key><Value>&lt;v&gt;</Value></member></Tags>`;
const CREDENTIALS = '<AccessKeyId>A</AccessKeyId><Expiration>2026-01-01T00:00:00Z</Expiration>';
const DENIED = '<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>no &amp; no</Message></Error></ErrorResponse>';

describe('beside the client of the SDK', () => {
  /** A call by the caller of a service, and the same by the SDK's own client. */
  interface Case {
    readonly service: Service;
    readonly namespace?: string;
    readonly answer: Answer;
    readonly config: () => SdkConfig;
    readonly ours: (call: Caller) => Promise<object>;
    readonly sdk: (handler: ReturnType<typeof server>) => Promise<object>;
  }

  const ofIam = <In extends iam.ServiceInputTypes, Out extends iam.ServiceOutputTypes>(
    command: () => IamCommand<In, Out>,
    answer: Answer,
  ): Case => ({
    service: 'iam',
    answer,
    config: () => new IAMClient({ region: REGION }).config,
    ours: (call) => call(command(), KEY),
    sdk: (requestHandler) => new IAMClient({ region: REGION, requestHandler, credentials: KEY, maxAttempts: 1 }).send(command()),
  });

  const cases: Record<string, Case> = {
    GetRole: ofIam(() => new GetRoleCommand({ RoleName: 'r' }), {
      body: `<GetRoleResponse><GetRoleResult><Role>${ROLE}</Role></GetRoleResult></GetRoleResponse>`,
    }),
    'GetGroup, a page of it': ofIam(() => new iam.GetGroupCommand({ GroupName: 'g', Marker: 'm+/=' }), {
      body: '<GetGroupResponse><GetGroupResult><IsTruncated>false</IsTruncated><Users><member><UserName>u</UserName></member></Users></GetGroupResult></GetGroupResponse>',
    }),
    'TagRole, which answers nothing': ofIam(() => new iam.TagRoleCommand({ RoleName: 'r', Tags: [{ Key: 'é', Value: 'a b&c' }] }), {
      body: '<TagRoleResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></TagRoleResponse>',
    }),
    'an error': ofIam(() => new GetRoleCommand({ RoleName: 'r' }), { status: 404, body: DENIED }),
    AssumeRole: {
      service: 'sts',
      answer: {
        body: `<AssumeRoleResponse><AssumeRoleResult><Credentials>${CREDENTIALS}</Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      },
      config: () => new STSClient({ region: REGION }).config,
      ours: (call) => call(new sts.AssumeRoleCommand(ASSUMED), KEY),
      sdk: (requestHandler) =>
        new STSClient({ region: REGION, requestHandler, credentials: KEY, maxAttempts: 1 }).send(new sts.AssumeRoleCommand(ASSUMED)),
    },
    ListAccounts: {
      service: 'organizations',
      answer: { body: '{"Accounts":[{"Id":"111111111111","JoinedTimestamp":1.7E9}],"NextToken":"t"}' },
      config: () => new OrganizationsClient({ region: REGION }).config,
      ours: (call) => call(new organizations.ListAccountsCommand({ MaxResults: 5 }), KEY),
      sdk: (requestHandler) =>
        new OrganizationsClient({ region: REGION, requestHandler, credentials: KEY, maxAttempts: 1 }).send(
          new organizations.ListAccountsCommand({ MaxResults: 5 }),
        ),
    },
    LookupEvents: {
      service: 'cloudtrail',
      answer: { body: '{"Events":[{"EventId":"1","EventTime":1.7E9}]}' },
      config: () => new CloudTrailClient({ region: REGION }).config,
      ours: (call) => call(new LookupEventsCommand({ MaxResults: 5 }), KEY),
      sdk: (requestHandler) =>
        new CloudTrailClient({ region: REGION, requestHandler, credentials: KEY, maxAttempts: 1 }).send(
          new LookupEventsCommand({ MaxResults: 5 }),
        ),
    },
  };
  const ASSUMED = { RoleArn: 'arn:aws:iam::111111111111:role/r', RoleSessionName: 's', DurationSeconds: 900 };

  /** What is put together anew for each request, and what is left out here on purpose. */
  const OWN = /^(authorization|x-amz-date|user-agent|x-amz-user-agent|amz-sdk-.*)$/;
  const signedFor = (request: HttpRequest) => scopeOf(request)?.replace(/^\d+/, '');
  const shown = ({ protocol, hostname, port, method, path, query, headers, body }: HttpRequest) => {
    const kept = Object.entries(headers).filter(([name]) => !OWN.test(name));
    return { protocol, hostname, port, method, path, query, body, headers: Object.fromEntries(kept) };
  };

  test.each(Object.entries(cases))(
    '%s: the same request, and the same of its response',
    async (_, { service, namespace, answer, config, ours, sdk }) => {
      const theirs = server([answer]);
      const expected = await outcomeOf(sdk(theirs));
      const { call, requests } = calling(config(), { service, namespace }, [answer]);
      expect(await outcomeOf(ours(call))).toEqual(expected);
      expect(requests).toHaveLength(1);
      expect(requests.map(shown)).toEqual(theirs.requests.map(shown));
      expect(requests.map(signedFor)).toEqual(theirs.requests.map(signedFor));
    },
  );

  test('a service that takes JSON is named with its namespace', async () => {
    const { config } = new CloudTrailClient({ region: REGION });
    const { call, requests } = calling(config, { service: 'cloudtrail', namespace: 'com.amazonaws.cloudtrail' }, [{ body: '{}' }]);
    await call(new LookupEventsCommand({}), KEY);
    expect(requests.map(({ headers }) => headers['x-amz-target'])).toEqual(['com.amazonaws.cloudtrail.CloudTrail_20131101.LookupEvents']);
  });
});

test.each([
  ['IAM', () => new IAMClient({ region: REGION }).config, iam],
  ['STS', () => new STSClient({ region: REGION }).config, sts],
  ['Organizations', () => new OrganizationsClient({ region: REGION }).config, organizations],
  ['CloudTrail', () => new CloudTrailClient({ region: REGION }).config, { LookupEventsCommand }],
] as const)('no command of %s has an endpoint of its own', async (_, config, module) => {
  const kindOf = createKinds(config());
  const commands = Object.entries(module).filter(([name]) => /[a-z]Command$/.test(name));
  expect(commands.length).toBeGreaterThan(0);
  for (const [, Command] of commands) {
    if (typeof Command === 'function') await kindOf(Reflect.construct(Command, [{}]));
  }
});

describe('a request', () => {
  const GET_ROLE = { body: '<GetRoleResponse><GetRoleResult><Role><RoleName>r</RoleName></Role></GetRoleResult></GetRoleResponse>' };
  const IDENTITY = {
    body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
  };

  test.each([
    ['us-east-1', 'iam.amazonaws.com', 'us-east-1'],
    ['eu-central-1', 'iam.amazonaws.com', 'us-east-1'],
    ['cn-northwest-1', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['us-gov-east-1', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ])("to IAM from %s is signed for the partition's own region", async (region, hostname, signedFor) => {
    const { call, requests } = calling(new IAMClient({ region }).config, { service: 'iam' }, [GET_ROLE]);
    await call(new GetRoleCommand({ RoleName: 'r' }), KEY);
    expect(requests.map((request) => [request.hostname, scopeOf(request)])).toEqual([[hostname, `19700101/${signedFor}/iam`]]);
    expect(requests[0]?.headers).toMatchObject({ 'x-amz-security-token': 'token', 'user-agent': 'assume-role-drift (run)' });
  });

  test.each([
    ['eu-central-1', 'sts.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
  ])('to STS goes to the endpoint of its region %s, and is signed for it', async (region, hostname) => {
    const { call, requests } = calling(new STSClient({ region }).config, { service: 'sts' }, [IDENTITY]);
    await call(new sts.GetCallerIdentityCommand({}), KEY);
    expect(requests.map((request) => [request.hostname, scopeOf(request)])).toEqual([[hostname, `19700101/${region}/sts`]]);
  });

  test('is signed with the credentials of its own call, however many are made side by side', async () => {
    const { call, requests } = calling(new IAMClient({ region: REGION }).config, { service: 'iam' }, [GET_ROLE]);
    const names = Array.from({ length: 50 }, (_, index) => `r${index}`);
    await Promise.all(names.map((RoleName) => call(new GetRoleCommand({ RoleName }), { ...KEY, accessKeyId: `AKIA${RoleName}` })));
    const keyOf = ({ headers }: HttpRequest) => /Credential=([^/]+)/.exec(String(headers.authorization))?.[1];
    for (const request of requests) expect(`AKIA${/RoleName=(\w+)/.exec(request.body)?.[1]}`).toBe(keyOf(request));
    expect(new Set(requests.map(keyOf)).size).toBe(50);
  });

  test('that is to go unsigned carries no credentials', async () => {
    const { call, requests } = calling(new IAMClient({ region: REGION, credentials: KEY }).config, { service: 'iam' }, [GET_ROLE]);
    await call(new GetRoleCommand({ RoleName: 'r' }), 'unsigned');
    expect(Object.keys(requests[0]?.headers ?? {})).not.toContain('authorization');
    expect(JSON.stringify(requests[0])).not.toContain('AKIA');
  });

  describe('from a clock that is wrong', () => {
    const DATE = 'Thu, 01 Jan 2026 00:00:00 GMT';
    const skewed =
      '<ErrorResponse><Error><Code>SignatureDoesNotMatch</Code><Message>Signature expired: 1 is now earlier than 2</Message></Error></ErrorResponse>';
    const refusing = (date: string | undefined) =>
      calling(
        new IAMClient({ region: REGION }).config,
        { service: 'iam' },
        [{ status: 403, body: skewed, ...(date && { date }) }, GET_ROLE],
        1000,
      );

    test("is signed again by the server's, and so are the next ones", async () => {
      const { call, requests } = refusing(DATE);
      expect((await call(new GetRoleCommand({ RoleName: 'r' }), KEY)).Role?.RoleName).toBe('r');
      await call(new GetRoleCommand({ RoleName: 'r' }), KEY);
      expect(requests.map(scopeOf)).toEqual(['19700101/us-east-1/iam', '20260101/us-east-1/iam', '20260101/us-east-1/iam']);
    });

    test.each([
      ['whose server does not say the time', undefined],
      ['that is not the reason, as both agree', 'Thu, 01 Jan 1970 00:00:01 GMT'],
    ])('%s: the refusal stands', async (_, date) => {
      const { call, requests } = refusing(date);
      await expect(call(new GetRoleCommand({ RoleName: 'r' }), KEY)).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
      expect(requests).toHaveLength(1);
    });
  });
});
