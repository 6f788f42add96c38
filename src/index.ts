import * as core from '@actions/core';
import { actionsRunner, failStep } from './publish/runner.ts';
import { event } from './publish/started-by.ts';
import { maskText } from './report/model/mask-text.ts';
import { run } from './run/run.ts';
import { systemClock } from './time/clock.ts';

/**
 * To cancel a job, GitHub sends SIGINT, 7.5 s later SIGTERM, and kills the process after another 2.5 s. Ctrl-C and a container that stops send the same signals.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
function onCancel(): AbortSignal {
  const cancelling = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancelling.abort());
  return cancelling.signal;
}

function failByFault(what: string, error: unknown): void {
  failStep(`${what} because of an error in the action itself: ${maskText(error instanceof Error ? error.message : String(error), [])}`);
  // Nobody but those who look for the fault should see a stack trace.
  if (core.isDebug()) core.debug(maskText(error instanceof Error ? (error.stack ?? '') : '', []));
}

// The last resort: Node would end the process with a stack trace. The run may go on after a promise that nobody waited for, and publish what it found.
process.on('unhandledRejection', (error) => failByFault('A part of the run failed', error));
process.on('uncaughtException', (error) => {
  failByFault('The run ended', error);
  process.exit();
});

try {
  await run({
    env: process.env,
    event,
    input: (name) => core.getInput(name),
    runner: actionsRunner,
    clock: systemClock,
    cancelled: onCancel(),
  });
} catch (error) {
  failByFault('The run ended', error);
}
// A request that a run gave up on, for the OIDC token say, may still be open. It must not keep the process.
process.stdout.write('', () => process.exit());
