import type { Policy } from '../../policy/index.ts';
import { entityLabel } from '../../state/entity.ts';
import type { Tool } from '../../state/state.ts';
import { type Kinds, type Owner, VERB } from './kind.ts';

/** What the action's own roles in a target have. */
export interface ToolRoleParts {
  /** `null`: there is no such role. */
  readonly 'tool-trust': { readonly of: Owner<'Role'>; readonly tool: Tool; readonly desired: Policy; readonly live: Policy | null };
}

export const TOOL_ROLE: Kinds<ToolRoleParts> = {
  'tool-trust': {
    rule: () => 'tool-role-trust-changed',
    message: ({ of, tool, live }, access) =>
      live === null
        ? `The ${tool}'s ${entityLabel(of)} does not exist, so nobody can assume it.`
        : `The trust policy of the ${tool}'s ${entityLabel(of)} ${VERB[access]}.`,
  },
};
