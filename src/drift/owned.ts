import type { Comparer, Policy } from '../policy/index.ts';
import type { LocateKey } from '../state/entities.ts';
import type { ArnDocument, InlinePolicy, ManagedPolicy, NameSet } from '../state/state.ts';
import type { Access } from './access.ts';
import { allowedLines } from './allowed-lines.ts';
import type { Owner } from './differences/kind.ts';
import type { FindingInput } from './finding.ts';
import { accessOfExtra, accessOfMissing, comparedPolicies, doubtsOf } from './policies.ts';

/**
 * Rules `…-policy-missing` and `…-policy-extra`: attached managed policies, by ARN.
 *
 * @param documents of those that differ, as far as they were read
 * @param stated what the file says of their content
 */
export function attachedPolicyDrift(
  of: Owner,
  locate: LocateKey,
  desired: NameSet | undefined,
  live: NameSet | undefined,
  documents: readonly ArnDocument[],
  stated: readonly ManagedPolicy[] | undefined,
): FindingInput[] {
  if (desired === undefined || live === undefined) return [];
  const location = locate('managedPolicies');
  const allowed = new Set([...desired.required, ...desired.optional]);
  const missing = desired.required.filter((arn) => !live.required.includes(arn));
  const extra = live.required.filter((arn) => !allowed.has(arn));
  const documentOf = (arn: string) => documents.find((one) => one.arn === arn)?.document;
  return [
    ...missing.map((arn): FindingInput => {
      const document = stated?.find((one) => one.arn === arn)?.content?.document ?? documentOf(arn);
      return { difference: { kind: 'attached', of, arn, desired: arn, live: null }, access: accessOfMissingPolicy(document), location };
    }),
    ...extra.map((arn): FindingInput => {
      const document = documentOf(arn);
      const content = document === undefined ? {} : { content: document };
      return { difference: { kind: 'attached', of, arn, desired: null, live: arn, ...content }, ...ofExtraPolicy(document), location };
    }),
  ];
}

/** A policy that was not read, or can't be understood, may allow anything. */
function ofExtraPolicy(document: Policy | undefined): Pick<FindingInput, 'access' | 'explanation'> {
  if (document === undefined || document.statements === null) return { access: 'widened' };
  return { access: accessOfExtra(document), explanation: allowedLines(document) };
}

/** One whose content is not known may allow something. */
function accessOfMissingPolicy(document: Policy | undefined): Access {
  return document === undefined || document.statements === null ? 'narrowed' : accessOfMissing(document);
}

type Policies = readonly InlinePolicy[] | undefined;

/** Rules `…-inline-policy-missing`, `-extra`, `-changed`: inline policies by name, their documents by the requests that they allow. */
export function inlinePolicyDrift(comparer: Comparer, of: Owner, locate: LocateKey, desired: Policies, live: Policies): FindingInput[] {
  if (desired === undefined || live === undefined) return [];
  const location = locate('inlinePolicies');
  const one = ({ name, document }: InlinePolicy): FindingInput[] => {
    const found = live.find((other) => other.name === name)?.document ?? null;
    const difference = { kind: 'inline', of, name, desired: document, live: found } as const;
    if (found === null) return [{ difference, access: accessOfMissing(document), location }];
    const compared = comparedPolicies(comparer, document, found);
    return compared === null ? [] : [{ difference, ...compared, location }];
  };
  const extra = live.filter(({ name }) => !desired.some((policy) => policy.name === name));
  return [
    ...desired.flatMap(one),
    ...extra.map(
      ({ name, document }): FindingInput => ({
        difference: { kind: 'inline', of, name, desired: null, live: document },
        access: accessOfExtra(document),
        explanation: doubtsOf(document),
        location,
      }),
    ),
  ];
}

type Boundary = string | null | undefined;

/** Rules `…-boundary-missing`, `-extra`, `-changed`. A boundary limits: one that is missing widens, one that is extra narrows. */
export function boundaryDrift(of: Owner<'User' | 'Role'>, locate: LocateKey, desired: Boundary, live: Boundary): FindingInput[] {
  if (desired === undefined || live === undefined || desired === live) return [];
  const access = live === null ? 'widened' : desired === null ? 'narrowed' : 'changed';
  return [{ difference: { kind: 'boundary', of, desired, live }, access, location: locate('permissionsBoundary') }];
}
