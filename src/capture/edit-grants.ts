import { DEFAULT_FORM, PACKED_NAME } from '../desired/grants.ts';
import { parseDesired } from '../desired/index.ts';
import { roleOf } from '../iam/arn.ts';
import type { GrantForm } from '../state/desired.ts';
import type { State } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { mostUsual } from './most-usual.ts';
import { type CaptureRequest, readBack } from './request.ts';

/**
 * States how new grants are named and laid out. A file that does not state it yet gets the form of most live grants. Another form is chosen only if that one
 * does not fit into the groups, or gives two policies the same name.
 *
 * @throws {Unwritable} when no form can be read back
 */
export function editGrants(document: DesiredDocument, { path, existing, live }: CaptureRequest): void {
  const isNew = existing === undefined || existing.desired.state.targets.length === 0;
  const stated = document.has(['hub', 'grants']);
  const present = existing?.desired.grants ?? DEFAULT_FORM;
  const usual = isNew && !stated ? usualForm(live) : present;
  const forms: GrantForm[] = [usual, { ...usual, policyName: DEFAULT_FORM.policyName }, { ...usual, layout: 'packed' }];
  const last: GrantForm = { policyName: 'assume-roles-by-name', layout: 'packed' };
  const form = [...forms, last].find((candidate) => {
    const copy = document.copy();
    stateForm(copy, candidate, present);
    return isInRoom(copy.draft(), path);
  });
  if (form !== undefined) stateForm(document, form, present);
  else readBack(document.draft(), path);
}

function stateForm(document: DesiredDocument, form: GrantForm, present: GrantForm): void {
  if (form.policyName !== present.policyName) document.set(['hub', 'grants', 'policyName'], form.policyName);
  if (form.layout !== present.layout) document.set(['hub', 'grants', 'layout'], form.layout);
}

function isInRoom(text: string, path: string): boolean {
  const parsed = parseDesired(text, { path });
  return 'desired' in parsed && parsed.desired.quotas.every(({ used, limit }) => used <= limit);
}

/** How most live grants are laid out, and what their policies are called. */
function usualForm({ hub }: State): GrantForm {
  const policies = hub.groups.flatMap(({ value: found }) =>
    (found?.inlinePolicies ?? []).map(({ name, document }) => ({
      name,
      roles: (document.statements ?? []).flatMap(({ resource }) => resource?.values ?? []).flatMap((arn) => roleOf(arn) ?? []),
    })),
  );
  const granting = policies.filter(({ roles }) => roles.length > 0);
  const single = granting.filter(({ roles }) => roles.length === 1);
  const inPacked = granting.filter(({ roles }) => roles.length > 1).reduce((sum, { roles }) => sum + roles.length, 0);
  if (inPacked > single.length) {
    const name = mostUsual(granting.filter(({ roles }) => roles.length > 1).map((policy) => policy.name))?.text;
    return { layout: 'packed', policyName: name === undefined || name === PACKED_NAME ? DEFAULT_FORM.policyName : name };
  }
  const templates = single.flatMap(({ name, roles }) =>
    roles.map((role) => templateOf(name, role)).filter((template) => template.includes('{account}')),
  );
  const usual = mostUsual(templates);
  return {
    layout: 'one-per-account',
    policyName: usual !== undefined && usual.count * 2 > single.length ? usual.text : DEFAULT_FORM.policyName,
  };
}

function templateOf(name: string, role: { readonly account: string; readonly name: string }): string {
  return name.replaceAll(role.account, '{account}').replaceAll(role.name, '{roleName}');
}
