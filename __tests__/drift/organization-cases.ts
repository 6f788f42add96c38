import type { Organization, OrganizationAccount } from '../../src/state/organization.ts';
import type { State } from '../../src/state/state.ts';
import { HUB, ONE, SMALL, TWO } from './estate.ts';

const OTHER = '444444444444';
const PROD = 'ou-ab12-11111111';
const SANDBOX = 'ou-ab12-22222222';

const stated = (organization: object) => `${SMALL}organization: ${JSON.stringify(organization)}\n`;

const account = (id: string, more: Partial<OrganizationAccount> = {}): OrganizationAccount => ({
  id,
  name: `name of ${id}`,
  state: 'ACTIVE',
  units: [],
  isManagement: false,
  ...more,
});

/** The organization as it was read: the hub, the targets and what a case says. A later account takes the place of an earlier one. */
function having(accounts: readonly OrganizationAccount[], more: Organization = {}): (live: State) => State {
  const all = new Map([HUB, ONE, TWO].map((id) => [id, account(id)]));
  for (const one of accounts) all.set(one.id, one);
  return (live) => ({ ...live, organization: { accounts: [...all.values()], ...more } });
}

function without(id: string): (live: State) => State {
  const ids = [HUB, ONE, TWO].filter((other) => other !== id);
  return (live) => ({ ...live, organization: { accounts: ids.map((one) => account(one)) } });
}

const undeclared = `target-undeclared none ${OTHER}`;

/** The targets beside the accounts of an organization. */
export const ORGANIZATION = [
  { name: 'all targets are active accounts of the organization', file: stated({}), edit: having([]), finds: [] },
  { name: 'an account is neither a target nor excluded', file: stated({}), edit: having([account(OTHER)]), finds: [undeclared] },
  { name: 'the file states no organization', edit: having([account(OTHER), account(ONE, { state: 'CLOSED' })]), finds: [] },
  { name: 'the account is excluded', file: stated({ exclude: [OTHER] }), edit: having([account(OTHER)]), finds: [] },
  { name: 'the account is not active', file: stated({}), edit: having([account(OTHER, { state: 'SUSPENDED' })]), finds: [] },
  {
    name: 'the account is in an included unit',
    file: stated({ include: [PROD] }),
    edit: having([account(OTHER, { units: [PROD] })]),
    finds: [undeclared],
  },
  { name: 'the account is in no included unit', file: stated({ include: [PROD] }), edit: having([account(OTHER)]), finds: [] },
  {
    name: 'the account is in an excluded unit of an included one',
    file: stated({ include: [PROD], exclude: [SANDBOX] }),
    edit: having([account(OTHER, { units: [PROD, SANDBOX] })]),
    finds: [],
  },
  {
    name: 'it is not known which accounts are in an included unit',
    file: stated({ include: [PROD, SANDBOX] }),
    edit: having([account(OTHER, { units: [PROD] })], { unknownUnits: [SANDBOX] }),
    finds: [undeclared],
  },
  {
    name: 'it is not known which accounts are in an excluded unit',
    file: stated({ exclude: [SANDBOX] }),
    edit: having([account(OTHER), account(TWO, { state: 'CLOSED' })], { unknownUnits: [SANDBOX] }),
    finds: [`target-not-active none ${TWO}`],
  },
  ...['SUSPENDED', 'PENDING_CLOSURE', 'CLOSED', 'PENDING_ACTIVATION', 'SOMETHING_NEW'].map((state) => ({
    name: `the account of a target is ${state}`,
    file: stated({}),
    edit: having([account(ONE, { state })]),
    finds: [`target-not-active none ${ONE}`],
  })),
  { name: 'a target is outside the included units', file: stated({ include: [PROD] }), edit: having([]), finds: [] },
  { name: 'a target is not in the organization', file: stated({}), edit: without(TWO), finds: [`target-left-organization none ${TWO}`] },
  { name: 'the hub is not in the organization', file: stated({}), edit: without(HUB), finds: [] },
  {
    name: 'the organization could not be read',
    file: stated({}),
    edit: (live: State): State => ({ ...live, organization: {} }),
    finds: [],
  },
];
