import type { PolicyKind, Witness } from '../types.ts';
import { textPatternsOf } from './compiled-condition.ts';
import { contextText } from './context-text.ts';
import type { KeyValue } from './contexts.ts';
import { type Evaluator, textIn } from './evaluate.ts';
import type { AnswerDifference } from './explore.ts';
import { ALONE } from './names.ts';
import type { PreparedPair } from './prepared.ts';

/** Most contexts that are tried. */
const MOST_CONTEXTS = 16;

type Context = AnswerDifference['context'];

/**
 * One of the requests that the documents answer differently. Its parts are samples, which need not go together where policy variables tie them: so each is
 * asked of both documents, and if none holds, texts are tried that are made for what the context has for the variables. `undefined` if none of these holds.
 */
export function witnessOf(difference: AnswerDifference, pair: PreparedPair, kind: PolicyKind, evaluator: Evaluator): Witness | undefined {
  const { actions, targets, desired, live, caller } = difference;
  const action = actions[0] ?? '*';
  const holds = (target: string, context: Context): boolean => {
    const request = { action, target, caller, context };
    return evaluator.mayAnswer('desired', request, desired) && evaluator.mayAnswer('live', request, live);
  };
  const samples = targets.length > 0 ? targets : ['*'];
  const sample = samples.find((target) => holds(target, difference.context));
  if (sample !== undefined) return witness(difference, action, sample, kind, contextText(difference, pair));
  for (const context of contextsFor(difference, pair)) {
    const made = { ...difference, context };
    const target = [...samples, ...targetsIn(made, pair)].find((one) => holds(one, context));
    if (target !== undefined) return witness(made, action, target, kind, contextText(made, pair, true));
  }
  return undefined;
}

function witness({ caller, desired, live }: AnswerDifference, action: string, target: string, kind: PolicyKind, text: string): Witness {
  const context = [caller === 'alone' ? ALONE : '', text].filter((part) => part !== '').join(', ');
  return {
    action,
    ...(kind === 'trust' ? { principal: target } : { resource: target }),
    ...(context === '' ? {} : { context }),
    ...(desired === 'allow' || live === 'allow' ? {} : { denied: true }),
  };
}

/** The context, and those in which keys have the text that a condition asks for by what the context has for other keys. */
function contextsFor({ context }: AnswerDifference, pair: PreparedPair): readonly Context[] {
  const contexts: Context[] = [context];
  // The list grows in the loop.
  for (const one of contexts) {
    for (const [at, { key, values }] of one.entries()) {
      for (const text of askedFor(key, one, pair)) {
        if (values === null || values[0] === text || contexts.length >= MOST_CONTEXTS) continue;
        contexts.push(one.with(at, { key, values: [text] }));
      }
    }
  }
  return contexts;
}

function askedFor(key: string, context: Context, pair: PreparedPair): readonly string[] {
  const conditions = pair.conditions.filter((condition) => condition.key === key.toLowerCase());
  const patterns = conditions.flatMap(textPatternsOf).filter(({ variables }) => variables.length > 0);
  return patterns.flatMap((pattern) => textIn(pattern, context) ?? []);
}

/** Resources that the matching statements name, with what the context has for their variables. */
function targetsIn(
  { matching, context }: { readonly matching: readonly number[]; readonly context: readonly KeyValue[] },
  pair: PreparedPair,
) {
  const selections = matching.flatMap((index) => pair.statements[index]?.resource ?? []);
  const patterns = selections.filter(({ negated }) => !negated).flatMap(({ patterns: indexes }) => indexes);
  return patterns.flatMap((index) => {
    const pattern = pair.patterns[index];
    return (pattern && textIn(pattern, context)) ?? [];
  });
}
