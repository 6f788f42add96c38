import { decide, type Policy, policyOf, type Statement } from '../../src/policy/index.ts';
import type { Group, State } from '../../src/state/state.ts';

/**
 * Who gets in where, worked out anew from a state: 0 certainly not, 1 perhaps, 2 certainly. All that decides about a user is taken together as one document,
 * and asked once.
 */
export type Reach = 0 | 1 | 2;

type Documents = readonly (Policy | undefined)[];

/** What the hub user's own side says of assuming a role. */
function reachOf(state: State, roleArn: string): Reach {
  const { user, groups, otherGroups = [] } = state.hub;
  if (user.value === null) return 0;
  if (user.value === undefined) return 1;
  const { value } = user;
  const documents: Documents = [
    ...ofOwner(state, value),
    ...groups.flatMap(({ value: group }) => (group?.members?.some(({ name }) => name === user.name) ? ofOwner(state, group) : [])),
    ...(value.groups?.required ?? [])
      .filter((name) => !groups.some((group) => group.name === name))
      .flatMap((name) => {
        const other = otherGroups.find((group) => group.name === name)?.value;
        return ofOwner(state, other ?? { inlinePolicies: undefined, managedPolicies: undefined });
      }),
  ];
  const reach = together(documents, roleArn);
  if (value.boundary === null || value.boundary === undefined) return reach;
  return lower(reach, together([documentOf(state, value.boundary)], roleArn));
}

/** The same for a target, its role and trust included. A trust that conditions decide about is taken to let the user in. */
export function reachOfTarget(state: State, account: string): Reach {
  const target = state.targets.find((one) => one.account === account);
  const role = target?.role.value;
  if (!target || role === null) return 0;
  const principal = state.hub.user.value?.arn ?? '';
  const trusted = role?.trust === undefined ? 'unknown' : decide(role.trust, { action: 'sts:AssumeRole', principal });
  return trusted === 'none' || trusted === 'deny' ? 0 : reachOf(state, role?.arn ?? target.roleArn);
}

function ofOwner(state: State, { inlinePolicies, managedPolicies }: Pick<Group, 'inlinePolicies' | 'managedPolicies'>): Documents {
  return [
    ...(inlinePolicies?.map(({ document }) => document) ?? [undefined]),
    ...(managedPolicies?.required.map((arn) => documentOf(state, arn)) ?? [undefined]),
  ];
}

function documentOf({ hub }: State, arn: string): Policy | undefined {
  return [...(hub.managedDocuments ?? []), ...(hub.driftedDocuments ?? [])].find((one) => one.arn === arn)?.document;
}

function together(documents: Documents, resource: string): Reach {
  const known = documents.flatMap((document): Statement[] => [...(document?.statements ?? [])]);
  const isAllKnown = documents.every((document) => document?.statements);
  const request = { action: 'sts:AssumeRole', resource };
  const asked = (effect: Statement['effect']) =>
    decide(
      policyOf(
        known.filter((one) => one.effect === effect),
        'identity',
      ),
      request,
    );
  if (asked('Deny') === 'deny') return 0;
  if (asked('Allow') === 'allow') return asked('Deny') === 'none' && isAllKnown ? 2 : 1;
  return asked('Allow') === 'unknown' || !isAllKnown ? 1 : 0;
}

function lower(one: Reach, other: Reach): Reach {
  return one < other ? one : other;
}
