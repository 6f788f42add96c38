import { Readable } from 'node:stream';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { GetGroupCommand, GetRoleCommand, IAMClient, TagRoleCommand } from '@aws-sdk/client-iam';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from '@jest/globals';
import { HttpResponse } from '@smithy/core/protocols';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import type { HandlerExecutionContext } from '@smithy/types';
import { removeMiddleware } from '../../../src/aws/sdk-stack/remove-middleware.ts';
import { createSigning } from '../../../src/aws/sdk-stack/signing.ts';
import { type SdkClient, serdeConfig, trimClient } from '../../../src/aws/sdk-stack/trim-client.ts';
import { systemClock } from '../../../src/time/clock.ts';

/*
 * These tests hold the names of the SDK that src/aws/sdk-stack relies on. If one fails after an upgrade, README.md there says what each name is for.
 */

const REGION = 'eu-central-1';

const ROLE = '<RoleName>r</RoleName><CreateDate>2026-01-01T00:00:00Z</CreateDate><MaxSessionDuration>3600</MaxSessionDuration>';
const BODIES = {
  GetRole: `<GetRoleResponse><GetRoleResult><Role>${ROLE}<Tags><member><Key>k</Key><Value>v</Value></member></Tags></Role></GetRoleResult></GetRoleResponse>`,
  GetGroup:
    '<GetGroupResponse><GetGroupResult><IsTruncated>false</IsTruncated><Users><member><UserName>u</UserName></member></Users></GetGroupResult></GetGroupResponse>',
  TagRole: '<TagRoleResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></TagRoleResponse>',
  AssumeRole:
    '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>A</AccessKeyId><Expiration>2026-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
  error: '<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>no</Message></Error></ErrorResponse>',
} as const;

/** Options of a client whose requests get this response. */
function answering(body: keyof typeof BODIES) {
  const requestHandler = {
    async handle() {
      const statusCode = body === 'error' ? 404 : 200;
      return { response: new HttpResponse({ statusCode, headers: {}, body: Readable.from([Buffer.from(BODIES[body])]) }) };
    },
  };
  return { region: REGION, requestHandler, credentials: { accessKeyId: 'A', secretAccessKey: 's' } };
}

function trimmed<Client extends SdkClient>(client: Client): Client {
  const signing = createSigning('iam', REGION, client.config.sha256, systemClock);
  trimClient(client, signing, 'run');
  return client;
}

const CLIENTS = [
  ['IAM', () => new IAMClient({ region: REGION })],
  ['STS', () => new STSClient({ region: REGION })],
  ['CloudTrail', () => new CloudTrailClient({ region: REGION })],
  ['Organizations', () => new OrganizationsClient({ region: REGION })],
] as const;

describe.each(CLIENTS)('the stack of the %s client', (_, create) => {
  const names = (client: SdkClient) => client.middlewareStack.identify().map((line) => line.replace(/ \(a\.k\.a\..*\)/, ''));

  test('as the SDK makes it is the one that is trimmed here', () => {
    expect(names(create())).toEqual([
      'loggerMiddleware - initialize',
      'serializerMiddleware - serialize',
      'contentLengthMiddleware - build',
      'getUserAgentMiddleware - build',
      'hostHeaderMiddleware - build',
      'recursionDetectionMiddleware - build',
      'retryMiddleware - finalizeRequest',
      'httpSigningMiddleware - finalizeRequest',
      'deserializerMiddleware - deserialize',
    ]);
  });

  test('once trimmed holds each step once', () => {
    expect(names(trimmed(create()))).toEqual([
      'serializerMiddleware - serialize',
      'contentLengthMiddleware - build',
      'userAgentMiddleware - build',
      'hostHeaderMiddleware - build',
      'callSigningMiddleware - finalizeRequest',
      'nameParseErrorsMiddleware - deserialize',
      'deserializerMiddleware - deserialize',
      'refusePagesMiddleware - deserialize',
    ]);
  });

  test('keeps no step in which the SDK chooses an identity', () => {
    // It is not listed above: its place is relative to a step that each command adds.
    expect([create(), trimmed(create())].map(({ middlewareStack }) => middlewareStack.remove('httpAuthSchemeMiddleware'))).toEqual([
      true,
      false,
    ]);
  });

  test('comes with a plain configuration that has the nine properties for serialization', () => {
    const { config } = trimmed(create());
    const accessors = Object.entries(Object.getOwnPropertyDescriptors(config)).filter(([, { get }]) => get !== undefined);
    expect(accessors).toEqual([]);
    expect(Object.entries(serdeConfig(config)).filter(([, value]) => value === undefined)).toEqual([]);
  });
});

