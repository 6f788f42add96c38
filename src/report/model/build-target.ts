import type { TargetDrift } from '../../drift/drift.ts';
import { isExcepted } from '../../drift/exceptions.ts';
import type { Finding } from '../../drift/finding.ts';
import { isErrorOf, type ReadError, type Reading } from '../../state/reading.ts';
import type { Target } from '../../state/state.ts';
import { liveRole } from './live-part.ts';
import type { ReportTarget } from './schema.ts';

/** What is known of one target. */
interface TargetFacts {
  readonly reading: Reading;
  readonly findings: readonly Finding[];
  readonly desired: Target | undefined;
  readonly live: Target | undefined;
}

/** The part of the report about one target. */
export function reportTarget(drifted: TargetDrift, { reading, findings, desired, live }: TargetFacts): ReportTarget {
  const { account, roleName, connection, checks } = drifted;
  const error = errorOf(drifted, reading);
  return {
    account,
    name: desired?.name ?? null,
    owner: desired?.owner ?? null,
    roleName,
    roleArn: desired?.roleArn ?? '',
    status: statusOf(error, checks, findings),
    connection,
    lastUsed: live?.role.value?.lastUsed?.at ?? null,
    checks,
    live: liveRole(live?.role.value),
    error,
  };
}

/** A target of which anything was not seen is unreadable, whatever else is known of it. */
function statusOf(error: ReportTarget['error'], checks: ReportTarget['checks'], findings: readonly Finding[]): ReportTarget['status'] {
  if (error !== null) return 'unreadable';
  return Object.values(checks).includes('drifted') || findings.some((finding) => !isExcepted(finding)) ? 'drifted' : 'clean';
}

function errorOf({ checks, ...address }: TargetDrift, reading: Reading): ReportTarget['error'] {
  const error = reading.errors.find((other) => isErrorOf(other, address));
  if (error !== undefined) return errorPart(error);
  if (!Object.values(checks).includes('unknown')) return null;
  const unseen = checks.trust === 'unknown' ? 'Nothing of this account was read' : 'The grant was not read';
  const message = `${unseen}, because the hub could not be read.`;
  return { code: 'HubUnreadable', message, call: '', advice: 'See the error of the hub account.' };
}

/** An error as the report has it beside the account that it is about. */
export function errorPart({ code, message, call, advice }: Omit<ReadError, 'scope'>): NonNullable<ReportTarget['error']> {
  return { code, message, call, advice };
}
