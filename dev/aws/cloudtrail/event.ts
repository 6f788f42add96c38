import type { Json, JsonFields } from '../protocol/json.ts';

/** A record as CloudTrail writes it. __tests__/attribution/samples has the published events after which the forms are made. */
export interface CloudTrailRecord {
  readonly eventVersion: string;
  readonly userIdentity: UserIdentity;
  /** ISO 8601, to the second. */
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly awsRegion: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly requestParameters: JsonFields | null;
  readonly responseElements: JsonFields | null;
  readonly requestID: string;
  readonly eventID: string;
  readonly readOnly: boolean;
  readonly resources?: readonly { readonly accountId: string; readonly type: string; readonly ARN: string }[];
  readonly eventType: 'AwsApiCall';
  readonly managementEvent: true;
  readonly recipientAccountId: string;
  readonly sharedEventID?: string;
  readonly eventCategory: 'Management';
  readonly tlsDetails?: { readonly tlsVersion: string; readonly cipherSuite: string; readonly clientProvidedHostHeader: string };
  readonly sessionCredentialFromConsole?: 'true';
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface UserIdentity {
  readonly type: 'Root' | 'IAMUser' | 'AssumedRole' | 'FederatedUser' | 'WebIdentityUser' | 'AWSAccount' | 'AWSService';
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly accessKeyId?: string;
  readonly userName?: string;
  readonly identityProvider?: string;
  readonly sessionContext?: { readonly [name: string]: Json };
  readonly invokedBy?: string;
}

/** What LookupEvents finds an event by. */
export interface EventResource {
  readonly ResourceType: string;
  readonly ResourceName: string;
}

/** A record in the history of an account and region. */
export interface HistoryEvent {
  readonly record: CloudTrailRecord;
  /** Name of the actor, as lookups know it. */
  readonly username: string | undefined;
  readonly resources: readonly EventResource[];
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** When lookups begin to find it. */
  readonly visibleFrom: number;
  /** Order of arrival, over all accounts. */
  readonly sequence: number;
}
