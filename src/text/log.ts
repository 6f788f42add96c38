import { singleLine, visibleBlock } from './visible.ts';

/**
 * Text that is safe to print to the job's log, line by line: the runner takes no line of it for a command, and nothing in it is hidden.
 *
 * The runner reads a line that starts with `::` (after white space) as a command, and a line that holds `##[` anywhere:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs. A space breaks both. The runner also starts a new line
 * at a lone `\r`, which becomes visible here, as all control characters do but `\n` and tabs.
 */
export function logText(text: string): string {
  return visibleBlock(text)
    .split('\n')
    .map((line) => line.replaceAll('##[', '# #[').replace(/^(\s*):(?=:)/u, '$1: '))
    .join('\n');
}

/** The same on one line: white space of any kind, line breaks included, becomes one space. */
export function logLine(text: string): string {
  return logText(singleLine(text));
}
