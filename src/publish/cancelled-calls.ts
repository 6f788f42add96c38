import type { AlarmClock } from '../time/clock.ts';
import type { Wrap } from './github-pacing.ts';

/**
 * Milliseconds from the cancellation of a run to the last answer that it waits for. GitHub kills the process after ten seconds:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-cancellation
 */
const LEFT = 6_000;

/** Ends all calls, with their retries and pauses, once a cancelled run has no time left for them. What has been sent may still have taken effect. */
export function endWhenCancelled(cancelled: AbortSignal, clock: AlarmClock): Wrap {
  const over = new Promise<never>((_, reject) => {
    const timeIsOver = () => reject(Object.assign(new Error('the run was cancelled and had no time left'), { status: 500 }));
    const begin = () => void clock.alarm(LEFT, timeIsOver);
    if (cancelled.aborted) begin();
    else cancelled.addEventListener('abort', begin, { once: true });
  });
  // Nobody may be waiting when it happens.
  over.catch(() => undefined);
  return (request, options) => Promise.race([request(options), over]);
}
