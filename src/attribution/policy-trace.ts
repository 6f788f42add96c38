import type { Policy } from '../policy/index.ts';
import type { PolicyEntity } from '../state/entity.ts';
import type { EventDocuments } from './documents.ts';
import type { After, Trace, TraceEffect } from './trace.ts';
import { fieldsIn, type TrailEvent, textField, valueIn } from './trail-event.ts';

/**
 * What a customer managed policy says: its default version. An event that makes an older version the default has its id alone, and what that version says
 * is known only if the event that wrote it is in the history.
 *
 * @param isLive whether a document says what the live policy says; `null`: there is no such policy
 */
export function policyTrace(
  { account, arn }: PolicyEntity,
  documents: EventDocuments,
  isLive: (document: Policy | null) => boolean,
): Trace {
  const effects = (events: readonly TrailEvent[]): (TraceEffect | undefined)[] => {
    const versions = new Map<string, Policy>();
    return events.map((event) => {
      const left = contentAfter(event, arn, { documents, versions });
      if (left === undefined || left === 'unsure') return left;
      return isLive(left.value) ? 'as-live' : 'otherwise';
    });
  };
  return { account, names: [arn], effects };
}

/** What was read so far of the events, the oldest first. */
interface Known {
  readonly documents: EventDocuments;
  /** By their ids. */
  readonly versions: Map<string, Policy>;
}

function contentAfter(event: TrailEvent, arn: string, { documents, versions }: Known): After<Policy | null> {
  const { name, request, response } = event;
  if (name === 'CreatePolicy') {
    return textField(fieldsIn(response, 'policy'), 'arn') === arn ? remembered(documents.identityIn(event), 'v1', versions) : undefined;
  }
  if (textField(request, 'policyArn') !== arn) return undefined;
  if (name === 'DeletePolicy') return { value: null };
  if (name === 'SetDefaultPolicyVersion') {
    const document = versions.get(textField(request, 'versionId') ?? '');
    return document === undefined ? 'unsure' : { value: document };
  }
  if (name !== 'CreatePolicyVersion') return undefined;
  const version = fieldsIn(response, 'policyVersion');
  const left = remembered(documents.identityIn(event), textField(version, 'versionId'), versions);
  const isDefault = [valueIn(request, 'setAsDefault'), valueIn(version, 'isDefaultVersion')].some((flag) => String(flag) === 'true');
  return isDefault ? left : undefined;
}

function remembered(left: After<Policy>, id: string | undefined, versions: Map<string, Policy>): After<Policy> {
  if (id !== undefined && typeof left === 'object') versions.set(id, left.value);
  return left;
}
