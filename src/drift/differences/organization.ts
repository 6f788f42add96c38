import type { OrganizationAccount } from '../../state/organization.ts';
import type { Kinds } from './kind.ts';

/** An account, as the organization and the file know it. */
export interface OrganizationParts {
  /** An account of the organization that the file does not name. */
  readonly 'undeclared-account': {
    readonly hubAccount: string;
    readonly account: string;
    readonly isManagement: boolean;
    readonly desired: null;
    readonly live: Pick<OrganizationAccount, 'name' | 'state'>;
  };
  /** The account of a target that nobody can work in. */
  readonly 'inactive-account': {
    readonly hubAccount: string;
    readonly account: string;
    readonly desired: 'ACTIVE';
    readonly live: string;
  };
  /** The account of a target that the organization does not have. */
  readonly 'foreign-account': { readonly hubAccount: string; readonly account: string; readonly desired: string; readonly live: null };
}

export const ORGANIZATION: Kinds<OrganizationParts> = {
  'undeclared-account': {
    rule: () => 'target-undeclared',
    title: ({ account }) => `Account ${account} of the organization is not in the file`,
    message: ({ account, isManagement }) => {
      const which = isManagement
        ? `Account ${account}, the management account of the organization,`
        : `Account ${account} of the organization`;
      return `${which} is active, but it is neither a target nor excluded.`;
    },
  },
  'inactive-account': {
    rule: () => 'target-not-active',
    title: ({ account, live }) => `Target account ${account} is ${stateText(live)}`,
    message: ({ account, live }) => `AWS Organizations lists the target account ${account} as ${live}; expected ACTIVE.`,
  },
  'foreign-account': {
    rule: () => 'target-left-organization',
    title: ({ account }) => `Target account ${account} is not in the organization`,
    message: ({ account }) =>
      `The organization does not contain the target account ${account}: it left, was removed or was closed permanently.`,
  },
};

const STATES: ReadonlyMap<string, string> = new Map([
  ['SUSPENDED', 'suspended'],
  ['PENDING_CLOSURE', 'being closed'],
  ['CLOSED', 'closed'],
  ['PENDING_ACTIVATION', 'not activated yet'],
]);

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html */
function stateText(state: string): string {
  return STATES.get(state) ?? `in the state ${state}`;
}
