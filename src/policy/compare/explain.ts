import { EVERYBODY, sameCaller } from '../callers.ts';
import { accepts, isMany, type Pattern } from '../pattern.ts';
import type { PolicyKind, Witness } from '../types.ts';
import { contextText } from './context-text.ts';
import type { Level } from './contexts.ts';
import type { Difference } from './explore.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';

/** Most lines in an explanation, and most names in one line. */
const MOST_LINES = 8;
const MOST_NAMES = 4;

/** Differences that are put in words; the most important ones. */
const MOST_EXPLAINED = 60;

/** Positions of patterns at characters of samples, over all lines: a tenth of a second. Names that are not found by then are shown as samples. */
const MOST_LOOKS = 2_000_000;

/** Is the text of the pattern? */
type Look = (pattern: Pattern, text: string) => boolean;

function bounded(most: number): Look {
  let left = most;
  return ({ tokens }, text) => {
    const cost = text.length * (1 + tokens.filter(isMany).length);
    if (cost > left) return false;
    left -= cost;
    return accepts(tokens, text);
  };
}

/** A pattern or text as it is shown, with an example of what it stands for where it stands for several. */
interface Name {
  /** The pattern; names of one pattern are shown once. */
  readonly of: string;
  readonly text: string;
  readonly example?: string;
}

/** One kind of difference at one place: what an explanation line is made of. */
interface Fact {
  readonly lead: string;
  readonly actions: readonly Name[];
  readonly targets: readonly Name[];
  readonly context: string;
}

/** Lines for people, what is allowed now before what no longer is, and what is not sure last. */
export function explain(differences: readonly Difference[], pair: PreparedPair, kind: PolicyKind): readonly string[] {
  const ranked = differences.toSorted((a, b) => rankOf(a) - rankOf(b));
  const look = bounded(MOST_LOOKS);
  const facts = ranked.slice(0, MOST_EXPLAINED).map((difference) => factOf(difference, pair, kind, look));
  const byTarget = merge(facts, 'actions', ({ targets }) => targets);
  const merged = merge(byTarget, 'targets', ({ actions }) => actions);
  const lines = [...new Set(merged.map((fact) => lineOf(fact, kind)))].map(onOneLine);
  const left = lines.length + Math.max(0, ranked.length - MOST_EXPLAINED) - MOST_LINES;
  return left > 0 ? [...lines.slice(0, MOST_LINES - 1), `and ${left + 1} more differences`] : lines;
}

/** A request of this class. */
export function witnessOf(difference: Difference, pair: PreparedPair, kind: PolicyKind): Witness {
  const { actions, targets, desired, live } = difference;
  const action = actions[0] ?? '*';
  const target = targets[0] ?? '*';
  const words = contextText(difference, pair);
  return {
    action,
    ...(kind === 'trust' ? { principal: target } : { resource: target }),
    ...(words === '' ? {} : { context: words }),
    ...(desired === 'allow' || live === 'allow' ? {} : { denied: true }),
  };
}

/** The difference that says most: rather of what is allowed than of what is denied, and in the simplest context. */
export function byWeight(a: Difference, b: Difference): number {
  return rankOf(a) - rankOf(b) || a.context.length - b.context.length;
}

function factOf(difference: Difference, pair: PreparedPair, kind: PolicyKind, look: Look): Fact {
  const { desired, live, certain } = difference;
  const deciding = decidingStatements(difference, pair, look);
  const excepting = exceptingStatements(difference, pair);
  const patterns = (of: Sample['of']): readonly Pattern[] => [
    ...deciding.flatMap((statement) => patternsOf(statement[of], pair)),
    ...excepting.flatMap((statement) => exceptedBy(statement[of], pair)),
  ];
  const lead = LEADS[`${desired} ${live}`] ?? '';
  return {
    lead: certain ? lead : `perhaps ${lead}`,
    actions: named('actions', difference.actions, patterns('action'), look),
    targets:
      kind === 'trust'
        ? difference.targets.map((id) => callerName(id, { pair, opaque: difference.opaque }))
        : named('resources', difference.targets, patterns('resource'), look),
    context: contextText(difference, pair),
  };
}

function rankOf({ desired, live, certain }: Difference): number {
  return (certain ? 0 : 10) + RANKS.indexOf(`${desired} ${live}`);
}

const LEADS: Readonly<Record<string, string>> = {
  'none allow': 'also allowed now',
  'deny allow': 'allowed now, was denied',
  'deny none': 'no longer denied',
  'allow none': 'no longer allowed',
  'allow deny': 'denied now, was allowed',
  'none deny': 'also denied now',
};
const RANKS: readonly string[] = Object.keys(LEADS);

function deciderOf({ desired, live }: Difference): Pick<PreparedStatement, 'side' | 'effect'> {
  const level: Level = desired === 'deny' || live === 'deny' ? 'deny' : 'allow';
  return { side: desired === level ? 'desired' : 'live', effect: level === 'allow' ? 'Allow' : 'Deny' };
}

