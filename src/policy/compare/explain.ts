import type { PolicyKind, Wording } from '../types.ts';
import { contextText } from './context-text.ts';
import type { AnswerDifference } from './explore.ts';
import { identityOf, joined, Namer, type Names, textOf } from './names.ts';
import type { PreparedPair } from './prepared.ts';

/** Most lines in an explanation, and how many of them are reserved for what is lost. */
const MOST_LINES = 8;
const LEAST_LINES = 3;

/** Most differences of one direction that are put into words, the most important ones. */
const MOST_EXPLAINED = 30;

/** One kind of difference at one place: what an explanation line is made of. */
interface Fact {
  readonly lead: string;
  readonly actions: Names;
  readonly targets: Names;
  readonly context: string;
}

/** Lines for people: what is newly allowed, then what no longer is; in each part, what is uncertain comes last. */
export function explain(
  differences: readonly AnswerDifference[],
  pair: PreparedPair,
  kind: PolicyKind,
  wording: Wording,
): readonly string[] {
  const namer = new Namer(pair, wording);
  const ranked = differences.toSorted((a, b) => rankOf(a) - rankOf(b));
  const directions = (['gained', 'lost'] as const).map((direction) => ranked.filter((one) => one.direction === direction));
  const [gained = [], lost = []] = directions.map((all) =>
    linesOf(
      all.slice(0, MOST_EXPLAINED).map((difference) => factOf(difference, pair, kind, namer, wording)),
      kind,
    ),
  );
  const unexplained = directions.reduce((sum, { length }) => sum + Math.max(0, length - MOST_EXPLAINED), 0);
  const isAll = unexplained === 0 && gained.length + lost.length <= MOST_LINES;
  const room = isAll ? MOST_LINES : MOST_LINES - 1;
  const first = gained.slice(0, room - Math.min(lost.length, LEAST_LINES));
  const lines = [...first, ...lost.slice(0, room - first.length)];
  return isAll ? lines : [...lines, `and ${gained.length + lost.length - lines.length + unexplained} more differences`];
}

function linesOf(facts: readonly Fact[], kind: PolicyKind): readonly string[] {
  const merged = merge(merge(facts, 'actions', 'targets'), 'targets', 'actions');
  return [...new Set(merged.map((fact) => lineOf(fact, kind)))].map(onOneLine);
}

/** Sorts the most telling difference first: what is allowed before what is denied, and then the simplest context. */
export function byWeight(a: AnswerDifference, b: AnswerDifference): number {
  return rankOf(a) - rankOf(b) || a.context.length - b.context.length;
}

function factOf(difference: AnswerDifference, pair: PreparedPair, kind: PolicyKind, namer: Namer, wording: Wording): Fact {
  const { desired, live, certain } = difference;
  const lead = LEADS[wording][`${desired} ${live}`] ?? '';
  return {
    lead: certain ? lead : `perhaps ${lead}`,
    actions: namer.named('action', difference),
    targets: kind === 'trust' ? namer.callers(difference) : namer.named('resource', difference),
    context: contextText(difference, pair),
  };
}

function rankOf({ desired, live, certain }: AnswerDifference): number {
  return (certain ? 0 : 10) + RANKS.indexOf(`${desired} ${live}`);
}

const LEADS: Readonly<Record<Wording, Readonly<Record<string, string>>>> = {
  change: {
    'none allow': 'also allowed now',
    'deny allow': 'allowed now, was denied',
    'deny none': 'no longer denied',
    'allow none': 'no longer allowed',
    'allow deny': 'denied now, was allowed',
    'none deny': 'also denied now',
  },
  difference: {
    'none allow': 'allowed only in AWS',
    'deny allow': 'allowed in AWS, denied in the file',
    'deny none': 'denied only in the file',
    'allow none': 'allowed only in the file',
    'allow deny': 'denied in AWS, allowed in the file',
    'none deny': 'denied only in AWS',
  },
};
const RANKS: readonly string[] = Object.keys(LEADS.change);

/** Values may contain line breaks. */
function onOneLine(text: string): string {
  return text.replace(/[\t\n\r]/g, (char) => JSON.stringify(char).slice(1, -1));
}

/** Joins facts that differ in one list only. */
function merge(facts: readonly Fact[], list: 'actions' | 'targets', other: 'actions' | 'targets'): readonly Fact[] {
  const found = new Map<string, Fact>();
  for (const fact of facts) {
    const key = JSON.stringify([fact.lead, identityOf(fact[other]), fact.context]);
    const known = found.get(key);
    found.set(key, known ? { ...known, [list]: joined(known[list], fact[list]) } : fact);
  }
  return [...found.values()];
}

function lineOf({ lead, actions, targets, context }: Fact, kind: PolicyKind): string {
  const request = kind === 'trust' ? `${textOf(targets)} may ${textOf(actions)}` : `${textOf(actions)} on ${textOf(targets)}`;
  return `${lead}: ${request}${context === '' ? '' : `, with ${context}`}`;
}
