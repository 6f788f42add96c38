import type { Kind } from '../accounts/entities.ts';
import { checkQuota } from '../accounts/quotas.ts';
import { noSuchEntity } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Action, type Actions, arnOf, boundaryContext, type Call, existing, seen, store } from './call.ts';
import { page } from './page.ts';

export const attachmentActions: Actions = { ...of('User'), ...of('Group'), ...of('Role') };

function of(kind: Kind): Actions {
  const resource = arnOf(kind);
  const boundary = boundaryContext(kind);
  const context: NonNullable<Action['context']> = (call) => [['iam:policyarn', call.params.text('PolicyArn') ?? ''], ...boundary(call)];
  return {
    [`ListAttached${kind}Policies`]: { resource, run: (call) => listAttached(call, kind) },
    [`Attach${kind}Policy`]: { resource, context, run: (call) => attach(call, kind) },
    [`Detach${kind}Policy`]: { resource, context, run: (call) => detach(call, kind) },
  };
}

function listAttached(call: Call, kind: Kind): string {
  const { attached } = seen(call, kind, call.params.required(`${kind}Name`));
  const prefix = call.params.text('PathPrefix') ?? '/';
  const { items, xml } = page(
    call,
    prefix === '/' ? attached : attached.filter((arn) => (arn.split(':policy')[1] ?? '').startsWith(prefix)),
  );
  return `<AttachedPolicies>${items.map(attachedXml).join('')}</AttachedPolicies>${xml}`;
}

export function attachedXml(arn: string): string {
  return `<member>${element('PolicyName', arn.slice(arn.lastIndexOf('/') + 1))}${element('PolicyArn', arn)}</member>`;
}

/** Attaching a policy again is not an error. A customer's policy can only be attached in its own account. */
function attach(call: Call, kind: Kind): undefined {
  const owner = existing(call, kind, call.params.required(`${kind}Name`));
  const arn = call.params.required('PolicyArn');
  const policy = call.cloud.managedPolicy(arn, call.writeAt);
  const attachable = arn.includes(':iam::aws:policy/') || arn.includes(`:iam::${call.account.id}:policy/`);
  if (policy === undefined || !attachable) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  if (owner.attached.includes(arn)) return undefined;
  const attached = [...owner.attached, arn];
  checkQuota(attached.length, call.account.quotas.attachedPolicies[kind], `PoliciesPer${kind}`);
  store(call, kind, { ...owner, attached });
  return undefined;
}

function detach(call: Call, kind: Kind): undefined {
  const owner = existing(call, kind, call.params.required(`${kind}Name`));
  const arn = call.params.required('PolicyArn');
  if (!owner.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
  store(call, kind, { ...owner, attached: owner.attached.filter((other) => other !== arn) });
  return undefined;
}