/** The statements of the other side that would do the same, but for what they except. */
function exceptingStatements(difference: Difference, pair: PreparedPair): readonly PreparedStatement[] {
  const { side, effect } = deciderOf(difference);
  return pair.statements.filter((statement) => statement.side !== side && statement.effect === effect);
}

/** The statements that make the difference: those that deny where one side denies, else those that allow. */
function decidingStatements(difference: Difference, pair: PreparedPair, look: Look): readonly PreparedStatement[] {
  const { side, effect } = deciderOf(difference);
  const own = pair.statements.filter((statement) => statement.side === side && statement.effect === effect);
  const matched = new Set(difference.matching.flatMap((index) => pair.statements[index] ?? []));
  const deciding = own.filter((statement) => matched.has(statement));
  // One that matches stands for all that come to the same there, so the samples may be from others.
  if (samplesOf(difference).every((samples) => samples.every((sample) => deciding.some(naming(sample, pair, look))))) return deciding;
  return [
    ...deciding,
    ...own.filter((statement) => samplesOf(difference).every((samples) => samples.some((one) => naming(one, pair, look)(statement)))),
  ];
}

interface Sample {
  readonly of: 'action' | 'resource';
  readonly text: string;
}

function samplesOf({ actions, targets }: Difference): readonly (readonly Sample[])[] {
  return [
    targets.map((text) => ({ of: 'resource' as const, text })),
    actions.map((text) => ({ of: 'action' as const, text: lowered(text) })),
  ];
}

/** Does the statement name the sample in a pattern? */
function naming({ of, text }: Sample, pair: PreparedPair, look: Look): (statement: PreparedStatement) => boolean {
  return (statement) => patternsOf(statement[of], pair).some((pattern) => look(pattern, text));
}

/** None where the statement names what it is not about. */
function patternsOf(selection: Selection | null, pair: PreparedPair): readonly Pattern[] {
  return !selection || selection.negated ? [] : selection.patterns.flatMap((index) => pair.patterns[index] ?? []);
}

/** What `NotAction` or `NotResource` names. */
function exceptedBy(selection: Selection | null, pair: PreparedPair): readonly Pattern[] {
  return selection?.negated ? selection.patterns.flatMap((index) => pair.patterns[index] ?? []) : [];
}

function lowered(text: string): string {
  return text.toLowerCase();
}

/** The samples, each as part of the pattern that it was found by; one sample for a pattern. */
function named(what: 'actions' | 'resources', samples: readonly string[], patterns: readonly Pattern[], look: Look): readonly Name[] {
  return distinct(
    samples.map((sample) => {
      const read = what === 'actions' ? lowered(sample) : sample;
      const pattern = patterns.find((one) => look(one, read))?.text;
      if (pattern === undefined) return { of: '', text: `${what} such as`, example: quoted(sample) };
      if (pattern.toLowerCase() === sample.toLowerCase()) return { of: pattern, text: quoted(sample) };
      return { of: pattern, text: quoted(pattern), example: `(such as ${quoted(sample)})` };
    }),
  );
}

/** One of each pattern, whatever the examples. */
function distinct(names: readonly Name[]): readonly Name[] {
  const found = new Map<string, Name>();
  for (const name of names) if (!found.has(name.of)) found.set(name.of, name);
  return [...found.values()];
}

/** Values may hold line breaks. */
function onOneLine(text: string): string {
  return text.replace(/[\t\n\r]/g, (char) => JSON.stringify(char).slice(1, -1));
}

function callerName(id: string, { pair, opaque }: { readonly pair: PreparedPair; readonly opaque: boolean }): Name {
  if (opaque) return { of: id, text: `${quoted(id)} (unknown whom it is)` };
  if (id !== '*') return { of: id, text: quoted(id) };
  const isAlone = pair.statements.every(({ principals }) => principals?.every((principal) => sameCaller(principal, EVERYBODY)));
  return { of: id, text: `${isAlone ? 'everybody' : 'everybody else'} (${quoted(id)})` };
}

function quoted(text: string): string {
  return `\`${text}\``;
}

/** Joins facts that are alike but for one list. */
function merge(facts: readonly Fact[], list: 'actions' | 'targets', other: (fact: Fact) => readonly Name[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.lead, other(fact).map(({ of }) => of), fact.context]);
    const known = found.get(key);
    found.set(key, known ? { ...known, [list]: distinct([...known[list], ...fact[list]]) } : fact);
  }
  return [...found.values()];
}

function lineOf({ lead, actions, targets, context }: Fact, kind: PolicyKind): string {
  const request = kind === 'trust' ? `${listed(targets)} may ${listed(actions)}` : `${listed(actions)} on ${listed(targets)}`;
  return `${lead}: ${request}${context === '' ? '' : `, with ${context}`}`;
}

function listed(names: readonly Name[]): string {
  const shown = names
    .slice(0, MOST_NAMES)
    .map(({ text, example }) => (example === undefined ? text : `${text} ${example}`))
    .join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
