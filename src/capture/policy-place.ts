import type { DesiredDocument } from './desired-document.ts';

/** Where the file says which policies are attached. */
export interface PolicyPlace {
  readonly path: readonly (string | number)[];
  /** Whether optional ones are told apart, as they go on to be. */
  readonly keepsOptional: boolean;
}

/** @param path of a key; only that of managed policies may have two lists */
export function placeOf(document: DesiredDocument, path: PolicyPlace['path']): PolicyPlace {
  const keepsOptional = path.at(-1) === 'managedPolicies' && document.isMapping(path);
  return { path: keepsOptional ? [...path, 'required'] : path, keepsOptional };
}
