import { shortName } from '../../../iam/arn.ts';
import { type Content, mono, separated } from './nodes.ts';

/** The name of AWS's own policies, as people call them; the ARN of a customer's. */
export function shownPolicyName(arn: string): string {
  return /^arn:[^:]+:iam::aws:policy\//.test(arn) ? shortName(arn) : arn;
}

/** @param none what to show where there are no names */
export function nameList(names: readonly string[], none: string): Content {
  if (names.length === 0) return none === '' ? [] : [none];
  return separated(
    names.map((name) => [mono(name)]),
    ', ',
  );
}

export function boundaryText(boundary: string | null): Content {
  return boundary === null ? ['none'] : [mono(shownPolicyName(boundary))];
}
