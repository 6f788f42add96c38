import { type DocumentHints, type DocumentProblem, partitionNamedIn } from '../document.ts';
import { doubtLine } from '../doubt-line.ts';
import { type Policy, parsePolicy } from '../policy.ts';
import type { Statement } from '../statement.ts';
import { statementJson } from '../statement-json.ts';
import type { Comparison, PolicyKind, PolicySource, Witness, Wording } from '../types.ts';
import { Budget, TooLarge } from './budget.ts';
import { Evaluator } from './evaluate.ts';
import { byWeight, explain } from './explain.ts';
import { type AnswerDifference, Explorer } from './explore.ts';
import { withBoundVariables } from './fill.ts';
import { type Documents, type PreparedPair, prepare } from './prepared.ts';
import { provenDifferences } from './proof.ts';
import { verdictOf } from './verdict.ts';
import { witnessOf } from './witness.ts';

/** A third of a second on a quiet machine; documents of 300 statements that differ in each take a third of it. */
export const MOST_STEPS = 3_000_000;

/**
 * What the live policy grants, seen from the desired one. Exact over all requests and contexts where both are free: `same` means that no
 * request is answered differently, `widened` and `narrowed` come with a witness, and whatever can't be proven is `changed`. A statement that can't be
 * understood may apply or not; what stands beside it is compared.
 *
 * A trust policy is judged in the account of its role, as far as one of the two knows it.
 *
 * @param desired and `live` are of one kind
 * @param wording of the explanation
 */
export function comparePolicies(
  desired: Policy,
  live: Policy,
  budget: Budget = new Budget(MOST_STEPS),
  wording: Wording = 'change',
): Comparison {
  if (desired.statements === null || live.statements === null) return notValid(desired, live);
  if (areWrittenAlike(desired, live)) return { verdict: 'same', explanation: [] };
  const documents = { desired: desired.statements, live: live.statements, account: live.account ?? desired.account };
  try {
    return withDoubts(compareStatements(documents, live.kind, budget, wording), documents);
  } catch (error) {
    if (error instanceof TooLarge) return { verdict: 'changed', explanation: undecided(documents) };
    throw error;
  }
}

/** Of a thousand grants, all but a few. */
function areWrittenAlike(desired: Policy, live: Policy): boolean {
  const isKnown = desired.problem === null && live.problem === null;
  return isKnown && JSON.stringify(desired.statements) === JSON.stringify(live.statements);
}

/**
 * The same for two documents that nobody has read yet, both of which have to be valid. A bare account id in one of them is of the partition that its own principals name, else of the one
 * that the other's principals name.
 */
export function compareDocuments(desired: PolicySource, live: PolicySource, kind: PolicyKind, hints: DocumentHints = {}): Comparison {
  // Only trust policies have principals, and so account ids.
  const named = kind === 'trust' ? partitionNamedIn([desired, live]) : undefined;
  const both = { ...hints, otherwise: hints.otherwise ?? named };
  const [one, other] = [parsePolicy(desired, kind, both), parsePolicy(live, kind, both)];
  return one.problem || other.problem ? notValid(one, other) : comparePolicies(one, other);
}

function notValid(desired: Policy, live: Policy): Comparison {
  return desired.problem
    ? invalid('desired', desired.problem)
    : invalid('live', live.problem ?? { place: 'document', reason: 'is not a policy' });
}

/** With a line for each statement that can't be understood, unless the other document has it as well. */
function withDoubts(comparison: Comparison, { desired, live }: Documents): Comparison {
  if (comparison.verdict === 'same') return comparison;
  const others = new Set(desired.map(textOf));
  const lines = live
    .filter((statement) => !others.has(textOf(statement)))
    .flatMap(({ doubt }) => (doubt === null ? [] : [doubtLine(doubt)]));
  return { ...comparison, explanation: [...lines, ...comparison.explanation] };
}

function textOf(statement: Statement): string {
  return JSON.stringify(statementJson(statement));
}

type Statements = readonly Statement[];

function undecided({ desired, live }: Documents): readonly string[] {
  const alone = (own: Statements, others: Statements): string => {
    const written = new Set(others.map((statement) => JSON.stringify(statement)));
    return `${own.filter((statement) => !written.has(JSON.stringify(statement))).length} of ${own.length}`;
  };
  return [
    'the documents differ in form, and are too large to compare',
    `statements only in the desired document: ${alone(desired, live)}; only in the live document: ${alone(live, desired)}`,
  ];
}

/**
 * Both as they are written and, if that does not decide it, with the variables written out that are bound to one text: each may know that two
 * statements hang together where the other does not.
 */
function compareStatements(documents: Documents, kind: PolicyKind, budget: Budget, wording: Wording): Comparison {
  const written = compareWritten(documents, kind, budget, wording);
  if (written.verdict !== 'changed' || (written.gained && written.lost)) return written;
  const { desired, live } = documents;
  const bound = { ...documents, desired: desired.map(withBoundVariables), live: live.map(withBoundVariables) };
  if (JSON.stringify(bound) === JSON.stringify(documents)) return written;
  const filledIn = unlessTooLarge(() => compareWritten(bound, kind, budget, wording), written);
  return filledIn.verdict === 'changed' ? written : filledIn;
}

function compareWritten(documents: Documents, kind: PolicyKind, budget: Budget, wording: Wording): Comparison {
  const pair = prepare(documents, budget);
  const differences = withProof(new Explorer(pair, kind, budget).differences(), pair, kind, budget);
  const evaluator = new Evaluator(pair);
  const witness = (direction: AnswerDifference['direction']): Witness | undefined =>
    firstOf(weightiest(differences, direction), (difference) => witnessOf(difference, pair, kind, evaluator));
  const [gained, lost] = [witness('gained'), witness('lost')];
  return {
    verdict: verdictOf(differences),
    explanation: explain(differences, pair, kind, wording),
    ...(gained ? { gained } : {}),
    ...(lost ? { lost } : {}),
  };
}

/** Where every possible difference points in one direction, that direction is the verdict only if one of them is certain. */
function withProof(found: readonly AnswerDifference[], pair: PreparedPair, kind: PolicyKind, budget: Budget): readonly AnswerDifference[] {
  const directions = new Set(found.map(({ direction }) => direction));
  if (directions.size !== 1 || found.some(({ certain }) => certain)) return found;
  const proof = unlessTooLarge(() => provenDifferences(pair, kind, budget), []);
  return proof.length > 0 ? proof : found;
}

function unlessTooLarge<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TooLarge) return otherwise;
    throw error;
  }
}

/** Most differences that are looked through for a witness. */
const MOST_TRIED = 8;

/** The sure differences, the weightiest first. */
function weightiest(differences: readonly AnswerDifference[], direction: AnswerDifference['direction']): readonly AnswerDifference[] {
  const sure = differences.filter((difference) => difference.direction === direction && difference.certain);
  return sure.sort(byWeight).slice(0, MOST_TRIED);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function invalid(side: 'desired' | 'live', problem: DocumentProblem): Comparison {
  return {
    verdict: 'invalid',
    explanation: [`the ${side} document is not a valid policy: ${problem.place}: ${problem.reason}`],
    problem: { side, ...problem },
  };
}
