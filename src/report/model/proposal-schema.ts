import { z } from 'zod';
import { REQUEST_KINDS } from '../../proposal/request.ts';
import { access, location, rule } from './schema-parts.ts';

const asked = z.object({
  kind: z.enum(REQUEST_KINDS),
  where: z
    .enum(['hub', 'targets', 'added', 'removed'])
    .describe('added: targets that are new in the file; removed: targets that are no longer in it'),
  what: z.string().describe("one line; {account} stands for an account's own id"),
  accounts: z.array(z.string()).describe('in the order of the file'),
  explanation: z.array(z.string()),
  location: location.nullable().describe('in the file of the head; null for what was removed from it'),
});

const ids = z.array(z.string()).describe('ids of findings of this report, worst first');

/** The report's key `proposal`. */
export const proposalSchema = z.object({
  pullRequest: z.int().min(1).nullable().describe('null for a change in a merge queue'),
  head: z.string().describe('the commit with the change'),
  base: z.object({
    commit: z.string(),
    status: z
      .enum(['compared', 'new', 'invalid', 'unavailable', 'other-hub'])
      .describe('new: the base has no such file. invalid, unavailable, other-hub: there is nothing to compare with, as reason says'),
    reason: z.string(),
  }),
  asked: z.array(asked).nullable().describe("the access that the change asks for; null if the two files can't be compared"),
  live: z
    .object({
      causes: ids,
      drifted: ids.describe('findings with and without the change'),
      unsure: ids.describe('findings that may or may not exist without the change'),
      resolves: z.array(
        z.object({
          why: z
            .enum(['desired', 'excepted', 'unwatched'])
            .describe(
              'desired: the file now states the live value; excepted: an exception accepts it; unwatched: the file no longer states it',
            ),
          finding: z.object({ id: z.string(), rule, account: z.string(), resource: z.string(), access, message: z.string() }),
        }),
      ),
    })
    .nullable()
    .describe('null if AWS was not read'),
});
