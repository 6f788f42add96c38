import type { PolicyKind, PolicySource } from '../policy/types.ts';
import type { Complaint, Path } from './file-node.ts';

/** The place that `checkPolicy` gives for the document as a whole. */
const WHOLE = 'document';

/** The complaint about a policy document. It points at the element if the document is a mapping, and at the whole text if it is JSON text. */
export function documentComplaint(
  path: Path,
  document: PolicySource,
  kind: PolicyKind,
  problem: { readonly place: string; readonly reason: string },
): { path: Path; complaint: Complaint } {
  const { place, reason } = problem;
  const inText = typeof document === 'string';
  const at = inText ? path : [...path, ...steps(place)];
  const asked = /^expected (.*)$/s.exec(reason)?.[1];
  if (asked === undefined) {
    const expected = kind === 'trust' ? 'a trust policy that IAM accepts' : 'an identity policy that IAM accepts';
    return { path: at, complaint: { message: inText ? `${place}: ${reason}` : reason, expected } };
  }
  if (!inText) return { path: at, complaint: { expected: asked } };
  return {
    path,
    complaint: { message: `${place === WHOLE ? 'the document' : `${place} of the document`} has a different type`, expected: asked },
  };
}

/** Splits `Statement[0].Condition.StringEquals` into the steps of a path. */
function steps(place: string): Path {
  return [...place.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, plain]) => {
    if (index !== undefined) return Number(index);
    return quoted ?? plain ?? '';
  });
}
