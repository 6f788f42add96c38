import { type Difference, isOfOrganization } from '../drift/difference.ts';
import { withoutGrants } from '../drift/group-policies.ts';
import type { Comparer, Policy } from '../policy/index.ts';
import type { State } from '../state/state.ts';
import type { EventDocuments } from './documents.ts';
import { grantTrace } from './grant-trace.ts';
import { attachedTrace, boundaryTrace, existenceTrace, inlineTrace, memberTrace } from './owned-traces.ts';
import { policyTrace } from './policy-trace.ts';
import { descriptionTrace, pathTrace, sessionDurationTrace, tagTrace, trustTrace } from './role-traces.ts';
import type { Trace, Untraceable } from './trace.ts';
import { isLiveTrust, orphanTraces } from './trust-match.ts';
import { credentialTrace, keyAgeTrace, keyCountTrace, keyTrace, loginTrace } from './user-traces.ts';

/** What events are compared with, and by what. */
export interface TraceScene {
  readonly desired: State;
  readonly live: State;
  readonly documents: EventDocuments;
  readonly comparer: Comparer;
}

/**
 * Where to look for the event that made a difference, and how to recognise it: for each kind of difference, so that no rule is forgotten. Of several traces the
 * first that finds something counts.
 */
export function tracesOf(difference: Difference, scene: TraceScene): readonly Trace[] | Untraceable {
  if (isOfOrganization(difference)) return OF_ORGANIZATION;
  const { documents, comparer } = scene;
  switch (difference.kind) {
    case 'existence':
      return [existenceTrace(difference.of)];
    case 'attached':
      return [attachedTrace(difference.of, [difference.arn], difference.live !== null)];
    case 'key-quarantine':
      return [attachedTrace(difference.of, difference.live, true)];
    case 'inline':
    case 'revoked-sessions':
      return [inlineTrace(difference.of, difference.name, documents, sameInline(difference, scene))];
    case 'boundary':
      return [boundaryTrace(difference.of, difference.live)];
    case 'member':
      return [memberTrace(difference.of.account, difference.user.name, difference.of.name, difference.of.name, difference.live)];
    case 'other-group':
      return [memberTrace(difference.of.account, difference.of.name, difference.group.name, difference.of.name, true)];
    case 'console-login':
      return [loginTrace(difference.of)];
    case 'key':
      return [keyTrace(difference.of, difference.live.id)];
    case 'key-age':
      return [keyAgeTrace(difference.of, difference.live.id)];
    case 'key-count':
      return [keyCountTrace(difference.of)];
    case 'credential':
      return [credentialTrace(difference.of, difference.live)];
    case 'trust':
      return [trustTrace(difference.of, documents, (trust) => isLiveTrust(trust, difference.live, comparer))];
    case 'orphans':
      return orphanTraces(difference, scene.desired.hub.account, documents, comparer);
    case 'tool-trust': {
      const { of, live } = difference;
      return [live === null ? existenceTrace(of) : trustTrace(of, documents, (trust) => comparer.isSame(trust, live))];
    }
    case 'path':
      return [pathTrace(difference.of, difference.live)];
    case 'session-duration':
      return [sessionDurationTrace(difference.of, difference.live)];
    case 'description':
      return [descriptionTrace(difference.of, difference.live)];
    case 'tag':
      return [tagTrace(difference.of, difference.desired.key, difference.live)];
    case 'grant':
      return [grantTraceOf(difference.target.roleArn, difference.groups, scene)];
    case 'grant-content':
      return [grantTraceOf(difference.target.roleArn, groupsOf(difference), scene)];
    case 'extra-grant':
      return [grantTraceOf(difference.pattern, groupsOf(difference), scene)];
    case 'policy-content':
      return [policyTrace(difference.of, documents, (document) => sameOrNone(document, difference.live, comparer))];
    case 'caller':
      return callerTraces(difference, scene);
    case 'aws-policy-content':
      return { reason: 'AWS changed the policy. The event history of an account does not record such changes.' };
    case 'quota':
      return { reason: 'The finding depends only on the file.' };
  }
}

const OF_ORGANIZATION: Untraceable = {
  reason:
    'CloudTrail is not read in the management account of the organization: look there for CreateAccountResult, MoveAccount and CloseAccount.',
};

/** What the caller has of its own lets it in; what its groups have may be of many. */
function callerTraces({ of, ways }: Difference<'caller'>, { documents, comparer }: TraceScene): readonly Trace[] | Untraceable {
  const inline = `${of.arn}/policy/`;
  const traces = ways.policies
    .filter(({ group }) => group === undefined)
    .map(({ arn, document }) =>
      arn.startsWith(inline)
        ? inlineTrace(of, arn.slice(inline.length), documents, (written) => sameOrNone(written, document ?? null, comparer))
        : attachedTrace(of, [arn], true),
    );
  return traces.length > 0
    ? traces
    : { reason: 'The caller has no policy of its own that allows this. Look up the groups and policies that the finding names.' };
}

function grantTraceOf(pattern: string, groups: readonly string[], { desired, live, documents, comparer }: TraceScene): Trace {
  return grantTrace({ hubAccount: desired.hub.account, groups, pattern, live, desired }, documents, comparer);
}

function groupsOf({ places }: Pick<Difference<'extra-grant'>, 'places'>): readonly string[] {
  return [...new Set(places.map(({ group }) => group))];
}

/** Of a hub group's policy only what is no grant was compared. */
function sameInline(
  { of, name, live }: Pick<Difference<'inline'>, 'of' | 'name' | 'live'>,
  { desired, comparer }: TraceScene,
): (document: Policy | null) => boolean {
  return (document) => {
    const written = document !== null && of.kind === 'Group' ? withoutGrants(desired, of.name, { name, document }) : document;
    return sameOrNone(written, live, comparer);
  };
}

function sameOrNone(one: Policy | null, other: Policy | null, comparer: Comparer): boolean {
  return one === null || other === null ? one === other : comparer.isSame(one, other);
}
