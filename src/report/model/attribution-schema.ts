import { z } from 'zod';
import { VIAS } from '../../attribution/via.ts';
import { count, time } from './schema-parts.ts';

/** The reason in runs, and reports of earlier versions, that did not look for causes. */
export const NOT_ASKED = 'This run did not look it up.';

export const cause = z.object({
  match: z
    .enum(['exact', 'likely', 'unknown', 'not-looked-up'])
    .describe('exact: the event resulted in the live state; likely: its type and name match, but its content is not in the event history'),
  at: time.nullable(),
  event: z.string().nullable().describe('the call, such as UpdateAssumeRolePolicy'),
  account: z.string().nullable().describe('account whose event history contains it'),
  actor: z.string().nullable().describe('an ARN where the event has one, else ACCOUNT (PRINCIPAL-ID) or the name of a service'),
  via: z.enum(VIAS).nullable().describe('how the call was made; based in part on the user agent, which callers can choose'),
  eventId: z.string().nullable(),
  reason: z.string().describe('why it is not exact; empty otherwise'),
});

export const use = z.object({
  since: time,
  count: count.nullable().describe('AssumeRole calls by callers that the file does not allow; null: only the last use is known'),
  atLeast: z.boolean().describe('there may be more: a page, or a region known to be in use, was not read'),
  by: z.array(z.string()).describe('who, like actor, the most frequent first; at most 100'),
  lastAt: time.nullable(),
  regions: z.array(z.string()).describe('regions whose events were read; for an access key, where it was used'),
});
