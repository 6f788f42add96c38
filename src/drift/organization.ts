import { isActive, undeclaredAccounts, unitsOf } from '../state/organization.ts';
import type { State, Target } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import type { FindingInput } from './finding.ts';
import type { Sides } from './sides.ts';
import type { NotCompared } from './uncompared-entry.ts';

/**
 * Rules `target-undeclared`, `target-not-active` and `target-left-organization`: the targets compared with the accounts of the organization, where the file
 * states one and all of its accounts were read. A target may be outside the included units: they say which accounts have to be targets.
 */
export function organizationDrift({ desired, live, locate }: Sides): FindingInput[] {
  const { scope } = desired.organization ?? {};
  const { accounts } = live.organization ?? {};
  if (scope === undefined || accounts === undefined) return [];
  const hubAccount = desired.hub.account;
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const undeclared = undeclaredAccounts(scope, live.organization ?? {}, ownAccounts(desired)) ?? [];
  return [
    ...undeclared.map(({ id, name, state, isManagement }): FindingInput => {
      const difference = {
        kind: 'undeclared-account',
        hubAccount,
        account: id,
        isManagement,
        desired: null,
        live: { name, state },
      } as const;
      return { difference, access: 'none', location: locate.organization() };
    }),
    ...firstTargets(desired).flatMap((target): FindingInput[] => {
      const { account } = target;
      const found = byId.get(account);
      if (found !== undefined && isActive(found)) return [];
      const difference =
        found === undefined
          ? ({ kind: 'foreign-account', hubAccount, account, desired: account, live: null } as const)
          : ({ kind: 'inactive-account', hubAccount, account, desired: 'ACTIVE', live: found.state } as const);
      return [{ difference, access: 'none', location: locate.target(target) }];
    }),
  ];
}

/** The organization, if it was not read; else each unit of which it is not known which accounts are in it. */
export function uncomparedOrganization({ desired, live }: Pick<Sides, 'desired' | 'live'>): readonly NotCompared[] {
  const { scope } = desired.organization ?? {};
  if (scope === undefined) return [];
  const { accounts, unknownUnits = [] } = live.organization ?? {};
  if (accounts === undefined) return [{ resource: 'organization', what: 'organization', accounts: firstTargets(desired).length }];
  return unitsOf(scope)
    .filter((unit) => unknownUnits.includes(unit))
    .map((resource) => ({ resource, what: 'organization', accounts: 0 }));
}

/** Excluded accounts that the organization does not have. */
export function organizationNotes({ desired, live, locate }: Pick<Sides, 'desired' | 'live' | 'locate'>): readonly string[] {
  const { accounts } = live.organization ?? {};
  const excluded = desired.organization?.scope?.exclude.accounts ?? [];
  if (accounts === undefined) return [];
  return excluded
    .filter((account) => account !== desired.hub.account && !accounts.some(({ id }) => id === account))
    .map((account) => {
      const { line } = locate.organization(`exclude.${account}`);
      return `organization.exclude names account ${account} (line ${line}), which is not in the organization: it can be removed.`;
    });
}

/** The first target of each account: of an account with several there is one finding. */
function firstTargets({ targets }: State): readonly Target[] {
  return [...grouped(targets, ({ account }) => account).values()].map(([first]) => first);
}

function ownAccounts({ hub, targets }: State): ReadonlySet<string> {
  return new Set([hub.account, ...targets.map(({ account }) => account)]);
}
