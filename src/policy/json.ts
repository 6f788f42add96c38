import { Problem } from './problem.ts';
import type { PolicySource } from './types.ts';

/**
 * JSON as the grammar reads it. Objects are maps: other people choose the names in a policy, and `__proto__` may be one of them.
 */
export type Json = string | JsonNumber | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = ReadonlyMap<string, Json>;

/** A number as it is written: IAM keeps all its digits, a double does not. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Deeper than any policy, which has six levels. Keeps hostile text from exhausting the stack. */
const MAX_DEPTH = 32;

/** Far above every quota of IAM (the largest document that it accepts has 10,240 characters). */
const MAX_LENGTH = 500_000;

/**
 * Tab, line feed, carriage return and U+0020 to U+00FF: the pattern that the IAM API documents for every `PolicyDocument`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
const ALLOWED_TEXT = /^[\t\n\r\u0020-\u00FF]*$/;

/** Most values in a document that comes as an object. With YAML's aliases, a small object may hold one part many times over, which makes it huge to read. */
const MAX_VALUES = 100_000;

export function isObject(value: Json): value is JsonObject {
  return value instanceof Map;
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * The JSON value of a policy source.
 *
 * @throws {Problem}
 */
export function readJson(source: PolicySource): Json {
  if (typeof source !== 'string') return fromValue(source, '', 0, { values: MAX_VALUES, characters: MAX_LENGTH });
  if (source.length > MAX_LENGTH) throw new Problem('document', `longer than ${MAX_LENGTH} characters`);
  const parser = new JsonParser(source);
  return parser.document();
}

/** The value as `JSON.parse` returns it. */
export function plainJson(json: Json): unknown {
  if (json instanceof JsonNumber) return Number(json.text);
  if (isList(json)) return json.map(plainJson);
  return isObject(json) ? Object.fromEntries([...json].map(([name, value]) => [name, plainJson(value)])) : json;
}

/** `''` and `Statement` make `Statement`; `Statement` and 0 make `Statement[0]`. */
export function at(place: string, step: string | number): string {
  if (typeof step === 'number' || !/^[A-Za-z]\w*$/.test(step)) return `${place}[${JSON.stringify(step)}]`;
  return place === '' ? step : `${place}.${step}`;
}

/** What a document may still hold. */
interface Room {
  values: number;
  characters: number;
}

function textWithin(text: string, place: string, left: Room): string {
  left.characters -= text.length;
  if (left.characters < 0) throw new Problem('document', `longer than ${MAX_LENGTH} characters`);
  return checkedText(text, place);
}

function fromValue(value: unknown, place: string, depth: number, left: Room): Json {
  if (left.values-- === 0) throw new Problem('document', `contains more than ${MAX_VALUES} values`);
  if (depth > MAX_DEPTH) throw new Problem(place || 'document', 'nested too deeply');
  if (typeof value === 'string') return textWithin(value, place, left);
  if (typeof value === 'boolean' || value === null) return value;
  if (Number.isFinite(value)) return new JsonNumber(String(value));
  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => fromValue(item, at(place, index), depth + 1, left));
  if (typeof value === 'object') {
    const entries = value instanceof Map ? [...(value as ReadonlyMap<unknown, unknown>)] : Object.entries(value);
    return new Map(
      entries.map(([key, item]) => {
        if (typeof key !== 'string') throw new Problem(place || 'document', 'has a name that is not text');
        return [textWithin(key, place, left), fromValue(item, at(place, key), depth + 1, left)] as const;
      }),
    );
  }
  throw new Problem(place || 'document', 'not a JSON value');
}

function checkedText(text: string, place: string): string {
  if (!ALLOWED_TEXT.test(text))
    throw new Problem(place || 'document', 'contains a character that IAM does not allow (allowed: U+0020 to U+00FF)');
  return text;
}

/** A strict parser (RFC 8259). Unlike `JSON.parse`, it refuses repeated names: IAM does so, and an object that is parsed no longer shows them. */
class JsonParser {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): Json {
    const value = this.value('', 0);
    this.space();
    if (this.position < this.text.length) throw this.syntax('text after the end of the document');
    return value;
  }

  private value(place: string, depth: number): Json {
    if (depth > MAX_DEPTH) throw new Problem(place || 'document', 'nested too deeply');
    this.space();
    const next = this.text[this.position];
    if (next === '{') return this.object(place, depth);
    if (next === '[') return this.list(place, depth);
    if (next === '"') return checkedText(this.string(), place);
    return this.word();
  }

  private object(place: string, depth: number): JsonObject {
    const entries = new Map<string, Json>();
    this.position++;
    this.space();
    if (this.take('}')) return entries;
    for (;;) {
      this.space();
      if (this.text[this.position] !== '"') throw this.syntax('expected a name in double quotes');
      const name = checkedText(this.string(), place);
      const inner = at(place, name);
      if (entries.has(name)) throw new Problem(inner, 'duplicate name');
      this.space();
      if (!this.take(':')) throw this.syntax('expected `:`');
      entries.set(name, this.value(inner, depth + 1));
      this.space();
      if (this.take('}')) return entries;
      if (!this.take(',')) throw this.syntax('expected `,` or `}`');
    }
  }

  private list(place: string, depth: number): readonly Json[] {
    const items: Json[] = [];
    this.position++;
    this.space();
    if (this.take(']')) return items;
    for (;;) {
      items.push(this.value(at(place, items.length), depth + 1));
      this.space();
      if (this.take(']')) return items;
      if (!this.take(',')) throw this.syntax('expected `,` or `]`');
    }
  }

  /** Only finds the end of the string; `JSON.parse` reads its escapes. */
  private string(): string {
    const start = this.position++;
    while (this.position < this.text.length && this.text[this.position] !== '"') this.position += this.text[this.position] === '\\' ? 2 : 1;
    this.position++;
    return this.parsed(start, (value): value is string => typeof value === 'string', 'not a string');
  }

  private word(): JsonNumber | boolean | null {
    const start = this.position;
    while (this.position < this.text.length && /[\w.+-]/.test(this.text[this.position] ?? '')) this.position++;
    const word = this.parsed(
      start,
      (value) => value === null || typeof value === 'number' || typeof value === 'boolean',
      'expected a JSON value',
    );
    return typeof word === 'number' ? new JsonNumber(this.text.slice(start, this.position)) : word;
  }

  private parsed<T>(start: number, is: (value: unknown) => value is T, otherwise: string): T {
    try {
      const value: unknown = JSON.parse(this.text.slice(start, this.position));
      if (is(value)) return value;
    } catch {
      // The position in the whole text says more than the message about the slice.
    }
    this.position = start;
    throw this.syntax(otherwise);
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.position] ?? 'x')) this.position++;
  }

  private take(char: string): boolean {
    if (this.text[this.position] !== char) return false;
    this.position++;
    return true;
  }

  private syntax(reason: string): Problem {
    const before = this.text.slice(0, this.position).split('\n');
    return new Problem(`line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`, `not valid JSON: ${reason}`);
  }
}
