import { malformedPolicy } from '../protocol/errors.ts';

export type JsonObject = { readonly [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A policy's JSON text as an object. Throws `MalformedPolicyDocument` for anything but an object, and for repeated keys. */
export function parsePolicyJson(text: string): JsonObject {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw malformedPolicy('Syntax errors in policy.');
  }
  if (!isObject(parsed) || hasDuplicateKey(text)) throw malformedPolicy('Syntax errors in policy.');
  return parsed;
}

const TOKEN = /"(?:[^"\\]|\\.)*"\s*:?|[{}]/g;

/** Reads the text, since JSON.parse silently keeps the last of two equal keys. Expects valid JSON. */
function hasDuplicateKey(text: string): boolean {
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token.endsWith(':')) {
      const keys = open.at(-1);
      const key = String(JSON.parse(token.slice(0, -1)));
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
