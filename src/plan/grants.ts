import { isAssume, patternsOf } from '../drift/assume-statement.ts';
import { grantDocument } from '../drift/grants.ts';
import { statementsOf } from '../policy/index.ts';
import type { PolicySource } from '../policy/types.ts';
import { sameName } from '../state/names.ts';
import type { InlinePolicy, Target } from '../state/state.ts';
import { type Broken, byCalls, byPeople, type IamCall, type Repair } from './call.ts';
import { deleteInline, type Entity, putInline } from './entity.ts';
import { withoutPattern, withStatements } from './group-policy.ts';

/** Repairs of the rules `grant-…`: each is a change of inline policies of the hub groups. */
export function grantRepair(broken: Broken): Repair | undefined {
  const { finding, desired } = broken;
  if (finding.rule === 'grant-extra') return byCalls(...removePattern(broken, finding.resource));
  const target = desired.state.targets.find(({ account }) => account === finding.account);
  if (target === undefined) return undefined;
  if (finding.rule === 'grant-changed') return changeGrant(broken, target);
  return addGrant(broken, target);
}

interface Placed {
  readonly entity: Entity;
  readonly policy: InlinePolicy;
}

/** Every live inline policy that names the pattern. */
function naming({ live }: Broken, pattern: string): Placed[] {
  return live.hub.groups.flatMap(({ name, found }) =>
    (found?.inlinePolicies ?? [])
      .filter(({ document }) => names(document, pattern))
      .map((policy) => ({ entity: { kind: 'Group', account: live.hub.account, name }, policy })),
  );
}

function names(document: PolicySource, pattern: string): boolean {
  return (statementsOf(document, 'identity') ?? []).some((statement) => isAssume(statement) && patternsOf(statement).includes(pattern));
}

function removePattern(broken: Broken, pattern: string): IamCall[] {
  return naming(broken, pattern).map(({ entity, policy }) => write(entity, policy.name, withoutPattern(policy.document, pattern)));
}

function write(entity: Entity, name: string, document: PolicySource | undefined): IamCall {
  return document === undefined ? deleteInline(entity, name) : putInline(entity, { name, document });
}

/** The first policy that names the role gets the right statement in place of the wrong one; the others lose theirs. */
function changeGrant(broken: Broken, target: Target): Repair {
  const [first, ...others] = naming(broken, target.roleArn);
  if (first === undefined) return addGrant(broken, target);
  const grant = grantDocument(target);
  const rest = withoutPattern(first.policy.document, target.roleArn);
  const mended = putInline(first.entity, { name: first.policy.name, document: rest === undefined ? grant : withStatements(rest, grant) });
  return byCalls(
    mended,
    ...others.map(({ entity, policy }) => write(entity, policy.name, withoutPattern(policy.document, target.roleArn))),
  );
}

/** A new policy, as the file lays it out; what a live policy of that name holds is never overwritten. */
function addGrant({ desired, live }: Broken, target: Target): Repair {
  const home = desired.state.hub.groups.find(({ found }) => found?.inlinePolicies?.some(({ document }) => names(document, target.roleArn)));
  const wanted = home?.found?.inlinePolicies?.find(({ document }) => names(document, target.roleArn));
  if (home === undefined || wanted === undefined) return byPeople('No hub group of the file is to carry this grant.');
  const there = live.hub.groups.find(({ name }) => sameName(name, home.name))?.found?.inlinePolicies ?? [];
  const entity: Entity = { kind: 'Group', account: live.hub.account, name: home.name };
  const packed = desired.grants.layout === 'packed' ? there.find(({ name }) => name === wanted.name) : undefined;
  if (packed !== undefined)
    return byCalls(putInline(entity, { name: packed.name, document: withStatements(packed.document, grantDocument(target)) }));
  return byCalls(putInline(entity, { name: freeName(wanted.name, there), document: grantDocument(target) }));
}

function freeName(name: string, taken: readonly InlinePolicy[]): string {
  const isFree = (candidate: string) => !taken.some((policy) => sameName(policy.name, candidate));
  let candidate = name;
  for (let n = 2; !isFree(candidate); n += 1) candidate = `${name.slice(0, 120)}-${n}`;
  return candidate;
}
