import type { Entity } from '../state/entity.ts';
import type { OtherCredential } from '../state/state.ts';
import { isAbout } from './owned-traces.ts';
import { type After, type Trace, type TraceEffect, traceOf } from './trace.ts';
import { fieldsIn, type TrailEvent, textField } from './trail-event.ts';

type User = Entity & { readonly kind: 'User' };

/** A console password that the user has. */
export function loginTrace(of: User): Trace {
  const after = (event: TrailEvent): After<boolean> => {
    if (!isAbout(event, of)) return undefined;
    if (event.name === 'CreateLoginProfile') return { value: true };
    return event.name === 'DeleteLoginProfile' ? { value: false } : undefined;
  };
  return traceOf(of.account, [of.name], after, (found) => found);
}

/** An access key that is active. Whoever makes a key for himself names no user in the request: it is found by its id. */
export function keyTrace(of: User, id: string): Trace {
  return traceOf(
    of.account,
    [of.name, id],
    (event) => keyAfter(event, id),
    (isActive) => isActive,
  );
}

/** An access key that is old: only its creation matters. */
export function keyAgeTrace(of: User, id: string): Trace {
  const after = (event: TrailEvent) => (event.name === 'CreateAccessKey' ? keyAfter(event, id) : undefined);
  return traceOf(of.account, [of.name, id], after, (isActive) => isActive);
}

function keyAfter(event: TrailEvent, id: string): After<boolean> {
  const change = keyChange(event);
  return change?.id === id ? { value: change.isActive } : undefined;
}

/** What an event did to an access key. */
function keyChange({ name, request, response }: TrailEvent): { readonly id: string; readonly isActive: boolean } | undefined {
  const id = name === 'CreateAccessKey' ? textField(fieldsIn(response, 'accessKey'), 'accessKeyId') : textField(request, 'accessKeyId');
  if (id === undefined) return undefined;
  if (name === 'CreateAccessKey') return { id, isActive: true };
  if (name === 'DeleteAccessKey') return { id, isActive: false };
  return name === 'UpdateAccessKey' ? { id, isActive: textField(request, 'status') === 'Active' } : undefined;
}

/** Too few active keys: the last event that deactivated or deleted an active one. To delete an inactive key changes nothing. */
export function keyCountTrace(of: User): Trace {
  const effects = (events: readonly TrailEvent[]): (TraceEffect | undefined)[] => {
    const active = new Map<string, boolean>();
    return events.map((event) => {
      const change = isAbout(event, of) || event.name === 'CreateAccessKey' ? keyChange(event) : undefined;
      if (change === undefined) return undefined;
      const wasActive = active.get(change.id) ?? true;
      active.set(change.id, change.isActive);
      if (change.isActive) return 'otherwise';
      return wasActive ? 'as-live' : undefined;
    });
  };
  return { account: of.account, names: [of.name], effects: lastRemoval(effects) };
}

/** Several keys may have gone, one after another: the newest event left the user with too few, whatever was gone before it. */
function lastRemoval(effects: (events: readonly TrailEvent[]) => (TraceEffect | undefined)[]): Trace['effects'] {
  return (events) => {
    const all = effects(events);
    const last = all.findLastIndex((effect) => effect !== undefined);
    return all.map((effect, index) => (index === last ? effect : undefined));
  };
}

/** Of each type: the events that make one and that switch it on and off, and where they have its id. */
const CREDENTIAL_EVENTS = {
  'ssh-public-key': { made: 'UploadSSHPublicKey', part: 'sSHPublicKey', id: 'sSHPublicKeyId', set: 'UpdateSSHPublicKey' },
  'signing-certificate': {
    made: 'UploadSigningCertificate',
    part: 'certificate',
    id: 'certificateId',
    set: 'UpdateSigningCertificate',
  },
  'service-specific': {
    made: 'CreateServiceSpecificCredential',
    part: 'serviceSpecificCredential',
    id: 'serviceSpecificCredentialId',
    set: 'UpdateServiceSpecificCredential',
  },
} as const;

/** A credential that is active, beside access keys and the password. */
export function credentialTrace(of: User, { type, id }: OtherCredential): Trace {
  const events = CREDENTIAL_EVENTS[type];
  const after = ({ name, request, response }: TrailEvent): After<boolean> => {
    if (name === events.made) return textField(fieldsIn(response, events.part), events.id) === id ? { value: true } : undefined;
    if (name !== events.set || textField(request, events.id) !== id) return undefined;
    return { value: textField(request, 'status') === 'Active' };
  };
  return traceOf(of.account, [of.name], after, (isActive) => isActive);
}
