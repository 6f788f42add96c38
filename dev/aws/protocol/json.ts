import { AwsError } from './errors.ts';
import { type ParamInput, Params, type ParamValue } from './query.ts';
import type { Service } from './service.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonFields;

export interface JsonFields {
  readonly [name: string]: Json;
}

/** `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents`, `AWSOrganizationsV20161128.ListAccounts` */
const TARGET = /^(?:com\.amazonaws\.cloudtrail\.v20131101\.CloudTrail_20131101|AWSOrganizationsV20161128)\.(\w+)$/;

/** The codes of the Query protocol that have another name here. */
const CODES = new Map([
  ['AccessDenied', 'AccessDeniedException'],
  ['ExpiredToken', 'ExpiredTokenException'],
  ['InvalidAction', 'UnknownOperationException'],
  ['InvalidClientTokenId', 'UnrecognizedClientException'],
  ['MissingAuthenticationToken', 'MissingAuthenticationTokenException'],
  ['ServiceFailure', 'InternalFailure'],
  ['Throttling', 'ThrottlingException'],
]);

/** The action that the header `x-amz-target` names; `undefined` if it names none of a service that speaks JSON. */
export function targetAction(target: string | undefined): string | undefined {
  return TARGET.exec(target ?? '')?.[1];
}

/** The parameters of a JSON call under the flat names of the Query protocol, so that faults and records treat both alike. */
export function jsonParams(action: string, body: string): Params {
  return Params.from({ Action: action, ...readBody(body) });
}

function readBody(body: string): ParamInput {
  try {
    const read: unknown = JSON.parse(body);
    return isInput(read) ? read : {};
  } catch {
    // The call goes on without parameters, as one that says nothing.
    return {};
  }
}

function isInput(value: unknown): value is ParamInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isValue);
}

function isValue(value: unknown): value is ParamValue {
  if (Array.isArray(value)) return value.every(isValue);
  return typeof value === 'object' ? isInput(value) : value !== null;
}

/** Of an error that `jsonError` has made. */
export function errorBody({ code, message }: AwsError): string {
  return JSON.stringify({ __type: code, message });
}

/** The error as the JSON protocol sends it: another name for some codes, and 400 for what a client did wrong. */
export function jsonError(service: Service, error: AwsError): AwsError {
  const own = service === 'organizations' && error.code === 'Throttling' ? 'TooManyRequestsException' : undefined;
  return new AwsError(own ?? CODES.get(error.code) ?? error.code, error.status < 500 ? 400 : error.status, error.message);
}
