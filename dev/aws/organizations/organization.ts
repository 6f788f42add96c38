/** An organization, as plain data. */
export interface OrganizationEstate {
  readonly management: string;
  /** Accounts that may read the organization beside the management account. Default none. */
  readonly delegatedAdministrators?: readonly string[];
  /** Roots (`r-…`), which have no parent, and organizational units (`ou-…`). */
  readonly units: readonly { readonly id: string; readonly parent?: string }[];
  readonly accounts: readonly MemberEstate[];
}

export interface MemberEstate {
  readonly id: string;
  /** Default: the id. */
  readonly name?: string;
  /** Default `ACTIVE`. */
  readonly state?: string;
  /** The unit or root right above it. */
  readonly unit: string;
}

const ORGANIZATION_ID = 'o-exampleorg1';

/** An organization that answers questions. */
export class Organization {
  readonly #estate: OrganizationEstate;

  constructor(estate: OrganizationEstate) {
    this.#estate = estate;
  }

  has(account: string): boolean {
    return this.#estate.accounts.some(({ id }) => id === account);
  }

  mayBeReadBy(account: string): boolean {
    const { management, delegatedAdministrators = [] } = this.#estate;
    return account === management || delegatedAdministrators.includes(account);
  }

  /** Nobody gets into an account that is suspended or closed. */
  isOpen(account: string): boolean {
    const member = this.#estate.accounts.find(({ id }) => id === account);
    return member?.state === undefined || member.state === 'ACTIVE';
  }

  /** All accounts, or those right below a unit; `undefined`: there is no such unit. */
  accounts(parent?: string): readonly MemberEstate[] | undefined {
    if (parent === undefined) return this.#estate.accounts;
    return this.#hasUnit(parent) ? this.#estate.accounts.filter(({ unit }) => unit === parent) : undefined;
  }

  /** Ids of the units right below a unit; `undefined`: there is no such unit. */
  units(parent: string): readonly string[] | undefined {
    return this.#hasUnit(parent) ? this.#estate.units.filter((unit) => unit.parent === parent).map(({ id }) => id) : undefined;
  }

  /** `o-…/r-…/ou-…/` */
  pathOf({ unit }: MemberEstate): string {
    const steps: string[] = [];
    for (let step: string | undefined = unit; step !== undefined; step = this.#estate.units.find(({ id }) => id === step)?.parent) {
      steps.unshift(step);
    }
    return `${[ORGANIZATION_ID, ...steps].join('/')}/`;
  }

  arnOf(partition: string, kind: 'account' | 'ou', id: string): string {
    return `arn:${partition}:organizations::${this.#estate.management}:${kind}/${ORGANIZATION_ID}/${id}`;
  }

  #hasUnit(id: string): boolean {
    return this.#estate.units.some((unit) => unit.id === id);
  }
}
