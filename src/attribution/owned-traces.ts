import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { Entity } from '../state/entity.ts';
import type { EventDocuments } from './documents.ts';
import { type After, type Trace, traceOf } from './trace.ts';
import { type TrailEvent, textField } from './trail-event.ts';

/*
 * Users, groups and roles. An event names them by short names, and a user, a role and a group may share one: only the field `userName`, `roleName` or
 * `groupName` tells which it is about. That field, and the names of the events, are made of the entity's kind.
 */

const NAME_FIELD = { User: 'userName', Group: 'groupName', Role: 'roleName' } as const;

/** Whether the event's request names this user, group or role. */
export function isAbout(event: TrailEvent, { kind, name }: Pick<Entity, 'kind' | 'name'>): boolean {
  return sameName(textField(event.request, NAME_FIELD[kind]) ?? '', name);
}

/** A user, group or role that is missing. To give it another name is to take it away, too. */
export function existenceTrace(of: Entity): Trace {
  const after = (event: TrailEvent): After<boolean> => {
    const newName = event.name === `Update${of.kind}` ? textField(event.request, `new${of.kind}Name`) : undefined;
    if (newName !== undefined && sameName(newName, of.name)) return { value: true };
    if (!isAbout(event, of)) return undefined;
    if (event.name === `Delete${of.kind}` || newName !== undefined) return { value: false };
    return event.name === `Create${of.kind}` ? { value: true } : undefined;
  };
  return traceOf(of.account, [of.name], after, (exists) => !exists);
}

/** A managed policy that is attached, or is not. */
export function attachedTrace(of: Entity, arns: readonly string[], isAttached: boolean): Trace {
  const after = (event: TrailEvent): After<boolean> => {
    if (!isAbout(event, of)) return undefined;
    if (isBeginOrEnd(event, of)) return { value: false };
    if (!arns.includes(textField(event.request, 'policyArn') ?? '')) return undefined;
    if (event.name === `Attach${of.kind}Policy`) return { value: true };
    return event.name === `Detach${of.kind}Policy` ? { value: false } : undefined;
  };
  return traceOf(of.account, [of.name], after, (found) => found === isAttached);
}

/**
 * An inline policy of that name.
 *
 * @param isLive whether a document says what the live policy says; `null`: there is none
 */
export function inlineTrace(of: Entity, name: string, documents: EventDocuments, isLive: (document: Policy | null) => boolean): Trace {
  const after = (event: TrailEvent): After<Policy | null> => {
    if (!isAbout(event, of)) return undefined;
    if (isBeginOrEnd(event, of)) return { value: null };
    if (textField(event.request, 'policyName') !== name) return undefined;
    if (event.name === `Put${of.kind}Policy`) return documents.identityIn(event);
    return event.name === `Delete${of.kind}Policy` ? { value: null } : undefined;
  };
  return traceOf(of.account, [of.name], after, isLive);
}

/** @param live ARN of the boundary; `null`: none */
export function boundaryTrace(of: Entity, live: string | null): Trace {
  const after = (event: TrailEvent): After<string | null> => {
    if (!isAbout(event, of)) return undefined;
    const arn = textField(event.request, 'permissionsBoundary');
    if (event.name === `Put${of.kind}PermissionsBoundary`) return arn === undefined ? 'unsure' : { value: arn };
    if (event.name === `Create${of.kind}`) return { value: arn ?? null };
    return event.name === `Delete${of.kind}PermissionsBoundary` ? { value: null } : undefined;
  };
  return traceOf(of.account, [of.name], after, (found) => found === live);
}

/** A user of a group. @param lookup the one of the two by whose name the events are looked up */
export function memberTrace(account: string, user: string, group: string, lookup: string, isMember: boolean): Trace {
  const after = (event: TrailEvent): After<boolean> => {
    if (!isAbout(event, { kind: 'User', name: user }) || !isAbout(event, { kind: 'Group', name: group })) return undefined;
    if (event.name === 'AddUserToGroup') return { value: true };
    return event.name === 'RemoveUserFromGroup' ? { value: false } : undefined;
  };
  return traceOf(account, [lookup], after, (found) => found === isMember);
}

/** What was made or deleted as a whole has no policies before and after. */
function isBeginOrEnd({ name }: TrailEvent, { kind }: Pick<Entity, 'kind'>): boolean {
  return name === `Create${kind}` || name === `Delete${kind}`;
}
