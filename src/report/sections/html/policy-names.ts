import { shortName } from '../../../iam/arn.ts';
import { type Content, joined, mono } from './nodes.ts';

/** The name of AWS's own policies, as people call them; the ARN of a customer's. */
export function policyName(arn: string): string {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn) ? shortName(arn) : arn;
}

/** @param none what to show where there are no names */
export function nameList(names: readonly string[], none: string): Content {
  if (names.length === 0) return none === '' ? [] : [none];
  return joined(
    names.map((name) => [mono(name)]),
    ', ',
  );
}

export function boundaryContent(boundary: string | null): Content {
  return boundary === null ? ['none'] : [mono(policyName(boundary))];
}
