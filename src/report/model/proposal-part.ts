import type { Finding } from '../../drift/finding.ts';
import type { Proposal } from '../../proposal/proposal.ts';
import type { Report } from './schema.ts';

/** The report of a run for a pull request: with what the change means, and with advice for the targets that it adds. */
export function withProposal(report: Report, proposal: Proposal): Report {
  const added = new Set((proposal.asked ?? []).filter(({ where }) => where === 'added').flatMap(({ accounts }) => accounts));
  const advised = <E extends { readonly call: string; readonly advice: string }>(account: string, error: E): E =>
    added.has(account) && error.call === 'sts:AssumeRole' ? { ...error, advice: `${NEW_TARGET} ${error.advice}` } : error;
  return {
    ...report,
    targets: report.targets.map((target) => ({ ...target, error: target.error && advised(target.account, target.error) })),
    errors: report.errors.map((error) => advised(error.account, error)),
    proposal: proposalPart(proposal),
  };
}

const NEW_TARGET = 'This target is new. Create its auditor role first (docs/roles.md), then run this check again.';

function proposalPart({ pullRequest, head, base, asked, live }: Proposal): NonNullable<Report['proposal']> {
  const ids = (findings: readonly Finding[]) => findings.map(({ id }) => id);
  return {
    pullRequest,
    head,
    base: { ...base },
    asked: asked?.map((one) => ({ ...one, accounts: [...one.accounts], explanation: [...one.explanation] })) ?? null,
    live: live && {
      causes: ids(live.causes),
      drifted: ids(live.drifted),
      unsure: ids(live.unsure),
      resolves: live.resolves.map(({ why, finding: { id, rule, account, resource, access, message } }) => ({
        why,
        finding: { id, rule, account, resource, access, message },
      })),
    },
  };
}
