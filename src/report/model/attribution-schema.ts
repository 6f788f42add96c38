import { z } from 'zod';
import { VIAS } from '../../attribution/via.ts';
import { count, time } from './schema-parts.ts';

/** The reason in runs, and reports of earlier versions, that did not look for causes. */
export const NOT_ASKED = 'This run did not look it up.';

export const cause = z.object({
  match: z
    .enum(['exact', 'likely', 'unknown', 'not-looked-up'])
    .describe(
      'exact: the event left what is live now; likely: it is of the right kind and name, but its content is not in the event history',
    ),
  at: time.nullable(),
  event: z.string().nullable().describe('the call, such as UpdateAssumeRolePolicy'),
  account: z.string().nullable().describe('whose event history it is in'),
  actor: z.string().nullable().describe('an ARN where the event has one, else ACCOUNT (PRINCIPAL-ID) or the name of a service'),
  via: z.enum(VIAS).nullable().describe('through what the call was made; partly by the user agent, which callers choose'),
  eventId: z.string().nullable(),
  reason: z.string().describe('why it is not exact; empty otherwise'),
});

export const use = z.object({
  since: time,
  count: count.nullable().describe('AssumeRole calls by callers whom the file does not let in; null: only the last use is known'),
  atLeast: z.boolean().describe('there may be more: a page, or a region known to be in use, was not read'),
  by: z.array(z.string()).describe('who, like actor, the most frequent first; 100 at most'),
  lastAt: time.nullable(),
  regions: z.array(z.string()).describe('whose events were read; of an access key, where it was used'),
});
