import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { STSClient } from '@aws-sdk/client-sts';
import { getSchemaSerdePlugin } from '@smithy/core/schema';
import { awsAnswersOnly } from './aws-answers-only.ts';
import { leanStack } from './lean-stack.ts';
import { removeMiddleware } from './remove-middleware.ts';
import type { Signing } from './signing.ts';

/** The clients that are trimmed. */
export type SdkClient = IAMClient | STSClient | CloudTrailClient | OrganizationsClient;

/** Trims a client that is fresh from the SDK: its configuration, and the steps of its stack. README.md says how and why. */
export function trimClient(client: SdkClient, signing: Signing, runName: string | undefined): void {
  // The SDK copies the configuration three times for each request. One accessor among its properties makes each copy thirteen times as slow.
  const config = { ...client.config };
  Object.assign(client, { config });
  const { middlewareStack } = client;
  removeMiddleware(middlewareStack, ['serializerMiddleware', 'deserializerMiddleware']);
  middlewareStack.use(getSchemaSerdePlugin(serdeConfig(config)));
  middlewareStack.use(signing.plugin());
  middlewareStack.use(leanStack(runName));
  middlewareStack.use(awsAnswersOnly());
}

/** The nine of some fifty properties that the serialization of calls reads. */
export function serdeConfig(config: SdkClient['config']) {
  const { base64Decoder, base64Encoder, utf8Decoder, utf8Encoder } = config;
  const { disableHostPrefix, protocol, requestHandler, streamCollector, urlParser } = config;
  const codecs = { base64Decoder, base64Encoder, utf8Decoder, utf8Encoder };
  return { ...codecs, disableHostPrefix, protocol, requestHandler, streamCollector, urlParser };
}