test('a middleware that is gone is an error', () => {
  const { middlewareStack } = new IAMClient({ region: REGION });
  expect(() => removeMiddleware(middlewareStack, ['retryMiddleware', 'retryMiddleware'])).toThrow("the SDK's stack has no retryMiddleware");
});

test("a step finds the partition's signing region in context.authSchemes", async () => {
  const client = new IAMClient(answering('GetRole'));
  const contexts: HandlerExecutionContext[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      contexts.push(context);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.send(new GetRoleCommand({ RoleName: 'r' }));
  expect(contexts.map(({ authSchemes }) => authSchemes?.[0]?.signingRegion)).toEqual(['us-east-1']);
});

describe('serialization', () => {
  /** A copy of `given` that notes in `missed` what is read of it that only `all` has. */
  function traced<Given extends object>(given: Given, all: object, missed: Set<string>): Given {
    return new Proxy(given, {
      get(target, key) {
        if (typeof key === 'string' && key in all && !(key in target)) missed.add(key);
        return Reflect.get(target, key);
      },
    });
  }

  /** What the protocol would have liked to read of the client's configuration, beyond the nine properties, in a call. */
  async function missedBy<Client extends IAMClient | STSClient | CloudTrailClient>(
    client: Client,
    call: (client: Client) => Promise<unknown>,
  ): Promise<string[]> {
    const missed = new Set<string>();
    const given = serdeConfig(client.config);
    const isContext = (value: unknown) => typeof value === 'object' && value !== null && 'protocol' in value;
    const protocol = new Proxy(given.protocol, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== 'function') return value;
        return (...args: object[]) =>
          Reflect.apply(
            value,
            target,
            args.map((arg) => (isContext(arg) ? traced(arg, client.config, missed) : arg)),
          );
      },
    });
    client.middlewareStack.use(getSchemaSerdePlugin({ ...given, protocol }));
    await call(client);
    return [...missed];
  }

  const NO_SUCH_ROLE = { Code: 'NoSuchEntity' };

  test.each<[keyof typeof BODIES, (client: IAMClient) => Promise<unknown>]>([
    ['GetRole', (client) => client.send(new GetRoleCommand({ RoleName: 'r' }))],
    ['GetGroup', (client) => client.send(new GetGroupCommand({ GroupName: 'g', Marker: 'm' }))],
    ['TagRole', (client) => client.send(new TagRoleCommand({ RoleName: 'r', Tags: [{ Key: 'k', Value: 'v' }] }))],
    ['error', (client) => expect(client.send(new GetRoleCommand({ RoleName: 'r' }))).rejects.toMatchObject(NO_SUCH_ROLE)],
  ])('of IAM reads no other property than the nine: %s', async (body, call) => {
    expect(await missedBy(new IAMClient(answering(body)), call)).toEqual([]);
  });

  test('of STS reads no other property than the nine', async () => {
    const command = new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::111111111111:role/r', RoleSessionName: 's', DurationSeconds: 900 });
    expect(await missedBy(new STSClient(answering('AssumeRole')), (client) => client.send(command))).toEqual([]);
  });
});
