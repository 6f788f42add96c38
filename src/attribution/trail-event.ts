import { z } from 'zod';

/** An event of CloudTrail's event history, as far as it matters here. Everything in it is untrusted: whoever makes a call chooses names and user agent. */
export interface TrailEvent {
  /** Events of the first years have none. */
  readonly id: string | undefined;
  /** `UpdateAssumeRolePolicy`. */
  readonly name: string;
  /** Milliseconds since the epoch; CloudTrail dates events to the second. */
  readonly at: number;
  /** The call had no effect: it was refused, or failed. */
  readonly isRefused: boolean;
  readonly identity: TrailIdentity;
  readonly userAgent: string;
  readonly sourceAddress: string;
  /** The credentials came from a console session. CloudShell has them as well. */
  readonly isOfConsole: boolean;
  readonly request: TrailFields;
  readonly response: TrailFields;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface TrailIdentity {
  readonly type: string;
  readonly arn: string | undefined;
  readonly accountId: string | undefined;
  /** `AIDA…`, of a session `AROA…:NAME`. */
  readonly principalId: string | undefined;
  readonly userName: string | undefined;
  /** The service that made the call for somebody, or for itself: `cloudformation.amazonaws.com`. */
  readonly invokedBy: string | undefined;
  readonly identityProvider: string | undefined;
  /** ARN of the role whose session it is. */
  readonly role: string | undefined;
}

export type TrailFields = Readonly<Record<string, unknown>>;

const lenient = <T>(form: z.ZodType<T>) => form.optional().catch(undefined);
const text = lenient(z.string());
const fields = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch(null)
  .transform((value): TrailFields => value ?? {});

/**
 * The forms differ by caller and service: any field but name and time may be missing, and one of another form is as good as missing.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
const record = z.object({
  eventID: text,
  eventName: z.string().min(1),
  eventTime: z.iso.datetime(),
  errorCode: text,
  userAgent: text,
  sourceIPAddress: text,
  sessionCredentialFromConsole: lenient(z.union([z.string(), z.boolean()])),
  userIdentity: lenient(
    z.object({
      type: text,
      arn: text,
      accountId: text,
      principalId: text,
      userName: text,
      invokedBy: text,
      identityProvider: text,
      sessionContext: lenient(z.object({ sessionIssuer: lenient(z.object({ arn: text })) })),
    }),
  ),
  requestParameters: fields,
  responseElements: fields,
});

/** @param json the text under `CloudTrailEvent` in a response of LookupEvents. @returns `undefined` for what is no event */
export function parseEvent(json: string): TrailEvent | undefined {
  const parsed = record.safeParse(jsonOf(json));
  if (!parsed.success) return undefined;
  const { eventID, eventName, eventTime, errorCode, userIdentity, sessionCredentialFromConsole, ...rest } = parsed.data;
  return {
    id: eventID,
    name: eventName,
    at: Date.parse(eventTime),
    isRefused: errorCode !== undefined,
    identity: {
      type: userIdentity?.type ?? '',
      arn: userIdentity?.arn,
      accountId: userIdentity?.accountId,
      principalId: userIdentity?.principalId,
      userName: userIdentity?.userName,
      invokedBy: userIdentity?.invokedBy,
      identityProvider: userIdentity?.identityProvider,
      role: userIdentity?.sessionContext?.sessionIssuer?.arn,
    },
    userAgent: rest.userAgent ?? '',
    sourceAddress: rest.sourceIPAddress ?? '',
    isOfConsole: String(sessionCredentialFromConsole) === 'true',
    request: rest.requestParameters,
    response: rest.responseElements,
  };
}

/** A text of a request or a response. */
export function textField(from: TrailFields, name: string): string | undefined {
  const value = valueIn(from, name);
  return typeof value === 'string' ? value : undefined;
}

/** A number, which some events hold as text. */
export function numberField(from: TrailFields, name: string): number | undefined {
  const value = valueIn(from, name);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The fields under a name; none where there are none. */
export function fieldsIn(from: TrailFields, name: string): TrailFields {
  return fields.parse(valueIn(from, name));
}

/** The texts of a list. */
export function textsIn(from: TrailFields, name: string): readonly string[] {
  return listIn(from, name).filter((value) => typeof value === 'string');
}

/** The members of a list that have fields. */
export function listOfFieldsIn(from: TrailFields, name: string): readonly TrailFields[] {
  return listIn(from, name).map((value) => fields.parse(value));
}

function listIn(from: TrailFields, name: string): readonly unknown[] {
  const value = valueIn(from, name);
  return Array.isArray(value) ? value : [];
}

/** Names come from outside: `__proto__` is no field unless the event has it. */
export function valueIn(from: TrailFields, name: string): unknown {
  return Object.hasOwn(from, name) ? from[name] : undefined;
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
