import type { Account } from '@aws-sdk/client-organizations';
import type { AwsAccess } from '../aws/access.ts';
import { present, UnexpectedAnswer } from '../aws/answers.ts';
import { allTokenPages } from '../aws/pages.ts';
import { accountOf } from '../iam/arn.ts';
import { isActive, type Organization, type OrganizationAccount } from '../state/organization.ts';
import type { ReadError } from '../state/reading.ts';
import { organizationReader } from './organization-reader.ts';
import { PAGE, unitsByPaths, unitsByTree } from './organization-units.ts';

const LIST_ACCOUNTS = 'organizations:ListAccounts';

export interface OrganizationRequest {
  /** Left open for the caller. */
  readonly access: AwsAccess;
  /** ARN of a role that may read the organization; `undefined`: the hub's own identity does. */
  readonly role: string | undefined;
  /** Organizational units and roots of which it has to be known which accounts are in them. */
  readonly units: readonly string[];
  /** The hub and the targets. An organization with none of them is not the one that is meant; empty: that is not checked. */
  readonly own: readonly string[];
}

export interface OrganizationReading {
  readonly organization: Organization;
  readonly errors: readonly ReadError[];
}

/**
 * Reads the accounts of the organization, whole or not at all, one call after another: one for each twenty accounts. Which of them are in the units comes with
 * them, or, where AWS gives no paths, takes two more calls for each unit below. It does not fail: an error says what was not read.
 */
export async function readOrganization({ access, role, units, own }: OrganizationRequest): Promise<OrganizationReading> {
  const reader = organizationReader(access, role);
  const listed = await reader.read(LIST_ACCOUNTS, async (send) => {
    const accounts = await allTokenPages(
      (NextToken) => send((calls) => calls.listAccounts({ MaxResults: PAGE, NextToken })),
      (page) => page.Accounts,
    );
    // What changes while the pages are read may come on two of them.
    return [...new Map(accounts.map(listedAccount).map((account) => [account.id, account])).values()];
  });
  if (listed.kind !== 'read') return { organization: {}, errors: reader.errors };
  const accounts = listed.value;
  if (own.length > 0 && !accounts.some(({ id }) => own.includes(id))) {
    reader.record(otherOrganization(accounts.length, role));
    return { organization: {}, errors: reader.errors };
  }
  const named = [...new Set(units)];
  const hasPaths = accounts.every((account) => !isActive(account) || account.paths.some((path) => path.includes('/r-')));
  const { members, unknown } = await (hasPaths ? unitsByPaths(reader, named, accounts) : unitsByTree(reader, named));
  const unitsOf = (id: string) => named.filter((unit) => members.get(unit)?.has(id));
  return {
    organization: {
      accounts: accounts.map(({ paths: _paths, ...account }): OrganizationAccount => ({ ...account, units: unitsOf(account.id) })),
      ...(unknown.length === 0 ? {} : { unknownUnits: unknown }),
    },
    errors: reader.errors,
  };
}

type ListedAccount = Omit<OrganizationAccount, 'units'> & { readonly paths: readonly string[] };

/**
 * `Status` was retired for `State` in September 2026. What answers in AWS's place may still have that alone; it knows no state that `State` does not know.
 *
 * @throws {UnexpectedAnswer} where an account has no id, or neither of the two
 */
function listedAccount({ Id, Arn, Name = '', State, Status, Paths = [] }: Account): ListedAccount {
  const id = present(Id, 'account id');
  if (!/^\d{12}$/.test(id)) throw new UnexpectedAnswer('an account id is not 12 digits');
  const state = present(State ?? Status, 'state of an account');
  return { id, name: Name, state, isManagement: accountOf(Arn) === id, paths: Paths };
}

function otherOrganization(accounts: number, role: string | undefined): Omit<ReadError, 'scope' | 'account'> {
  return {
    code: 'OtherOrganization',
    call: LIST_ACCOUNTS,
    message: `The organization has ${accounts} accounts, but neither the hub nor a target is one of them.`,
    advice:
      role === undefined
        ? 'Set the input organization-role to a role in the organization of the targets.'
        : `The role ${role} (input organization-role) is in a different organization. Set it to a role in the organization of the targets.`,
  };
}
