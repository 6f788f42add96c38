import type { TargetAccount } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { expandToolTrust, type StatedTool } from './expand-tool-trusts.ts';
import type { Grantee } from './grants.ts';
import type { Scope } from './scope.ts';

/** The accounts of the targets, each once, with the trusts that the action's roles must have there. */
export function expandAccounts(grantees: readonly Grantee[], tools: readonly StatedTool[], hub: Scope): readonly TargetAccount[] {
  return [...grouped(grantees, ({ target }) => target.account)].map(([account, inAccount]) => {
    const toolTrusts = tools.flatMap((tool) => expandToolTrust(account, inAccount, tool, hub));
    return toolTrusts.length === 0 ? { account } : { account, toolTrusts };
  });
}
