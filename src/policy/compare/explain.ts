import { accepts, isMany, type Pattern } from '../pattern.ts';
import type { PolicyKind, Witness } from '../types.ts';
import { variableText } from '../variables.ts';
import type { Level } from './contexts.ts';
import type { Difference } from './explore.ts';
import type { PreparedPair, PreparedStatement, Selection } from './prepared.ts';

/** Most lines in an explanation, and most names in one line. */
const MOST_LINES = 8;
const MOST_NAMES = 4;

/** Most parts of a context. */
const MOST_KEYS = 6;

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

/** One kind of difference at one place: what an explanation line is made of. */
interface Fact {
  readonly lead: string;
  readonly actions: readonly string[];
  readonly targets: readonly string[];
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
export function witnessOf(difference: Difference, kind: PolicyKind): Witness {
  const { actions, targets, desired, live } = difference;
  const action = actions[0] ?? '*';
  const target = targets[0] ?? '*';
  const words = contextOf(difference);
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
  const { desired, live, certain, opaque } = difference;
  const deciding = decidingStatements(difference, pair, look);
  const resources = deciding.flatMap(({ resource }) => patternsOf(resource, pair));
  const lead = opaque ? 'unknown whom it is' : (LEADS[`${desired} ${live}`] ?? '');
  return {
    lead: certain || opaque ? lead : `perhaps ${lead}`,
    actions: named(
      'actions',
      difference.actions,
      deciding.flatMap(({ action }) => patternsOf(action, pair)),
      look,
    ),
    targets: kind === 'trust' ? difference.targets.map(callerText) : named('resources', difference.targets, resources, look),
    context: contextOf(difference),
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

/** The statements that make the difference: those that deny where one side denies, else those that allow. */
function decidingStatements(difference: Difference, pair: PreparedPair, look: Look): readonly PreparedStatement[] {
  const { desired, live, matching } = difference;
  const level: Level = desired === 'deny' || live === 'deny' ? 'deny' : 'allow';
  const side = desired === level ? 'desired' : 'live';
  const effect = level === 'allow' ? 'Allow' : 'Deny';
  const own = pair.statements.filter((statement) => statement.side === side && statement.effect === effect);
  const matched = new Set(matching.flatMap((index) => pair.statements[index] ?? []));
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

function lowered(text: string): string {
  return text.toLowerCase();
}

/** The samples, each as part of the pattern that it was found by; one sample for a pattern. */
function named(what: 'actions' | 'resources', samples: readonly string[], patterns: readonly Pattern[], look: Look): readonly string[] {
  const found = new Map<string, string>();
  for (const sample of samples) {
    const read = what === 'actions' ? lowered(sample) : sample;
    const pattern = patterns.find((one) => look(one, read))?.text;
    const isSample = pattern?.toLowerCase() === sample.toLowerCase();
    const label = pattern === undefined ? `${what} such as ${quoted(sample)}` : `${quoted(pattern)} (such as ${quoted(sample)})`;
    if (!found.has(pattern ?? '')) found.set(pattern ?? '', isSample ? quoted(sample) : label);
  }
  return [...found.values()];
}

/** Values may hold line breaks. */
function onOneLine(text: string): string {
  return text.replace(/[\t\n\r]/g, (char) => JSON.stringify(char).slice(1, -1));
}

function callerText(id: string): string {
  return id === '*' ? 'everybody else (`*`)' : quoted(id);
}

function quoted(text: string): string {
  return `\`${text}\``;
}

function contextOf({ context, needed }: Difference): string {
  const keys = context.map(({ key, values }) =>
    values === null ? `${key} absent` : `${key} = ${values.map((value) => value || '""').join(' and ')}`,
  );
  const all = [...keys, ...needed.map((name) => `${variableText(name)} filled in to match`)];
  const shown = all.slice(0, MOST_KEYS).join(', ');
  return all.length > MOST_KEYS ? `${shown} and ${all.length - MOST_KEYS} more` : shown;
}

/** Joins facts that are alike but for one list. */
function merge(facts: readonly Fact[], list: 'actions' | 'targets', other: (fact: Fact) => readonly string[]): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.lead, other(fact), fact.context]);
    const known = found.get(key);
    found.set(key, known ? { ...known, [list]: [...new Set([...known[list], ...fact[list]])] } : fact);
  }
  return [...found.values()];
}

function lineOf({ lead, actions, targets, context }: Fact, kind: PolicyKind): string {
  const request = kind === 'trust' ? `${listed(targets)} may ${listed(actions)}` : `${listed(actions)} on ${listed(targets)}`;
  return `${lead}: ${request}${context === '' ? '' : `, with ${context}`}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}
