import type { AccountEstate } from '../aws/estate.ts';
import type { EstateDrift } from './drifts.ts';
import { furtherSandbox, type LargeEstate } from './large-estate.ts';
import type { Place } from './place.ts';

/** What became of the organization. */
export interface Moved {
  readonly drifts: readonly EstateDrift[];
  /** The account that is new in the unit, with its role, which no group grants yet. */
  readonly account: AccountEstate;
  readonly suspended: string;
  readonly left: string;
}

/** One account is new, one is suspended, one has left, and one is in another unit, which is not drift: the units say which accounts have to be targets. */
export async function organizationDrifts(place: Place, estate: LargeEstate): Promise<Moved> {
  const [moved = '', left = '', suspended = ''] = estate.ofKind.production.slice(-3);
  const added = await place.add();
  await place.suspend(suspended);
  await place.remove(left);
  await place.moveOut(moved);
  const drift = (name: string, rule?: string): EstateDrift => ({
    name,
    finds: rule === undefined ? [] : [`${rule} none ${estate.hub}`],
    fixedBy: 'people',
  });
  return {
    drifts: [
      drift('an account is added to the unit', 'target-undeclared'),
      drift('an account is suspended', 'target-not-active'),
      drift('an account has left the organization', 'target-left-organization'),
      drift('an account is moved to another unit'),
    ],
    account: furtherSandbox(added),
    suspended,
    left,
  };
}
