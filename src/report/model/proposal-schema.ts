import { z } from 'zod';
import { REQUEST_KINDS } from '../../proposal/request.ts';
import { access, location, rule } from './schema-parts.ts';

const asked = z.object({
  kind: z.enum(REQUEST_KINDS),
  where: z.enum(['hub', 'targets', 'added', 'removed']).describe('added and removed: targets that are new to the file, and gone from it'),
  what: z.string().describe("one line; {account} stands for an account's own id"),
  accounts: z.array(z.string()).describe('in the order of the file'),
  explanation: z.array(z.string()),
  location: location.nullable().describe("in the head's file; null for what is gone from it"),
});

const ids = z.array(z.string()).describe('ids of findings of this report, worst first');

/** The report's key `proposal`. */
export const proposalSchema = z.object({
  pullRequest: z.int().min(1).nullable().describe("null of a merge queue's change"),
  head: z.string().describe('the commit with the change'),
  base: z.object({
    commit: z.string(),
    status: z
      .enum(['compared', 'new', 'invalid', 'unavailable', 'other-hub'])
      .describe('new: the base has no such file. invalid, unavailable, other-hub: there is nothing to compare with, as reason says'),
    reason: z.string(),
  }),
  asked: z.array(asked).nullable().describe("the access that the change asks for; null where the two files can't be compared"),
  live: z
    .object({
      causes: ids,
      drifted: ids.describe('findings that are there with and without the change'),
      unsure: ids.describe('findings of which it is not known whether they are there without the change, too'),
      resolves: z.array(
        z.object({
          why: z
            .enum(['desired', 'excepted', 'unwatched'])
            .describe('what is there is wanted now; is accepted by an exception; is something that the file says nothing of any more'),
          finding: z.object({ id: z.string(), rule, account: z.string(), resource: z.string(), access, message: z.string() }),
        }),
      ),
    })
    .nullable()
    .describe('null where AWS was not read'),
});
