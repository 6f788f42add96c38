import { noSuchEntity } from '../protocol/errors.ts';
import { element } from '../protocol/xml.ts';
import { type Action, type Actions, arnOf, boundaryContext, type Call, existing, store } from './call.ts';

export const boundaryActions: Actions = { ...of('User'), ...of('Role') };

export function boundaryXml(arn: string | undefined): string {
  if (arn === undefined) return '';
  return `<PermissionsBoundary><PermissionsBoundaryType>PermissionsBoundaryPolicy</PermissionsBoundaryType>${element('PermissionsBoundaryArn', arn)}</PermissionsBoundary>`;
}

/** Throws `NoSuchEntity` for a policy that can't be a boundary. */
export function requireBoundary(call: Call, arn: string): void {
  if (call.cloud.managedPolicy(arn, call.writeAt) === undefined)
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}

function of(kind: 'User' | 'Role'): Actions {
  const resource = arnOf(kind);
  const context = boundaryContext(kind);
  const put: Action = {
    resource,
    context,
    run: (call) => {
      const arn = call.params.required('PermissionsBoundary');
      requireBoundary(call, arn);
      write(call, kind, arn);
      return undefined;
    },
  };
  const remove: Action = {
    resource,
    context,
    run: (call) => {
      write(call, kind, undefined);
      return undefined;
    },
  };
  return { [`Put${kind}PermissionsBoundary`]: put, [`Delete${kind}PermissionsBoundary`]: remove };
}

function write(call: Call, kind: 'User' | 'Role', boundary: string | undefined): void {
  const name = call.params.required(`${kind}Name`);
  if (kind === 'User') store(call, 'User', { ...existing(call, 'User', name), boundary });
  else store(call, 'Role', { ...existing(call, 'Role', name), boundary });
}
