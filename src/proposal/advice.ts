import { shortName } from '../iam/arn.ts';
import { type Policy, principalsOf, type Statement } from '../policy/index.ts';
import type { Desired, Locator } from '../state/desired.ts';
import { type ExistingEntity, entitiesOf, locateIn } from '../state/entities.ts';
import type { InlinePolicy, NameSet } from '../state/state.ts';
import { grouped } from '../text/grouped.ts';
import { ownerText } from './policy-words.ts';

const LISTED = 5;

/**
 * Where a valid file is weaker than it could be: trust in everybody, more actions of STS than are needed, policies that allow everything. One sentence each,
 * with the line; what is alike in several accounts is one. At last, policies and classes that nothing in the file uses. Pure.
 */
export function adviceFor({ state, locate, unusedPolicies, unusedClasses }: Desired): readonly string[] {
  const remarks = entitiesOf(state).flatMap((entity) => remarksOn(entity, locate));
  const advice = [...grouped(remarks, ({ text }) => text)].map(([text, alike]) => {
    const places = [...new Set(alike.map(({ place }) => place))];
    const more = places.length > LISTED ? ` and ${places.length - LISTED} more` : '';
    return `${text} In ${places.slice(0, LISTED).join(', ')}${more}.`;
  });
  const policies = unusedPolicies.map(
    ({ name, location }) =>
      `The file states the content of ${name} under policies (line ${location.line}) but does not use the policy, so it is not compared.`,
  );
  const classes = unusedClasses.map(({ name, location }) => `No target has the class ${name} (line ${location.line}).`);
  return [...advice, ...policies, ...classes];
}

function remarksOn({ of, found }: ExistingEntity, locate: Locator): { readonly text: string; readonly place: string }[] {
  const locateKey = locateIn(locate, of);
  const at = (key: string) => (text: string) => ({ text, place: `${of.account} (line ${locateKey(key).line})` });
  const trust = 'trust' in found && found.trust !== undefined ? ofTrust(found.trust, of.name) : [];
  return [
    ...trust.map(at('trust')),
    ...ofPolicies(found.managedPolicies, ownerText(of)).map(at('managedPolicies')),
    ...ofInline(found.inlinePolicies, ownerText(of)).map(at('inlinePolicies')),
  ];
}

function ofTrust(trust: Policy, roleName: string): string[] {
  const allows = (trust.statements ?? []).filter(({ effect }) => effect === 'Allow');
  const everybody = allows.filter(({ principals }) => principals?.some(({ id }) => id === '*') === true);
  const open = everybody.some(({ conditions }) => conditions.length === 0) ? 'everybody' : 'everybody who meets the conditions';
  return [
    ...(everybody.length > 0 && principalsOf(trust).length > 0
      ? [
          `The trust policy of role ${roleName} allows ${open}. Allow only the hub user or the hub account (trust: hub-user, trust: hub-account).`,
        ]
      : []),
    ...(allows.some(({ action }) => action.negated || action.values.some((value) => /^(?:sts:)?\*$/i.test(value)))
      ? [`The trust policy of role ${roleName} allows every STS action. sts:AssumeRole is sufficient.`]
      : []),
  ];
}

/** Whoever has one of these has the account: the last lets its holder give itself the rest. */
const ALL_POWERFUL: readonly string[] = ['AdministratorAccess', 'IAMFullAccess'];

function ofPolicies(policies: NameSet | undefined, owner: string): string[] {
  const { required = [], optional = [] } = policies ?? {};
  return [...required, ...optional]
    .filter((arn) => arn.includes(':iam::aws:policy/') && ALL_POWERFUL.includes(shortName(arn)))
    .map((arn) => `The ${owner} may have ${shortName(arn)}, which allows everything in the account. Allow only what is needed.`);
}

function ofInline(policies: readonly InlinePolicy[] | undefined, owner: string): string[] {
  return (policies ?? [])
    .filter(({ document }) => (document.statements ?? []).some(isEverything))
    .map(({ name }) => `The inline policy ${name} of the ${owner} allows every action on every resource. Allow only what is needed.`);
}

function isEverything({ effect, action, resource, conditions }: Statement): boolean {
  const all = [action.values, resource?.values ?? []].every((values) => values.some((value) => /^\*+(?::\*+)?$/.test(value)));
  return effect === 'Allow' && conditions.length === 0 && !action.negated && resource?.negated === false && all;
}
