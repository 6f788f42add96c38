import { z } from 'zod';
import { notLookedUp } from '../../attribution/cause.ts';
import { SEVERITIES } from '../../drift/severity.ts';
import { cause, NOT_ASKED, use } from './attribution-schema.ts';
import { liveHubSchema, liveRoleSchema } from './live-schema.ts';
import { proposalSchema } from './proposal-schema.ts';
import { access, count, location, rule, time } from './schema-parts.ts';

/** The report, version 1: the one source of its type, of `schema/report.v1.json` and of the check in the tests. */

const status = z.enum(['clean', 'drifted', 'unreadable']);
const check = z.enum(['ok', 'drifted', 'unknown']).describe('unknown: not determined, because something could not be read');
const json = z.unknown();

const readError = z.object({
  code: z.string(),
  message: z.string(),
  call: z.string().describe('the call that failed, such as sts:AssumeRole; empty if it is not an AWS call'),
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
    .describe(
      'the role of the target; for what an account has only once, the role of the first target in the file that uses it; null at the hub',
    ),
  resource: z.string().describe('ARN of the resource; of target-* the id of an account'),
  access: access.describe('how the live state differs from the desired state'),
  // A rollback reads the reports of earlier versions, which have neither of the next two.
  severity: z.enum(SEVERITIES).default('none').describe('what it lets somebody do, worst first; findings are in this order'),
  title: z.string().default('').describe('the fact in a few words, without the account'),
  message: z.string(),
  explanation: z.array(z.string()).describe('result of the comparison of documents, or what a finding currently means, one line each'),
  desired: json,
  live: json,
  witness: z.string().nullable().describe('a request that only one side allows'),
  location,
  toAccept: z
    .string()
    .default('')
    .describe('an exception that accepts only this finding, ready to paste into the desired-state file; empty for urgent findings'),
  // A rollback reads the reports of earlier versions, which have neither of these two.
  cause: cause.default(notLookedUp(NOT_ASKED)).describe('the CloudTrail event that caused it'),
  use: use.nullable().default(null).describe('whether it was used since; null if that was not looked up'),
  exception: z.object({ owner: z.string(), reason: z.string(), expires: z.string(), expired: z.boolean() }).nullable(),
  fix: z.object({
    status: z.enum(['none', 'planned', 'applied', 'verified', 'failed', 'refused']),
    reason: z.string().describe('why there is no repair, or why it was refused; empty otherwise'),
    calls: z.array(call),
    command: z
      .string()
      .describe(
        'the same as AWS CLI commands, one per line, with comments that name the account of the commands below them; empty if manual action is needed',
      ),
  }),
});

const plannedCall = call.extend({
  findings: z.array(z.string()).describe('ids of the findings that it repairs'),
  purpose: z.string().describe('its purpose, one line'),
  effect: z
    .enum(['grant', 'revoke', 'both', 'neither'])
    .describe('its effect on access; both: it grants and revokes, or the effect cannot be determined'),
  before: json.describe('the value that it sets, as it is before the call; null: absent'),
  after: json,
  condition: z.string().default('').describe('what must be verified right before the call, one sentence; empty if nothing'),
  command: z.string().describe('as an AWS CLI command, after a comment with its account'),
});

const capturedRole = z.object({ account: z.string(), roleArn: z.string() });

