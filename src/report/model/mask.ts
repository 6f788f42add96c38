import { createHash } from 'node:crypto';
import type { Rule } from '../../state/rules.ts';
import { compareText } from '../../text/compare-text.ts';
import { accountsOfTargets } from './accounts.ts';
import { withoutActors } from './mask-actor.ts';
import { accountsIn, type Masker, masker } from './mask-text.ts';
import type { Report, ReportFinding } from './schema.ts';
import { withoutOrganizationName } from './subject.ts';

/**
 * A copy of the report in which no string, key or number tells an account: for rendering, never for the report file. Two accounts with the same
 * last digits stay apart (`…9012`, `…9012·2`). Findings get new ids, as the old ones are digests from which an account could be found by trying.
 * Masking twice is masking once.
 */
export function maskReport(report: Report): Report {
  const mask = masker(accountsOf(report));
  const { run, findings, plan, proposal, ...rest } = report;
  // No document is a valid policy once it is masked: its canonical form has to be taken before.
  const several = severalIn(deep(rest.targets, mask));
  const masked = withNewIds(
    several,
    deep(
      findings.map(withoutOrganizationName).map((finding) => ({ ...finding, ...finding.canonical, ...withoutActors(finding) })),
      mask,
    ),
  );
  return {
    ...deep(rest, mask),
    // A digest of a file in which little but the account ids is unknown tells them to who tries.
    run: { ...deep(run, mask), desiredState: { path: mask(run.desiredState.path), sha256: null } },
    findings: masked,
    plan: withIdsOf(deep(plan, mask), new Map(findings.map(({ id }, index) => [mask(id), masked[index]?.id ?? '']))),
    proposal: proposal && maskProposal(proposal, mask, new Map(findings.map(({ id }, index) => [id, masked[index]?.id ?? '']))),
  };
}

/** Ids and commits are no texts: their digits may look like an account. Of what is resolved nobody asks for the ids. */
function maskProposal(proposal: NonNullable<Report['proposal']>, mask: Masker, ids: ReadonlyMap<string, string>): Report['proposal'] {
  const { head, base, asked, live, pullRequest } = proposal;
  const renamed = (old: readonly string[]) => old.flatMap((id) => ids.get(id) ?? []);
  return {
    pullRequest,
    head,
    base: { ...base, reason: mask(base.reason) },
    asked: deep(asked, mask),
    live: live && {
      causes: renamed(live.causes),
      drifted: renamed(live.drifted),
      unsure: renamed(live.unsure),
      resolves: live.resolves.map(({ why, finding }, index) => ({ why, finding: { ...deep(finding, mask), id: `resolved-${index + 1}` } })),
    },
  };
}

/** The plan refers to the findings by the ids that they have now. */
function withIdsOf(plan: Report['plan'], ids: ReadonlyMap<string, string>): Report['plan'] {
  return plan && { ...plan, calls: plan.calls.map((call) => ({ ...call, findings: call.findings.map((id) => ids.get(id) ?? '') })) };
}

/** The account ids of a report: the hub's and the targets' first, then those that its texts mention, each in order of the id. */
export function accountsOf(report: Report): string[] {
  const own = new Set([report.hub, ...report.targets].map(({ account }) => account));
  const mentioned = new Set(accountsIn(JSON.stringify(report)));
  const isAccount = (text: string): boolean => /^\d{12}$/.test(text);
  return [...[...own].filter(isAccount).sort(compareText), ...[...mentioned].filter((account) => !own.has(account)).sort(compareText)];
}

/** The same shape with every string masked, keys included. */
function deep<T>(value: T, mask: Masker): T;
function deep(value: unknown, mask: Masker): unknown {
  if (typeof value === 'string') return mask(value);
  if (typeof value === 'number') return maskNumber(value, mask);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => deep(item, mask));
  return Object.fromEntries(Object.entries(value).map(([key, item]: [string, unknown]) => [mask(key), deep(item, mask)]));
}

/** A document may hold an account id as a JSON number; the counts and lines of the report have fewer digits. */
function maskNumber(value: number, mask: Masker): number | string {
  const text = String(value);
  const masked = mask(text);
  return masked === text ? value : masked;
}

/** What is there changes from night to night in these, without another drift. */
const RESTLESS: ReadonlySet<Rule> = new Set(['hub-user-key-old', 'target-not-active', 'quota-exceeded']);

/** Where an extra grant stands is not what it is: a renamed policy is the same drift. */
function documentOf(live: unknown): unknown {
  return typeof live === 'object' && live !== null && 'document' in live ? live.document : live;
}

/** Accounts with several roles, in each of which there may be the same finding. */
function severalIn(targets: Report['targets']): ReadonlySet<string> {
  return new Set(accountsOfTargets(targets).flatMap(({ account, targets: roles }) => (roles.length > 1 ? [account] : [])));
}

function withNewIds(several: ReadonlySet<string>, findings: readonly ReportFinding[]): ReportFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { rule, account, roleArn, resource, desired, live } = finding;
    const there = RESTLESS.has(rule) ? null : rule === 'grant-extra' ? documentOf(live) : (live ?? desired);
    const digest = createHash('sha256')
      .update(JSON.stringify([rule, account, resource, there, ...(several.has(account) ? [roleArn] : [])]))
      .digest('hex')
      .slice(0, 16);
    const number = (seen.get(digest) ?? 0) + 1;
    seen.set(digest, number);
    // An exception names the finding by its own id.
    return { ...finding, toAccept: '', id: number === 1 ? digest : `${digest}-${number}` };
  });
}
