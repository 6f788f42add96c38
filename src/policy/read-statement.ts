import { EVERYBODY } from './callers.ts';
import { type Chosen, DOCUMENT_ELEMENTS, oneOf, refuseElements, refuseOthers, STATEMENT_ELEMENTS } from './elements.ts';
import { readActions, readConditions, readResources, widestActions, widestResources } from './grammar-elements.ts';
import { readPrincipals } from './grammar-principals.ts';
import { at, type Json, type JsonObject, plainJson } from './json.ts';
import { Problem } from './problem.ts';
import type { Condition, Doubt, ElementList, Statement, StatementPart, Version } from './statement.ts';
import type { PolicyKind } from './types.ts';

/** What a statement's document says of it. */
interface Surroundings {
  readonly kind: PolicyKind;
  readonly version: Version;
  readonly partition: string;
  /** Elements of the document that no document has: what they mean for its statements is not known. */
  readonly others: JsonObject;
}

/** Reads the statements of one document, in their order. */
export class StatementReader {
  readonly #document: Surroundings;
  readonly #sids = new Set<string>();

  constructor(document: Surroundings) {
    this.#document = document;
  }

  /** @throws {Problem} where it can't be told whether the statement allows or denies */
  read(item: JsonObject, place: string): Statement {
    const { kind, version, partition, others } = this.#document;
    const doubts = new Doubts(new Map([...others, ...item]));
    doubts.check([...others.keys()], () => refuseOthers(others, DOCUMENT_ELEMENTS, ''));
    const own = [...item.keys()].filter((name) => !STATEMENT_ELEMENTS.includes(name));
    doubts.check(own, () => refuseOthers(item, STATEMENT_ELEMENTS, place));
    doubts.check(['Sid'], () => checkSid(item.get('Sid'), at(place, 'Sid'), kind, this.#sids));
    const effect = readEffect(item, place);
    const action = doubts.read(
      'action',
      ['Action', 'NotAction'],
      () => actionsOf(oneOf(item, ['Action', 'NotAction'], place), kind),
      () => widestOf(item, ['Action', 'NotAction'], widestActions),
    );
    const refused = (names: readonly string[]): null => {
      doubts.check(names, () => refuseElements(item, names, place, kind));
      return null;
    };
    const resource = (): ElementList =>
      doubts.read(
        'resource',
        ['Resource', 'NotResource'],
        () => resourcesOf(oneOf(item, ['Resource', 'NotResource'], place), version),
        () => widestOf(item, ['Resource', 'NotResource'], (value, negated) => widestResources(value, negated, version)),
      );
    const principals = (): Statement['principals'] =>
      doubts.read(
        'principals',
        ['Principal', 'NotPrincipal'],
        () => callersOf(item, place, partition),
        () => [EVERYBODY],
      );
    return {
      version,
      effect,
      action,
      resource: kind === 'identity' ? resource() : refused(['Resource', 'NotResource']),
      principals: kind === 'trust' ? principals() : refused(['Principal', 'NotPrincipal']),
      conditions: doubts.read(
        'conditions',
        ['Condition'],
        () => conditionsOf(item.get('Condition'), at(place, 'Condition')),
        () => [],
      ),
      doubt: doubts.found,
    };
  }
}

/** Collects what of one statement can't be understood. */
class Doubts {
  readonly #item: JsonObject;
  readonly #unread = new Set<StatementPart>();
  readonly #written = new Map<string, unknown>();
  #first: Problem | undefined;

  constructor(item: JsonObject) {
    this.#item = item;
  }

  get found(): Doubt | null {
    if (this.#first === undefined) return null;
    const { place, reason } = this.#first;
    return { place, reason, unread: this.#unread, written: [...this.#written] };
  }

  /** What the elements of these names mean or, if that can't be told, the most that they may mean. */
  read<T>(part: StatementPart, names: readonly string[], read: () => T, widest: () => T): T {
    try {
      return read();
    } catch (error) {
      this.#note(error, names);
      this.#unread.add(part);
      return widest();
    }
  }

  /** The same for elements that mean nothing for access, or nothing that is known. */
  check(names: readonly string[], check: () => unknown): void {
    try {
      check();
    } catch (error) {
      this.#note(error, names);
    }
  }

  #note(error: unknown, names: readonly string[]): void {
    if (!(error instanceof Problem)) throw error;
    this.#first ??= error;
    for (const name of names) {
      const value = this.#item.get(name);
      if (value !== undefined) this.#written.set(name, plainJson(value));
    }
  }
}

/** Sids of identity policies are letters and digits, and unique. The empty Sid may repeat: tools write it into every statement, and IAM accepts it. */
function checkSid(sid: Json | undefined, place: string, kind: PolicyKind, seen: Set<string>): void {
  if (sid === undefined) return;
  if (typeof sid !== 'string') throw new Problem(place, 'expected text');
  if (kind === 'trust' || sid === '') return;
  if (!/^[A-Za-z0-9]+$/.test(sid)) throw new Problem(place, 'can contain only letters and digits');
  if (seen.has(sid)) throw new Problem(place, `${JSON.stringify(sid)} is a duplicate`);
  seen.add(sid);
}

/** Where it is missing, an element that no statement has may be meant for it, and that is what has to be corrected. */
function readEffect(item: JsonObject, place: string): Statement['effect'] {
  const effect = item.get('Effect');
  if (effect === 'Allow' || effect === 'Deny') return effect;
  if (effect === undefined) refuseOthers(item, STATEMENT_ELEMENTS, place);
  throw new Problem(at(place, 'Effect'), effect === undefined ? 'is missing' : 'expected "Allow" or "Deny"');
}

function actionsOf({ value, negated, place }: Chosen, kind: PolicyKind): ElementList {
  return readActions(value, negated, place, kind);
}

function resourcesOf({ value, negated, place }: Chosen, version: Version): ElementList {
  return readResources(value, negated, place, version);
}

/** Of an element that is missing, or stands beside its inverse, nothing is known. */
function widestOf(
  item: JsonObject,
  [plain, inverse]: readonly [string, string],
  widest: (value: Json, negated: boolean) => ElementList,
): ElementList {
  const [value, inverted] = [item.get(plain), item.get(inverse)];
  if (value !== undefined && inverted === undefined) return widest(value, false);
  if (inverted !== undefined && value === undefined) return widest(inverted, true);
  return { negated: false, values: ['*'] };
}

function callersOf(item: JsonObject, place: string, partition: string): Statement['principals'] {
  refuseElements(item, ['NotPrincipal'], place, 'trust');
  const principal = item.get('Principal');
  if (principal === undefined) throw new Problem(at(place, 'Principal'), 'is missing');
  return readPrincipals(principal, at(place, 'Principal'), partition);
}

function conditionsOf(condition: Json | undefined, place: string): readonly Condition[] {
  return condition === undefined ? [] : readConditions(condition, place);
}
