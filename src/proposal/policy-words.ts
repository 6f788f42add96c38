import { shortName } from '../iam/arn.ts';
import { sameName } from '../iam/names.ts';
import type { ElementList, Policy, Statement } from '../policy/index.ts';
import { type Entity, entityLabel } from '../state/entity.ts';
import type { InlinePolicy, NameSet, State } from '../state/state.ts';

/** As the file names a managed policy: AWS's own by the bare name, a customer's, which may be called the same, by `policy/NAME`. */
export function policyName(arn: string): string {
  return arn.includes(':iam::aws:policy/') ? shortName(arn) : `policy/${shortName(arn)}`;
}

/** `role Micetro`, `hub group micetro-targets`: the account of a role is named beside it. */
export function ownerText(of: Entity): string {
  return of.kind === 'Role' ? `role ${of.name}` : entityLabel(of);
}

/** The policies of a user or group that is described whole, for a list of its parts. */
export function policyParts(of: {
  readonly managedPolicies?: NameSet | undefined;
  readonly inlinePolicies?: readonly InlinePolicy[] | undefined;
}) {
  const { required = [], optional = [] } = of.managedPolicies ?? {};
  const inline = of.inlinePolicies ?? [];
  return [
    required.length === 0 ? '' : `with the managed policies ${required.map(policyName).join(', ')}`,
    optional.length === 0 ? '' : `optionally with ${optional.map(policyName).join(', ')}`,
    inline.length === 0 ? '' : `with the inline policies ${inline.map(({ name }) => name).join(', ')}`,
  ].filter((part) => part !== '');
}

/** `readers (with the managed policies ReadOnlyAccess)`: a group beside the hub's own, with the policies that the file states; else its name alone. */
export function otherGroupText(name: string, { hub }: State): string {
  const stated = hub.otherGroups?.find((group) => sameName(group.name, name))?.value;
  if (!stated) return name;
  const parts = policyParts(stated);
  return `${name} (${parts.length === 0 ? 'without policies' : parts.join(', ')})`;
}

/** What a policy says, a line for each statement; nothing where it is no policy. */
export function statementLines({ statements }: Policy): readonly string[] {
  return (statements ?? []).map(statementLine);
}

function statementLine({ effect, action, resource, conditions }: Statement): string {
  const verb = effect === 'Allow' ? 'Allows' : 'Denies';
  const where = resource === null ? '' : ` on ${listed(resource)}`;
  return `${verb} ${listed(action)}${where}${conditions.length === 0 ? '' : ', under conditions'}`;
}

function listed({ negated, values }: ElementList): string {
  const names = values.map((value) => `\`${value}\``).join(', ');
  return negated ? `all except ${names}` : names;
}
