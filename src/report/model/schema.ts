import { z } from 'zod';
import { notLookedUp } from '../../attribution/cause.ts';
import { SEVERITIES } from '../../drift/severity.ts';
import { cause, NOT_ASKED, use } from './attribution-schema.ts';
import { liveHubSchema, liveRoleSchema } from './live-schema.ts';
import { proposalSchema } from './proposal-schema.ts';
import { access, count, location, rule, time } from './schema-parts.ts';

/** The report, version 1: the one source of its type, of `schema/report.v1.json` and of the check in the tests. */

const status = z.enum(['clean', 'drifted', 'unreadable']);
const check = z.enum(['ok', 'drifted', 'unknown']).describe('unknown: not seen, because something could not be read');
const json = z.unknown();

const readError = z.object({
  code: z.string(),
  message: z.string(),
  call: z.string().describe('the call that failed, such as sts:AssumeRole; empty for what is no AWS call'),
  advice: z.string().describe('what to do about it'),
});

const call = z.object({
  action: z.string().describe('iam:…'),
  account: z.string(),
  input: z.record(z.string(), json),
});

const finding = z.object({
  id: z.string().describe('stable across runs while the drift is the same'),
  rule,
  account: z.string(),
  // A rollback reads the reports of earlier versions, which do not have it.
  roleArn: z
    .string()
    .nullable()
    .default(null)
    .describe("the target's; of what an account has once, that of the first target in the file that uses it; null at the hub"),
  resource: z.string().describe('ARN of what has to change; of target-* the id of an account'),
  access: access.describe('what the live state is, seen from the desired one'),
  // A rollback reads the reports of earlier versions, which have neither of the next two.
  severity: z.enum(SEVERITIES).default('none').describe('what it lets somebody do, worst first; findings are in this order'),
  title: z.string().default('').describe('the fact in a few words, without the account'),
  message: z.string(),
  explanation: z.array(z.string()).describe('what the comparison of documents found, or what a finding means at present, one line each'),
  desired: json,
  live: json,
  witness: z.string().nullable().describe('a request that only one side allows'),
  location,
  toAccept: z
    .string()
    .default('')
    .describe('an exception that accepts this finding and no other, ready to paste into the desired-state file; empty for what is urgent'),
  // A rollback reads the reports of earlier versions, which have neither of these two.
  cause: cause.default(notLookedUp(NOT_ASKED)).describe('the event that made it, from CloudTrail'),
  use: use.nullable().default(null).describe('whether it was used since; null where that was not looked up'),
  exception: z.object({ owner: z.string(), reason: z.string(), expires: z.string(), expired: z.boolean() }).nullable(),
  fix: z.object({
    status: z.enum(['none', 'planned', 'applied', 'verified', 'failed', 'refused']),
    reason: z.string().describe('why there is no repair, or why it was refused; empty otherwise'),
    calls: z.array(call),
    command: z
      .string()
      .describe('the same as aws CLI commands, one a line; comments name the account of those after them; empty where people have to act'),
  }),
});

const plannedCall = call.extend({
  findings: z.array(z.string()).describe('ids of the findings that it repairs'),
  purpose: z.string().describe('what it is for, one line'),
  effect: z
    .enum(['grant', 'revoke', 'both', 'neither'])
    .describe('what it does to access; both: it gives and takes, or which of the two can not be told'),
  before: json.describe('what it sets, as it is when its turn comes; null: not there'),
  after: json,
  condition: z.string().default('').describe('what has to be seen right before it is made, a sentence; empty where nothing has'),
  command: z.string().describe('as an aws CLI command, after a comment with its account'),
});

const capture = z.object({
  written: z.boolean().describe('whether the desired-state file was written; one that says all of it already is left as it is'),
  reason: z.string().describe('why there is no file; empty otherwise'),
  targets: z.array(z.string()).describe('accounts of the targets that were read whole and are in the file'),
  removed: z.array(z.string()).describe('accounts that the file had as targets and that no grant names any more'),
  leftOut: z
    .array(
      z.object({
        account: z.string(),
        roleArn: z.string(),
        kind: z.enum(['dangling', 'unread', 'unwritable']),
        reason: z.string(),
        kept: z.boolean().describe('the file still says of the account what it said before'),
      }),
    )
    .describe('roles that grants name and that were not captured'),
  review: z.array(z.object({ text: z.string(), accounts: z.array(z.string()) })).describe('captured as it is, and to be looked at first'),
});

