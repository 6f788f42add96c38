import { PolicyDocument } from '../accounts/document.ts';
import type { Identity, Kind } from '../accounts/entities.ts';
import { checkName } from '../accounts/names.ts';
import { checkInlineSize } from '../accounts/quotas.ts';
import { noSuchEntity } from '../protocol/errors.ts';
import { element, list } from '../protocol/xml.ts';
import { type Actions, arnOf, boundaryContext, type Call, existing, seen, store } from './call.ts';
import { page } from './page.ts';

export const inlineActions: Actions = { ...of('User'), ...of('Group'), ...of('Role') };

/** The four calls on inline policies are the same for users, groups and roles. */
function of(kind: Kind): Actions {
  const resource = arnOf(kind);
  const context = boundaryContext(kind);
  return {
    [`List${kind}Policies`]: { resource, run: (call) => listPolicies(call, kind) },
    [`Get${kind}Policy`]: { resource, run: (call) => getPolicy(call, kind) },
    [`Put${kind}Policy`]: { resource, context, run: (call) => putPolicy(call, kind) },
    [`Delete${kind}Policy`]: { resource, context, run: (call) => deletePolicy(call, kind) },
  };
}

function noSuchPolicy(kind: Kind, name: string): Error {
  return noSuchEntity(`The ${kind.toLowerCase()} policy with name ${name} cannot be found.`);
}

function listPolicies(call: Call, kind: Kind): string {
  const { items, xml } = page(call, [...seen(call, kind, call.params.required(`${kind}Name`)).inline.keys()]);
  const names = items.map((name) => element('PolicyName', name).slice('<PolicyName>'.length, -'</PolicyName>'.length));
  return list('PolicyNames', names) + xml;
}

function getPolicy(call: Call, kind: Kind): string {
  const owner = seen(call, kind, call.params.required(`${kind}Name`));
  const name = call.params.required('PolicyName');
  const document = owner.inline.get(name);
  if (document === undefined) throw noSuchPolicy(kind, name);
  return element(`${kind}Name`, owner.name) + element('PolicyName', name) + element('PolicyDocument', document.encoded);
}

function putPolicy(call: Call, kind: Kind): undefined {
  const owner: Identity = existing(call, kind, call.params.required(`${kind}Name`));
  const name = checkName('policyName', call.params.required('PolicyName'));
  const inline = new Map(owner.inline).set(name, PolicyDocument.checked(call.params.required('PolicyDocument')));
  let size = 0;
  for (const document of inline.values()) size += document.size;
  checkInlineSize(size, call.account.quotas.inlineCharacters[kind], `${kind.toLowerCase()} ${owner.name}`);
  store(call, kind, { ...existing(call, kind, owner.name), inline });
  return undefined;
}

function deletePolicy(call: Call, kind: Kind): undefined {
  const owner = existing(call, kind, call.params.required(`${kind}Name`));
  const name = call.params.required('PolicyName');
  const inline = new Map(owner.inline);
  if (!inline.delete(name)) throw noSuchPolicy(kind, name);
  store(call, kind, { ...owner, inline });
  return undefined;
}
