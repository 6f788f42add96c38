import { sameName } from '../iam/names.ts';
import type { Policy } from '../policy/index.ts';
import type { Entity } from '../state/entity.ts';
import type { Tag } from '../state/tag.ts';
import type { EventDocuments } from './documents.ts';
import { isAbout } from './owned-traces.ts';
import { type After, type Trace, traceOf } from './trace.ts';
import { fieldsIn, listOfFieldsIn, numberField, type TrailEvent, type TrailFields, textField, textsIn } from './trail-event.ts';

type Role = Entity & { readonly kind: 'Role' };

/** Who may assume a role. */
export function trustTrace(of: Role, documents: EventDocuments, isLive: (trust: Policy) => boolean): Trace {
  const after = (event: TrailEvent): After<Policy> => {
    if (!isAbout(event, of)) return undefined;
    if (event.name === 'UpdateAssumeRolePolicy') return documents.trustIn(event, 'policyDocument', of.account);
    return event.name === 'CreateRole' ? documents.trustIn(event, 'assumeRolePolicyDocument', of.account) : undefined;
  };
  return traceOf(of.account, [of.name], after, isLive);
}

/** IAM cannot change a path: the role was created with it. */
export function pathTrace(of: Role, liveArn: string): Trace {
  const after = (event: TrailEvent): After<string> => {
    if (!isAbout(event, of) || event.name !== 'CreateRole') return undefined;
    const arn = textField(fieldsIn(event.response, 'role'), 'arn');
    return arn === undefined ? 'unsure' : { value: arn };
  };
  return traceOf(of.account, [of.name], after, (arn) => arn === liveArn);
}

/** Seconds. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DEFAULT_DURATION = 3600;

export function sessionDurationTrace(of: Role, live: number): Trace {
  return settingTrace(of, ['UpdateRole'], live, (request) => numberField(request, 'maxSessionDuration'), DEFAULT_DURATION);
}

export function descriptionTrace(of: Role, live: string): Trace {
  return settingTrace(of, ['UpdateRole', 'UpdateRoleDescription'], live, (request) => textField(request, 'description'), '');
}

/** @param initial what a role has that is created without it */
function settingTrace<V>(of: Role, updates: readonly string[], live: V, read: (request: TrailFields) => V | undefined, initial: V): Trace {
  const after = (event: TrailEvent): After<V> => {
    if (!isAbout(event, of)) return undefined;
    const value = read(event.request);
    if (event.name === 'CreateRole') return { value: value ?? initial };
    return updates.includes(event.name) && value !== undefined ? { value } : undefined;
  };
  return traceOf(of.account, [of.name], after, (value) => value === live);
}

/** @param live `null`: the role does not have the tag */
export function tagTrace(of: Role, key: string, live: Tag | null): Trace {
  const after = (event: TrailEvent): After<string | null> => {
    if (!isAbout(event, of)) return undefined;
    const value = tagIn(event.request, key);
    if (event.name === 'CreateRole') return { value: value ?? null };
    if (event.name === 'TagRole' && value !== undefined) return { value };
    const isUntagged = textsIn(event.request, 'tagKeys').some((other) => sameName(other, key));
    return event.name === 'UntagRole' && isUntagged ? { value: null } : undefined;
  };
  return traceOf(of.account, [of.name], after, (value) => value === (live?.value ?? null));
}

function tagIn(request: TrailFields, key: string): string | undefined {
  const found = listOfFieldsIn(request, 'tags').find((tag) => sameName(textField(tag, 'key') ?? '', key));
  return found && textField(found, 'value');
}
