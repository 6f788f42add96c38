import type { AwsAccess } from '../aws/access.ts';
import { isRefusal } from '../aws/errors.ts';
import { isActive, unitsOf } from '../state/organization.ts';
import type { Reading } from '../state/reading.ts';
import type { State } from '../state/state.ts';
import { Once } from './once.ts';
import { type OrganizationReading, readOrganization } from './read-organization.ts';

/**
 * Reads the organization with which a desired state compares its targets: `undefined` if it states none, and nothing is asked. For several states, one after
 * another, that name the same units it is read once.
 */
export function organizationReads(
  access: AwsAccess,
  role: string | undefined,
): (desired: State) => Promise<OrganizationReading | undefined> {
  const known = new Once<OrganizationReading>();
  return async ({ hub, targets, organization }) => {
    if (organization?.scope === undefined) return undefined;
    const units = unitsOf(organization.scope);
    const own = [hub, ...targets].map(({ account }) => account);
    return known.get(JSON.stringify(units), () => readOrganization({ access, role, units, own }));
  };
}

/** The reading with that of the organization. Where an account refused because it is not active, its error says so. */
export function withOrganization(reading: Reading, read: OrganizationReading | undefined): Reading {
  if (read === undefined) return reading;
  const { organization, errors } = read;
  const inactive = (organization.accounts ?? []).filter((account) => !isActive(account));
  const states = new Map(inactive.map(({ id, state }) => [id, state]));
  const explained = reading.errors.map((error) => {
    const state = error.scope === 'target' && isRefusal(error.code) ? states.get(error.account) : undefined;
    return state === undefined ? error : { ...error, advice: inactiveAdvice(state) };
  });
  return { ...reading, state: { ...reading.state, organization }, errors: [...explained, ...errors] };
}

function inactiveAdvice(state: string): string {
  return `AWS Organizations lists this account as ${state}, so it can't be read. See the finding target-not-active. Remove the target from the desired-state file, or ask AWS Support to reopen the account.`;
}