const capture = z.object({
  written: z.boolean().describe('whether the desired-state file was written; a file that already matches is left unchanged'),
  reason: z.string().describe('why there is no file; empty otherwise'),
  targets: z.array(capturedRole).describe('the targets that were read completely and are in the file'),
  removed: z.array(capturedRole).describe('targets that the file had and that no grant names now'),
  taken: z
    .array(capturedRole)
    .describe(
      'of these targets, those of accounts of the organization in which no hub group grants a role yet: each is a finding of the next audit',
    ),
  notTakenIn: z
    .array(z.object({ account: z.string(), reason: z.string() }))
    .describe('active accounts of the included units of the organization, not excluded, of which no role is a target'),
  leftOut: z
    .array(
      z.object({
        account: z.string(),
        roleArn: z.string(),
        kind: z.enum(['dangling', 'unread', 'unwritable']),
        reason: z.string(),
        kept: z.boolean().describe('the file still contains the earlier entry of the account'),
      }),
    )
    .describe('roles that grants name and that were not captured'),
  review: z.array(z.object({ text: z.string(), accounts: z.array(z.string()) })).describe('captured unchanged, and to be reviewed first'),
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
      .describe('the desired-state file is not agreed yet: on pull requests, in merge queues, and on any ref other than the input branch'),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    toolVersion: z.string(),
    desiredState: z.object({ path: z.string(), sha256: z.string().nullable().describe('null when the file could not be read') }),
  }),
  summary: z.object({
    expected: count.describe('accounts that the run had to read: the targets and the hub; an account with several roles counts once'),
    observed: count.describe('of these, accounts that were read completely'),
    clean: count,
    drifted: count,
    unreadable: count,
    findings: count.describe('excepted ones included'),
    excepted: count,
    widened: count.describe('this and the next three: findings that are left, by access: neither excepted nor repaired'),
    narrowed: count,
    changed: count,
    none: count,
    fixed: count.describe('findings that were repaired and verified'),
    connections: z
      .object({ works: count, broken: count, unknown: count })
      // A rollback reads the reports of earlier versions, which do not have it.
      .default({ works: 0, broken: 0, unknown: 0 })
      .describe('targets, by whether the hub user can reach them; unknown: not everything that determines it was read'),
  }),
  hub: z.object({ account: z.string(), status, live: liveHubSchema, error: readError.nullable() }),
  targets: z.array(
    z.object({
      account: z.string(),
      name: z.string().nullable(),
      owner: z.string().nullable(),
      // A rollback reads the reports of earlier versions, which do not have it.
      roleName: z.string().default('').describe('an account has one entry for each of its target roles'),
      roleArn: z.string(),
      status,
      connection: z.enum(['works', 'broken', 'unknown']).describe('whether the hub user can reach the target, as far as could be read'),
      // A rollback reads the reports of earlier versions, which do not have it.
      lastUsed: time.nullable().default(null).describe('when the role was last used, within the last 400 days; null: not used, or unknown'),
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
        accounts: count.describe('number of accounts'),
      }),
    )
    // A rollback reads the reports of earlier versions, which do not have it.
    .default([])
    .describe(
      'what was not compared: it determines access but the file does not state it, or it belongs to the organization and could not be read',
    ),
  plan: z
    .object({
      calls: z.array(plannedCall).describe('in the order in which they are made'),
      grants: count.describe('counts toward max-grants: each call once per role that it grants access to'),
      revocations: count.describe('counts toward max-revocations: each call once per role that it revokes access from'),
      refusal: z.string().nullable().describe('why a repair run would make none of the calls, and what to do'),
      limits: z.object({ scope: z.enum(['all', 'grant', 'revoke']), maxGrants: count, maxRevocations: count }),
    })
    .nullable()
    .describe('what a repair run with the same inputs would do; null if nothing was compared'),
  changes: z
    .array(
      z.object({
        account: z.string(),
        action: z.string(),
        input: z.record(z.string(), json),
        before: json.describe('the value before the change; null: absent'),
        after: json.describe('the intended value after the change'),
        effect: z.enum(['grant', 'revoke', 'both', 'neither']).describe('its effect on access'),
        findings: z.array(z.string()).describe('ids of the findings that it repairs'),
        at: z.iso.datetime().describe('when it was sent'),
        outcome: z
          .enum(['verified', 'failed', 'unverified'])
          .describe(
            'verified: its effect was read back; failed: it had no effect; unverified: it was sent, or about to be sent, and its effect was not read back',
          ),
        requestId: z.string().nullable().describe('request id from AWS; null if there was no response'),
        reason: z.string().describe('why it failed, or was not verified; empty otherwise'),
      }),
    )
    .describe('changes written to AWS, in the order in which they were sent; updated during the run'),
  notMade: z
    .array(
      z.object({
        account: z.string(),
        action: z.string(),
        input: z.record(z.string(), json),
        reason: z.string(),
        found: json.optional().describe('the live value if it changed after it was read; null: absent'),
      }),
    )
    .describe('calls of the plan that were not sent, and why'),
  errors: z.array(readError.extend({ account: z.string().describe('empty for errors of the file or of the organization') })),
  forecast: z
    .array(z.object({ what: z.string(), used: count, limit: count, unit: z.enum(['characters', 'policies', 'groups']) }))
    .describe('quotas that the desired state uses by more than 80 %'),
  classes: z
    .array(z.object({ name: z.string(), accounts: z.array(z.string()) }))
    .optional()
    .describe('the classes that targets use, with the accounts of these targets; omitted if there are none'),
  capture: capture
    .optional()
    .describe('mode capture: the result for the desired-state file; `findings` are those of the next audit with that file'),
  notes: z
    .array(z.string())
    .describe(
      'notes that are not drift: an exception that matches nothing or expires soon, or something that the file could state more strictly',
    ),
  proposal: proposalSchema.nullable().describe('what a pull request or a merge queue would change; null for other runs'),
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
