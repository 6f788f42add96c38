import { GetPolicyCommand, GetPolicyVersionCommand } from '@aws-sdk/client-iam';
import { present } from '../aws/answers.ts';
import { actionMatches, parsePolicy } from '../policy/index.ts';
import type { ArnDocument, Group, Hub, Lookup, Member, NameSet, State, Target } from '../state/state.ts';
import type { AccountReader } from './account-reader.ts';
import { documentText } from './documents.ts';
import { Once } from './once.ts';
import { readGroupInlinePolicies, readGroupManagedPolicies } from './read-group.ts';

/**
 * The targets whose role is named by no inline statement of a hub group that may hold the grant. Only for these does it matter whether the user has access
 * in another way.
 */
export function unnamedTargets(desired: State, live: Hub): readonly Target[] {
  const named = new Map(live.groups.map((group) => [group.name.toLowerCase(), grantedResources(group)]));
  return desired.targets.filter(({ roleArn, grantGroup }) => {
    const groups = grantGroup === undefined ? [...named.values()] : [named.get(grantGroup.toLowerCase())];
    return !groups.some((arns) => arns?.has(roleArn));
  });
}

/** The resources on which a group's inline policies allow sts:AssumeRole, as written in their Resource elements: ARNs or patterns. */
export function grantedResources({ value: found }: Lookup<Group>): ReadonlySet<string> {
  const named = new Set<string>();
  for (const policy of found?.inlinePolicies ?? []) {
    for (const statement of policy.document.statements ?? []) {
      const grants = statement.effect === 'Allow' && statement.resource?.negated === false && actionMatches(statement, 'sts:AssumeRole');
      if (grants) for (const resource of statement.resource.values) named.add(resource);
    }
  }
  return named;
}

/** What was already read: documents by ARN, other groups by name. */
export interface IndirectAccessCache {
  readonly documents: Once<ArnDocument | null | undefined>;
  readonly groups: Once<OtherGroupRead | undefined>;
}

export function indirectAccessCache(): IndirectAccessCache {
  return { documents: new Once(), groups: new Once() };
}

/**
 * Reads what can give the user access beside the grants: the documents of the managed policies on the user and the hub groups, and all policies of the other
 * groups that the user is in. Only policies and groups that the desired state requires or allows are read; any other is a finding of its own.
 *
 * @returns `undefined` when a part could not be read: judged by the rest, access could look missing
 */
export async function readManagedDocuments(
  reader: AccountReader,
  desired: State,
  live: Hub,
  seen: IndirectAccessCache,
): Promise<readonly ArnDocument[] | undefined> {
  if (!isAllKnown(live)) return undefined;
  const arns = new Set(accepted(desired.hub.user.value?.managedPolicies, live.user.value?.managedPolicies));
  for (const [index, group] of live.groups.entries()) {
    for (const arn of accepted(desired.hub.groups[index]?.value?.managedPolicies, group.value?.managedPolicies)) arns.add(arn);
  }
  const others = await Promise.all(
    otherGroups(desired, live).map((group) => seen.groups.get(group.name, () => readOtherGroup(reader, group))),
  );
  const inline: ArnDocument[] = [];
  for (const other of others) {
    if (other === undefined) return undefined;
    inline.push(...other.inline);
    for (const arn of other.managed) arns.add(arn);
  }
  const managed = await Promise.all([...arns].map((arn) => seen.documents.get(arn, () => readManagedDocument(reader, arn))));
  const documents = [...inline];
  for (const document of managed) {
    if (document === undefined) return undefined;
    if (document !== null) documents.push(document);
  }
  return documents;
}

/** Whether the names of the user's policies and groups could be read. */
function isAllKnown({ user, groups }: Hub): boolean {
  if (user.value === undefined || (user.value !== null && (!user.value.managedPolicies || !user.value.groupArns))) return false;
  return groups.every(({ value: found }) => found === null || found?.managedPolicies !== undefined);
}

function accepted(desired: NameSet | undefined, live: NameSet | undefined): string[] {
  const allowed = new Set([...(desired?.required ?? []), ...(desired?.optional ?? [])]);
  return (live?.required ?? []).filter((arn) => allowed.has(arn));
}

/** The user's groups that the desired state requires or allows, without the hub's own. Group names are not case-sensitive. */
function otherGroups(desired: State, live: Hub): Member[] {
  const { required = [], optional = [] } = desired.hub.user.value?.groups ?? {};
  const allowed = new Set([...required, ...optional].map((name) => name.toLowerCase()));
  const own = new Set(desired.hub.groups.map(({ name }) => name.toLowerCase()));
  return (live.user.value?.groupArns ?? []).filter(({ name }) => allowed.has(name.toLowerCase()) && !own.has(name.toLowerCase()));
}

interface OtherGroupRead {
  readonly inline: readonly ArnDocument[];
  readonly managed: readonly string[];
}

async function readOtherGroup(reader: AccountReader, { name, arn }: Member): Promise<OtherGroupRead | undefined> {
  const [inline, managed] = await Promise.all([readGroupInlinePolicies(reader, name, arn), readGroupManagedPolicies(reader, name, arn)]);
  if (inline.kind === 'failed' || managed.kind === 'failed') return undefined;
  if (inline.kind === 'missing' || managed.kind === 'missing') return { inline: [], managed: [] };
  if (inline.value === undefined) return undefined;
  return {
    inline: inline.value.map((policy) => ({ arn: `${arn}/policy/${policy.name}`, document: policy.document })),
    managed: managed.value.required,
  };
}

/** The default version's document, which AWS changes in its own policies without a new ARN. `null`: the policy does not exist. */
async function readManagedDocument(reader: AccountReader, arn: string): Promise<ArnDocument | null | undefined> {
  const version = await reader.read('iam:GetPolicy', arn, async () => {
    const { Policy } = await reader.session.iam(new GetPolicyCommand({ PolicyArn: arn }));
    return present(Policy?.DefaultVersionId, 'default version');
  });
  if (version.kind !== 'read') return version.kind === 'missing' ? null : undefined;
  const document = await reader.read('iam:GetPolicyVersion', arn, async () => {
    const { PolicyVersion } = await reader.session.iam(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version.value }));
    return parsePolicy(documentText(present(PolicyVersion?.Document, 'document')), 'identity');
  });
  if (document.kind !== 'read') return document.kind === 'missing' ? null : undefined;
  return { arn, document: document.value };
}
