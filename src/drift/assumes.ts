import { decide, isPattern, type Policy, policyOf, type Statement } from '../policy/index.ts';
import { isAssume, patternsOf } from './assume-statement.ts';

/** `maybe`: conditions decide, or the document is not known. */
export type Certainty = 'yes' | 'maybe' | 'no';

/** What a document says of assuming one role. */
export interface Assumes {
  readonly allow: Certainty;
  readonly deny: Certainty;
  /** What allows it, and what denies it, without the roles that are named beside: equal texts have the same effect on this role. */
  readonly forms: readonly string[];
}

const NOTHING: Assumes = { allow: 'no', deny: 'no', forms: [] };

interface Entry {
  readonly statement: Statement;
  readonly form: string;
  readonly certainty: Certainty;
}

/**
 * What one policy lets a user assume, found by the role's ARN. A document that was not read, or can't be understood, may allow and deny everything.
 */
export class AssumeIndex {
  /** ARNs that are named exactly. */
  readonly named: ReadonlySet<string>;
  /** Resources with wildcards or variables; `*` for NotResource. */
  readonly patterns: ReadonlySet<string>;
  readonly #exact = new Map<string, Entry[]>();
  /** Statements with patterns. */
  readonly #others: readonly Entry[];
  readonly #unknown: Assumes | undefined;

  /** @param policy `undefined`: not read */
  constructor(policy: Policy | undefined) {
    const statements = policy?.statements ?? undefined;
    this.#unknown = statements === undefined ? { allow: 'maybe', deny: 'maybe', forms: [`unknown ${policy?.text ?? ''}`] } : undefined;
    const assuming = (statements ?? []).filter(isAssume);
    const named = new Set<string>();
    const patterns = new Set<string>();
    const others: Entry[] = [];
    for (const statement of assuming) {
      const entry = { statement, form: formOf(statement), certainty: isSure(statement) ? 'yes' : 'maybe' } as const;
      const isListed = statement.resource?.negated === false;
      for (const pattern of patternsOf(statement)) {
        if (isListed && !isPattern(pattern) && !pattern.includes('${')) {
          named.add(pattern);
          this.#exact.set(pattern, [...(this.#exact.get(pattern) ?? []), entry]);
        } else patterns.add(pattern);
      }
      if (!isListed || patternsOf(statement).some((pattern) => patterns.has(pattern))) others.push(entry);
    }
    this.named = named;
    this.patterns = patterns;
    this.#others = others;
  }

  get isUnknown(): boolean {
    return this.#unknown !== undefined;
  }

  on(roleArn: string): Assumes {
    if (this.#unknown !== undefined) return this.#unknown;
    const entries = [...(this.#exact.get(roleArn) ?? [])];
    for (const entry of this.#others) {
      if (entries.includes(entry)) continue;
      const certainty = matchOf(entry.statement, roleArn);
      if (certainty !== 'no') entries.push({ ...entry, certainty });
    }
    if (entries.length === 0) return NOTHING;
    const most = (effect: Statement['effect']) => mostCertain(entries.filter(({ statement }) => statement.effect === effect));
    return { allow: most('Allow'), deny: most('Deny'), forms: entries.map(({ form }) => form) };
  }
}

/** Several documents taken together: what one of them says, they say. */
export function together(parts: readonly Assumes[]): Assumes {
  const most = (of: (part: Assumes) => Certainty) => mostCertain(parts.map((part) => ({ certainty: of(part) })));
  return { allow: most(({ allow }) => allow), deny: most(({ deny }) => deny), forms: parts.flatMap(({ forms }) => forms) };
}

/** How much documents let their user into a role, whatever others say: a certain denial is least, an allowance without conditions or denials most. */
export function strengthOf({ allow, deny }: Assumes): -1 | 0 | 1 | 2 {
  if (deny === 'yes') return -1;
  if (allow === 'no') return 0;
  return allow === 'yes' && deny === 'no' ? 2 : 1;
}

function mostCertain(entries: readonly { readonly certainty: Certainty }[]): Certainty {
  if (entries.some(({ certainty }) => certainty === 'yes')) return 'yes';
  return entries.some(({ certainty }) => certainty === 'maybe') ? 'maybe' : 'no';
}

/** Whether a statement with wildcards, variables or NotResource is about the role. */
function matchOf(statement: Statement, resource: string): Certainty {
  // Most patterns are of another account, and asking is slow.
  const { negated, values } = statement.resource ?? { negated: true, values: [] };
  const close = values.filter((pattern) => mayMatch(pattern, resource));
  if (close.length === 0 && !negated) return 'no';
  const about: Statement = { ...statement, effect: 'Allow', resource: { negated, values: close } };
  const decision = decide(policyOf([about], 'identity'), { action: 'sts:AssumeRole', resource });
  if (decision === 'allow') return 'yes';
  return decision === 'unknown' ? 'maybe' : 'no';
}

/** Whether a text begins as the pattern does before its first wildcard or variable. */
export function mayMatch(pattern: string, text: string): boolean {
  return text.startsWith(/^[^*?$]*/.exec(pattern)?.[0] ?? '');
}

function formOf({ effect, action, conditions, doubt }: Statement): string {
  const values = action.values.map((value) => value.toLowerCase()).toSorted();
  return JSON.stringify([effect, action.negated, values, conditions, doubt?.written ?? []]);
}

/** Whether the statement applies to all that it names: without conditions, and understood. */
export function isSure({ conditions, doubt }: Statement): boolean {
  return conditions.length === 0 && doubt === null;
}
