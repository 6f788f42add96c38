import type { IamCall } from './call.ts';

/** Calls as aws CLI commands for bash or zsh, one a line, to be run with credentials of the account they name. */
export function commands(calls: readonly IamCall[]): string {
  return calls.map(command).join('\n');
}

function command({ action, input }: IamCall): string {
  const verb = `aws iam ${kebab(action.slice('iam:'.length))}`;
  const values = Object.entries(input).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const);
  if (values.some(([, value]) => isReadOtherwise(value))) return `${verb} --cli-input-json ${shellQuoted(JSON.stringify(input))}`;
  return [verb, ...values.map(([key, value]) => `--${kebab(key)} ${shellQuoted(value)}`)].join(' ');
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

/** Names and documents may hold anything: in single quotes a shell expands nothing, and control characters are written as `$'\u000a'`. */
function shellQuoted(text: string): string {
  if (/^[\w+=,.@:/-]+$/.test(text)) return text;
  const parts = text.split(/(\p{Cc}+)/u).map((part, index) => (index % 2 === 1 ? ansiQuoted(part) : singleQuoted(part)));
  return parts.filter((part) => part !== "''").join('') || "''";
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function ansiQuoted(controls: string): string {
  const escapes = Array.from(controls, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `$'${escapes.join('')}'`;
}
