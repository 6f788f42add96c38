import { sameName } from '../iam/names.ts';
import type { Desired } from '../state/desired.ts';
import type { NameSet, Role, State, User } from '../state/state.ts';
import { otherGroupText, policyName } from './policy-words.ts';
import type { RequestedAccount, RequestKind } from './request.ts';

/** Changes to the managed policies, groups, keys and login of what is in both files, and to what only describes it. */
export function requestedByNames(base: Desired, head: Desired): RequestedAccount[] {
  return [...ofUser(base, head), ...ofGroups(base, head), ...ofRoles(base, head)];
}

type About = Pick<RequestedAccount, 'account' | 'roleName' | 'where' | 'location'>;

function ofUser(base: Desired, head: Desired): RequestedAccount[] {
  const [before, after] = [base.state.hub.user.value, head.state.hub.user.value];
  if (!before || !after) return [];
  const about = (key: string): About => ({ ...ofHub(head), location: head.locate.hub(`user.${key}`) });
  const owner = `hub user ${head.state.hub.user.name}`;
  return [
    ...ofPolicies(about('managedPolicies'), owner, before.managedPolicies, after.managedPolicies),
    ...ofOtherGroups(about('otherGroups'), owner, [base.state, head.state]),
    ...ofKeys(about('accessKeys'), owner, before, after),
    ...ofOtherCredentials(about('otherCredentials'), owner, before, after),
    ...ofLogin(about('consoleLogin'), owner, before, after),
  ];
}

function ofHub({ state }: Desired): Pick<RequestedAccount, 'account' | 'where'> {
  return { account: state.hub.account, where: 'hub' };
}

function ofGroups(base: Desired, head: Desired): RequestedAccount[] {
  const groupsOf = ({ state: { hub } }: Desired) => [...hub.groups, ...(hub.otherGroups ?? [])];
  return groupsOf(head).flatMap(({ name, value: found }) => {
    const before = groupsOf(base).find((group) => sameName(group.name, name))?.value;
    if (!found || !before) return [];
    const about = { ...ofHub(head), location: head.locate.group(name, 'managedPolicies') };
    return ofPolicies(about, `hub group ${name}`, before.managedPolicies, found.managedPolicies);
  });
}

function ofRoles(base: Desired, head: Desired): RequestedAccount[] {
  const known = new Map(base.state.targets.map((target) => [target.roleArn, target]));
  return head.state.targets.flatMap((target) => {
    const before = known.get(target.roleArn);
    const { account, roleName, role } = target;
    if (!role.value || !before?.role.value) return [];
    const about = (key: string): About => ({ account, roleName, where: 'targets', location: head.locate.target(target, key) });
    const owner = `role ${roleName}`;
    return [
      ...ofPolicies(about('managedPolicies'), owner, before.role.value.managedPolicies, role.value.managedPolicies),
      ...ofDescription(about, owner, before.role.value, role.value),
      ...ofGrantGroup(about('group'), owner, before.grantGroup, target.grantGroup),
    ];
  });
}

type Demand = 'required' | 'optional' | 'none';

function demandOf(set: NameSet | undefined, name: string): Demand {
  if (set?.required.includes(name) === true) return 'required';
  return set?.optional.includes(name) === true ? 'optional' : 'none';
}

/** What is requested if the demand for a policy changes from one to the other. */
const DEMANDS: Readonly<Record<string, readonly [kind: RequestKind, words: string]>> = {
  'none required': ['grants', ''],
  'none optional': ['grants', ', which may be attached'],
  'optional required': ['grants', ', which was optional before'],
  'required optional': ['describes', ', which is now optional'],
  'required none': ['revokes', ''],
  'optional none': ['revokes', ', which was optional before'],
};

function ofPolicies(about: About, owner: string, before: NameSet | undefined, after: NameSet | undefined): RequestedAccount[] {
  const all = [before, after].flatMap((set) => [...(set?.required ?? []), ...(set?.optional ?? [])]);
  return [...new Set(all)].flatMap((arn) => {
    const [kind, words] = DEMANDS[`${demandOf(before, arn)} ${demandOf(after, arn)}`] ?? [];
    if (kind === undefined) return [];
    return [{ ...about, kind, what: `managed policy ${policyName(arn)} on ${owner}${words}` }];
  });
}

