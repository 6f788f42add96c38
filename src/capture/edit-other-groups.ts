import type { Path } from '../desired/file-node.ts';
import { sameName } from '../iam/names.ts';
import type { Group, Hub } from '../state/state.ts';
import type { DesiredDocument } from './desired-document.ts';
import { editInlinePolicies, editManagedPolicies, inlineNames, type OwnerEdit, ownerOf } from './edit-hub.ts';
import { type CaptureRequest, driftOf } from './request.ts';
import { inlineContent, policiesContent } from './role-content.ts';

const LIST: Path = ['hub', 'user', 'otherGroups'];

/** The user's groups beside those that carry grants. */
export function otherGroups({ user, groups }: Hub): readonly string[] {
  const all = user.value?.groups?.required ?? [];
  return all.filter((name) => !groups.some((group) => sameName(group.name, name)));
}

/** Edits the file to state the user's other groups with their policies. */
export function editOtherGroups(document: DesiredDocument, request: CaptureRequest): void {
  const { hub } = request.live;
  const isUnnamed = driftOf(document, request).findings.some(({ difference }) => difference.kind === 'other-group');
  if (isUnnamed) document.set(LIST, otherGroups(hub));
  const { desired, findings } = driftOf(document, request);
  const differences = findings.map(({ difference }) => difference);
  const { hub: stated } = desired.state;
  for (const [index, name] of (stated.user.value?.groups?.optional ?? []).entries()) {
    const live = hub.otherGroups?.find((group) => sameName(group.name, name))?.value;
    if (!live) continue;
    const path = [...LIST, index];
    const agreed = stated.otherGroups?.find((group) => sameName(group.name, name))?.value;
    if (!agreed) {
      stateGroup(document, path, live, request);
      continue;
    }
    const own = differences.filter((difference) => 'of' in difference && difference.of.kind === 'Group' && difference.of.arn === live.arn);
    const edit: OwnerEdit = { document, path, request, differences: own, agreed: agreed.managedPolicies };
    editManagedPolicies(edit, live);
    editInlinePolicies(edit, inlineNames(own), live.inlinePolicies ?? []);
  }
}

/** Makes a mapping of what is a bare name. */
function stateGroup(document: DesiredDocument, path: Path, { managedPolicies, inlinePolicies = [] }: Group, request: CaptureRequest): void {
  const managed = managedPolicies && policiesContent(managedPolicies, ownerOf(request));
  // Its policies are stated whole or not at all: a key that is left out means none.
  if (managed === undefined) return;
  document.unfold(LIST);
  document.set([...path, 'managedPolicies'], managed);
  const inline = inlineContent(inlinePolicies, request.comparer);
  if (inline.size > 0) document.set([...path, 'inlinePolicies'], inline);
}
