import { shellQuoted } from '../text/shell.ts';
import type { IamCall } from './call.ts';

/** Calls as aws CLI commands for bash or zsh, one a line and in their order. A comment above them names the account whose credentials they are for. */
export function commands(calls: readonly IamCall[]): string {
  return calls
    .flatMap((call, index) => {
      const comment = calls[index - 1]?.account === call.account ? [] : [`# in account ${call.account}`];
      return [...comment, command(call)];
    })
    .join('\n');
}

/** One call, without the account. */
export function command({ action, input }: IamCall): string {
  const verb = `aws iam ${kebab(action.slice('iam:'.length))}`;
  const values = Object.entries(input).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
  if (values.some(([, value]) => isReadOtherwise(value))) return `${verb} --cli-input-json ${shellQuoted(JSON.stringify(input))}`;
  return [verb, ...values.map(([key, value]) => (input[key] === true ? `--${kebab(key)}` : `--${kebab(key)} ${shellQuoted(value)}`))].join(
    ' ',
  );
}

/**
 * The CLI takes a value that starts with a dash for an option, and one such as `file://…` for the name of a file whose content it sends.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
function isReadOtherwise(value: string): boolean {
  return /^(?:-|fileb?:|https?:)/i.test(value);
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}
