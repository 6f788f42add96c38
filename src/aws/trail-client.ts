import { CloudTrailClient, LookupEventsCommand, type LookupEventsRequest, type LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { type CallerOptions, createCaller } from './sdk-stack/caller.ts';
import type { Credentials } from './sdk-stack/signing.ts';

export type LookupEvents = (input: LookupEventsRequest, credentials: Credentials) => Promise<LookupEventsResponse>;

/**
 * Looks up events in one region. This module is loaded when the first look-up is made: most runs find no drift, and make none.
 */
export function createLookup(
  where: { readonly region: string; readonly endpoint: { readonly endpoint?: string } },
  options: Omit<CallerOptions, 'service' | 'namespace'>,
): LookupEvents {
  const { config } = new CloudTrailClient({ region: where.region, ...where.endpoint });
  const call = createCaller(config, { ...options, service: 'cloudtrail', namespace: 'com.amazonaws.cloudtrail.v20131101' });
  return (input, credentials) => call(new LookupEventsCommand(input), credentials);
}