export const reportSchema = z.object({
  version: z.literal(1),
  run: z.object({
    mode: z.enum(['audit', 'validate', 'capture', 'rollback']),
    fix: z.boolean(),
    event: z.string(),
    // A rollback reads the reports of earlier versions, which do not say it.
    proposal: z
      .boolean()
      .default(false)
      .describe('the desired-state file is not agreed on yet: on pull requests, in merge queues, and on any ref but the input branch'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    toolVersion: z.string(),
    desiredState: z.object({ path: z.string(), sha256: z.string().nullable().describe('null when the file could not be read') }),
  }),
  summary: z.object({
    expected: count.describe('accounts that the run had to read: the targets, and the hub; one with several roles counts once'),
    observed: count.describe('of these, accounts that were read whole'),
    clean: count,
    drifted: count,
    unreadable: count,
    findings: count.describe('excepted ones included'),
    excepted: count,
    widened: count.describe('this and the next three: findings that are left, by access: neither excepted nor repaired'),
    narrowed: count,
    changed: count,
    none: count,
    fixed: count.describe('findings that were repaired and seen to be'),
    connections: z
      .object({ works: count, broken: count, unknown: count })
      // A rollback reads the reports of earlier versions, which do not have it.
      .default({ works: 0, broken: 0, unknown: 0 })
      .describe('targets, by whether the hub user can get in; unknown: not all that decides it was read'),
  }),
  hub: z.object({ account: z.string(), status, live: liveHubSchema, error: readError.nullable() }),
  targets: z.array(
    z.object({
      account: z.string(),
      name: z.string().nullable(),
      owner: z.string().nullable(),
      // A rollback reads the reports of earlier versions, which do not have it.
      roleName: z.string().default('').describe('an account has one entry for each of its roles that is a target'),
      roleArn: z.string(),
      status,
      connection: z.enum(['works', 'broken', 'unknown']).describe('whether the hub user can get in, as far as could be read'),
      // A rollback reads the reports of earlier versions, which do not have it.
      lastUsed: time
        .nullable()
        .default(null)
        .describe('when AWS last saw somebody work as the role, of the last 400 days; null: nobody, or not known'),
      checks: z.object({ grant: check, trust: check, permissions: check }),
      live: liveRoleSchema,
      error: readError.nullable(),
    }),
  ),
  findings: z.array(finding).describe('worst first'),
  notCompared: z
    .array(
      z.object({
        resource: z.string().describe('ARN, the policy as the file names it, the id of an organizational unit, or organization'),
        what: z.enum(['policy-content', 'group-policies', 'credentials', 'callers', 'organization']),
        accounts: count.describe('how many accounts it is about'),
      }),
    )
    // A rollback reads the reports of earlier versions, which do not have it.
    .default([])
    .describe(
      'what was not compared: it decides access and the file does not state it, or it is of the organization and could not be read',
    ),
  plan: z
    .object({
      calls: z.array(plannedCall).describe('in the order in which they are made'),
      grants: count.describe('what counts against max-grants: a call once for each role to which it gives access'),
      revocations: count.describe('what counts against max-revocations: a call once for each role from which it takes access'),
      refusal: z.string().nullable().describe('why a repair run would make none of the calls, and what would allow them'),
      limits: z.object({ scope: z.enum(['all', 'grant', 'revoke']), maxGrants: count, maxRevocations: count }),
    })
    .nullable()
    .describe('what a repair run with the same inputs would do; null where nothing was compared'),
  changes: z
    .array(
      z.object({
        account: z.string(),
        action: z.string(),
        input: z.record(z.string(), json),
        before: json.describe('the part that it sets as it was; null: not there'),
        after: json.describe('the same as it was to be'),
        effect: z.enum(['grant', 'revoke', 'both', 'neither']).describe('what it does to access'),
        findings: z.array(z.string()).describe('ids of the findings that it repairs'),
        at: z.iso.datetime().describe('when it was sent'),
        outcome: z
          .enum(['verified', 'failed', 'unverified'])
          .describe(
            'verified: its effect was read back; failed: it had none; unverified: it was sent, or was about to be, and its effect was not seen',
          ),
        requestId: z.string().nullable().describe("AWS's id of the request; null where no answer came"),
        reason: z.string().describe('why it failed, or was not seen; empty otherwise'),
      }),
    )
    .describe('what was written to AWS, in the order in which it was sent; kept while it is done'),
  notMade: z
    .array(
      z.object({
        account: z.string(),
        action: z.string(),
        input: z.record(z.string(), json),
        reason: z.string(),
        found: json.optional().describe('what was there where it had changed since it was read; null: nothing'),
      }),
    )
    .describe('calls of the plan that were not sent, and why'),
  errors: z.array(readError.extend({ account: z.string().describe('empty: of no account, but of the file or of the organization') })),
  forecast: z
    .array(z.object({ what: z.string(), used: count, limit: count, unit: z.enum(['characters', 'policies', 'groups']) }))
    .describe('quotas that the desired state fills to more than 80 %'),
  classes: z
    .array(z.object({ name: z.string(), accounts: z.array(z.string()) }))
    .optional()
    .describe('the classes of the file that targets have, with the accounts of these targets; left out where there are none'),
  capture: capture
    .optional()
    .describe('of mode capture: what became of the desired-state file; `findings` are what an audit with it will say'),
  notes: z
    .array(z.string())
    .describe(
      'what is worth a look but no drift: an exception that matches nothing, one that runs out soon, what the file could say more strictly',
    ),
  proposal: proposalSchema.nullable().describe('what a pull request, or a merge queue, would change; null in runs that are not for one'),
});

/** The report as its file has it. */
export type ReportFile = z.infer<typeof reportSchema>;

/** The report within a run: its findings also have what they compare in canonical form, for the renderers. */
export type Report = Omit<ReportFile, 'findings'> & { readonly findings: ReportFinding[] };
export type ReportCall = NonNullable<Report['plan']>['calls'][number];
export type ReportFinding = ReportFile['findings'][number] & { readonly canonical: { readonly desired: unknown; readonly live: unknown } };
export type ReportTarget = Report['targets'][number];
export type ReportCapture = NonNullable<Report['capture']>;
export type ReportChange = Report['changes'][number];

/** What is written to the report file. */
export function toReportFile(report: Report): ReportFile {
  return { ...report, findings: report.findings.map(({ canonical: _canonical, ...finding }) => finding) };
}
