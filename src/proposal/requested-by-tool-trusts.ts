import { principalsOf } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { TargetAccount, Tool } from '../state/state.ts';
import { findAccount } from '../state/targets.ts';
import type { RequestedAccount } from './request.ts';

const TOOLS: readonly Tool[] = ['auditor', 'fixer'];

/** Changes of who may assume the action's own roles, in the accounts that are in both files. Stated or not, it changes what is compared, and nobody's access. */
export function requestedByToolTrusts(base: Desired, head: Desired): RequestedAccount[] {
  return head.state.accounts.flatMap((after) => {
    const before = findAccount(base.state, after.account);
    return before === undefined ? [] : TOOLS.flatMap((tool) => requestOf(tool, before, after, head));
  });
}

function requestOf(tool: Tool, before: TargetAccount, after: TargetAccount, { locate }: Desired): RequestedAccount[] {
  const [from, to] = [trustedBy(before, tool), trustedBy(after, tool)];
  if (from === to) return [];
  const isChanged = from !== undefined && to !== undefined;
  return [
    {
      account: after.account,
      where: 'targets',
      kind: isChanged ? 'changes' : 'describes',
      what: `who may assume the ${tool} role, from ${from ?? 'not compared'} to ${to ?? 'not compared'}`,
      location: locate.tool(tool, 'trustedBy'),
    },
  ];
}

function trustedBy({ toolTrusts = [] }: TargetAccount, tool: Tool): string | undefined {
  const trust = toolTrusts.find((other) => other.tool === tool)?.trust;
  return trust ? principalsOf(trust)[0]?.id : undefined;
}
