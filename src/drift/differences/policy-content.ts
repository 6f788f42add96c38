import type { Policy } from '../../policy/index.ts';
import type { Access } from '../access.ts';
import { type Kinds, type PolicyOwner, TITLE_VERB, VERB } from './kind.ts';

/** What a managed policy says, wherever it is attached or a boundary. `live: null`: there is no such policy. */
export interface PolicyContentParts {
  readonly 'policy-content': { readonly of: PolicyOwner; readonly desired: Policy; readonly live: Policy | null };
  /**
   * One of AWS's own. `reviewed` is the version that the file states, `version` the one that is in force. `desired: null`: the document of the reviewed version
   * is not known, or there is no such version.
   */
  readonly 'aws-policy-content': {
    readonly of: PolicyOwner;
    readonly reviewed: string;
    readonly version: string | null;
    readonly isVersionMissing: boolean;
    readonly desired: Policy | null;
    readonly live: Policy | null;
  };
}

export const POLICY_CONTENT: Kinds<PolicyContentParts> = {
  'policy-content': {
    rule: ({ live }) => (live === null ? 'policy-missing' : 'policy-changed'),
    title: ({ of: { name }, live }, access) =>
      live === null ? `Managed policy ${name} does not exist` : `Managed policy ${name} ${TITLE_VERB[access]}`,
    message: ({ of: { name, account }, live }, access) =>
      live === null
        ? `The managed policy ${name} does not exist in ${account}.`
        : `The managed policy ${name} in ${account} ${VERB[access]}.`,
  },
  'aws-policy-content': {
    rule: ({ version }) => (version === null ? 'policy-missing' : 'policy-changed'),
    title: ({ of: { name }, reviewed, version, isVersionMissing }, access) => {
      if (version === null) return `AWS has no managed policy ${name}`;
      if (isVersionMissing) return `AWS has no version ${reviewed} of ${name}`;
      return `${name} is at ${version}, which ${THAN[access]} the reviewed ${reviewed}`;
    },
    message: ({ of: { name }, reviewed, version, isVersionMissing }, access) => {
      if (version === null) return `AWS has no managed policy ${name}.`;
      if (isVersionMissing) {
        return `The file states version ${reviewed} of the AWS managed policy ${name}, but AWS has no such version. The current version is ${version}.`;
      }
      return `The AWS managed policy ${name} is at version ${version}, which ${THAN[access]} ${reviewed}, the reviewed version.`;
    },
  },
};

const THAN: Readonly<Record<Access, string>> = {
  widened: 'allows more than',
  narrowed: 'allows less than',
  changed: 'differs from',
  none: 'matches',
};
