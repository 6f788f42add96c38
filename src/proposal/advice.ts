import { shortName } from '../iam/arn.ts';
import { type Policy, principalsOf, type Statement } from '../policy/index.ts';
import type { Desired, Location } from '../state/desired.ts';
import type { InlinePolicy, NameSet } from '../state/state.ts';

/** One remark, made of one account or more. */
interface Remark {
  readonly text: string;
  readonly account: string;
  readonly location: Location;
}

const LISTED = 5;

/**
 * Where a valid file is weaker than it could be: trust in everybody, more actions of STS than are needed, policies that allow everything. One sentence each,
 * with the line; what is alike in several accounts is one. Pure.
 */
export function adviceFor(desired: Desired): readonly string[] {
  const folds = new Map<string, Remark[]>();
  for (const remark of [...ofHub(desired), ...ofTargets(desired)]) folds.set(remark.text, [...(folds.get(remark.text) ?? []), remark]);
  return [...folds].map(([text, remarks]) => {
    const places = [...new Set(remarks.map(({ account, location }) => `${account} (line ${location.line})`))];
    const more = places.length > LISTED ? ` and ${places.length - LISTED} more` : '';
    return `${text} In ${places.slice(0, LISTED).join(', ')}${more}.`;
  });
}

function ofHub({ state, locate }: Desired): Remark[] {
  const { account, user, groups } = state.hub;
  const place = (location: Location) => (text: string) => ({ text, account, location });
  return [
    ...ofPolicies(user.value?.managedPolicies, `The hub user ${user.name}`).map(place(locate.hub('user.managedPolicies'))),
    ...ofInline(user.value?.inlinePolicies, `the hub user ${user.name}`).map(place(locate.hub('user.inlinePolicies'))),
    ...groups.flatMap(({ name, value: found }) => [
      ...ofPolicies(found?.managedPolicies, `The hub group ${name}`).map(place(locate.group(name, 'managedPolicies'))),
      ...ofInline(found?.inlinePolicies, `the hub group ${name}`).map(place(locate.group(name, 'inlinePolicies'))),
    ]),
  ];
}

function ofTargets({ state, locate }: Desired): Remark[] {
  return state.targets.flatMap(({ account, roleName, role: { value: found } }) => {
    if (!found) return [];
    const place = (key: string) => (text: string) => ({ text, account, location: locate.target(account, key) });
    return [
      ...(found.trust === undefined ? [] : ofTrust(found.trust, roleName)).map(place('trust')),
      ...ofPolicies(found.managedPolicies, `The role ${roleName}`).map(place('managedPolicies')),
      ...ofInline(found.inlinePolicies, `the role ${roleName}`).map(place('inlinePolicies')),
    ];
  });
}

function ofTrust(trust: Policy, roleName: string): string[] {
  const allows = (trust.statements ?? []).filter(({ effect }) => effect === 'Allow');
  const everybody = allows.filter(({ principals }) => principals?.some(({ id }) => id === '*') === true);
  const open = everybody.some(({ conditions }) => conditions.length === 0) ? 'everybody' : 'everybody who meets its conditions';
  return [
    ...(everybody.length > 0 && principalsOf(trust).length > 0
      ? [`The trust of role ${roleName} lets in ${open}: name the hub user or the hub account (trust: hub-user, trust: hub-account).`]
      : []),
    ...(allows.some(({ action }) => action.negated || action.values.some((value) => /^(?:sts:)?\*$/i.test(value)))
      ? [`The trust of role ${roleName} allows every action of STS: sts:AssumeRole is enough.`]
      : []),
  ];
}

/** Whoever has one of these has the account: the last lets its holder give itself the rest. */
const ALL_POWERFUL: readonly string[] = ['AdministratorAccess', 'IAMFullAccess'];

function ofPolicies(policies: NameSet | undefined, owner: string): string[] {
  const { required = [], optional = [] } = policies ?? {};
  return [...required, ...optional]
    .filter((arn) => arn.includes(':iam::aws:policy/') && ALL_POWERFUL.includes(shortName(arn)))
    .map((arn) => `${owner} may have ${shortName(arn)}, which is all of the account: name what it needs.`);
}

function ofInline(policies: readonly InlinePolicy[] | undefined, owner: string): string[] {
  return (policies ?? [])
    .filter(({ document }) => (document.statements ?? []).some(isEverything))
    .map(({ name }) => `The inline policy ${name} of ${owner} allows every action on every resource: name what is needed.`);
}

function isEverything({ effect, action, resource, conditions }: Statement): boolean {
  const all = [action.values, resource?.values ?? []].every((values) => values.some((value) => /^\*+(?::\*+)?$/.test(value)));
  return effect === 'Allow' && conditions.length === 0 && !action.negated && resource?.negated === false && all;
}
