import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** What the expressions of a workflow may refer to: `{ steps: { drift: { outputs: { … } } } }`. */
export interface Contexts {
  readonly [name: string]: string | Contexts;
}

/** The status of a job that nobody cancelled. */
const FUNCTIONS = [
  { name: 'always', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(true) },
  { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(false) },
];

/** The value of an expression as the text that the runner would put in its place, by GitHub's own evaluator. */
export function evaluate(expression: string, contexts: Contexts): string {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), FUNCTIONS).parse();
  return new Evaluator(parsed, dictionary(contexts), new Map(FUNCTIONS.map((each) => [each.name, each]))).evaluate().coerceString();
}

/** A text of a workflow with its `${{ … }}` filled in. */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.+?)\}\}/g, (_whole, expression: string) => evaluate(expression.trim(), contexts));
}

function dictionary(contexts: Contexts): data.Dictionary {
  const pairs = Object.entries(contexts).map(([key, value]) => ({
    key,
    value: typeof value === 'string' ? new data.StringData(value) : dictionary(value),
  }));
  return new data.Dictionary(...pairs);
}
