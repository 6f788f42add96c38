import { randomUUID } from 'node:crypto';
import type { Cloud } from '../accounts/cloud.ts';
import { timestamp } from '../accounts/ids.ts';
import type { AwsError } from '../protocol/errors.ts';
import type { Params } from '../protocol/query.ts';
import type { Service } from '../protocol/service.ts';
import type { CloudTrailRecord, UserIdentity } from './event.ts';
import { fromOutside, usernameOf } from './identity.ts';
import { requestParameters } from './parameters.ts';
import { resourcesOf } from './resources.ts';
import { responseElements } from './response.ts';

/** Who makes calls, and with what. */
export interface Client {
  readonly identity: UserIdentity;
  readonly userAgent: string;
  readonly sourceIPAddress: string;
  /** Whether the credentials are those of a session in the console. */
  readonly console?: boolean;
}

/** A call that AWS has answered. */
export interface AnsweredCall {
  readonly service: Service;
  readonly action: string;
  readonly params: Params;
  /** The account that is called: for the AssumeRole calls, the role's. */
  readonly account: string;
  /** Of the endpoint. */
  readonly region: string;
  readonly client: Client;
  readonly outcome: Outcome;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** When lookups begin to find it. */
  readonly visibleFrom: number;
}

/** `result`: content of the result element. */
export type Outcome = { readonly result: string | undefined } | { readonly error: AwsError };

const VERSIONS: Readonly<Record<Service, string>> = { iam: '1.09', sts: '1.08', cloudtrail: '1.09', organizations: '1.08' };
const READING = /^(?:Get|List|Lookup|AssumeRole)/;
/** What they return is in no event. */
const SILENT = /^(?:Get|List|Lookup)/;

/** Adds the call to the event history of its account; an AssumeRole that reaches another account also to that one's. */
export function recordCall(cloud: Cloud, call: AnsweredCall): void {
  const { client, account } = call;
  const own = client.identity.accountId ?? account;
  const foreign = own !== account && !('error' in call.outcome);
  const shared = foreign ? { sharedEventID: randomUUID() } : {};
  const record = { ...recordOf(cloud, call), ...shared };
  add(cloud, own, call, record);
  if (foreign) add(cloud, account, call, { ...record, eventID: randomUUID(), userIdentity: fromOutside(client.identity) });
}

function add(cloud: Cloud, account: string, { at, visibleFrom }: AnsweredCall, record: CloudTrailRecord): void {
  const own = { ...record, recipientAccountId: account };
  cloud.trail.add(account, { record: own, username: usernameOf(own.userIdentity), resources: resourcesOf(own), at, visibleFrom });
}

function recordOf(cloud: Cloud, call: AnsweredCall): CloudTrailRecord {
  const { service, action, params, client, outcome } = call;
  const refused = 'error' in outcome ? errorOf(outcome.error) : undefined;
  return {
    eventVersion: VERSIONS[service],
    userIdentity: client.identity,
    eventTime: timestamp(call.at),
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: service === 'iam' ? cloud.iamRegion : call.region,
    sourceIPAddress: client.sourceIPAddress,
    userAgent: client.userAgent,
    ...refused,
    // Without permission, CloudTrail keeps to itself what was asked for.
    requestParameters: refused?.errorCode === 'AccessDenied' ? null : requestParameters(params),
    responseElements: 'error' in outcome || SILENT.test(action) ? null : responseElements(service, outcome.result),
    requestID: randomUUID(),
    eventID: randomUUID(),
    readOnly: READING.test(action),
    ...(refused === undefined ? assumedRole(call) : {}),
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: call.account,
    eventCategory: 'Management',
    ...(client.console === true ? { sessionCredentialFromConsole: 'true' } : {}),
    ...tlsDetails(call),
  };
}

/** Of calls that reach AWS from outside. */
function tlsDetails({ service, region, client }: AnsweredCall): Pick<CloudTrailRecord, 'tlsDetails'> {
  if (client.console === true || client.identity.invokedBy !== undefined) return {};
  const clientProvidedHostHeader = service === 'iam' ? 'iam.amazonaws.com' : `${service}.${region}.amazonaws.com`;
  return { tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader } };
}

function assumedRole({ params, account }: AnsweredCall): Pick<CloudTrailRecord, 'resources'> {
  const ARN = params.text('RoleArn');
  return ARN === undefined ? {} : { resources: [{ accountId: account, type: 'AWS::IAM::Role', ARN }] };
}

/** Codes of IAM get the ending `Exception`; AccessDenied stays as it is. */
function errorOf({ code, message }: AwsError): { readonly errorCode: string; readonly errorMessage: string } {
  const errorCode = code === 'AccessDenied' || code.endsWith('Exception') ? code : `${code.replace(/Error$/, '')}Exception`;
  return { errorCode, errorMessage: message };
}
