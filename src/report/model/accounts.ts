import { grouped } from '../../text/grouped.ts';
import type { Report, ReportFinding, ReportTarget } from './schema.ts';

/** An account of a report with its targets, one for each role. */
export interface ReportAccount {
  readonly account: string;
  /** In the order of the file; the hub account has none unless it is also listed as a target. */
  readonly targets: readonly ReportTarget[];
}

type Status = ReportTarget['status'];

/** The accounts of targets, each once, in the order of the file. The hub account is among them only where it is a target too. */
export function accountsOfTargets(targets: readonly ReportTarget[]): readonly ReportAccount[] {
  return [...grouped(targets, ({ account }) => account)].map(([account, inAccount]) => ({ account, targets: inAccount }));
}

/** The status of each account, the hub's included: an account of which anything was not read is unreadable, and one is drifted if any part of it is. */
export function accountStatuses(parts: readonly { readonly account: string; readonly status: Status }[]): readonly Status[] {
  return [...grouped(parts, ({ account }) => account).values()].map((inAccount) => {
    const statuses = inAccount.map(({ status }) => status);
    return (['unreadable', 'drifted'] as const).find((status) => statuses.includes(status)) ?? 'clean';
  });
}

/** Whether some account has several targets, so that its number alone does not say which is meant. */
export function hasSeveralRoles({ targets }: Pick<Report, 'targets'>): boolean {
  return accountsOfTargets(targets).length < targets.length;
}

/** The target that a finding is of; of what an account has once, the first that uses it. `undefined`: it is the hub's. */
export function targetOf({ roleArn }: ReportFinding, { targets }: Pick<Report, 'targets'>): ReportTarget | undefined {
  return roleArn === null ? undefined : targets.find((target) => target.roleArn === roleArn);
}

/** The accounts that were not read whole, each once. */
export function unreadAccounts({ hub, targets }: Pick<Report, 'hub' | 'targets'>): readonly string[] {
  return [...new Set([hub, ...targets].filter(({ status }) => status === 'unreadable').map(({ account }) => account))];
}

/** Equal for what is of the same target, or of the hub. */
export function placeKey({ roleArn }: Pick<ReportFinding, 'roleArn'>): string {
  return roleArn ?? 'hub';
}

/** What people call an account, if all its targets have the same name. */
export function namesOfAccounts({ targets }: Pick<Report, 'targets'>): ReadonlyMap<string, string> {
  const named = accountsOfTargets(targets).flatMap(({ account, targets: inAccount }) => {
    const [name, ...others] = new Set(inAccount.map((target) => target.name));
    return name === undefined || name === null || others.length > 0 ? [] : [[account, name] as const];
  });
  return new Map(named);
}
