import { grantDocument } from '../drift/grants.ts';
import type { PolicySource } from '../policy/types.ts';
import { nameOf } from '../state/arn.ts';
import { sameName } from '../state/names.ts';
import type { Group, InlinePolicy, Named, Target } from '../state/state.ts';
import type { Broken } from './call.ts';
import { inlineNameOf } from './entity.ts';
import { names, onlyAssume, withoutPattern, withStated, withStatements } from './group-policy.ts';

/**
 * One change to one inline policy of a hub group; `undefined` stands for no policy. Several findings may be about parts of the same policy, so their
 * repairs are changes that can be put one upon the other, not documents that would undo each other.
 */
export interface GroupEdit {
  readonly group: string;
  readonly policy: string;
  readonly change: (document: PolicySource | undefined) => PolicySource | undefined;
}

/** The changes that repair a finding of the rules `grant-…` and `hub-group-inline-policy-…`; `undefined` for other rules, empty where none can. */
export function groupEdits(broken: Broken): readonly GroupEdit[] | undefined {
  const { finding } = broken;
  switch (finding.rule) {
    case 'grant-extra':
      return naming(broken, finding.resource).map((place) => ({ ...place, change: without(finding.resource) }));
    case 'grant-changed':
      return targetOf(broken, changeGrant);
    case 'grant-missing':
    case 'grant-indirect':
      return targetOf(broken, addGrant);
    case 'hub-group-inline-policy-missing':
    case 'hub-group-inline-policy-changed':
    case 'hub-group-inline-policy-extra':
      return mendOthers(broken);
    default:
      return undefined;
  }
}

type Place = Pick<GroupEdit, 'group' | 'policy'>;

function targetOf(broken: Broken, edit: (broken: Broken, target: Target) => GroupEdit[]): readonly GroupEdit[] {
  const target = broken.desired.state.targets.find(({ account }) => account === broken.finding.account);
  return target === undefined ? [] : edit(broken, target);
}

/** Every live inline policy that names the pattern. */
function naming({ live }: Broken, pattern: string): Place[] {
  return live.hub.groups.flatMap(({ name, found }) =>
    (found?.inlinePolicies ?? [])
      .filter(({ document }) => names(document, pattern))
      .map((policy) => ({ group: name, policy: policy.name })),
  );
}

function without(pattern: string): GroupEdit['change'] {
  return (document) => document && withoutPattern(document, pattern);
}

function withGrant(target: Target): GroupEdit['change'] {
  const grant = grantDocument(target);
  return (document) => {
    const rest = document && withoutPattern(document, target.roleArn);
    return rest === undefined ? grant : withStatements(rest, grant);
  };
}

/** The first policy that names the role gets the right statement in place of the wrong one; the others lose theirs. */
function changeGrant(broken: Broken, target: Target): GroupEdit[] {
  const [first, ...others] = naming(broken, target.roleArn);
  if (first === undefined) return addGrant(broken, target);
  return [{ ...first, change: withGrant(target) }, ...others.map((place) => ({ ...place, change: without(target.roleArn) }))];
}

/** As the file lays it out: into the packed policy, or into one of its own. What a live policy of that name holds is never overwritten. */
function addGrant({ desired, live }: Broken, target: Target): GroupEdit[] {
  const isIts = ({ document }: InlinePolicy) => names(document, target.roleArn);
  const home = desired.state.hub.groups.find(({ found }) => found?.inlinePolicies?.some(isIts));
  const wanted = home?.found?.inlinePolicies?.find(isIts);
  if (home === undefined || wanted === undefined) return [];
  const name = desired.grants.layout === 'packed' ? wanted.name : freeName(wanted.name, liveGroup(live.hub.groups, home.name));
  return [{ group: home.name, policy: name, change: withGrant(target) }];
}

function liveGroup(groups: readonly Named<Group>[], group: string): readonly InlinePolicy[] {
  return groups.find(({ name }) => sameName(name, group))?.found?.inlinePolicies ?? [];
}

function freeName(name: string, taken: readonly InlinePolicy[]): string {
  const isFree = (candidate: string) => !taken.some((policy) => sameName(policy.name, candidate));
  let candidate = name;
  for (let n = 2; !isFree(candidate); n += 1) candidate = `${name.slice(0, 120)}-${n}`;
  return candidate;
}

/** What is no grant in a policy becomes what the file states, or goes; the grants in it stay. */
function mendOthers({ finding, desired }: Broken): GroupEdit[] {
  const group = nameOf(finding.entity);
  const policy = inlineNameOf(finding);
  const stated = liveGroup(desired.state.hub.groups, group).find(({ name }) => name === policy);
  return [
    {
      group,
      policy,
      change: (document) => (stated === undefined ? document && onlyAssume(document) : withStated(document, stated.document)),
    },
  ];
}
