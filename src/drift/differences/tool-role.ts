import type { Policy } from '../../policy/index.ts';
import { entityLabel } from '../../state/entity.ts';
import type { Tool } from '../../state/state.ts';
import { type Kinds, type Owner, VERB } from './kind.ts';
import { trustTitle } from './trust-title.ts';

/** What the action's own roles in a target have. */
export interface ToolRoleParts {
  /** `null`: there is no such role. */
  readonly 'tool-trust': {
    readonly of: Owner<'Role'>;
    readonly hubAccount: string;
    readonly tool: Tool;
    readonly desired: Policy;
    readonly live: Policy | null;
  };
}

export const TOOL_ROLE: Kinds<ToolRoleParts> = {
  'tool-trust': {
    rule: () => 'tool-role-trust-changed',
    title: ({ live, ...trust }, access) =>
      live === null ? `The ${trust.tool} role ${trust.of.name} does not exist` : trustTitle({ ...trust, judged: live }, access),
    message: ({ of, tool, live }, access) =>
      live === null
        ? `The ${tool} ${entityLabel(of)} does not exist, so nobody can assume it.`
        : `The trust policy of the ${tool} ${entityLabel(of)} ${VERB[access]}.`,
  },
};
