import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { STSClient } from '@aws-sdk/client-sts';
import type { CommandIO, MetadataBearer, OperationSchema, StaticOperationSchema } from '@smithy/types';

/** The name by which requests to a service are signed. */
export type Service = 'iam' | 'sts' | 'cloudtrail' | 'organizations';

/** What a client of the SDK makes of its options. */
export type SdkConfig = (IAMClient | STSClient | CloudTrailClient | OrganizationsClient)['config'];

/** How the request and the response of a command are written. */
export interface CommandSchema {
  readonly schema?: OperationSchema | StaticOperationSchema;
}

/** What is used of a command of the SDK. */
export interface SdkCommand<In extends object, Out extends MetadataBearer> extends CommandIO<In, Out>, CommandSchema {}
