import type { CloudTrailRecord } from '../../dev/aws/cloudtrail/event.ts';
import type { Keys } from './ask.ts';

const TARGET = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents';

interface LookedUp {
  readonly EventId: string;
  readonly EventName: string;
  readonly ReadOnly: string;
  readonly AccessKeyId?: string;
  readonly EventTime: number;
  readonly EventSource: string;
  readonly Username?: string;
  readonly Resources: readonly { readonly ResourceType: string; readonly ResourceName: string }[];
  readonly CloudTrailEvent: string;
}

interface Answered {
  readonly __type?: string;
  readonly Events?: readonly LookedUp[];
  readonly NextToken?: string;
}

/** `code` is empty where all went well. */
export interface LookupAnswer {
  readonly status: number;
  readonly code: string;
  readonly events: readonly LookedUp[];
  readonly names: readonly string[];
  readonly nextToken: string | undefined;
}

/** LookupEvents over bare HTTP, as any client calls it. */
export async function lookup(
  aws: { readonly url: string },
  keys: Keys | undefined,
  input: object = {},
  region = 'us-east-1',
): Promise<LookupAnswer> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys?.accessKeyId}/20260101/${region}/cloudtrail/aws4_request, SignedHeaders=host, Signature=none`;
  const response = await fetch(aws.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': TARGET,
      ...(keys === undefined ? {} : { authorization }),
      ...(keys?.token === undefined ? {} : { 'x-amz-security-token': keys.token }),
    },
    body: JSON.stringify(input),
  });
  const answer: Answered = JSON.parse(await response.text());
  const { __type: code = '', Events: events = [], NextToken: nextToken } = answer;
  return { status: response.status, code, events, names: events.map(({ EventName }) => EventName), nextToken };
}

export function named(ResourceName: string): object {
  return { LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: ResourceName }] };
}

export function recordIn({ CloudTrailEvent }: LookedUp): CloudTrailRecord {
  return JSON.parse(CloudTrailEvent);
}
