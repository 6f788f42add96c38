import { validationError } from './errors.ts';

/** Parameters of a Query-protocol call: flat names, lists as `Name.member.1`. */
export class Params {
  readonly #values: URLSearchParams;

  constructor(values: URLSearchParams) {
    this.#values = values;
  }

  /** Makes parameters from a plain description: arrays become members, objects become fields, `undefined` is left out. */
  static from(input: ParamInput): Params {
    const values = new URLSearchParams();
    for (const [name, value] of Object.entries(input)) append(values, name, value);
    return new Params(values);
  }

  toString(): string {
    return this.#values.toString();
  }

  /** All parameters by their flat names, for the record of calls. */
  toRecord(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  text(name: string): string | undefined {
    return this.#values.get(name) ?? undefined;
  }

  /** Throws `ValidationError` as AWS does for a missing member. */
  required(name: string): string {
    const value = this.#values.get(name);
    if (value === null) {
      const member = name.charAt(0).toLowerCase() + name.slice(1);
      throw validationError(`1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`);
    }
    return value;
  }

  integer(name: string, minimum: number, maximum: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    const refuse = (bound: string) =>
      validationError(`1 validation error detected: Value '${text}' at '${member}' failed to satisfy constraint: ${bound}`);
    if (!Number.isInteger(value)) throw refuse('Member must be an integer');
    if (value < minimum) throw refuse(`Member must have value greater than or equal to ${minimum}`);
    if (value > maximum) throw refuse(`Member must have value less than or equal to ${maximum}`);
    return value;
  }

  /** `Name.member.1`, `Name.member.2`, … */
  list(name: string): string[] {
    const found: string[] = [];
    for (let index = 1; ; index += 1) {
      const value = this.text(`${name}.member.${index}`);
      if (value === undefined) return found;
      found.push(value);
    }
  }

  /** `Tags.member.1.Key` with its `Value`. */
  tags(): { key: string; value: string }[] {
    const found: { key: string; value: string }[] = [];
    for (let index = 1; ; index += 1) {
      const key = this.text(`Tags.member.${index}.Key`);
      if (key === undefined) return found;
      found.push({ key, value: this.text(`Tags.member.${index}.Value`) ?? '' });
    }
  }
}

/** A call's input in the SDK's form: lists are arrays, structures are objects. */
export interface ParamInput {
  readonly [name: string]: ParamValue;
}
export type ParamValue = string | number | boolean | undefined | readonly ParamValue[] | ParamInput;

function append(values: URLSearchParams, name: string, value: ParamValue): void {
  if (value === undefined) return;
  if (typeof value !== 'object') values.append(name, String(value));
  else if (isList(value)) for (const [index, member] of value.entries()) append(values, `${name}.member.${index + 1}`, member);
  else for (const [field, member] of Object.entries(value)) append(values, `${name}.${field}`, member);
}

function isList(value: ParamInput | readonly ParamValue[]): value is readonly ParamValue[] {
  return Array.isArray(value);
}

/** Who sent a request, by its own account. Signatures are not verified. */
export interface Signature {
  readonly accessKeyId: string;
  /** `iam`, `sts`. */
  readonly service: string;
  readonly region: string;
}

const CREDENTIAL = /Credential=([^/,\s]+)\/[^/,]*\/([^/,]*)\/([^/,]*)\/aws4_request/;

export function parseSignature(authorization: string | undefined): Signature | undefined {
  const match = CREDENTIAL.exec(authorization ?? '');
  if (match === null) return undefined;
  const [, accessKeyId = '', region = '', service = ''] = match;
  return { accessKeyId, service, region };
}
