import type { Path } from '../desired/file-node.ts';
import type { DesiredDocument } from './desired-document.ts';

/** Where the file says which policies are attached. */
export interface PoliciesPath {
  readonly path: Path;
  /** Whether optional ones are told apart, as they go on to be. */
  readonly keepsOptional: boolean;
}

/** @param path of a key; only that of managed policies may have two lists */
export function policiesPath(document: DesiredDocument, path: Path): PoliciesPath {
  const keepsOptional = path.at(-1) === 'managedPolicies' && document.isMapping(path);
  return { path: keepsOptional ? [...path, 'required'] : path, keepsOptional };
}
