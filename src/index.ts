import { readFile } from 'node:fs/promises';
import * as core from '@actions/core';
import { failStep } from './publish/runner.ts';
import { maskText } from './report/model/mask-text.ts';
import { run } from './run/run.ts';
import { systemClock } from './time/clock.ts';

/** The event's payload, or `undefined` if it can't be read: https://docs.github.com/actions/reference/variables-reference */
async function event(path: string | undefined): Promise<unknown> {
  try {
    return path ? JSON.parse(await readFile(path, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * To cancel a job, GitHub sends SIGINT, 7.5 s later SIGTERM, and kills the process after another 2.5 s. Ctrl-C and a container that stops send the same signals.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
function onCancel(): AbortSignal {
  const cancelling = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => cancelling.abort());
  return cancelling.signal;
}

try {
  await run({
    env: process.env,
    event: await event(process.env.GITHUB_EVENT_PATH),
    input: (name) => core.getInput(name),
    clock: systemClock,
    cancelled: onCancel(),
  });
} catch (error) {
  failStep(`The run ended by a fault of the action itself: ${maskText(error instanceof Error ? error.message : String(error), [])}`);
  core.debug(error instanceof Error ? (error.stack ?? '') : '');
}
// A request that a run gave up on, for the OIDC token say, may still be open. It must not keep the process.
process.stdout.write('', () => process.exit());
