import type { Estate } from '../aws/estate.ts';
import type { LargeEstate } from './large-estate.ts';

/** One way in which the large estate comes to differ from its file, and all that has to be found of it. */
export interface EstateDrift {
  readonly name: string;
  /** `rule access account`, each finding once. Empty: not drift, although it may look like it. */
  readonly finds: readonly string[];
  /** Who can undo it. Default: a repair. */
  readonly fixedBy?: 'people';
  /** Whether moto can hold it like AWS. Default true. */
  readonly onMoto?: boolean;
  /** Default: nothing in the accounts. */
  readonly edit?: (draft: Estate) => void;
}

export type Drifts = (estate: LargeEstate) => readonly EstateDrift[];

/** The account of a kind that a drift is in. A small estate has few of each, and a large one has another account for each drift. */
export function pick(accounts: readonly string[], index: number): string {
  const account = accounts[index % accounts.length];
  if (account === undefined) throw new RangeError('The estate has no account of this kind');
  return account;
}
