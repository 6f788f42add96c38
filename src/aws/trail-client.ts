import { CloudTrailClient, LookupEventsCommand, type LookupEventsRequest, type LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import type { Clock } from '../time/clock.ts';
import { jsonTarget } from './sdk-stack/json-target.ts';
import type { RequestHandler } from './sdk-stack/request-handler.ts';
import { type Credentials, createSigning } from './sdk-stack/signing.ts';
import { trimClient } from './sdk-stack/trim-client.ts';

export type LookupEvents = (input: LookupEventsRequest, credentials: Credentials) => Promise<LookupEventsResponse>;

/**
 * Looks up events in one region. This module is loaded when the first look-up is made: most runs find no drift, and make none.
 */
export function createLookup(options: {
  readonly region: string;
  readonly endpoint: { readonly endpoint?: string };
  readonly requestHandler: RequestHandler;
  readonly clock: Clock;
  readonly runName: string | undefined;
}): LookupEvents {
  const { region, endpoint, requestHandler, clock, runName } = options;
  const client = new CloudTrailClient({ region, requestHandler, cacheMiddleware: true, maxAttempts: 1, ...endpoint });
  const signing = createSigning('cloudtrail', region, client.config.sha256, clock);
  trimClient(client, signing, runName);
  client.middlewareStack.use(jsonTarget('com.amazonaws.cloudtrail.v20131101'));
  return (input, credentials) => {
    const command = new LookupEventsCommand(input);
    signing.assign(command.input, credentials);
    return client.send(command);
  };
}
