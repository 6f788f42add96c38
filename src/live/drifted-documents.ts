import type { ArnDocument, Hub, NameSet, State } from '../state/state.ts';
import { defaultContentOf, type HubCache } from './hub-cache.ts';
import { statedGroup } from './other-groups.ts';
import { ifReadable } from './shared-read.ts';

/**
 * Reads the documents of the managed policies and boundaries by which the live hub differs from the file, as far as the auditor may: what they allow or deny
 * decides what a repair takes or gives.
 *
 * @returns `undefined` when the two don't differ, and nothing was read
 */
export async function readDriftedDocuments(cache: HubCache, desired: State, live: Hub): Promise<readonly ArnDocument[] | undefined> {
  const arns = new Set([...ofUser(desired.hub, live), ...ofGroups(desired.hub, live), ...ofOtherGroups(desired, live)]);
  if (arns.size === 0) return undefined;
  const read = await Promise.all([...arns].map(async (arn) => ({ arn, content: await defaultContentOf(cache, arn) })));
  return read.flatMap(({ arn, content }) => {
    const found = ifReadable(cache.reader, content);
    return found ? [{ arn, document: found.document }] : [];
  });
}

/** A missing user is not created, so what it would have attached does not matter. */
function ofUser(desired: Hub, live: Hub): string[] {
  const [stated, found] = [desired.user.value, live.user.value];
  if (!stated || !found) return [];
  const differs = stated.boundary !== undefined && found.boundary !== undefined && stated.boundary !== found.boundary;
  const boundaries = differs ? [stated.boundary, found.boundary].flatMap((arn) => arn ?? []) : [];
  return [...difference(stated.managedPolicies, found.managedPolicies), ...boundaries];
}

function ofGroups(desired: Hub, live: Hub): string[] {
  return desired.groups.flatMap(({ value: stated }, index) => {
    const found = live.groups[index]?.value;
    return difference(stated?.managedPolicies, found === null ? NOTHING_ATTACHED : found?.managedPolicies);
  });
}

/** Where one of them had to be read whose policies the file does not state, what any of them holds may be the user's way into a target. */
function ofOtherGroups(desired: State, { otherGroups = [] }: Hub): string[] {
  const isAllStated = otherGroups.every((group) => statedGroup(desired, group) !== undefined);
  return otherGroups.flatMap((group) => {
    const attached = group.value?.managedPolicies;
    return [...(isAllStated ? [] : (attached?.required ?? [])), ...difference(statedGroup(desired, group)?.managedPolicies, attached)];
  });
}

const NOTHING_ATTACHED: NameSet = { required: [], optional: [] };

/** What is attached and not in the file, and what the file requires and is not attached. */
function difference(desired: NameSet | undefined, live: NameSet | undefined): string[] {
  if (desired === undefined || live === undefined) return [];
  const extra = live.required.filter((arn) => ![...desired.required, ...desired.optional].includes(arn));
  const missing = desired.required.filter((arn) => !live.required.includes(arn));
  return [...extra, ...missing];
}
