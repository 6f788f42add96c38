import type { AwsAccess } from '../aws/access.ts';
import { candidateTargets, type NotTakenIn, takenIn } from '../capture/index.ts';
import type { AccountReading } from '../live/read-account.ts';
import { readTargets } from '../live/read-live.ts';
import { readOrganization } from '../live/read-organization.ts';
import type { AssumableRole } from '../state/desired.ts';
import { type Organization, type OrganizationScope, undeclaredAccounts, unitsOf } from '../state/organization.ts';
import type { ReadError } from '../state/reading.ts';
import type { Target } from '../state/state.ts';

/** What the organization adds to a capture. */
export interface OrganizationPart {
  /** `undefined`: the file does not state one. */
  readonly organization: Organization | undefined;
  /** Roles of its accounts that no grant names. */
  readonly taken: readonly Target[];
  /** Of the accounts of these. */
  readonly readings: readonly AccountReading[];
  readonly notTakenIn: readonly NotTakenIn[];
  readonly errors: readonly ReadError[];
}

export interface OrganizationSearch {
  readonly access: AwsAccess;
  /** ARN of the role that may read the organization, if one is named. */
  readonly role: string | undefined;
  /** As the file states it. */
  readonly scope: OrganizationScope | undefined;
  readonly auditor: AssumableRole;
  readonly concurrency: number;
}

/** Looks in the active accounts of the organization that the file includes, and in which no role is granted, for the roles that the granted accounts have. */
export async function searchOrganization(
  { access, role, scope, auditor, concurrency }: OrganizationSearch,
  granted: readonly Target[],
): Promise<OrganizationPart> {
  if (scope === undefined) return { organization: undefined, taken: [], readings: [], notTakenIn: [], errors: [] };
  const own = [access.account, ...granted.map(({ account }) => account)];
  const { organization, errors } = await readOrganization({ access, role, units: unitsOf(scope), own });
  const undeclared = undeclaredAccounts(scope, organization, new Set(own)) ?? [];
  const candidates = candidateTargets(granted, undeclared, access.partition);
  const readings = await readTargets({ targets: candidates, auditor, access, concurrency });
  const { targets: taken, notTakenIn } = takenIn(
    readings.flatMap(({ targets }) => targets),
    readings.flatMap((reading) => reading.errors),
  );
  const isTaken = (account: string) => taken.some((target) => target.account === account);
  return { organization, taken, notTakenIn, readings: readings.filter(({ account }) => isTaken(account.account)), errors };
}
