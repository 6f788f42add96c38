/** The commands of the aws CLI in shell scripts. */

/** Ends a command, or begins one. */
const OPERATORS = /^[;|&()]+$/;
const BEFORE_COMMAND = new Set(['do', 'then', 'else', '!']);
/** Runs what follows with a variable set. */
const ASSIGNMENT = /^\w+=/;

/** Words and operators of one line. Quotes are taken off; variables stay as they are written. */
function tokensOf(line: string): string[] {
  const found = line.matchAll(/[;|&()]+|(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s;|&()"'])+/g);
  return [...found].map(([token]) => token.replaceAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_quoted, double, single) => double ?? single));
}

/** Words of each `aws` command, without `aws`. */
export function awsCommands(script: string): string[][] {
  const lines = script.replaceAll(/\\\n\s*/g, ' ').split('\n');
  return lines.filter((line) => !/^\s*#/.test(line)).flatMap((line) => commandsOf(tokensOf(line)));
}

function commandsOf(tokens: readonly string[]): string[][] {
  const commands: string[][] = [];
  let current: string[] | undefined;
  let isStart = true;
  for (const token of tokens) {
    const isOperator = OPERATORS.test(token);
    if (isOperator) current = undefined;
    else if (current !== undefined) current.push(token);
    else if (isStart && token === 'aws') {
      current = [];
      commands.push(current);
    }
    isStart = isOperator || BEFORE_COMMAND.has(token) || (isStart && ASSIGNMENT.test(token));
  }
  return commands;
}
