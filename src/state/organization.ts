/** AWS Organizations, as far as the targets are compared with it. */
export interface Organization {
  /** Desired: the accounts that have to be targets. */
  readonly scope?: OrganizationScope;
  /** Live: all of its accounts, in the order in which AWS lists them. `undefined`: not all of them were read. */
  readonly accounts?: readonly OrganizationAccount[];
  /** Live: of the units that the file names, those whose accounts are not known: there is no such unit, or it was not read. */
  readonly unknownUnits?: readonly string[];
}

/** Units are organizational units and roots, by their ids (`ou-…`, `r-…`), each with everything below it. */
export interface OrganizationScope {
  /** Units; empty: the whole organization. */
  readonly include: readonly string[];
  readonly exclude: { readonly accounts: readonly string[]; readonly units: readonly string[] };
}

export interface OrganizationAccount {
  readonly id: string;
  /** From AWS; may be empty. */
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `CLOSED`, `PENDING_ACTIVATION`, or what AWS may add. */
  readonly state: string;
  /** Of the units that the file names, those that the account is in, at whatever depth. */
  readonly units: readonly string[];
  /** Of the organization itself. */
  readonly isManagement: boolean;
}

/** All units that a scope names. */
export function unitsOf({ include, exclude }: OrganizationScope): readonly string[] {
  return [...include, ...exclude.units];
}

export function isActive({ state }: Pick<OrganizationAccount, 'state'>): boolean {
  return state === 'ACTIVE';
}

/** Whether the account is in the included units and not excluded. What is excluded stays so in an included unit that is further down. */
export function isInScope({ id, units }: Pick<OrganizationAccount, 'id' | 'units'>, { include, exclude }: OrganizationScope): boolean {
  const isIncluded = include.length === 0 || include.some((unit) => units.includes(unit));
  return isIncluded && !exclude.accounts.includes(id) && !exclude.units.some((unit) => units.includes(unit));
}

/**
 * The active accounts in the scope that are neither among the known ones (the targets and the hub). `undefined`: that is not known, as the accounts, or those
 * of an excluded unit, were not read. Accounts of an included unit that was not read are missing.
 */
export function undeclaredAccounts(
  scope: OrganizationScope,
  { accounts, unknownUnits = [] }: Organization,
  known: ReadonlySet<string>,
): readonly OrganizationAccount[] | undefined {
  if (accounts === undefined || scope.exclude.units.some((unit) => unknownUnits.includes(unit))) return undefined;
  return accounts.filter((account) => isActive(account) && isInScope(account, scope) && !known.has(account.id));
}
