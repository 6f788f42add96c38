import { principalsOf } from '../policy/index.ts';
import type { Desired } from '../state/desired.ts';
import type { Target, Tool } from '../state/state.ts';
import type { RequestedAccount } from './request.ts';

const TOOLS: readonly Tool[] = ['auditor', 'fixer'];

/** Changes of who may assume the action's own roles, in the accounts that are in both files. Stated or not, it changes what is compared, and nobody's access. */
export function requestedByToolTrusts(base: Desired, head: Desired): RequestedAccount[] {
  const known = new Map(base.state.targets.map((target) => [target.account, target]));
  return head.state.targets.flatMap((target) => {
    const before = known.get(target.account);
    return before === undefined ? [] : TOOLS.flatMap((tool) => requestOf(tool, before, target, head));
  });
}

function requestOf(tool: Tool, before: Target, after: Target, { locate }: Desired): RequestedAccount[] {
  const [from, to] = [trustedBy(before, tool), trustedBy(after, tool)];
  if (from === to) return [];
  const isChanged = from !== undefined && to !== undefined;
  return [
    {
      account: after.account,
      where: 'targets',
      kind: isChanged ? 'changes' : 'describes',
      what: `who may assume the ${tool}'s role, from ${from ?? 'not compared'} to ${to ?? 'not compared'}`,
      location: locate.tool(tool, 'trustedBy'),
    },
  ];
}

function trustedBy({ toolTrusts = [] }: Target, tool: Tool): string | undefined {
  const trust = toolTrusts.find((other) => other.tool === tool)?.trust;
  return trust ? principalsOf(trust)[0]?.id : undefined;
}
