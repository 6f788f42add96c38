import type { AwsAccess } from '../aws/access.ts';
import { type GrantedRoles, grantedRoles } from '../capture/index.ts';
import type { DriftOptions } from '../drift/drift.ts';
import { isAccepted } from '../drift/exceptions.ts';
import { roleOf } from '../iam/arn.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { readUsedContents } from '../live/policy-contents.ts';
import { readTargets } from '../live/read-live.ts';
import { readReadablePrincipals } from '../live/read-principals.ts';
import type { Desired } from '../state/desired.ts';
import type { ReadError } from '../state/reading.ts';
import type { Rule } from '../state/rules.ts';
import type { Hub, State } from '../state/state.ts';
import { type OrganizationPart, searchOrganization } from './capture-organization.ts';

/** All that a file is captured from, beside the hub's own user and groups. */
export interface CaptureReading {
  readonly grants: GrantedRoles;
  readonly live: State;
  /** What could not be read of the targets. */
  readonly ofTargets: readonly ReadError[];
  /** All that could not be read. */
  readonly errors: readonly ReadError[];
  readonly organization: Pick<OrganizationPart, 'taken' | 'notTakenIn'>;
}

export interface CaptureOptions extends DriftOptions {
  readonly inputs: Pick<Inputs, 'concurrency' | 'organizationRole'>;
  /** Called when an account has been read. */
  readonly onRead: () => void;
}

/** Reads the roles that the hub's groups grant, those of the organization that they might, and what the policies in use say. `undefined`: nothing is granted. */
export async function readForCapture(
  access: AwsAccess,
  found: Hub,
  known: Desired | undefined,
  options: CaptureOptions,
): Promise<CaptureReading | undefined> {
  const { concurrency, organizationRole: role } = options.inputs;
  const auditor = known?.auditor ?? { roleName: 'AssumeRoleAuditor', externalId: undefined };
  const grants = grantedIn(access, found, known, options);
  if (grants.targets.length === 0) return undefined;
  const ofGrants = await readTargets({ targets: grants.targets, auditor, access, concurrency, onRead: options.onRead });
  const granted = ofGrants.flatMap((reading) => reading.targets);
  const { scope } = known?.state.organization ?? {};
  const search = await searchOrganization({ access, role, scope, auditor, concurrency }, granted);
  const readings = [...ofGrants, ...search.readings];
  const targets = [...granted, ...search.taken];
  const callers = await readReadablePrincipals(access);
  const contents = await readUsedContents(access, { hub: found, targets }, known?.state.hub.policies ?? []);
  const hub: Hub = { ...found, policies: contents.policies, ...(callers.principals && { principals: callers.principals }) };
  const accounts = readings.map(({ account }) => account);
  const { organization, taken, notTakenIn } = search;
  const ofTargets = readings.flatMap((reading) => reading.errors);
  return {
    grants,
    live: { partition: access.partition, hub, targets, accounts, ...(organization && { organization }) },
    ofTargets,
    errors: [...contents.errors, ...callers.errors, ...ofTargets, ...search.errors],
    organization: { taken, notTakenIn },
  };
}

function grantedIn(access: AwsAccess, { groups }: Hub, known: Desired | undefined, { at, comparer }: DriftOptions): GrantedRoles {
  const accepts = (rule: Rule, resource: string) => {
    const account = (rule === 'grant-extra' ? undefined : roleOf(resource)?.account) ?? access.account;
    return isAccepted(known?.exceptions ?? [], { rule, account, resource }, at);
  };
  return grantedRoles(groups, access.partition, { known: known?.state.targets ?? [], accepts, comparer });
}
