import { forPatterns, isAssume, patternsOf } from '../drift/assume-statement.ts';
import { type Statement, statementsOf } from '../policy/index.ts';
import type { PolicySource } from '../policy/types.ts';
import { fields } from './call-for.ts';
import { Refused } from './draft.ts';

/**
 * Edits of one inline policy's document: the smallest that works. Statements that are not meant keep their place, their form and their Sid.
 * `undefined`: nothing is left. A document that is no valid policy has no statements, so nothing of it is kept.
 */

/** Whether it lets or forbids assuming what the pattern stands for, by naming it. */
export function names(document: PolicySource, pattern: string): boolean {
  return open(document).entries.some(({ statement }) => isAssume(statement) && patternsOf(statement).includes(pattern));
}

export function isValid(document: PolicySource): boolean {
  return statementsOf(document, 'identity') !== null;
}

/** Without what lets or forbids assuming `pattern`; of the statements that do, only those that are meant. A pattern of `*` also stands for NotResource. */
export function withoutPattern(
  document: PolicySource,
  pattern: string,
  isMeant: (statement: Statement) => boolean = () => true,
): PolicySource | undefined {
  const policy = open(document);
  return write(
    policy,
    policy.entries.flatMap((entry) =>
      isAssume(entry.statement) && isMeant(entry.statement) ? cut(entry, (other) => other !== pattern) : [entry],
    ),
  );
}

/** Only the statements that can match `sts:AssumeRole`. */
export function onlyAssume(document: PolicySource): PolicySource | undefined {
  const policy = open(document);
  return write(
    policy,
    policy.entries.filter(({ statement }) => isAssume(statement)),
  );
}

/** What is stated, and beside it what the document lets or forbids assuming. */
export function withStated(document: PolicySource | undefined, stated: PolicySource): PolicySource {
  const wanted = open(stated);
  const own = wanted.entries.flatMap(({ statement }) => (isAssume(statement) ? patternsOf(statement) : []));
  const live = document === undefined ? NOTHING : open(document);
  const beside = live.entries
    .filter(({ statement }) => isAssume(statement))
    .flatMap((entry) => cut(entry, (pattern) => !own.includes(pattern)));
  if (beside.length === 0) return stated;
  if (
    beside.some(({ raw, statement }) => JSON.stringify(raw).includes('${') && statement.version !== wanted.entries[0]?.statement.version)
  ) {
    throw new Refused(
      'The policy holds statements whose variables mean something else under the Version that is wanted: take it apart by hand.',
    );
  }
  return write(wanted, [...wanted.entries, ...beside]) ?? stated;
}

/**
 * With a statement that lets its users assume the role: added to one that does nothing but that for other roles where `packed`, else of its own.
 */
export function withGrant(document: PolicySource | undefined, grant: Readonly<Record<string, unknown>>, packed: boolean): PolicySource {
  if (document === undefined) return grant;
  const policy = open(document);
  const added = open(grant).entries;
  const host = packed ? policy.entries.findIndex(({ statement }) => isPlainGrant(statement)) : -1;
  if (host < 0) return write(policy, [...policy.entries, ...added]) ?? grant;
  const arns = added.flatMap(({ statement }) => patternsOf(statement));
  return (
    write(
      policy,
      policy.entries.map((entry, index) =>
        index === host ? { ...entry, raw: { ...entry.raw, Resource: [entry.raw.Resource, ...arns].flat() } } : entry,
      ),
    ) ?? grant
  );
}

/** Allows assuming what it names, always, and nothing else. */
export function isPlainGrant({ effect, action, resource, conditions }: Statement): boolean {
  const isOnlyAssume = !action.negated && action.values.every((value) => value.toLowerCase() === 'sts:assumerole');
  return effect === 'Allow' && isOnlyAssume && resource?.negated === false && conditions.length === 0;
}

interface Entry {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly statement: Statement;
}

interface OpenPolicy {
  readonly head: Readonly<Record<string, unknown>>;
  readonly entries: readonly Entry[];
}

const NOTHING: OpenPolicy = { head: {}, entries: [] };

/** The statements as they are written and as they are read, side by side: reading keeps their order and number. */
function open(document: PolicySource): OpenPolicy {
  const statements = statementsOf(document, 'identity');
  if (statements === null) return NOTHING;
  const head = fields(typeof document === 'string' ? JSON.parse(document) : document);
  const raw: readonly unknown[] = [head.Statement].flat();
  return { head, entries: statements.map((statement, index) => ({ raw: fields(raw[index]), statement })) };
}

function cut({ raw, statement }: Entry, keep: (pattern: string) => boolean): Entry[] {
  if (patternsOf(statement).every(keep)) return [{ raw, statement }];
  const left = forPatterns(statement, keep);
  if (left === undefined) return [];
  return [
    { raw: { ...raw, Resource: [raw.Resource].flat().filter((value) => typeof value === 'string' && keep(value)) }, statement: left },
  ];
}

function write({ head }: OpenPolicy, entries: readonly Entry[]): PolicySource | undefined {
  return entries.length === 0 ? undefined : { ...head, Statement: entries.map(({ raw }) => raw) };
}
