import { canonical } from '../policy/index.ts';
import type { InlinePolicy } from '../state/state.ts';
import { accessOfExtra, accessOfMissing, documentDrift, shown } from './documents.ts';
import type { Draft } from './draft.ts';
import { inlinePolicyArn, type Owner } from './owner.ts';

/** Rules `…-inline-policy-missing`, `-extra`, `-changed`: inline policies by name, their documents by the requests that they allow. */
export function inlinePolicyDrift(
  owner: Owner,
  desired: readonly InlinePolicy[] | undefined,
  live: readonly InlinePolicy[] | undefined,
): Draft[] {
  if (desired === undefined || live === undefined) return [];
  return [
    ...desired.flatMap((policy) => {
      const there = live.find(({ name }) => name === policy.name);
      return there === undefined ? [missing(owner, policy)] : changed(owner, policy, there);
    }),
    ...live.filter(({ name }) => !desired.some((policy) => policy.name === name)).map((policy) => extra(owner, policy)),
  ];
}

function about(owner: Owner, { name }: InlinePolicy): Pick<Draft, 'account' | 'resource' | 'entity' | 'location'> {
  return {
    account: owner.account,
    entity: owner.arn,
    resource: inlinePolicyArn(owner.arn, name),
    location: owner.locate('inlinePolicies'),
  };
}

function missing(owner: Owner, policy: InlinePolicy): Draft {
  return {
    ...about(owner, policy),
    rule: `${owner.rules}-inline-policy-missing`,
    access: accessOfMissing(policy.document),
    message: `The ${owner.label} lacks the inline policy ${policy.name}.`,
    desired: shown(policy.document),
  };
}

function extra(owner: Owner, policy: InlinePolicy): Draft {
  const access = accessOfExtra(policy.document);
  const remark = access === 'changed' ? ' It is no valid policy.' : '';
  return {
    ...about(owner, policy),
    rule: `${owner.rules}-inline-policy-extra`,
    access,
    message: `The ${owner.label} has the inline policy ${policy.name}, which the file does not name.${remark}`,
    live: shown(policy.document),
    identity: canonical(policy.document, 'identity'),
  };
}

function changed(owner: Owner, desired: InlinePolicy, live: InlinePolicy): Draft[] {
  const compared = documentDrift(desired.document, live.document, 'identity');
  if (compared === null) return [];
  const message = `The inline policy ${desired.name} of the ${owner.label} ${VERB[compared.access]}.`;
  return [{ ...about(owner, desired), ...compared, rule: `${owner.rules}-inline-policy-changed`, message }];
}

/** How a changed document is told in a sentence. */
export const VERB = {
  widened: 'allows more than it should',
  narrowed: 'allows less than it should',
  changed: 'differs from what it should be',
  none: 'differs in form only',
} as const;
