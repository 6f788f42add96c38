import { createHash } from 'node:crypto';
import type { Action, Actions, Call } from '../iam/call.ts';
import { AwsError } from '../protocol/errors.ts';
import type { HistoryEvent } from './event.ts';
import { newestFirst } from './trail.ts';

const LARGEST_PAGE = 50;
const KEPT_MS = 90 * 86_400_000;

const lookupEvents: Action = {
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudtrail.html: no resource, no condition key
  resource: () => '*',
  run: (call) => JSON.stringify(lookup(call)),
};

export const cloudTrailActions: Actions = { LookupEvents: lookupEvents };

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
function lookup(call: Call): { Events: object[]; NextToken?: string } {
  const size = Math.min(pageSize(call), call.pageSize);
  const query = queryOf(call);
  const after = readToken(call.params.text('NextToken'), query.digest);
  const found = call.cloud.trail.events(call.account.id, call.region).filter((event) => query.matches(event));
  const rest = after === undefined ? found : found.filter((event) => newestFirst(after, event) < 0);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    Events: page.map(eventOf),
    ...(last === undefined || rest.length <= size ? {} : { NextToken: writeToken(last, query.digest) }),
  };
}

function pageSize({ params }: Call): number {
  const size = Number(params.text('MaxResults') ?? LARGEST_PAGE);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST_PAGE) return size;
  throw new AwsError('InvalidMaxResultsException', 400, 'A valid value for maxResults is an integer between 1 and 50.');
}

const ATTRIBUTES: Readonly<Record<string, (event: HistoryEvent, value: string) => boolean>> = {
  EventId: ({ record }, value) => record.eventID === value,
  EventName: ({ record }, value) => record.eventName === value,
  EventSource: ({ record }, value) => record.eventSource === value,
  ReadOnly: ({ record }, value) => String(record.readOnly) === value,
  ResourceName: ({ resources }, value) => resources.some(({ ResourceName }) => ResourceName === value),
  ResourceType: ({ resources }, value) => resources.some(({ ResourceType }) => ResourceType === value),
  Username: ({ username }, value) => username === value,
  AccessKeyId: ({ record }, value) => record.userIdentity.accessKeyId === value,
};

interface Query {
  readonly matches: (event: HistoryEvent) => boolean;
  /** Of all that a NextToken is bound to. */
  readonly digest: string;
}

function queryOf({ params, account, region, now }: Call): Query {
  const first = 'LookupAttributes.member.1';
  const key = params.text(`${first}.AttributeKey`);
  const value = params.text(`${first}.AttributeValue`);
  if (params.text('LookupAttributes.member.2.AttributeKey') !== undefined)
    throw invalidAttributes('You can use only one lookup attribute.');
  const attribute = key === undefined ? () => true : ATTRIBUTES[key];
  if (attribute === undefined || (key !== undefined && (value ?? '') === '')) throw invalidAttributes('The lookup attribute is not valid.');
  const start = time(params.text('StartTime')) ?? Number.NEGATIVE_INFINITY;
  const end = time(params.text('EndTime')) ?? Number.POSITIVE_INFINITY;
  if (start > end) throw new AwsError('InvalidTimeRangeException', 400, 'The start time must be before the end time.');
  return {
    matches: (event) => {
      const at = Math.floor(event.at / 1_000) * 1_000;
      return event.visibleFrom <= now && at > now - KEPT_MS && at >= start && at <= end && attribute(event, value ?? '');
    },
    digest: createHash('sha256')
      .update(JSON.stringify([account.id, region, key, value, start, end]))
      .digest('base64'),
  };
}

function invalidAttributes(message: string): AwsError {
  return new AwsError('InvalidLookupAttributesException', 400, message);
}

/** Seconds since the epoch, to milliseconds. */
function time(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text) * 1_000;
}

function eventOf({ record, username, resources }: HistoryEvent): object {
  const { eventID, eventName, readOnly, eventTime, eventSource, userIdentity } = record;
  return {
    EventId: eventID,
    EventName: eventName,
    ReadOnly: String(readOnly),
    ...(userIdentity.accessKeyId === undefined ? {} : { AccessKeyId: userIdentity.accessKeyId }),
    EventTime: Date.parse(eventTime) / 1_000,
    EventSource: eventSource,
    ...(username === undefined ? {} : { Username: username }),
    Resources: resources,
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** Holds where the page ended, so that events that arrive in between move nothing, and the query, as AWS accepts it for no other. */
function writeToken({ at, sequence }: HistoryEvent, digest: string): string {
  return Buffer.from(JSON.stringify({ at, sequence, digest })).toString('base64');
}

function readToken(token: string | undefined, digest: string): { readonly at: number; readonly sequence: number } | undefined {
  if (token === undefined) return undefined;
  const [, at = '', sequence = '', bound = ''] =
    /^\{"at":(\d+),"sequence":(\d+),"digest":"([^"]*)"\}$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (bound !== digest) throw new AwsError('InvalidNextTokenException', 400, 'The token is invalid.');
  return { at: Number(at), sequence: Number(sequence) };
}