/** Groups beside the hub's own, whose memberships are reported with the groups. */
function ofOtherGroups(about: About, owner: string, [base, head]: readonly [State, State]): RequestedAccount[] {
  const own = [...base.hub.groups, ...head.hub.groups].map(({ name }) => name);
  const others = ({ hub }: State) => {
    const { required = [], optional = [] } = hub.user.value?.groups ?? {};
    return [...required, ...optional].filter((name) => !own.some((group) => sameName(group, name)));
  };
  const [before, after] = [others(base), others(head)];
  const tell = (kind: RequestKind, group: string): RequestedAccount => ({
    ...about,
    kind,
    what: `membership of ${owner} in group ${group}, which it may be in`,
  });
  const isIn = (names: readonly string[], name: string) => names.some((other) => sameName(other, name));
  return [
    ...after.filter((name) => !isIn(before, name)).map((name) => tell('grants', otherGroupText(name, head))),
    ...before.filter((name) => !isIn(after, name)).map((name) => tell('revokes', otherGroupText(name, base))),
    ...after.filter((name) => isIn(before, name)).flatMap((name) => ofStatement(about, name, base, head)),
  ];
}

/** A group whose policies only one of the files states: without a statement they may be any. */
function ofStatement(about: About, name: string, base: State, head: State): RequestedAccount[] {
  const isStated = ({ hub }: State) => hub.otherGroups?.some((group) => sameName(group.name, name)) === true;
  if (isStated(base) === isStated(head)) return [];
  const what = `policies of group ${otherGroupText(name, head)}`;
  return [
    isStated(head)
      ? { ...about, kind: 'narrows', what: `${what}, not stated before` }
      : { ...about, kind: 'accepts', what: `${what}, no longer stated` },
  ];
}

function ofKeys(about: About, owner: string, { accessKeys: before }: User, { accessKeys: after }: User): RequestedAccount[] {
  if (before === undefined || after === undefined) return [];
  const words = ({ min, max, maxAgeDays }: typeof before) =>
    `${min} to ${max} active${maxAgeDays === undefined ? '' : `, at most ${maxAgeDays} days old`}`;
  const [from, to] = [words(before), words(after)];
  if (from === to) return [];
  const kind = after.max === before.max ? 'describes' : after.max > before.max ? 'widens' : 'narrows';
  return [{ ...about, kind, what: `access keys of ${owner}, from ${from} to ${to}` }];
}

function ofOtherCredentials(about: About, owner: string, before: User, after: User): RequestedAccount[] {
  const [from, to] = [before, after].map(({ otherCredentials }) => otherCredentials?.any);
  if (from === to) return [];
  return [
    { ...about, kind: to === true ? 'grants' : 'revokes', what: `credentials other than access keys of ${owner}, which it may have` },
  ];
}

function ofLogin(about: About, owner: string, { consoleLogin: before }: User, { consoleLogin: after }: User): RequestedAccount[] {
  if (before === after) return [];
  return [{ ...about, kind: after === true ? 'grants' : 'revokes', what: `console password of ${owner}, which it may have` }];
}

function ofDescription(about: (key: string) => About, owner: string, before: Role, after: Role): RequestedAccount[] {
  const parts = [
    { key: 'description', words: 'description', isChanged: before.description !== after.description },
    { key: 'maxSessionDuration', words: 'session duration', isChanged: before.maxSessionDuration !== after.maxSessionDuration },
    { key: 'tags', words: 'tags', isChanged: JSON.stringify(before.tags) !== JSON.stringify(after.tags) },
  ].filter(({ isChanged }) => isChanged);
  const [first] = parts;
  if (first === undefined) return [];
  return [{ ...about(first.key), kind: 'describes', what: `${parts.map(({ words }) => words).join(', ')} of ${owner}` }];
}

function ofGrantGroup(about: About, owner: string, before: string | undefined, after: string | undefined): RequestedAccount[] {
  const name = (group: string | undefined) => (group === undefined ? 'any hub group' : `hub group ${group}`);
  if (name(before).toLowerCase() === name(after).toLowerCase()) return [];
  return [{ ...about, kind: 'changes', what: `the grant of ${owner}, from ${name(before)} to ${name(after)}` }];
}
