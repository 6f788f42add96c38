import { Budget, TooLarge } from '../../src/policy/compare/budget.ts';
import { type AnswerDifference, Explorer } from '../../src/policy/compare/explore.ts';
import { type PreparedPair, prepare } from '../../src/policy/compare/prepared.ts';
import { provenDifferences } from '../../src/policy/compare/proof.ts';
import { type PolicyKind, parsePolicy } from '../../src/policy/index.ts';
import type { ReferenceDocument, Request } from './reference.ts';

/** The engine's differences with their contexts, which a `Comparison` gives in words alone; none where the documents are too large to decide. */
export function differencesOf(desired: ReferenceDocument, live: ReferenceDocument, kind: PolicyKind): readonly AnswerDifference[] {
  const budget = new Budget(5_000_000);
  return unlessTooLarge(() => new Explorer(preparedOf(desired, live, kind, budget), kind, budget).differences());
}

/** Those that show when the engine fills in the documents' variables. */
export function provenDifferencesOf(desired: ReferenceDocument, live: ReferenceDocument, kind: PolicyKind): readonly AnswerDifference[] {
  const budget = new Budget(20_000_000);
  return unlessTooLarge(() => provenDifferences(preparedOf(desired, live, kind, budget), kind, budget));
}

function unlessTooLarge(look: () => readonly AnswerDifference[]): readonly AnswerDifference[] {
  try {
    return look();
  } catch (error) {
    if (error instanceof TooLarge) return [];
    throw error;
  }
}

function preparedOf(desired: ReferenceDocument, live: ReferenceDocument, kind: PolicyKind, budget: Budget): PreparedPair {
  const reading = { partition: 'aws' };
  const [wanted, found] = [parsePolicy({ ...desired }, kind, reading).statements, parsePolicy({ ...live }, kind, reading).statements];
  if (!wanted || !found) throw new Error(`no valid documents: ${JSON.stringify([desired, live])}`);
  return prepare({ desired: wanted, live: found, account: undefined }, budget);
}

/** The request that a difference stands for. */
export function requestOf({ actions, targets, context }: AnswerDifference, kind: PolicyKind): Request {
  const target = targets[0] ?? '';
  return {
    action: actions[0] ?? '',
    ...(kind === 'trust' ? { caller: callerOf(target) } : { resource: target }),
    context: new Map(context.flatMap(({ key, values }) => (values ? [[key.toLowerCase(), values] as const] : []))),
  };
}

function callerOf(id: string): readonly [string, string] {
  if (id === '*') return ['AWS', 'arn:aws:iam::999999999999:root'];
  if (id.includes('-provider/')) return ['Federated', id];
  if (id.startsWith('arn:')) return ['AWS', id];
  return id.endsWith('.amazonaws.com') ? ['Service', id] : ['Federated', id];
}
