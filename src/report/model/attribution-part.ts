import type { Attribution } from '../../attribution/attribution.ts';
import type { Report, ReportFinding } from './schema.ts';

/** The report with who changed what its findings are about, and whether it was used. Pure. @param attribution `undefined`: that was not looked up */
export function withAttribution(report: Report, attribution: Attribution | undefined): Report {
  if (attribution === undefined) return report;
  const { findings, errors, notes } = attribution;
  return {
    ...report,
    findings: report.findings.map((finding): ReportFinding => {
      const found = findings.get(finding.id);
      if (found === undefined) return finding;
      const { cause, use } = found;
      return { ...finding, cause: { ...cause }, use: use && { ...use, by: [...use.by], regions: [...use.regions] } };
    }),
    errors: [...report.errors, ...errors.map(({ account, code, message, call, advice }) => ({ account, code, message, call, advice }))],
    notes: [...report.notes, ...notes],
  };
}
