import { forPatterns, isAssume, patternsOf } from '../drift/assume-statement.ts';
import { type Policy, parsePolicy, type Statement } from '../policy/index.ts';
import { isMapping } from '../state/json.ts';
import { Refused } from './plan-builder.ts';

/**
 * Edits of one inline policy's document: the smallest that works. Statements that are not meant keep their place, their form and their Sid.
 * That goes for statements that can't be understood as well. `undefined`: nothing is left. A document of which it can't be told what its statements are has
 * none, so nothing of it is kept.
 */

/** Whether it allows or denies assuming what the pattern stands for, by naming it. */
export function names({ statements }: Policy, pattern: string): boolean {
  return (statements ?? []).some((statement) => isAssume(statement) && patternsOf(statement).includes(pattern));
}

/**
 * Without what allows or denies assuming `pattern`; of the statements that do, only those that `isMeant` picks. A pattern of `*` also stands for NotResource.
 */
export function withoutPattern(
  policy: Policy,
  pattern: string,
  isMeant: (statement: Statement) => boolean = () => true,
): Policy | undefined {
  const open = openPolicy(policy);
  const entries = open.entries.flatMap((entry) =>
    isAssume(entry.statement) && isMeant(entry.statement) ? cut(entry, (other) => other !== pattern) : [entry],
  );
  return closePolicy(open, entries);
}

/** Only the statements that can match `sts:AssumeRole`. */
export function onlyAssume(policy: Policy): Policy | undefined {
  const open = openPolicy(policy);
  return closePolicy(
    open,
    open.entries.filter(({ statement }) => isAssume(statement)),
  );
}

/** What is stated, and beside it what the live policy allows or denies assuming. */
export function withStated(live: Policy | undefined, stated: Policy): Policy {
  const desired = openPolicy(stated);
  const own = desired.entries.flatMap(({ statement }) => (isAssume(statement) ? patternsOf(statement) : []));
  const beside = (live === undefined ? [] : openPolicy(live).entries)
    .filter(({ statement }) => isAssume(statement))
    .flatMap((entry) => cut(entry, (pattern) => !own.includes(pattern)));
  if (beside.length === 0) return stated;
  const version = desired.entries[0]?.statement.version;
  if (beside.some(({ raw, statement }) => JSON.stringify(raw).includes('${') && statement.version !== version)) {
    throw new Refused(
      'The policy contains statements with variables that mean something else under the Version in the file. Split the policy by hand.',
    );
  }
  return closePolicy(desired, [...desired.entries, ...beside]) ?? stated;
}

/**
 * With a statement that lets its users assume the role: added to one that does nothing but that for other roles where `packed`, else of its own.
 */
export function withGrant(policy: Policy | undefined, grant: Policy, packed: boolean): Policy {
  if (policy === undefined) return grant;
  const open = openPolicy(policy);
  const added = openPolicy(grant).entries;
  const host = packed ? open.entries.findIndex(({ statement }) => isPlainGrant(statement)) : -1;
  if (host < 0) return closePolicy(open, [...open.entries, ...added]) ?? grant;
  const arns = added.flatMap(({ statement }) => patternsOf(statement));
  const entries = open.entries.map((entry, index) =>
    index === host ? { ...entry, raw: { ...entry.raw, Resource: [entry.raw.Resource, ...arns].flat() } } : entry,
  );
  return closePolicy(open, entries) ?? grant;
}

/** Allows assuming what it names, always, and nothing else. */
export function isPlainGrant({ effect, action, resource, conditions, doubt }: Statement): boolean {
  const isOnlyAssume = !action.negated && action.values.every((value) => value.toLowerCase() === 'sts:assumerole');
  return effect === 'Allow' && isOnlyAssume && resource?.negated === false && conditions.length === 0 && doubt === null;
}

interface Entry {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly statement: Statement;
}

interface OpenPolicy {
  readonly head: Readonly<Record<string, unknown>>;
  readonly entries: readonly Entry[];
}

/** The statements as they are written and as they are read, side by side: reading keeps their order and number. */
function openPolicy({ statements, json }: Policy): OpenPolicy {
  if (statements === null || !isMapping(json)) return { head: {}, entries: [] };
  const written: readonly unknown[] = [json.Statement].flat();
  return {
    head: json,
    entries: statements.map((statement, index) => {
      const raw = written[index];
      return { raw: isMapping(raw) ? raw : {}, statement };
    }),
  };
}

function cut({ raw, statement }: Entry, keep: (pattern: string) => boolean): Entry[] {
  if (patternsOf(statement).every(keep)) return [{ raw, statement }];
  const left = forPatterns(statement, keep);
  if (left === undefined) return [];
  const Resource = [raw.Resource].flat().filter((value) => typeof value === 'string' && keep(value));
  return [{ raw: { ...raw, Resource }, statement: left }];
}

function closePolicy({ head }: OpenPolicy, entries: readonly Entry[]): Policy | undefined {
  if (entries.length === 0) return undefined;
  return parsePolicy({ ...head, Statement: entries.map(({ raw }) => raw) }, 'identity');
}
