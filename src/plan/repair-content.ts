import { isDeepStrictEqual } from 'node:util';
import { QUOTAS } from '../iam/quotas.ts';
import { type Entity, entityLabel, roleOfTarget, sameEntity } from '../state/entity.ts';
import type { DefaultVersion } from '../state/property.ts';
import type { PolicyStanding, State } from '../state/state.ts';
import { findPolicy } from '../state/used-policies.ts';
import { callFor } from './call-for.ts';
import { command } from './command.ts';
import { type PlanTransaction, Refused } from './plan-builder.ts';
import type { RepairInput } from './repair-input.ts';

/** A missing policy is created; one that says something else gets an older version that says what the file does as its default one, or else a new version. */
export function repairContent({ phase, difference, desired, live }: RepairInput<'policy-content'>, transaction: PlanTransaction): string {
  const { of, desired: document } = difference;
  const label = entityLabel(of);
  const property = { kind: 'content', of } as const;
  if (difference.live === null) {
    transaction.set(phase, property, { id: undefined, document }, `Create the ${label} with the document in the file`);
    return '';
  }
  const standing = findPolicy(live, of.arn)?.content?.standing;
  const after = versionFor(standing, { id: undefined, document });
  const call = callFor({ property, before: after, after });
  const byHand = call === undefined ? '' : ` In account ${of.account}: ${command(call)}`;
  checkUsers(standing, desired.state, label, byHand);
  if (after.id === undefined && (standing?.versions?.length ?? 0) >= QUOTAS.policyVersions) {
    throw new Refused(
      `The ${label} has ${QUOTAS.policyVersions} versions, the maximum, and a repair never deletes a version that it did not create. Delete one by hand (aws iam delete-policy-version) and run again, or set the document by hand.${byHand}`,
    );
  }
  const purpose =
    after.id === undefined
      ? `Create a new default version of the ${label} with the document in the file`
      : `Set the default version of the ${label} to ${after.id}, which matches the file`;
  transaction.set(phase, property, after, purpose);
  return '';
}

/** An older version with the same content, in whatever order, or else one that is to be created. */
function versionFor(standing: PolicyStanding | undefined, wanted: DefaultVersion): DefaultVersion {
  const same = standing?.versions?.find(({ document }) => isDeepStrictEqual(document.canonical, wanted.document.canonical));
  return same ?? wanted;
}

/** @throws {Refused} where it is not known to concern only what the file names: others may depend on what it says now */
function checkUsers(standing: PolicyStanding | undefined, state: State, label: string, byHand: string): void {
  if (standing?.users === undefined || standing.versions === undefined) {
    throw new Refused(
      `What else uses the ${label}, and its versions, could not be read. Allow the auditor role to call iam:ListEntitiesForPolicy and iam:ListPolicyVersions on it.`,
    );
  }
  const named = namedIn(state);
  const strangers = standing.users.filter((user) => !named.some((other) => sameEntity(user, other)));
  if (strangers.length === 0) return;
  const names = strangers.slice(0, MOST_NAMED).map(({ kind, name }) => `${kind.toLowerCase()} ${name}`);
  const more = strangers.length > MOST_NAMED ? ` and ${strangers.length - MOST_NAMED} more` : '';
  throw new Refused(
    `The ${label} is also attached to, or is the boundary of, ${names.join(', ')}${more}, which the file does not name. Changing the policy would change their access. Ask their owners, and change the policy by hand.${byHand}`,
  );
}

const MOST_NAMED = 3;

function namedIn({ hub, targets }: State): readonly Entity[] {
  const { account, user, groups } = hub;
  const others = user.value?.groups?.optional ?? [];
  return [
    { kind: 'User', account, name: user.name },
    ...[...groups.map(({ name }) => name), ...others].map((name) => ({ kind: 'Group', account, name }) as const),
    ...targets.map(roleOfTarget),
  ];
}
