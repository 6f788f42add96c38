import { MANAGEMENT } from '../aws/kinds-estate.ts';
import type { Moto } from '../aws/moto.ts';
import { frontOf } from '../aws/moto-front.ts';
import { motoOrganization } from '../aws/organizations/moto.ts';
import type { MemberEstate } from '../aws/organizations/organization.ts';
import { type EmbeddedAws, startAws } from '../aws/server.ts';

/** An AWS with an organization, in which an estate can be made. */
export interface Place extends AsyncDisposable {
  readonly name: string;
  readonly url: string;
  /** All that it was asked so far. */
  requests(): number;
  /** The unit that the targets are in. */
  readonly unit: string;
  /** Accounts of that unit. */
  readonly members: readonly string[];
  /** How many accounts the organization has. */
  readonly size: number;
  /** A further account in the unit. @returns its id */
  add(): Promise<string>;
  suspend(account: string): Promise<void>;
  /** The account is then in another unit of the organization. */
  moveOut(account: string): Promise<void>;
  /** The account is then in no unit, and not in the organization. */
  remove(account: string): Promise<void>;
  /** The embedded AWS, which can do what moto can't. */
  readonly embedded?: EmbeddedAws;
}

const HUB = '111111111111';
const ROOT = 'r-ab12';
const UNIT = 'ou-ab12-11111111';
const OTHER_UNIT = 'ou-ab12-22222222';

/** Of 320 accounts 300 are targets. */
function others(accounts: number): number {
  return Math.ceil(accounts / 15) - 2;
}

export async function embeddedPlace(accounts: number): Promise<Place> {
  const aws = await startAws();
  const ids = Array.from({ length: accounts + 1 }, (_value, index) => String(200_000_000_001 + index * 7));
  const [added = '', members] = [ids.at(-1), ids.slice(0, -1)];
  const elsewhere = Array.from({ length: others(accounts) }, (_value, index) => String(300_000_000_001 + index));
  const units = [{ id: ROOT }, { id: UNIT, parent: ROOT }, { id: OTHER_UNIT, parent: ROOT }];
  const all = new Map<string, MemberEstate>();
  const put = async (member: MemberEstate) => {
    all.set(member.id, member);
    aws.organize({ management: MANAGEMENT, units, accounts: [...all.values()] });
  };
  for (const id of [HUB, MANAGEMENT]) await put({ id, unit: ROOT });
  for (const id of members) await put({ id, unit: UNIT });
  for (const id of elsewhere) await put({ id, unit: OTHER_UNIT });
  return {
    name: 'the embedded AWS',
    url: aws.url,
    embedded: aws,
    requests: () => aws.load.requests,
    unit: UNIT,
    members,
    size: all.size,
    add: async () => {
      await put({ id: added, unit: UNIT });
      return added;
    },
    suspend: (id) => put({ id, unit: UNIT, state: 'SUSPENDED' }),
    moveOut: (id) => put({ id, unit: OTHER_UNIT }),
    remove: async (id) => {
      all.delete(id);
      aws.organize({ management: MANAGEMENT, units, accounts: [...all.values()] });
    },
    [Symbol.asyncDispose]: () => aws.close(),
  };
}

/** @param moto which has no organization yet; whoever started it stops it */
export async function motoPlace(moto: Moto, accounts: number): Promise<Place> {
  const front = await frontOf(moto.url);
  const organization = await motoOrganization(front.url, MANAGEMENT);
  const unit = await organization.unit('targets');
  const otherUnit = await organization.unit('others');
  const members: string[] = [];
  for (let index = 0; index < accounts; index += 1) members.push(await organization.account(`target-${index}`, unit));
  // The hub is not one of them, and the management account is.
  const elsewhere = others(accounts) + 1;
  for (let index = 0; index < elsewhere; index += 1) await organization.account(`other-${index}`, otherUnit);
  return {
    name: 'moto',
    url: front.url,
    requests: () => front.requests,
    unit,
    members,
    size: accounts + elsewhere + 1,
    add: () => organization.account('added', unit),
    suspend: (id) => organization.close(id),
    moveOut: (id) => organization.move(id, unit, otherUnit),
    remove: (id) => organization.remove(id),
    [Symbol.asyncDispose]: () => front[Symbol.asyncDispose](),
  };
}
