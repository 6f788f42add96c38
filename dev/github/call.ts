import { Problem } from './problem.ts';
import type { Token } from './tokens.ts';
import type { Site } from './views.ts';

/** A request: its route, its caller, and its body, which can be anything. */
export interface Call {
  readonly site: Site;
  readonly token: Token | undefined;
  /** The values of the `{…}` in the route, in order and decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly body: ReadonlyMap<string, unknown>;
  readonly accept: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** Lists are cut into pages. */
  readonly paged?: boolean;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const pages = (body: readonly unknown[]): Answer => ({ status: 200, body, paged: true });

/** Text in the body; `undefined` if it is missing. @throws {Problem} 422 for anything but text. */
export function text(call: Call, field: string): string | undefined {
  const value = call.body.get(field);
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string')
    throw new Problem(422, `Invalid request.\n\nFor 'properties/${field}', ${JSON.stringify(value)} is not a string.`);
  return value;
}

export function texts(call: Call, field: string): string[] | undefined {
  const value = call.body.get(field);
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw new Problem(422, `Invalid request.\n\nFor 'properties/${field}', it is not an array.`);
  return value.map((entry: unknown) => (typeof entry === 'string' ? entry : String(entry)));
}

/** The user behind the call; writes without one were refused before. */
export function author(call: Call) {
  return call.token?.user ?? { login: 'ghost', type: 'User' as const };
}
