import { at, type Json, type JsonObject } from './json.ts';
import { nearMiss } from './near-miss.ts';
import { Problem } from './problem.ts';
import type { PolicyKind } from './types.ts';

/** All elements that a document may have. */
export const DOCUMENT_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];

/** All elements that a statement may have. */
export const STATEMENT_ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** @throws {Problem} for a name that is not one of the known ones */
export function refuseOthers(object: JsonObject, known: readonly string[], place: string): void {
  for (const name of object.keys()) {
    if (!known.includes(name)) throw new Problem(at(place, name), `unknown element${nearMiss(name, known)}`);
  }
}

/** @throws {Problem} for an element that this kind of policy does not have */
export function refuseElements(item: JsonObject, names: readonly string[], place: string, kind: PolicyKind): null {
  for (const name of names) {
    if (item.has(name))
      throw new Problem(at(place, name), `${kind === 'trust' ? 'a trust policy' : 'an identity policy'} cannot contain ${name}`);
  }
  return null;
}

/** The one of two elements that is there. */
export interface Chosen {
  readonly value: Json;
  readonly negated: boolean;
  readonly place: string;
}

/** @throws {Problem} unless one of the two elements is there */
export function oneOf(item: JsonObject, [plain, inverse]: readonly [string, string], place: string): Chosen {
  const value = item.get(plain);
  const inverted = item.get(inverse);
  if (value !== undefined && inverted !== undefined) throw new Problem(at(place, inverse), `cannot be combined with ${plain}`);
  if (value !== undefined) return { value, negated: false, place: at(place, plain) };
  if (inverted !== undefined) return { value: inverted, negated: true, place: at(place, inverse) };
  throw new Problem(at(place, plain), 'is missing');
}
