import { NO_SUCH_UNIT } from '../aws/organizations-advice.ts';
import { allTokenPages } from '../aws/pages.ts';
import type { OrganizationReader, Send } from './organization-reader.ts';

/** AWS's largest page. */
export const PAGE = 20;

const LIST_ACCOUNTS_FOR_PARENT = 'organizations:ListAccountsForParent';
const LIST_UNITS_FOR_PARENT = 'organizations:ListOrganizationalUnitsForParent';

/** Which accounts are in the units that the file names. */
export interface UnitReading {
  /** Ids of accounts by unit. */
  readonly members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Units of which that is not known. */
  readonly unknown: readonly string[];
}

/** By the paths that AWS gives with each account. Of a unit that is in no path, AWS is asked whether it exists. */
export async function unitsByPaths(
  reader: OrganizationReader,
  units: readonly string[],
  accounts: readonly { readonly id: string; readonly paths: readonly string[] }[],
): Promise<UnitReading> {
  const members = new Map(units.map((unit): [string, Set<string>] => [unit, new Set()]));
  for (const { id, paths } of accounts) {
    for (const step of paths.flatMap((path) => path.split('/'))) members.get(step)?.add(id);
  }
  const unseen = units.filter((unit) => members.get(unit)?.size === 0);
  const unknown = await askInTurn(reader, unseen, LIST_UNITS_FOR_PARENT, (unit, send) =>
    send((calls) => calls.listUnitsForParent({ ParentId: unit, MaxResults: PAGE })).then(() => undefined),
  );
  return { members, unknown };
}

/** By going through the units and whatever is below them: two calls for each, one page a call. */
export async function unitsByTree(reader: OrganizationReader, units: readonly string[]): Promise<UnitReading> {
  const members = new Map<string, ReadonlySet<string>>();
  const unknown = await askInTurn(reader, units, LIST_ACCOUNTS_FOR_PARENT, async (unit, send) => {
    members.set(unit, await accountsBelow(unit, send, members));
  });
  return { members, unknown };
}

/** Asks for one unit after another. What one fails with, if it is not that there is no such unit, the next would fail with as well: they are not asked for. */
async function askInTurn(
  reader: OrganizationReader,
  units: readonly string[],
  call: string,
  ask: (unit: string, send: Send) => Promise<void>,
): Promise<readonly string[]> {
  const unknown: string[] = [];
  for (const [index, unit] of units.entries()) {
    const outcome = await reader.read(call, (send) => ask(unit, send), unit);
    if (outcome.kind === 'read') continue;
    unknown.push(unit);
    if (outcome.kind === 'failed' && outcome.code !== NO_SUCH_UNIT) return [...unknown, ...units.slice(index + 1)];
  }
  return unknown;
}

async function accountsBelow(unit: string, send: Send, known: ReadonlyMap<string, ReadonlySet<string>>): Promise<ReadonlySet<string>> {
  const before = known.get(unit);
  if (before !== undefined) return before;
  const at = (NextToken: string | undefined) => ({ ParentId: unit, MaxResults: PAGE, NextToken });
  const accounts = await allTokenPages(
    (token) => send((calls) => calls.listAccountsForParent(at(token))),
    ({ Accounts }) => Accounts,
  );
  const units = await allTokenPages(
    (token) => send((calls) => calls.listUnitsForParent(at(token))),
    ({ OrganizationalUnits }) => OrganizationalUnits,
  );
  const all = new Set(accounts.map(({ Id }) => Id ?? ''));
  for (const { Id } of units) {
    for (const account of await accountsBelow(Id ?? '', send, known)) all.add(account);
  }
  return all;
}
