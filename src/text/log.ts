import { visibleBlock } from './visible.ts';

/**
 * Text as it may be printed to the job's log: no line of it is a command to the runner, and nothing in it is hidden.
 *
 * The runner reads a line that starts with `::` (after white space) as a command, and one that holds `##[` anywhere:
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs. A blank breaks both. A lone `\r` starts a line for the
 * runner, too; it becomes visible like all control characters but `\n` and tabs.
 */
export function logText(text: string): string {
  return visibleBlock(text)
    .split('\n')
    .map((line) => line.replaceAll('##[', '# #[').replace(/^(\s*):(?=:)/u, '$1: '))
    .join('\n');
}
